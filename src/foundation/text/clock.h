// The clock on the wall in Sweden. Moments are kept in UTC; people write and read this.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace stafett::text {

// How many seconds Sweden is ahead of UTC.
std::int64_t ahead_of_utc(Moment);

struct LocalTime {
  Date day;
  std::string clock;  // 10:05
};
LocalTime local_time(Moment);
// "10:05", "10.05", "9:30"; none for what is no time of the day. What the change to summer time leaps over is
// taken as an hour later, what comes twice in autumn as the second of them.
std::optional<Moment> moment_at(Date, std::string_view clock);

}  // namespace stafett::text
