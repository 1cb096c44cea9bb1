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
  if (row.has("personal_number")) found.personal_number = row.text("personal_number");
  found.sex = sexes.meant_by(row.text("sex"));
  if (const auto year = row.maybe_number("birth_year")) found.birth_year = static_cast<int>(*year);
  return found;
}

std::optional<std::string> or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

const std::string_view facts = "select id, sex, birth_year from participant";

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
  return !viewer.of_association && viewer.organisation == owner && viewer.may(may_read);
}

Result<Participant> find(db::Transaction& tx, const access::User& viewer, const Id<Participant>& id) {
  const auto found = tx.find(from_row, R"(
    select id, owner_id, intervention_id, code, personal_number, sex, birth_year
    from participant
    where id = :id and owner_id = :mine)",
                             {{"id", id}, {"mine", viewer.organisation}});
  if (!found || !may_know(viewer, found->owner)) return not_found("There is no such participant.");
  return *found;
}

std::vector<Participant> list(db::Transaction& tx, const access::User& viewer,
                              const intervention::Intervention& intervention, Part part) {
  if (!may_know(viewer, intervention.owner)) return {};
  return tx.list(from_row, R"(
    select id, owner_id, intervention_id, code, personal_number, sex, birth_year
    from participant
    where intervention_id = :intervention and owner_id = :mine
    order by length(code), code
    limit :most offset :after)",
                 {{"intervention", intervention.id},
                  {"mine", viewer.organisation},
                  {"most", part.most},
                  {"after", part.after}});
}

std::int64_t count(db::Transaction& tx, const access::User& viewer,
                   const intervention::Intervention& intervention) {
  if (!may_know(viewer, intervention.owner)) return 0;
  const auto found = tx.find(
      [](const db::Row& row) { return row.number("number"); },
      "select count(*) as number from participant where intervention_id = :intervention and owner_id = :mine",
      {{"intervention", intervention.id}, {"mine", viewer.organisation}});
  return found.value_or(0);
}

void add(db::Transaction& tx, const Participant& participant) {
  tx.changed("participant");
  tx.execute(R"(
    insert into participant (id, owner_id, intervention_id, code, personal_number, sex, birth_year)
    values (:id, :owner, :intervention, :code, :personal_number, :sex, :birth_year))",
             {{"id", participant.id},
              {"owner", participant.owner},
              {"intervention", participant.intervention},
              {"code", participant.code},
              {"personal_number", or_null(participant.personal_number)},
              {"sex", sexes.of(participant.sex)},
              {"birth_year", participant.birth_year}});
}

void change(db::Transaction& tx, const Participant& participant) {
  tx.changed("participant");
  tx.execute(R"(
    update participant set personal_number = :personal_number, sex = :sex, birth_year = :birth_year where id = :id)",
             {{"personal_number", or_null(participant.personal_number)},
              {"sex", sexes.of(participant.sex)},
              {"birth_year", participant.birth_year},
              {"id", participant.id}});
}

}  // namespace stafett::participant
