#include "access/gate.h"

#include <optional>

#include "access/log.h"

namespace stafett::access {
namespace {

Entry entry_of(const User& user, const Ask& ask, const Facts& facts) {
  return {.at = facts.now,
          .account = user.account,
          .organisation = user.organisation,
          .unit = user.unit.text,
          .session = user.session_mark,
          .action = ask.action,
          .participant = facts.person.exists ? ask.participant : Id<participant::Participant>{},
          .object = ask.object,
          .purpose = ask.purpose};
}

}  // namespace

const Decision& Permit::in(const Id<organisation::Organisation>& room) const {
  static const Decision closed{};
  const auto found = rooms_.find(room);
  return found == rooms_.end() ? closed : found->second;
}

void stand_in_own_room(db::Transaction& tx, const User& user) {
  if (user.of_association) return tx.leave_persons_out();
  tx.stand_in_room(user.organisation.text);
}

// What the gate answers one who asks, and what is to be written of it; nothing is written yet.
class Answer {
 public:
  Answer(db::Transaction& tx, const User& user, const Ask& ask, Moment now) {
    auto [facts, rooms] = facts_of(tx, user, ask, now);
    permit.participant_ = ask.participant;
    permit.owner_ = facts.person.owner;
    permit.asker_ = user.organisation;
    permit.intervention_ = facts.person.intervention;
    permit.purpose_ = ask.purpose;
    permit.now_ = now;
    permit.protection_ = facts.person.protection;
    permit.action_ = ask.action;
    refusal = entry_of(user, ask, facts);
    // Kept in the chain of whoever owns the participant, or, when there is none, of the asker.
    refusal.chain = facts.person.exists ? facts.person.owner : user.organisation;
    refusal.rule = rooms.empty() ? decide(facts).rule : Rule::no_door;
    for (const auto& room : rooms) decide_room(user, ask, facts, room);
  }

  Permit permit;
  bool is_open = false;
  std::vector<Entry> yeses;  // one for each room
  Entry refusal;

 private:
  void decide_room(const User& user, const Ask& ask, Facts& facts, const Id<organisation::Organisation>& room) {
    facts.room = room;
    auto decision = decide(facts);
    if (decision.allowed) {
      auto& entry = yeses.emplace_back(refusal);
      entry.chain = room;
      entry.kinds = decision.kinds;
      entry.allowed = true;
      entry.rule = decision.rule;
      entry.consent = decision.consent;
      is_open = is_open || ask.action == Action::see || room == user.organisation;
    } else if (room == user.organisation || refusal.rule == Rule::no_door) {
      refusal.rule = decision.rule;
    }
    permit.rooms_.emplace(room, std::move(decision));
  }
};

Result<Permit> admit(db::Transaction& tx, const User& user, const Ask& ask, Moment now) {
  Answer answer(tx, user, ask, now);
  for (const auto& entry : answer.yeses) {
    write(tx, entry);
    tx.open_room(entry.chain.text);
  }
  if (answer.is_open) return std::move(answer.permit);
  const auto& refusal = answer.refusal;
  tx.even_if_undone([refusal](db::Transaction& tx) { write(tx, refusal); });
  if (refusal.rule == Rule::sign_in_again) return forbidden(sign_in_again);
  return not_found("There is no such participant.");
}

std::vector<Permit> admit_each(db::Transaction& tx, const User& user, std::span<const Id<participant::Participant>> asked,
                               const std::string& object, Moment now) {
  std::vector<Permit> permits;
  std::optional<Entry> own;
  for (const auto& participant : asked) {
    Answer answer(tx, user, {.participant = participant, .object = object}, now);
    for (const auto& entry : answer.yeses) {
      tx.open_room(entry.chain.text);
      if (entry.chain != user.organisation) {
        write(tx, entry);
      } else if (own) {
        own->kinds = own->kinds | entry.kinds;
      } else {
        own = entry;
        own->participant = {};
      }
    }
    if (answer.is_open) permits.push_back(std::move(answer.permit));
  }
  if (own) {
    own->object = object + ", " + std::to_string(permits.size()) + " participants";
    write(tx, *own);
  }
  return permits;
}

Result<Scope> admit_all(db::Transaction& tx, const User& user, const AskAll& ask, Moment now) {
  const auto known = facts_of_all(tx, user, ask, now);
  const auto decision = decide(known.facts);
  const bool some = !decision.allowed && known.by_name && decision.rule == Rule::not_assigned &&
                    ask.action == Action::see && known.facts.room == user.organisation;
  Entry entry{.chain = ask.owner,
              .at = now,
              .account = user.account,
              .organisation = user.organisation,
              .unit = user.unit.text,
              .session = user.session_mark,
              .action = ask.action,
              .object = ask.object + " of " + ask.intervention.text,
              .kinds = decision.kinds,
              .allowed = decision.allowed || some,
              .rule = some ? Rule::own_room : decision.rule};
  if (!entry.allowed) {
    tx.even_if_undone([entry](db::Transaction& tx) { write(tx, entry); });
    if (decision.rule == Rule::sign_in_again) return forbidden(sign_in_again);
    return not_found("There are no participants here that you may know of.");
  }
  write(tx, entry);
  Scope scope;
  scope.intervention_ = ask.intervention;
  scope.owner_ = ask.owner;
  scope.account_ = user.account;
  scope.action_ = ask.action;
  scope.everyone_ = decision.allowed;
  scope.kinds_ = decision.kinds;
  scope.now_ = now;
  return scope;
}

Scope admit_operator(db::Transaction& tx, const AskAll& ask, Moment now) {
  write(tx, {.chain = ask.owner,
             .at = now,
             .action = ask.action,
             .object = ask.object + " of " + ask.intervention.text,
             .kinds = Kinds::all(),
             .allowed = true,
             .rule = Rule::runs_the_program});
  Scope scope;
  scope.intervention_ = ask.intervention;
  scope.owner_ = ask.owner;
  scope.action_ = ask.action;
  scope.everyone_ = true;
  scope.kinds_ = Kinds::all();
  scope.now_ = now;
  return scope;
}

}  // namespace stafett::access
