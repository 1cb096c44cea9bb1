// Two kinds of failure. A Problem is something the user can act on, and is returned.
// Everything else (lost database, full disk, bug) is an exception, caught once, in web/router.cpp and main.cpp.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/message.h"

namespace stafett {

// One thing that is wrong. `field` is the form field or column at fault, or empty; `line` the file's line, or 0.
struct Fault {
  std::string field;
  Message message;
  std::size_t line = 0;
};

struct Problem {
  enum class Kind { not_found, forbidden, invalid, conflict, busy };

  Kind kind;
  std::vector<Fault> faults;  // never empty; only `invalid` has several

  const Message& message() const { return faults.front().message; }
};

template <class T = void>
using Result = tl::expected<T, Problem>;

inline auto problem(Problem::Kind kind, Message why, std::string field = {}) {
  return tl::unexpected(Problem{kind, {Fault{std::move(field), std::move(why)}}});
}
inline auto not_found(Message what) { return problem(Problem::Kind::not_found, std::move(what)); }
inline auto forbidden(Message why) { return problem(Problem::Kind::forbidden, std::move(why)); }
inline auto conflict(Message why) { return problem(Problem::Kind::conflict, std::move(why)); }
inline auto busy(Message why) { return problem(Problem::Kind::busy, std::move(why)); }
inline auto invalid(std::string field, Message why) {
  return problem(Problem::Kind::invalid, std::move(why), std::move(field));
}
inline auto invalid(std::vector<Fault> faults) {
  return tl::unexpected(Problem{Problem::Kind::invalid, std::move(faults)});
}

// For TRY alone: tl::expected<void> has no value() to take.
template <class T>
T value_taken_from(Result<T>&& result) {
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace stafett

// The value of `expression`, or leave the function with its Problem. Always a statement of its own:
// inside braces, {a(), TRY(b())}, GCC and Clang forget to destroy what a() made.
#define TRY(expression)                                              \
  __extension__({                                                    \
    auto result_ = (expression);                                     \
    if (!result_) return tl::unexpected(std::move(result_).error()); \
    stafett::value_taken_from(std::move(result_));                   \
  })
