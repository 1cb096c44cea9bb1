// What is known of a person, in the kinds (uppgiftsslag) that consents and assignments name; what one wants with
// it; and how a person is protected. The words stand in the database and in the log.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>

#include "base/message.h"
#include "base/words.h"

namespace stafett::access {

enum class Kind : std::uint8_t { contact, planning, work, income, health, social, assessment, violence };
inline constexpr std::array every_kind{Kind::contact, Kind::planning, Kind::work,       Kind::income,
                                       Kind::health,  Kind::social,   Kind::assessment, Kind::violence};
inline constexpr Words<Kind, 8> kinds{{{Kind::contact, "contact"},
                                       {Kind::planning, "planning"},
                                       {Kind::work, "work"},
                                       {Kind::income, "income"},
                                       {Kind::health, "health"},
                                       {Kind::social, "social"},
                                       {Kind::assessment, "assessment"},
                                       {Kind::violence, "violence"}}};
Message name_of(Kind);

// Several kinds. Kept in the database as a number: bit n for the nth of `every_kind`.
class Kinds {
 public:
  constexpr Kinds() = default;
  constexpr Kinds(std::initializer_list<Kind> kinds) {
    for (const auto kind : kinds) bits_ |= bit(kind);
  }
  // A bit that we do not know is left out: what is unknown opens nothing.
  static constexpr Kinds of_bits(std::int64_t bits) {
    Kinds kinds;
    kinds.bits_ = static_cast<std::uint8_t>(bits & 0xff);
    return kinds;
  }
  static constexpr Kinds all() { return of_bits(0xff); }

  constexpr bool has(Kind kind) const { return (bits_ & bit(kind)) != 0; }
  constexpr bool has_all(Kinds others) const { return (others.bits_ & ~bits_) == 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::int64_t bits() const { return bits_; }
  constexpr Kinds operator|(Kinds other) const { return of_bits(bits_ | other.bits_); }
  constexpr Kinds operator&(Kinds other) const { return of_bits(bits_ & other.bits_); }
  constexpr Kinds without(Kinds other) const { return of_bits(bits_ & ~other.bits_); }
  constexpr bool operator==(const Kinds&) const = default;

 private:
  static constexpr std::uint8_t bit(Kind kind) { return static_cast<std::uint8_t>(1u << static_cast<unsigned>(kind)); }
  std::uint8_t bits_ = 0;
};

// What one wants with it (ändamål). A door is opened for one of these.
enum class Purpose { coordination, referral, plan, follow_up };
inline constexpr Words<Purpose, 4> purposes{{{Purpose::coordination, "coordination"},
                                             {Purpose::referral, "referral"},
                                             {Purpose::plan, "plan"},
                                             {Purpose::follow_up, "follow up"}}};
Message name_of(Purpose);

// Skyddade personuppgifter: the three levels of the law. Marked: sekretessmarkering (OSL 22 kap. 1 §). Registered:
// skyddad folkbokföring (folkbokföringslagen 16 §). New identity: fingerade personuppgifter (lag 1991:483); to
// others it looks like anyone, so nothing may show that it is one.
enum class Protection { none, marked, registered, new_identity };
inline constexpr Words<Protection, 4> protections{{{Protection::none, ""},
                                                   {Protection::marked, "marked"},
                                                   {Protection::registered, "registered"},
                                                   {Protection::new_identity, "new identity"}}};
Message name_of(Protection);

// What is done with a person's records.
// To confirm is to be the second of two persons: who ends what another proposed, and is shown nothing.
enum class Action { see, write, print, consent, assign, protect, review, erase, import, confirm };
inline constexpr Words<Action, 10> actions{{{Action::see, "see"},
                                           {Action::write, "write"},
                                           {Action::print, "print"},
                                           {Action::consent, "consent"},
                                           {Action::assign, "assign"},
                                           {Action::protect, "protect"},
                                           {Action::review, "review"},
                                           {Action::erase, "erase"},
                                           {Action::import, "import"},
                                            {Action::confirm, "confirm"}}};
Message name_of(Action);

// How sure we are of who signed in (tillitsnivå): by password alone; by password and a code; by passkey or an
// e-legitimation of level 3 or more.
enum class Strength : std::uint8_t { password, two_factors, strong };
inline constexpr Words<Strength, 3> strengths{{{Strength::password, "password"},
                                               {Strength::two_factors, "two factors"},
                                               {Strength::strong, "strong"}}};

}  // namespace stafett::access
