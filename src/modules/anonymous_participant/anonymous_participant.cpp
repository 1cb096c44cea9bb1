#include "anonymous_participant/anonymous_participant.h"

#include <numeric>
#include <stdexcept>

namespace stafett::anonymous_participant {
namespace {

constexpr int years_back = 10;

Result<> check(db::Transaction& tx, const access::Scope& scope,
               const intervention::Intervention& intervention, const Wish& wish) {
  if (scope.action() != access::Action::write || scope.intervention() != intervention.id)
    throw std::logic_error("a scope for something else");
  if (!wish.sex || *wish.sex == participant::Sex::missing)
    return invalid("sex", "Choose woman, man or other.");
  const auto this_year = scope.at().date().year();
  if (!wish.year || *wish.year > this_year || *wish.year < this_year - years_back)
    return invalid("year", "Choose the year of the start.");
  if (wish.seen != sum(of(tx, scope)))
    return conflict("The number has changed since the page was shown. See whether it is right now.");
  return {};
}

std::int64_t change(db::Transaction& tx, const access::Scope& scope, const Wish& wish, int by) {
  tx.changed("anonymous_participant");
  return tx.execute(R"(
    update anonymous_participant set number = number + :by
    where intervention_id = :intervention and sex = :sex and started_year = :year and number + :by >= 0)",
                    {{"by", by},
                     {"intervention", scope.intervention()},
                     {"sex", participant::sexes.of(*wish.sex)},
                     {"year", *wish.year}});
}

}  // namespace

const std::string_view facts =
    "select owner_id, intervention_id, sex, started_year, number from anonymous_participant where number > 0";

std::vector<Number> of(db::Transaction& tx, const access::Scope& scope) {
  const auto from_row = [](const db::Row& row) {
    return Number{participant::sexes.meant_by(row.text("sex")), static_cast<int>(row.number("started_year")),
                  row.number("number")};
  };
  return tx.list(from_row, R"(
    select sex, started_year, number
    from anonymous_participant
    where intervention_id = :intervention and owner_id = :owner and number > 0
    order by started_year desc, sex desc)",
                 {{"intervention", scope.intervention()}, {"owner", scope.owner()}});
}

std::int64_t sum(const std::vector<Number>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0},
                         [](std::int64_t sum, const Number& one) { return sum + one.number; });
}

Result<> add(db::Transaction& tx, const access::Scope& scope, const intervention::Intervention& intervention,
             const Wish& wish) {
  TRY(check(tx, scope, intervention, wish));
  tx.execute(R"(
    insert into anonymous_participant (owner_id, intervention_id, sex, started_year, number)
    values (:owner, :intervention, :sex, :year, 0)
    on conflict (intervention_id, sex, started_year) do nothing)",
             {{"owner", scope.owner()},
              {"intervention", scope.intervention()},
              {"sex", participant::sexes.of(*wish.sex)},
              {"year", *wish.year}});
  change(tx, scope, wish, 1);
  return {};
}

Result<> take_back(db::Transaction& tx, const access::Scope& scope,
                   const intervention::Intervention& intervention, const Wish& wish) {
  TRY(check(tx, scope, intervention, wish));
  if (change(tx, scope, wish, -1) == 0) return conflict("None of that sex and year is counted.");
  return {};
}

}  // namespace stafett::anonymous_participant
