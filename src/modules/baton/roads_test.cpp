// Random roads of one case, a day for each step, beside a small model that knows only the rules in words: who holds the
// baton, who is offered it, whether the door is open and the case goes on.
#include <array>
#include <random>

#include "tests/databases.h"
#include "tests/relay.h"

using namespace stafett;

namespace {

enum Who { hanna, karin, gun, anna, nobody };  // two of the municipality, one of the region, an outsider
constexpr int people = 4;
enum class Place { municipality, region, none };
Place place_of(int who) { return who == gun ? Place::region : who <= karin ? Place::municipality : Place::none; }

struct Model {
  bool goes_on = true, door = true;
  int holder = nobody;
  Place from = Place::none, to = Place::none;  // of the open handover, if there is one

  bool offered() const { return from != Place::none; }
  bool may_take(int who, bool looked) const {
    if (who == anna || !goes_on) return false;
    if (holder == who) return true;
    return looked && place_of(who) == (holder == nobody ? Place::municipality : place_of(holder));
  }
  // To the other party, or to Karin.
  bool may_offer(int who, bool to_karin) const {
    if (who == anna || !goes_on || holder == nobody || place_of(holder) != place_of(who) || offered()) return false;
    return to_karin ? who == hanna : place_of(who) == Place::region || door;
  }
  bool may_withdraw(int who) const { return who != anna && offered() && place_of(who) == from; }
  bool may_answer(int who) const {
    if (who == anna || !offered() || place_of(who) != to) return false;
    return goes_on && holder != nobody && place_of(holder) == from && (from == to || from == Place::region || door);
  }
};

class Road {
 public:
  explicit Road(unsigned seed) : random_(seed) {
    open_door(road_, road_.a1, road_.region, road_.municipality, access::Kinds::all(), true, far());
    shut();
    open();
  }

  void walk(int steps) {
    start_anew();
    for (int step = 0; step != steps; ++step) {
      road_.later(1);
      take_step();
      compare();
    }
  }
  int done = 0, refused = 0;

 private:
  static constexpr int kinds_of_steps = 9;
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  DoorTime far() { return {{}, *Moment::read("2999-01-01 00:00:00")}; }

  const World::Person& person(int who) const {
    return who == hanna ? road_.hanna : who == karin ? road_.karin : who == gun ? road_.gun : road_.anna;
  }

  void start_anew() {
    for (const auto* table : {"holding", "handover", "participation"}) road_.execute("delete from " + std::string(table));
    begin_stay();
    model_ = {.door = model_.door};
    if (!model_.door) open();
  }
  void begin_stay() {
    road_.database->write([&](db::Transaction& tx) {
      tx.execute(R"(
        insert into participation (id, owner_id, intervention_id, participant_id, site, referrer, municipality, income_start,
                                   income_end, started_on, destination, written)
        values (:id, :owner, 'prova', :participant, '', '', '', '', '', :day, '', ''))",
                 {{"id", new_key()}, {"owner", road_.municipality.id}, {"participant", road_.a1}, {"day", road_.now.date()}});
    });
    model_.goes_on = true;
  }
  void end_stay() {
    road_.database->write([&](db::Transaction& tx) {
      tx.execute("update participation set ended_on = :day where ended_on is null", {{"day", road_.now.date()}});
    });
    model_.goes_on = false;
    model_.holder = nobody;
  }
  void open() {
    open_door(road_, road_.a1, road_.municipality, road_.region, {access::Kind::planning}, true, far());
    model_.door = true;
  }
  void shut() {
    road_.database->write([&](db::Transaction& tx) {
      tx.execute("update consent set closes_at = :now where from_id = :municipality and closes_at > :now",
                 {{"now", road_.now}, {"municipality", road_.municipality.id}});
    });
    model_.door = false;
  }

  // What was asked is done where the model says so, else it is refused with a reason.
  template <class Work>
  bool ask(int who, bool expected, Work work) {
    const auto outcome = road_.database->write([&](db::Transaction& tx) -> Result<> {
      const auto& user = person(who).user;
      const auto see = TRY(access::admit(tx, user, {.participant = road_.a1}, road_.now));
      const auto write = TRY(access::admit(tx, user, {.participant = road_.a1, .action = access::Action::write}, road_.now));
      return work(tx, see, write, user);
    });
    CHECK(outcome.has_value() == expected);
    if (!outcome) CHECK_FALSE(outcome.error().message().key.empty());
    ++(outcome ? done : refused);
    return outcome.has_value();
  }

