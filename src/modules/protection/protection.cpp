#include "protection/protection.h"

#include <algorithm>

#include "access/keys.h"
#include "account/role.h"
#include "assignment/assignment.h"
#include "assignment/conflict.h"
#include "baton/baton.h"
#include "broken_glass/broken_glass.h"
#include "consent/consent.h"
#include "decision/decision.h"
#include "exchange/sent_file.h"
#include "meeting/meeting.h"
#include "note/note.h"
#include "participant/pseudonym.h"
#include "participation/participation.h"
#include "retention/retention.h"

namespace stafett::protection {
namespace {

using access::Kinds;
using access::Protection;

// A mark of change, there from a marking until nothing of what it removed is left in the database's files.
constexpr std::string_view traces = "traces of protected persons";

void demand(const access::Permit& permit) {
  if (permit.action() != access::Action::protect) throw std::logic_error("a permit for something else");
}

// What whoever marks works with here, by name or with everyone; nothing for a head.
struct Work {
  Kinds kinds;
  bool by_name = false;
};
Work work_of(db::Transaction& tx, const access::Permit& permit, const access::User& user) {
  Work work;
  for (const auto& one : assignment::door_facts(tx, user, permit.participant(), permit.intervention()).mine) {
    if (permit.at() < one.from || (one.until && *one.until <= permit.at())) continue;
    work.kinds = work.kinds | (one.by_name ? one.kinds : one.kinds.without({access::Kind::violence}));
    work.by_name = work.by_name || one.by_name;
  }
  return work;
}

void give(db::Transaction& tx, const access::Permit& permit, const Id<access::Account>& account,
          const Id<organisation::Unit>& unit, Kinds kinds, const Id<access::Account>& by) {
  assignment::give(tx,
                   {.id = new_id<assignment::Assignment>(),
                    .organisation = permit.asker(),
                    .unit = unit,
                    .account = account,
                    .intervention = permit.intervention(),
                    .participant = permit.participant(),
                    .duty = "handläggare",
                    .kinds = kinds,
                    .from = permit.at()},
                   by);
}

bool is_among(const std::vector<Colleague>& all, const Id<access::Account>& account) {
  return std::ranges::find(all, account, &Colleague::account) != all.end();
}

// Whoever marks keeps the work they have, by name; a head names somebody, if nobody is named.
Result<> leave_a_handler(db::Transaction& tx, const access::Permit& permit, const access::User& by,
                         const Id<access::Account>& handler) {
  const auto work = work_of(tx, permit, by);
  if (!work.kinds.empty() && !work.by_name) give(tx, permit, by.account, by.unit, work.kinds, by.account);
  if (!handler.text.empty()) return name_handler(tx, permit, by, handler);
  if (named_handlers(tx, permit).empty())
    return invalid("handler",
                   "Choose who works with the participant from now on. Otherwise nobody reaches them.");
  return {};
}

// What stays sealed in the own room is sealed with another key, and the one that sealed the name is gone.
// What stood there wrapped.
std::string change_key(db::Transaction& tx, const access::Permit& permit) {
  const auto old = access::data_key(tx, permit.owner(), permit.participant());
  if (!old) return {};
  const auto wrapped = access::erase_data_key(tx, permit.owner(), permit.participant());
  const auto fresh = access::data_key_or_new(tx, permit.owner(), permit.participant(), permit.at());
  note::seal_anew(tx, permit, *old, fresh);
  meeting::seal_anew(tx, permit, *old, fresh);
  baton::seal_anew(tx, permit, *old, fresh);
  consent::seal_anew(tx, permit, *old, fresh);
  retention::seal_anew(tx, permit, *old, fresh);
  assignment::seal_anew(tx, permit, *old, fresh);
  broken_glass::seal_anew(tx, permit, *old, fresh);
  return wrapped;
}

}  // namespace

Result<> need_own(const access::Permit& permit) {
  demand(permit);
  if (permit.asker() == permit.owner()) return {};
  return forbidden("The organisation that has the intervention protects its participants. Ask them to.");
}

Message name_of(Reason reason) {
  switch (reason) {
    case Reason::lifted_by_authority:
      return "the authority that decided it has lifted it";
    case Reason::mistake:
      return "marked by mistake";
  }
  return {};
}

std::vector<Colleague> named_handlers(db::Transaction& tx, const access::Permit& permit) {
  const auto from_row = [](const db::Row& row) {
    return Colleague{row.id<access::Account>("id"), row.text("full_name")};
  };
  return tx.list(from_row, R"(
    select distinct account.id, full_name
    from assignment
    join account on account.id = assignment.account_id
    where participant_id = :participant and assignment.organisation_id = :mine and closed_at is null
      and from_at <= :now and (until_at is null or until_at > :now)
      and not exists (select 1 from conflict
                      where conflict.participant_id = :participant and conflict.account_id = account.id)
    order by full_name, account.id)",
                 {{"participant", permit.participant()}, {"mine", permit.asker()}, {"now", permit.at()}});
}

