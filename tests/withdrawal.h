// A consent is given, used and withdrawn, over and over, while others look in through the door: what the test
// of withdrawals (tests/withdrawal_test.cpp) and the bench of the same name do, on databases that are empty
// but migrated.
#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "access/password.h"
#include "account/account.h"
#include "assignment/assignment.h"
#include "consent/consent.h"
#include "organisation/organisation.h"

namespace stafett {

class Withdrawals {
 public:
  struct Outcome {
    int readings = 0, seen = 0, withdrawals = 0;
    int after_withdrawal = 0;   // yeses by a consent withdrawn before the reader began: there must be none
    int before_withdrawal = 0;  // noes where a consent stood open all the while: there must be none
  };

  // Each reader, and whoever withdraws, has a database of their own where several are given: as other
  // processes have.
  explicit Withdrawals(std::vector<db::Database*> databases) : databases_(std::move(databases)) { lay_out(); }

  Outcome run(int readings, double seconds_at_most) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds_at_most);
    std::atomic<int> left = readings, reading = readers;
    std::vector<std::jthread> threads;
    for (int reader = 0; reader != readers; ++reader)
      threads.emplace_back([&, reader] {
        guarded([&] {
          while (!failure_ && left-- > 0 && std::chrono::steady_clock::now() < end)
            read(database(reader + 1));
        });
        --reading;
      });
    guarded([&] {
      for (int number = 1; reading > 0 && number < most; ++number) give_and_withdraw(number);
    });
    threads.clear();
    if (failure_) std::rethrow_exception(failure_);
    return {readings_, seen_, withdrawn_, after_withdrawal_, before_withdrawal_};
  }

 private:
  static constexpr int readers = 2, most = 400'000, for_each_participant = 20;
  const Moment now_ = *Moment::read("2026-03-02 09:00:00");

  db::Database& database(int of) { return *databases_[static_cast<std::size_t>(of) % databases_.size()]; }

  template <class Do>
  void guarded(Do work) {
    try {
      work();
    } catch (...) {
      if (!is_failing_.exchange(true)) failure_ = std::current_exception();
    }
  }

  // The owner's coach, who notes consents, and another party's, who looks in.
  void lay_out() {
    database(0).write([&](db::Transaction& tx) {
      using organisation::Kind;
      from_ = organisation::add(tx, "Provköpings kommun", Kind::municipality).value().id;
      to_ = organisation::add(tx, "Försäkringskassan", Kind::insurance_agency).value().id;
      tx.execute(R"(
        insert into intervention (id, name, owner_id, area_id, orientation, target_group, from_on)
        values ('prova', 'Prova', :owner, :owner, 'individual', '', '2024-01-01'))",
                 {{"owner", from_}});
      giver_ = coach(tx, "givare", from_);
      reader_ = coach(tx, "läsare", to_);
    });
  }

  access::User coach(db::Transaction& tx, const std::string& name, const Id<organisation::Organisation>& of) {
    access::User user{.account = account::open(tx, {name, name, of, {"coach"}, "-"}).value(), .name = name};
    user.organisation = of;
    user.permissions.emplace(participant::may_read.name);
    assignment::give(tx,
                     {.id = new_id<assignment::Assignment>(),
                      .organisation = of,
                      .account = user.account,
                      .intervention = {"prova"},
                      .duty = "coach",
                      .kinds = access::Kinds::all(),
                      .from = now_ + -60},
                     user.account);
    return user;
  }

  // A new participant now and then, so that nobody has a long history of consents.
  static Id<participant::Participant> participant_of(int consent) {
    return {"deltagare-" + std::to_string(consent / for_each_participant)};
  }
  void add_participant(db::Transaction& tx, const Id<participant::Participant>& id) {
    tx.execute(R"(
      insert into participant (id, owner_id, intervention_id, code, sex) values (:id, :owner, 'prova', :id, ''))",
               {{"id", id}, {"owner", from_}});
  }

  void give_and_withdraw(int number) {
    const auto participant = participant_of(number);
    const access::Ask ask{.participant = participant, .action = access::Action::consent};
    const Id<consent::Consent> id{std::to_string(number)};
    database(0).write([&](db::Transaction& tx) {
      if (number == 1 || number % for_each_participant == 0) add_participant(tx, participant);
      const auto permit = access::admit(tx, giver_, ask, now_).value();
      consent::record(tx, permit,
                      {.id = id,
                       .intervention = {"prova"},
                       .from = from_,
                       .to = to_,
                       .kinds = access::Kinds::all(),
                       .opens = now_,
                       .closes = now_ + 60,
                       .language = "svenska",
                       .evidence = "pärm 1",
                       .recorded = now_},
                      giver_.account);
    });
    given_ = number;
    std::this_thread::yield();
    being_withdrawn_ = number;
    database(0).write([&](db::Transaction& tx) {
      const auto permit = access::admit(tx, giver_, ask, now_).value();
      if (!consent::withdraw(tx, permit, id, {.kinds = access::Kinds::all(), .at = now_}, giver_.account))
        throw std::logic_error("a consent that was just given cannot be withdrawn");
    });
    withdrawn_ = number;
  }

  void read(db::Database& database) {
    const int given = given_, withdrawn = withdrawn_;  // before it begins
    const auto participant = participant_of(given);
    const auto seen_by = database.write([&](db::Transaction& tx) -> std::string {
      const auto permit = access::admit(tx, reader_, {.participant = participant}, now_);
      if (!permit || !participant::find(tx, *permit)) return "";
      return permit->in(from_).consent;
    });
    ++readings_;
    if (!seen_by.empty()) {
      ++seen_;
      if (std::stoi(seen_by) <= withdrawn) ++after_withdrawal_;
    } else if (given > withdrawn && being_withdrawn_ < given) {
      ++before_withdrawal_;
    }
  }

  std::vector<db::Database*> databases_;
  Id<organisation::Organisation> from_, to_;
  access::User giver_, reader_;
  std::atomic<int> given_ = 0, being_withdrawn_ = 0, withdrawn_ = 0;  // the number of the last consent
  std::atomic<int> readings_ = 0, seen_ = 0, after_withdrawal_ = 0, before_withdrawal_ = 0;
  std::atomic<bool> is_failing_ = false;
  std::exception_ptr failure_;
};

}  // namespace stafett
