// The monthly sample of the access log.
#include <algorithm>
#include <array>
#include <set>

#include "access/keys.h"
#include "access_log/place.h"
#include "base/digest.h"

namespace stafett::access_log {
namespace {

// The same numbers from the same seed, everywhere and for ever (SplitMix64).
class Chance {
 public:
  explicit Chance(const std::string& seed) : state_(std::stoull(sha256(seed).substr(0, 16), nullptr, 16)) {}
  std::uint64_t below(std::uint64_t end) {
    const auto most = end * (UINT64_MAX / end);
    auto number = next();
    while (number >= most) number = next();
    return number % end;
  }

 private:
  std::uint64_t next() {
    auto z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

constexpr int most_tries =
    20'000;  // a fifth of a second; a unit that has less than one entry in a thousand is listed

// Entries of this staff; %s is the condition on the number.
std::string sql_where(const char* number) {
  return "select number from access_log where chain_id = :chain and " + std::string(number) +
         R"( and unit_id = :unit
      and organisation_id = :chain and )" +
         not_protected;
}
std::string sql_where_all(const char* number) {
  return "select number from access_log where chain_id = :chain and " + std::string(number) +
         " and organisation_id = :chain and " + not_protected;
}

auto number_of(const db::Row& row) { return row.number("number"); }

bool is_theirs(db::Transaction& tx, const Staff& staff, std::int64_t number) {
  static const auto unit = sql_where("number = :number"), all = sql_where_all("number = :number");
  if (staff.unit.empty())
    return tx.find(number_of, all, {{"chain", staff.organisation}, {"number", number}}).has_value();
  return tx.find(number_of, unit, {{"chain", staff.organisation}, {"number", number}, {"unit", staff.unit}})
      .has_value();
}

std::vector<std::int64_t> all_of(db::Transaction& tx, const Staff& staff, std::int64_t first,
                                 std::int64_t last) {
  static const auto unit = sql_where("number between :first and :last") + " order by number",
                    all = sql_where_all("number between :first and :last") + " order by number";
  if (staff.unit.empty())
    return tx.list(number_of, all, {{"chain", staff.organisation}, {"first", first}, {"last", last}});
  return tx.list(number_of, unit,
                 {{"chain", staff.organisation}, {"first", first}, {"last", last}, {"unit", staff.unit}});
}

Sample sample_from_row(const db::Row& row) {
  Sample sample;
  sample.id = row.id<Sample>("id");
  sample.staff = {row.id<organisation::Organisation>("organisation_id"), row.text("unit_id")};
  sample.month = row.text("month");
  sample.seed = row.text("seed");
  sample.first = row.number("first_number");
  sample.last = row.number("last_number");
  sample.drawn = row.moment("drawn_at");
  sample.drawn_by = row.text("drawn_by");
  sample.unmarked = row.number("unmarked");
  sample.right = row.number("right_ones");
  sample.asked_about = row.number("asked_about");
  sample.wrong = row.number("wrong_ones");
  return sample;
}

// How many were found so, of those that are shown.
std::string count_of(std::string_view finding, std::string_view name) {
  return R"((select count(*) from log_sample_entry
             join access_log on access_log.chain_id = log_sample.organisation_id
                            and access_log.number = log_sample_entry.number
             where sample_id = log_sample.id and finding = ')" +
         std::string(finding) + "' and " + not_protected + ") as " + std::string(name);
}
std::string select_samples() {
  return "select id, organisation_id, unit_id, month, seed, first_number, last_number, drawn_at, drawn_by, " +
         count_of("", "unmarked") + ", " + count_of("right", "right_ones") + ", " +
         count_of("asked about", "asked_about") + ", " + count_of("wrong", "wrong_ones") +
         " from log_sample where organisation_id = :organisation and unit_id = :unit ";
}

// Of one number in a sample.
struct RemarkPlace {
  RemarkPlace(const Id<Sample>& sample, std::int64_t number) : row(sample.text + "/" + std::to_string(number)) {}
  operator access::Place() const { return {"log_sample_entry", "remark", row}; }
  std::string row;
};

std::size_t seal_remarks(db::Transaction& tx, std::size_t most, Moment now) {
  struct Plain {
    Id<Sample> sample;
    Id<organisation::Organisation> organisation;
    std::int64_t number;
    std::string remark;
  };
  const auto plain_from_row = [](const db::Row& row) {
    return Plain{row.id<Sample>("sample_id"), row.id<organisation::Organisation>("organisation_id"), row.number("number"),
                 row.text("remark")};
  };
  const auto plain = tx.list(plain_from_row, R"(
    select sample_id, organisation_id, number, remark
    from log_sample_entry
    join log_sample on log_sample.id = sample_id
    where is_sealed = :no and remark <> ''
    limit :most)",
                             {{"no", false}, {"most", most}});
  for (const auto& one : plain)
    tx.execute(
        "update log_sample_entry set remark = :remark, is_sealed = :yes where sample_id = :sample and number = :number",
        {{"remark", access::seal(access::data_key_or_new(tx, one.organisation, {}, now),
                                 RemarkPlace(one.sample, one.number), one.remark)},
         {"yes", true},
         {"sample", one.sample},
         {"number", one.number}});
  return plain.size();
}

}  // namespace

Message name_of(Finding finding) {
  switch (finding) {
    case Finding::unmarked:
      return "not looked at yet";
    case Finding::right:
      return "right";
    case Finding::asked_about:
      return "asked about";
    case Finding::wrong:
      return "wrong";
  }
  return {};
}

std::vector<std::int64_t> draw(db::Transaction& tx, const Staff& staff, std::int64_t first, std::int64_t last,
                               const std::string& seed) {
  std::set<std::int64_t> numbers;
  if (last < first) return {};
  Chance chance(seed);
  const auto width = static_cast<std::uint64_t>(last - first + 1);
  for (int tries = 0; numbers.size() < sample_size && tries != most_tries; ++tries) {
    const auto number = first + static_cast<std::int64_t>(chance.below(width));
    if (!numbers.contains(number) && is_theirs(tx, staff, number)) numbers.insert(number);
  }
  if (numbers.size() == sample_size) return {numbers.begin(), numbers.end()};

  auto all = all_of(tx, staff, first, last);
  for (std::size_t i = 0; i < std::min(sample_size, all.size()); ++i)
    std::swap(all[i], all[i + chance.below(all.size() - i)]);
  all.resize(std::min(sample_size, all.size()));
  std::ranges::sort(all);
  return all;
}

std::vector<Sample> samples(db::Transaction& tx, const Staff& staff) {
  static const auto sql = select_samples() + "order by month desc";
  return tx.list(sample_from_row, sql, {{"organisation", staff.organisation}, {"unit", staff.unit}});
}

Result<Sample> find_sample(db::Transaction& tx, const Staff& staff, const Id<Sample>& id) {
  static const auto sql = select_samples() + "and id = :id";
  auto found =
      tx.find(sample_from_row, sql, {{"organisation", staff.organisation}, {"unit", staff.unit}, {"id", id}});
  if (!found) return not_found("There is no such sample.");
  return std::move(*found);
}

Result<Id<Sample>> draw_sample(db::Transaction& tx, const access::Scope& scope, const Staff& staff,
                               const std::string& month, const access::User& by) {
  const auto from = Date::read(month + "-01");
  if (!from) return invalid("month", "Choose a month.");
  const auto until =
      from->month() == 12 ? Date::of(from->year() + 1, 1, 1) : Date::of(from->year(), from->month() + 1, 1);
  if (scope.at().date() < until) return conflict("The month is not over yet. Draw the sample when it is.");
  const auto at = [&](Date day) {
    return first_number_at(tx, staff.organisation, *Moment::read(day.text() + " 00:00:00"));
  };
  const auto id = new_id<Sample>();
  const auto first = at(*from), last = at(until) - 1;
  const auto seed = new_key();
  const auto kept = tx.execute(R"(
    insert into log_sample (id, organisation_id, unit_id, month, seed, first_number, last_number, drawn_at, drawn_by)
    values (:id, :organisation, :unit, :month, :seed, :first, :last, :now, :by)
    on conflict (organisation_id, unit_id, month) do nothing)",
                               {{"id", id},
                                {"organisation", staff.organisation},
                                {"unit", staff.unit},
                                {"month", month},
                                {"seed", seed},
                                {"first", first},
                                {"last", last},
                                {"now", scope.at()},
                                {"by", by.name}});
  if (kept == 0) return conflict("The month's sample is drawn already.");
  for (const auto number : draw(tx, staff, first, last, seed))
    tx.execute(R"(
      insert into log_sample_entry (sample_id, number, finding, remark, marked_by) values (:sample, :number, '', '', ''))",
               {{"sample", id}, {"number", number}});
  return id;
}

