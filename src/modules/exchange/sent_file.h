// A register file sent in the browser (inläsning): kept until it is confirmed or an hour old, since it holds
// persons. After that only who sent it, when, what it was called and what became of it; its refused rows an
// hour more.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/exchange.h"

namespace stafett::exchange {

inline constexpr std::int64_t seconds_kept = 60 * 60;
inline constexpr std::size_t largest_megabytes = 50;

struct SentFile {
  Id<SentFile> id;
  Kind kind;
  std::string name;
  std::string sent_by;  // in full
  Moment sent_at;
  std::optional<Moment> confirmed_at;
  std::size_t added = 0, changed = 0, unchanged = 0, refused = 0;  // once it is confirmed
};

Id<SentFile> keep(db::Transaction&, const access::User& by, Kind, std::string_view name,
                  std::string_view bytes, Moment now);

// Those of the viewer's organisation. Not found: another one's, or one that was never confirmed and has grown
// too old.
Result<SentFile> find(db::Transaction&, const access::User& viewer, const Id<SentFile>&, Moment now);
std::vector<SentFile> sent_files(db::Transaction&, const access::User& viewer,
                                 Moment now);             // the latest first, at most 50
std::string bytes_of(db::Transaction&, const SentFile&);  // before it is confirmed
std::string rejects_of(db::Transaction&,
                       const SentFile&);  // after; empty if there were none or an hour has passed

void confirm(db::Transaction&, const SentFile&, const Report&, std::string_view rejects, Moment now);

// All files and refused rows of an organisation: one of them may name somebody who is protected from now on.
void forget_files_of(db::Transaction&, const Id<organisation::Organisation>& owner);
// What has been kept too long.
void forget_old_files(db::Transaction&, Moment now);

}  // namespace stafett::exchange
