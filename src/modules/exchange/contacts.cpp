// Registers of contacts: one row, one contact, about nobody. Nothing in a row tells it from another one just
// like it, so two alike in a file are two contacts, and as many as are there already are not added again.
#include "exchange/contacts.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "contact/contact.h"
#include "exchange/words.h"
#include "text/fold.h"
#include "text/nearest.h"
#include "text/translation.h"

namespace stafett::exchange {
namespace {

using contact::Contact;

enum Column : std::size_t { datum, vem, slag, tema, kommun, minuter, insats };
constexpr Heading columns[] = {{"datum", true},   {"vem frågade", true}, {"slag", true},   {"tema", false},
                               {"kommun", false}, {"minuter", false},    {"insats", false}};

std::string swedish_name(contact::Kind kind) {
  return text::translated(text::Language::swedish, contact::name_of(kind));
}

std::optional<contact::Kind> read_kind(std::string_view word) {
  using contact::Kind;
  static const std::unordered_map<std::string_view, Kind> others{{"individuellt", Kind::individual},
                                                                 {"enskilt möte", Kind::individual},
                                                                 {"möte", Kind::individual},
                                                                 {"sip", Kind::sip},
                                                                 {"sip-möte", Kind::sip},
                                                                 {"samverkansmöte", Kind::collaboration},
                                                                 {"konsultativt", Kind::consultation},
                                                                 {"beredning", Kind::preparation},
                                                                 {"annat", Kind::other},
                                                                 {"övrigt", Kind::other}};
  const auto folded = text::folded(word);
  for (const auto& [kind, name] : contact::kinds.all)
    if (folded == text::folded(swedish_name(kind)) || folded == name) return kind;
  const auto found = others.find(folded);
  return found == others.end() ? std::nullopt : std::optional(found->second);
}

Message no_kind(std::string_view word) {
  std::vector<std::string> names;
  for (const auto& kind : contact::kinds.all) names.push_back(swedish_name(kind.value));
  const std::vector<std::string_view> known(names.begin(), names.end());
  if (const auto near = text::nearest(word, known))
    return {"“{1}” is not known. Did you mean “{2}”?", std::string(word), std::string(*near)};
  return {
      "“{1}” is not a kind of contact. Write individuellt möte, SIP, samverkan, konsultation, förberedelse "
      "or annat.",
      std::string(word)};
}

// Anybody's interventions: a contact may be about one that another organisation has.
class Interventions {
 public:
  explicit Interventions(db::Transaction& tx) : all_(intervention::list(tx)) {}

  const intervention::Intervention* named(std::string_view word) const {
    const auto folded = text::folded(word);
    const auto found = std::ranges::find_if(all_, [&](const auto& one) {
      return one.id.text == word || text::folded(one.definition.name) == folded;
    });
    return found == all_.end() ? nullptr : &*found;
  }
  Message not_known(std::string_view word) const {
    std::vector<std::string_view> names;
    for (const auto& one : all_) names.insert(names.end(), {one.id.text, one.definition.name});
    if (const auto near = text::nearest(word, names))
      return {"“{1}” is not known. Did you mean “{2}”?", std::string(word), std::string(*near)};
    return {"There is no intervention “{1}”.", std::string(word)};
  }

 private:
  std::vector<intervention::Intervention> all_;
};

// What a fault of the contact's is called in the file.
Column column_of(std::string_view field) {
  if (field == "day") return datum;
  if (field == "asked_by") return vem;
  if (field == "kind") return slag;
  return field == "minutes" ? minuter : tema;
}

struct Reading {
  const access::User& user;
  Moment now;
  contact::Askers askers;
  Interventions interventions;
};

void read_date(Row& row, Contact& contact, Date today) {
  const auto day = exchange::read_date(row[datum]);
  contact.day = day.value_or(today);
  if (says_nothing(row[datum]))
    row.fault(datum, "The date is missing.");
  else if (!day)
    row.fault(datum, no_date(row[datum]));
}

void read_minutes(Row& row, Contact& contact) {
  const auto written = row[minuter];
  if (says_nothing(written)) return;
  int minutes = 0;
  const auto read = std::from_chars(written.data(), written.data() + written.size(), minutes);
  contact.minutes = read.ec == std::errc{} && read.ptr == written.data() + written.size() ? minutes : 0;
}

// The contact that a row speaks of, with its faults in the row.
std::optional<Contact> read(Row& row, const Reading& known) {
  Contact contact{.id = new_id<Contact>(), .organisation = known.user.organisation, .unit = known.user.unit};
  contact.written = known.now;
  read_date(row, contact, known.now.date());
  contact.asked_by = row[vem];
  contact.kind = read_kind(row[slag]);
  const bool has_unknown_kind = !contact.kind && !says_nothing(row[slag]);
  if (has_unknown_kind) row.fault(slag, no_kind(row[slag]));
  if (!says_nothing(row[tema])) contact.theme = row[tema];
  if (!says_nothing(row[kommun])) {
    contact.municipality = read_municipality(row[kommun]);
    if (contact.municipality.empty()) row.fault(kommun, no_municipality(row[kommun]));
  }
  read_minutes(row, contact);
  if (!row[insats].empty()) {
    if (const auto* found = known.interventions.named(row[insats]))
      contact.intervention = found->id;
    else
      row.fault(insats, known.interventions.not_known(row[insats]));
  }
  auto right = contact::checked(std::move(contact), known.askers, known.now.date());
  if (right) return row.faults.empty() ? std::optional(*std::move(right)) : std::nullopt;
  for (auto& fault : right.error().faults) {
    const auto column = column_of(fault.field);
    if (column != slag || !has_unknown_kind) row.fault(column, std::move(fault.message));
  }
  return std::nullopt;
}

// What two contacts that cannot be told apart have alike.
std::string likeness(const Contact& contact) {
  std::string all = contact.day.text();
  for (const auto& part :
       {contact.asked_by, std::string(contact::kinds.of(*contact.kind)), contact.theme, contact.municipality,
        contact.minutes ? std::to_string(*contact.minutes) : std::string(), contact.intervention.text})
    all += '\n' + part;
  return all;
}

}  // namespace

std::span<const Heading> contact_columns() { return columns; }

Result<Report> read_contacts(db::Transaction& tx, const file::Table& table, const Headings& headings,
                             const Task& task) {
  if (!task.user || !task.user->may(contact::may_write))
    return forbidden(
        "Contacts belong to a unit. Say whose they are with --as and an account of a unit head there.");
  const Reading known{*task.user, task.now, contact::Askers(tx), Interventions(tx)};
  std::unordered_map<std::string, std::size_t>
      left;  // of each likeness that is here already, how many no row has met
  contact::each(tx, *task.user, [&](const Contact& one) { ++left[likeness(one)]; });

  Report report;
  report.rows = table.size();
  for (std::size_t at = 0; at != table.size(); ++at) {
    if (task.progress && at % 4096 == 0) task.progress(at, table.size());
    const auto file_row = table[at];
    Row row(file_row, headings, columns);
    const auto contact = read(row, known);
    if (row.has_too_many_cells(table.headings.size()))
      row.fault({"The row has {1} cells, but there are {2} headings. Is a separator too many?",
                 std::to_string(file_row.size()), std::to_string(table.headings.size())});
    if (!row.faults.empty()) {
      report.refused.push_back({at, std::move(row.faults)});
    } else if (auto& here = left[likeness(*contact)]; here > 0) {
      --here;
      ++report.unchanged;
    } else {
      ++report.added;
      if (!task.dry_run) contact::add(tx, *contact);
    }
  }
  return report;
}

}  // namespace stafett::exchange