const access::InClear remarks_in_clear{"remarks in clear", "log_sample_entry", seal_remarks};

std::vector<Drawn> drawn(db::Transaction& tx, const access::Scope&, const Sample& sample) {
  static const auto sql = "with entry as (" + select + R"(
    where chain_id = :chain and )" +
                          not_protected + R"()
    select entry.number, at, colleague, organisation, unit, code, action, kinds, allowed, rule, consent_id, object,
           log_sample_entry.finding, log_sample_entry.remark
    from log_sample_entry
    join entry on entry.number = log_sample_entry.number
    where sample_id = :sample
    order by entry.number)";
  const auto drawn_from_row = [](const db::Row& row) {
    return Drawn{from_row(row), findings.meant_by(row.text("finding")), row.text("remark")};
  };
  auto all = tx.list(drawn_from_row, sql, {{"chain", sample.staff.organisation}, {"sample", sample.id}});
  const auto key = access::data_key(tx, sample.staff.organisation);
  for (auto& one : all)
    if (!one.remark.empty())
      one.remark = key ? access::unseal(*key, RemarkPlace(sample.id, one.line.number), one.remark) : "";
  return all;
}

std::vector<Fault> faults_in(const std::vector<Mark>& marks) {
  std::vector<Fault> faults;
  for (const auto& mark : marks)
    if (mark.remark.empty() && (mark.finding == Finding::asked_about || mark.finding == Finding::wrong))
      faults.push_back({"remark-" + std::to_string(mark.number),
                        "Write a few words on what was not right, or what the answer was."});
  return faults;
}

void mark(db::Transaction& tx, const access::Scope& scope, const Sample& sample,
          const std::vector<Mark>& marks, const access::User& by) {
  const auto key = access::data_key_or_new(tx, sample.staff.organisation, {}, scope.at());
  const auto all = drawn(tx, scope, sample);
  for (const auto& mark : marks) {
    const auto before = std::ranges::find(all, mark.number, [](const Drawn& one) { return one.line.number; });
    if (before == all.end() || (before->finding == mark.finding && before->remark == mark.remark)) continue;
    tx.execute(R"(
      update log_sample_entry
      set finding = :finding, remark = :remark, is_sealed = :yes, marked_at = :now, marked_by = :by
      where sample_id = :sample and number = :number)",
               {{"finding", findings.of(mark.finding)},
                {"remark", mark.remark.empty() ? "" : access::seal(key, RemarkPlace(sample.id, mark.number), mark.remark)},
                {"yes", true},
                {"now", scope.at()},
                {"by", by.name},
                {"sample", sample.id},
                {"number", mark.number}});
  }
}

}  // namespace stafett::access_log