std::vector<Colleague> possible_handlers(db::Transaction& tx, const access::Permit& permit) {
  const auto from_row = [](const db::Row& row) {
    return Colleague{row.id<access::Account>("id"), row.text("full_name")};
  };
  auto all = tx.list(from_row, R"(
    select id, full_name
    from account
    where organisation_id = :mine and closed_at is null
      and not exists (select 1 from conflict
                      where conflict.participant_id = :participant and conflict.account_id = account.id)
    order by full_name, id)",
                     {{"mine", permit.asker()}, {"participant", permit.participant()}});
  std::erase_if(all, [&](const Colleague& one) {
    return std::ranges::none_of(account::held(tx, one.account, permit.at()).roles,
                                [](const std::string& name) {
                                  const auto* role = account::role_named(name);
                                  return role && role->works_with_cases &&
                                         role->name != "referrer";  // who has no way to a participant's page
                                });
  });
  return all;
}

Result<> name_handler(db::Transaction& tx, const access::Permit& permit, const access::User& by,
                      const Id<access::Account>& handler) {
  demand(permit);
  if (!is_among(possible_handlers(tx, permit), handler))
    return invalid("handler", "Choose a colleague who works with cases.");
  const auto work = work_of(tx, permit, by);
  if (handler == by.account && work.kinds.empty())
    return invalid("handler", "You name somebody else: nobody gives themselves a case.");
  if (is_among(named_handlers(tx, permit), handler)) return {};
  // What whoever names them works with; a head, who reads nothing of it, all but what is asked of violence.
  const auto kinds = work.kinds.empty() ? Kinds::all().without({access::Kind::violence}) : work.kinds;
  give(tx, permit, handler, account::held(tx, handler, permit.at()).unit, kinds, by.account);
  return {};
}

Result<> end_handler(db::Transaction& tx, const access::Permit& permit, const Id<access::Account>& handler) {
  demand(permit);
  const auto named = named_handlers(tx, permit);
  if (!is_among(named, handler)) return conflict("The colleague is not named any more.");
  if (named.size() == 1)
    return conflict("Name somebody else first. Otherwise nobody reaches the participant.");
  assignment::end(tx, permit, handler);
  return {};
}

Result<std::vector<std::string>> protect(db::Transaction& tx, const access::Permit& permit,
                                         const access::User& by, const Wish& wish) {
  TRY(need_own(permit));
  if (!wish.level || *wish.level == Protection::none)
    return invalid("level", "Choose which protection it is.");
  if (permit.protection() != Protection::none) {
    participant::set_protection(tx, permit, *wish.level);
    return std::vector<std::string>{};
  }
  TRY(leave_a_handler(tx, permit, by, wish.handler));
  auto texts = note::erase(tx, permit, {access::Kind::contact});
  for (auto& text : meeting::erase(tx, permit, {access::Kind::contact})) texts.push_back(std::move(text));
  for (auto& text : meeting::forget_places(tx, permit)) texts.push_back(std::move(text));
  consent::close_all(tx, permit, by.account);
  participation::forget_place(tx, permit);
  decision::erase_words(tx, permit);
  for (auto& text : participant::hide(tx, permit, *wish.level)) texts.push_back(std::move(text));
  texts.push_back(change_key(tx, permit));
  exchange::forget_files_of(tx, permit.owner());
  tx.changed(traces);
  return texts;
}

Result<> leave_nothing(db::Database& database, const std::vector<std::string>& texts) {
  const auto mark = database.read([](db::Transaction& tx) { return tx.mark_of({traces}); });
  if (mark.empty()) return {};
  TRY(retention::leave_nothing(database, retention::pieces_of(texts)));
  database.write([&](db::Transaction& tx) {
    if (tx.mark_of({traces}) == mark)
      tx.execute("delete from change_mark where name = :name", {{"name", traces}});
  });
  return {};
}

Result<> leave_nothing(db::Database& database) { return leave_nothing(database, {}); }

}  // namespace stafett::protection
