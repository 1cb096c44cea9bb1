// Everyone who might try, and one participant whose every field is a word found nowhere else: what the matrix
// of routes and roles (matrix_test.cpp) is played with. What each may is said by the model, never by the code
// it tests.
#pragma once

#include <string>
#include <vector>

#include "access/decide_model.h"
#include "consent/consent.h"
#include "tests/world.h"

namespace stafett {

// How somebody stands to the participant. The first seven are the owner's people; a door is of their
// organisation.
enum class Relation {
  by_name,
  with_everyone,  // in the intervention, for contact and planning
  once_by_name,   // until a second ago
  in_conflict,    // works with everyone in it, and is on the participant's list
  glass_broken,
  glass_whole,  // again, since this second
  colleague,
  open_door,    // planning and income
  narrow_door,  // health, of which there is no page
  withdrawn_door,
  expired_door,
  purpose_door,  // open, for another purpose
  idle_door,     // open, but nobody gave them the work
  no_door,       // works with the participant for their own organisation
  stranger,
  association,  // with a consent and an assignment, all the same
};
inline constexpr int relations = static_cast<int>(Relation::association) + 1;
std::string name_of(Relation);

struct Actor {
  std::string role;  // none: no role at all
  Relation relation;
  World::Person person;
  std::string token;
  access::Facts facts;  // as they would be told to the model, but for room, protection and proof

  bool is_nobody() const { return person.session.empty(); }
  bool is_of_owner() const { return relation <= Relation::colleague; }
};

// What is written about the participant, each in its field.
struct Canary {
  const char *code = "KANARIEKOD", *personal_number = "191212121212", *referrer = "KANARIEREMITTENT",
             *site = "KANARIEPLATS", *income = "KANARIEINKOMST", *decision = "KANARIEBESLUT",
             *word = "KANARIEORD";
};
inline constexpr Canary canary;

struct Cast : World {
  Id<participant::Participant> participant;
  std::vector<Actor> actors;  // every role in every relation

  Cast();

  void protect(access::Protection);
  // Coaches, by name: of another party with a door for these kinds, and of the owner with work for these.
  Actor through_a_door_for(access::Kinds);
  Actor at_home_for(access::Kinds);
  Actor nobody_at_all();

  // Somebody asks, having proved who they are just now, or signed in by password alone.
  web::Outgoing ask(const Actor&, std::string_view method, std::string_view address, bool proved = false,
                    Fields = {}, std::string_view accept = "text/html");

  // What the model says of seeing the participant, in a room.
  access::Decision decided(const Actor&, const organisation::Organisation& room, access::Protection,
                           bool proved, access::Action = access::Action::see) const;
  bool may_see(const Actor&, access::Protection, bool proved) const;  // in any room
  bool may(const Actor&, access::Action, access::Protection, bool proved) const;  // to see, or in their own room
  struct Listed {
    bool is_open, has_participant, has_others;
  };
  Listed listed(const Actor&, access::Protection) const;

 private:
  organisation::Organisation organisation_of(Relation);
  std::vector<access::Door> doors_of(Relation, const organisation::Organisation& to);
  consent::Consent a_consent(const organisation::Organisation& to) const;
  access::Door note(consent::Consent, bool withdrawn);
  Actor actor(const std::string& role, Relation, const organisation::Organisation&,
              const std::vector<access::Door>&);
  void relate(Actor&);
  void work(Actor&, bool by_name, access::Kinds, std::optional<Moment> until);
  void insert(std::string_view sql, const Actor&);
  bool has_own_room(const Actor&) const;  // somebody there works with the participant, or is told of them

  Person giver_;
};

}  // namespace stafett
