#include "my_day/my_day.h"

#include <algorithm>
#include <map>

#include "assignment/assignment.h"

namespace stafett::my_day {
namespace {

using participant::Participant;

// All whom the list may be about, each once.
std::vector<Id<Participant>> asked_for(db::Transaction& tx, const access::User& user, Moment now) {
  auto all = baton::in_hand(tx, user.account);
  const auto add = [&](std::vector<Id<Participant>> more) { all.insert(all.end(), more.begin(), more.end()); };
  add(baton::waiting(tx, user));
  add(assignment::by_name(tx, user.account, now));
  std::ranges::sort(all, {}, &Id<Participant>::text);
  const auto twice = std::ranges::unique(all);
  all.erase(twice.begin(), twice.end());
  return all;
}

Case case_of(db::Transaction& tx, const access::User& user, const access::Permit& permit) {
  Case one{.participant = permit.participant(),
           .code = consent::code_told(tx, permit),
           .baton = baton::of(tx, permit)};
  if (one.baton.has_handovers) one.handover = baton::open_handover(tx, permit);
  one.mine = one.baton.is_open && one.baton.holder && one.baton.holder->account == user.account;
  return one;
}

bool may_answer(const access::Permit& permit, const Case& one, const access::User& user) {
  return one.handover && one.handover->to == user.organisation && one.handover->giver != user.account &&
         (one.handover->receiver.text.empty() || one.handover->receiver == user.account) &&
         permit.in(permit.asker()).rule == access::Rule::own_room;
}

// Of the cases on the list, by their codes.
void add_meetings(db::Transaction& tx, const access::User& user, meeting::Permits permits,
                  const std::map<std::string, std::string>& codes, MyDay& day, Moment now) {
  constexpr std::int64_t a_week = 7 * 86400;
  for (const auto& one : meeting::planned(tx, permits)) {
    if (one.starts > now + a_week) continue;
    auto& where = one.starts <= now ? day.unwritten : day.meetings;
    if (one.starts > now || one.room == user.organisation) where.push_back({one, codes.at(one.participant.text)});
  }
  for (auto& agreement : meeting::agreements_open(tx, permits)) {
    auto& where = agreement.who == user.organisation.text ? day.ours : day.others;
    const auto& code = codes.at(agreement.participant.text);
    where.push_back({std::move(agreement), code});
  }
}

}  // namespace

MyDay look(db::Transaction& tx, const access::User& user, Moment now) {
  MyDay day;
  std::vector<Id<baton::Handover>> answerable;
  std::map<std::string, std::string> codes;
  const auto permits = access::admit_each(tx, user, asked_for(tx, user, now), "my day", now);
  for (const auto& permit : permits) {
    auto one = case_of(tx, user, permit);
    codes.emplace(one.participant.text, one.code);
    if (!one.baton.is_open) continue;
    ++day.cases;
    if (may_answer(permit, one, user)) {
      answerable.push_back(one.handover->id);
      day.to_answer.push_back(one);
    }
    if (one.handover && one.handover->giver == user.account) day.waiting_for.push_back(one);
    const bool is_ours = permit.owner() == user.organisation && permit.in(user.organisation).rule == access::Rule::own_room;
    if (!one.baton.holder && !one.baton.is_elsewhere && is_ours) day.without_holder.push_back(one);
    if (one.mine) day.next_steps.push_back(std::move(one));
  }
  day.batons = day.next_steps.size();
  add_meetings(tx, user, permits, codes, day, now);
  const auto offered = [](const Case& one) { return one.handover->offered; };
  std::ranges::stable_sort(day.to_answer, {}, offered);
  std::ranges::stable_sort(day.waiting_for, {}, offered);
  std::ranges::stable_sort(day.next_steps, {}, [](const Case& one) { return one.baton.holder->step.on; });
  day.silences = baton::silences(tx, user, now, answerable);
  day.endings = consent::ending_soon(tx, user, now);
  return day;
}

}  // namespace stafett::my_day
