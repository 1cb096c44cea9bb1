// What the database knows already of the interventions that a file names: asked once, then remembered, since
// a register of a million rows names few interventions.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "access/gate.h"
#include "exchange/exchange.h"
#include "exchange/row.h"
#include "intervention/intervention.h"
#include "participant/identity.h"
#include "participant/pseudonym.h"

namespace stafett::exchange {

struct Stay {
  Date started;
  std::optional<Date> ended;
  std::size_t line = 0;  // in this file; 0: it was in the database
};

// What is known of someone, and in which line of this file it was said; 0: it was in the database.
template <class T>
struct Told {
  T value{};
  std::size_t line = 0;

  bool is_known() const { return value != T{}; }
};

struct Person {
  Id<participant::Participant> id;
  Told<std::optional<participant::Sex>> sex;
  Told<std::optional<int>> birth_year;
  Told<std::string> personal_number;  // only of this file: the database's is sealed
  std::string number_mark;            // what the database's is compared by
  std::vector<Stay> stays;
  bool is_protected = false;  // nothing that names them or tells where they are is taken in
};

// An intervention with its words folded for matching, and its persons by code.
struct Known {
  intervention::Intervention intervention;
  access::Scope scope;  // to keep what is read
  std::optional<participant::Numbers> numbers;
  std::unordered_map<std::string, Person> persons;
  std::unordered_set<std::string> out_of_reach;  // codes of those whom who imports may not reach: protected, erased
  std::optional<participant::FormerMarks> former;  // of those who were protected since
  std::unordered_map<std::string, std::string> sites, destinations, decisions;  // folded -> as named
};

class Register {
 public:
  Register(db::Transaction& tx, const Task& task) : tx_(tx), task_(task) {}

  // By id or name. Otherwise the reason why not, for the row: unknown, or another organisation's.
  struct Found {
    Known* known = nullptr;
    Message why_not;
  };
  const Found& intervention(std::string_view word);

 private:
  Found look_up(std::string_view word);
  Result<access::Scope> admitted(const intervention::Intervention&);

  db::Transaction& tx_;
  const Task& task_;
  std::optional<std::vector<intervention::Intervention>> all_;
  std::map<std::string, std::unique_ptr<Known>> known_;
  Remembered<Found> found_;
};

// Is the row about somebody whom a file does not reach? It changes nothing and says nothing of them.
bool is_out_of_reach(const Known&, std::string_view code, std::string_view twelve_digits = {});

// What may stand in a column that the intervention itself decides.
struct Named {
  std::unordered_map<std::string, std::string> Known::*names;
  const char *near, *unknown, *none;  // what to say: {1} was written, {2} is near
};
extern const Named sites, destinations, decisions;

// The name that a word stands for; else a fault, with the nearest.
Result<std::string> named_in(const Known&, const Named&, std::string_view word);

}  // namespace stafett::exchange
