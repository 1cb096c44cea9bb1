#include "participant/participant.h"

namespace stafett::participant {
namespace {

int check_digit(std::string_view nine) {
  int sum = 0;
  for (std::size_t i = 0; i != nine.size(); ++i) {
    const int product = (nine[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += product / 10 + product % 10;
  }
  return (10 - sum % 10) % 10;
}

Participant from_row(const db::Row& row) {
  Participant found;
  found.id = row.id<Participant>("id");
  found.owner = row.id<organisation::Organisation>("owner_id");
  found.intervention = row.id<intervention::Intervention>("intervention_id");
  found.code = row.text("code");
  found.sex = sexes.meant_by(row.text("sex"));
  if (const auto year = row.maybe_number("birth_year")) found.birth_year = static_cast<int>(*year);
  found.protection = access::protections.meant_by(row.text("protection"));
  return found;
}

constexpr std::string_view select = R"(
    select id, owner_id, intervention_id, code, sex, birth_year, protection
    from participant )";

}  // namespace

const std::string_view reached = R"(
    erased_at is null
    and not exists (select 1 from conflict
                    where conflict.participant_id = participant.id and conflict.account_id = :account)
    and ((:everyone = 1 and protection = '')
         or exists (select 1 from assignment
                    where assignment.participant_id = participant.id and assignment.account_id = :account
                      and from_at <= :now and (until_at is null or until_at > :now))) )";

const std::string_view facts = "select id, sex, birth_year from participant";
const std::string_view protected_ones = "select id from participant where protection <> ''";

Message name_of(Sex sex) {
  switch (sex) {
    case Sex::woman:
      return "woman";
    case Sex::man:
      return "man";
    case Sex::other:
      return "other sex";
    case Sex::missing:
      return "not known";
  }
  return {};
}

bool holds_long_number(std::string_view text) {
  constexpr int widest_gap = 3;  // bytes: " - "
  int digits = 0, gap = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      gap = 0;
      if (++digits == 10) return true;
    } else if (++gap > widest_gap || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
      digits = 0;
    }
  }
  return false;
}

std::optional<std::string> personal_number(std::string_view written, Date today) {
  std::string digits;
  char separator = '-';
  for (const char c : written) {
    if (c >= '0' && c <= '9')
      digits += c;
    else if (c == '-' || c == '+')
      separator = c;
    else if (c != ' ')
      return std::nullopt;
  }
  if (digits.size() ==
      10) {  // the century follows from today and the separator, + from the year one turns 100
    int year = today.year() / 100 * 100 + std::stoi(digits.substr(0, 2));
    if (year > today.year()) year -= 100;
    if (separator == '+') year -= 100;
    digits.insert(0, std::to_string(year / 100));
  }
  if (digits.size() != 12 || check_digit(std::string_view(digits).substr(2, 9)) != digits[11] - '0')
    return std::nullopt;
  auto born = digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2);
  if (born[8] >= '6') born[8] = static_cast<char>(born[8] - 6);
  if (!Date::read(born)) return std::nullopt;
  return digits;
}

bool may_know(const access::User& viewer, const Id<organisation::Organisation>& owner) {
  return viewer.organisation == owner && viewer.may(may_read);
}

access::Facts::Person door_facts(db::Transaction& tx, const Id<Participant>& id) {
  const auto from_row = [](const db::Row& row) {
    return access::Facts::Person{.exists = true,
                                 .erased = row.has("erased_at"),
                                 .owner = row.id<organisation::Organisation>("owner_id"),
                                 .intervention = row.id<intervention::Intervention>("intervention_id"),
                                 .protection = access::protections.meant_by(row.text("protection"))};
  };
  return tx.find(from_row, "select owner_id, intervention_id, protection, erased_at from participant where id = :id",
                 {{"id", id}})
      .value_or(access::Facts::Person{});
}

Result<Participant> find(db::Transaction& tx, const access::Permit& permit) {
  static const auto sql = std::string(select) + "where id = :id";
  auto found = tx.find(from_row, sql, {{"id", permit.participant()}});
  if (!found) return not_found("There is no such participant.");
  if (!permit.in(permit.owner()).allowed)
    return Participant{.id = found->id, .owner = found->owner, .intervention = found->intervention};
  return std::move(*found);
}

std::vector<Participant> list(db::Transaction& tx, const access::Scope& scope, Part part) {
  static const auto sql = std::string(select) + "where intervention_id = :intervention and" + std::string(reached) +
                          "order by length(code), code limit :most offset :after";
  return tx.list(from_row, sql,
                 {{"intervention", scope.intervention()},
                  {"account", scope.account()},
                  {"everyone", scope.everyone()},
                  {"now", scope.at()},
                  {"most", part.most},
                  {"after", part.after}});
}

std::int64_t count(db::Transaction& tx, const access::Scope& scope) {
  static const auto sql =
      "select count(*) as number from participant where intervention_id = :intervention and" + std::string(reached);
  return tx.find([](const db::Row& row) { return row.number("number"); }, sql,
                 {{"intervention", scope.intervention()},
                  {"account", scope.account()},
                  {"everyone", scope.everyone()},
                  {"now", scope.at()}})
      .value_or(0);
}

std::vector<std::string> out_of_reach(db::Transaction& tx, const access::Scope& scope) {
  static const auto sql =
      "select code from participant where intervention_id = :intervention and not (" + std::string(reached) + ")";
  return tx.list([](const db::Row& row) { return row.text("code"); }, sql,
                 {{"intervention", scope.intervention()},
                  {"account", scope.account()},
                  {"everyone", scope.everyone()},
                  {"now", scope.at()}});
}

void add(db::Transaction& tx, const access::Scope&, const Participant& participant) {
  tx.changed("participant");
  tx.execute(R"(
    insert into participant (id, owner_id, intervention_id, code, sex, birth_year)
    values (:id, :owner, :intervention, :code, :sex, :birth_year))",
             {{"id", participant.id},
              {"owner", participant.owner},
              {"intervention", participant.intervention},
              {"code", participant.code},
              {"sex", sexes.of(participant.sex)},
              {"birth_year", participant.birth_year}});
}

void change(db::Transaction& tx, const access::Scope&, const Participant& participant) {
  tx.changed("participant");
  tx.execute("update participant set sex = :sex, birth_year = :birth_year where id = :id",
             {{"sex", sexes.of(participant.sex)},
              {"birth_year", participant.birth_year},
              {"id", participant.id}});
}

}  // namespace stafett::participant
