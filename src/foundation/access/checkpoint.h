// Checkpoints (avstämning) of the log: made every five minutes when something was written, kept in a table
// and at the end of a file, which whoever runs the program sends elsewhere; and the proof that the log still
// is what they say.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "access/chain.h"
#include "base/date.h"
#include "base/message.h"
#include "db/database.h"

namespace stafett::access {

inline constexpr std::int64_t checkpoint_seconds = 5 * 60;

// One for each chain that has grown; then what the file lacks is put at its end. How many were made.
std::size_t make_checkpoints(db::Database&, const std::string& file, Moment now);

// What does not hold: an entry changed, taken away, put in or moved; a chain shorter than it once was; a
// checkpoint that nobody signed, that is missing or comes twice. `elsewhere` are those that were sent away.
std::vector<Message> log_faults(db::Transaction&, const LogKey&,
                                const std::vector<Checkpoint>& elsewhere = {});

// Writes the whole log and its checkpoints for src/verify/main.cpp.
void write_log(db::Transaction&, const std::function<void(std::string_view line)>& write);

}  // namespace stafett::access
