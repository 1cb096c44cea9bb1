#include "access_log/access_log.h"

#include <stdexcept>

#include "access_log/place.h"

namespace stafett::access_log {

const std::string select = R"(
    select access_log.number, at, account.full_name as colleague, organisation.name as organisation, unit.name as unit,
           participant.code, action, kinds, allowed, rule, consent_id, object
    from access_log
    left join account on account.id = access_log.account_id
    left join organisation on organisation.id = access_log.organisation_id
    left join unit on unit.id = access_log.unit_id
    left join participant on participant.id = access_log.participant_id )";

// Those who are protected are in no list, this one neither: their log is their own extract.
const std::string not_protected = R"(
    not exists (select 1 from participant as hidden
                where hidden.id = access_log.participant_id and hidden.protection <> '') )";

Line from_row(const db::Row& row) {
  Line line;
  const auto text = [&](const char* name) { return row.has(name) ? row.text(name) : std::string(); };
  line.number = row.number("number");
  line.at = row.moment("at");
  line.colleague = text("colleague");
  line.organisation = text("organisation");
  line.unit = text("unit");
  line.code = text("code");
  line.action = access::actions.meant_by(row.text("action"));
  line.kinds = access::Kinds::of_bits(row.number("kinds"));
  line.allowed = row.number("allowed") != 0;
  line.rule = access::rules.meant_by(row.text("rule"));
  line.consent = row.text("consent_id");
  line.object = row.text("object");
  return line;
}

std::int64_t last_number(db::Transaction& tx, const Id<organisation::Organisation>& chain) {
  return tx
      .find([](const db::Row& row) { return row.number("number"); },
            "select number from access_log where chain_id = :chain order by number desc limit 1",
            {{"chain", chain}})
      .value_or(0);
}

// Numbers grow with time, so the log needs no index by it.
std::int64_t first_number_at(db::Transaction& tx, const Id<organisation::Organisation>& chain,
                             Moment moment) {
  std::int64_t low = 1, high = last_number(tx, chain) + 1;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    const auto at = tx.find([](const db::Row& row) { return row.moment("at"); },
                            "select at from access_log where chain_id = :chain and number = :number",
                            {{"chain", chain}, {"number", middle}});
    if (!at || *at < moment)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

std::vector<Line> extract(db::Transaction& tx, const access::Permit& permit) {
  if (permit.action() != access::Action::review)
    throw std::logic_error("an extract without a permit to review");
  static const auto sql =
      select + "where access_log.participant_id = :participant and chain_id = :chain order by number";
  return tx.list(from_row, sql, {{"participant", permit.participant()}, {"chain", permit.asker()}});
}

Staff staff_of(const access::User& head) { return {head.organisation, head.unit.text}; }

std::vector<Line> search(db::Transaction& tx, const access::Scope& scope, const Staff& staff,
                         const Wanted& wanted) {
  const auto today = scope.at().date();
  const auto from = wanted.day.value_or(today - 30), until = wanted.day.value_or(today) + 1;
  static const auto sql = select + R"(
    where chain_id = :chain and access_log.number >= :first and access_log.number < :last
      and (cast(:unit as text) = '' or access_log.unit_id = :unit)
      and (cast(:colleague as text) = '' or account.name = :colleague)
      and (cast(:code as text) = '' or participant.code = :code)
      and access_log.organisation_id = :chain and )" +
                          not_protected + "order by access_log.number desc limit :most";
  return tx.list(
      from_row, sql,
      {{"chain", staff.organisation},
       {"first", first_number_at(tx, staff.organisation, *Moment::read(from.text() + " 00:00:00"))},
       {"last", first_number_at(tx, staff.organisation, *Moment::read(until.text() + " 00:00:00"))},
       {"unit", staff.unit},
       {"colleague", wanted.colleague},
       {"code", wanted.participant},
       {"most", most_found}});
}

Message what(const Line& line) {
  using enum access::Action;
  if (line.object == access::empty_form) return "opened a form in your case";
  switch (line.action) {
    case see:
      return "looked into your case";
    case write:
      return "wrote in your case";
    case print:
      return "printed or fetched from your case";
    case consent:
      return "noted your consent";
    case assign:
      return "changed who works with you";
    case protect:
      return "changed how you are protected";
    case review:
      return "read who has looked";
    case erase:
      return "erased from your case";
    case import:
      return "read in a register where you are";
    case confirm:
      return "confirmed that you are protected no longer";
  }
  return {};
}

Message why(access::Rule rule) {
  using enum access::Rule;
  switch (rule) {
    case own_room:
      return "works with you in this intervention";
    case head_of_unit:
      return "is head of the unit that works with you";
    case broken_glass:
      return "opened in an emergency, for a reason that the unit's head reviews";
    case door:
      return "you have consented to it";
    case second_person:
      return "was the second person, who is shown nothing of you";
    case runs_the_program:
      return "the intervention's register was read in";
    case not_assigned:
      return "did not work with you";
    case no_door:
      return "had no consent from you";
    case in_conflict:
      return "must not, because you know each other";
    case protected_person:
      return "was not one of those who handle your case";
    case sign_in_again:
      return "had to sign in once more first";
    case not_signed_in:
    case of_association:
    case no_case_work:
    case nobody_there:
      return "does not work with persons";
  }
  return {};
}

}  // namespace stafett::access_log
