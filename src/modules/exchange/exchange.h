// Exchange (utbyte): registers of other systems in. A file is read row by row; a row is taken whole or
// refused whole with every fault found in it; refused rows come back in a file of the same shape. The same
// file again changes nothing. All of a file is one transaction: a killed process leaves nothing half done.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/user.h"
#include "base/date.h"
#include "base/result.h"
#include "base/words.h"
#include "db/database.h"
#include "file/table.h"
#include "text/translation.h"

namespace stafett::web {
class Router;
}

namespace stafett::exchange {

inline constexpr access::Permission may_import{"exchange.import", true};

enum class Kind { participations, decisions, contacts };
inline constexpr Words<Kind, 3> kinds{
    {{Kind::participations, "participations"}, {Kind::decisions, "decisions"}, {Kind::contacts, "contacts"}}};
Message name_of(Kind);

struct Refusal {
  std::size_t row;            // in the table, from 0
  std::vector<Fault> faults;  // field: the column's heading
};

// What became of a file, or would.
struct Report {
  std::size_t rows = 0, added = 0, changed = 0, unchanged = 0;
  std::vector<Refusal> refused;
  std::vector<Message> notices;  // unknown columns, words that no list has
  bool nothing_done() const { return added + changed + unchanged == 0; }
};

struct Task {
  Kind kind;
  // Who imports: rows of other owners' interventions are refused. None: the command line, which may all.
  const access::User* user = nullptr;
  Moment now;
  bool dry_run = false;                                            // everything but keeping it
  std::function<void(std::size_t done, std::size_t of)> progress;  // called now and then
};

// A Problem if the file as such cannot be used: a needed column is not there.
Result<Report> import(db::Database&, const file::Table&, const Task&);
Result<Report> import(db::Transaction&, const file::Table&, const Task&);

// The refused rows as a CSV file of the same shape, with the row's number and its faults in two columns more.
// Mended, it can be read again; a cell that had no heading comes after them, so that its row is refused until
// it is mended.
std::string rejects_file(const file::Table&, const Report&, text::Language);
// "kön: “kvina” är okänt. Menade du “kvinna”?", and with "Rad 5: " before it
std::string words_about(const Refusal&, text::Language);
std::string line_about(const file::Table&, const Refusal&, text::Language);
// Whom the row is about, as it says itself.
std::string_view participant_in(const file::Table&, std::size_t row);

// Pages.
void routes(web::Router&);

}  // namespace stafett::exchange