  baton::Step step() { return {"ringer", road_.now.date() + below(20)}; }

  void take_step() {
    const int who = below(people);
    switch (below(kinds_of_steps)) {
      case 0: case 1: return take(who);
      case 2: case 3: return offer(who);
      case 4: return withdraw(who);
      case 5: return accept(who);
      case 6: return refuse(who);
      case 7: return model_.door ? shut() : open();
      case 8: return model_.goes_on ? below(3) == 0 ? end_stay() : void() : begin_stay();
    }
  }
  void take(int who) {
    const bool looked = below(5) != 0;
    const Id<baton::Holding> seen{looked ? current() : "01gammal"};
    if (ask(who, model_.may_take(who, looked), [&](auto& tx, const auto&, const auto& write, const auto& user) {
          return baton::take(tx, write, user, step(), seen);
        }))
      model_.holder = who;
  }
  void offer(int who) {
    const bool to_karin = below(2) == 0;
    const auto to = to_karin || place_of(who) == Place::region ? road_.municipality.id : road_.region.id;
    const auto receiver = to_karin ? road_.karin.user.account : Id<access::Account>{};
    if (ask(who, model_.may_offer(who, to_karin), [&](auto& tx, const auto&, const auto& write, const auto& user) -> Result<> {
          TRY(baton::offer(tx, write, user, {.to = to, .receiver = receiver}));
          return {};
        })) {
      model_.from = place_of(who);
      model_.to = to_karin || who == gun ? Place::municipality : Place::region;
    }
  }
  void withdraw(int who) {
    const Id<baton::Handover> id{road_.open()};
    if (ask(who, model_.may_withdraw(who), [&](auto& tx, const auto&, const auto& write, const auto&) {
          return baton::withdraw(tx, write, id);
        }))
      close_handover();
  }
  void accept(int who) {
    const Id<baton::Handover> id{road_.open()};
    if (ask(who, model_.may_answer(who), [&](auto& tx, const auto& see, const auto& write, const auto& user) {
          return baton::accept(tx, see, write, user, id, step());
        })) {
      model_.holder = who;
      close_handover();
    }
  }
  void refuse(int who) {
    const Id<baton::Handover> id{road_.open()};
    if (ask(who, model_.may_answer(who), [&](auto& tx, const auto& see, const auto& write, const auto& user) {
          return baton::refuse(tx, see, write, user, id, baton::Reason::not_now, "");
        }))
      close_handover();
  }
  void close_handover() { model_.from = model_.to = Place::none; }

  // The holding that somebody who looks now sees.
  std::string current() {
    const auto baton = seen_by(hanna);
    return baton.is_open && baton.holder ? baton.holder->id.text : "";
  }
  baton::Baton seen_by(int who) {
    return road_.database->write([&](db::Transaction& tx) {
      const auto permit = access::admit(tx, person(who).user, {.participant = road_.a1}, road_.now);
      return baton::of(tx, permit.value());
    });
  }

  void compare() {
    const auto baton = seen_by(hanna);
    REQUIRE(baton.is_open == model_.goes_on);
    REQUIRE((baton.is_open && baton.holder.has_value()) == (model_.holder != nobody));
    if (model_.holder != nobody) {
      CHECK(baton.holder->account == person(model_.holder).user.account);
      CHECK(road_.word("select step as x from holding where until_at is null").size() > 100);
    }
    CHECK(road_.count("holding where until_at is null") <= 1);
    CHECK(road_.count("handover where outcome = ''") == (model_.offered() ? 1 : 0));
    CHECK(road_.count("handover where outcome = 'refused' and reason = ''") == 0);
  }

  Relay road_;
  Model model_;
  std::mt19937 random_;
};

}  // namespace

TEST_SUITE("roads") {
  TEST_CASE("on random roads one at most holds the baton, with a next step, and every no is explained") {
    Road road(1);
    const int roads = on_postgresql() ? 40 : 300;
    for (int one = 0; one != roads; ++one) road.walk(20);
    INFO(road.done << " done, " << road.refused << " refused");
    CHECK(road.done > roads);
    CHECK(road.refused > roads);
  }
}
