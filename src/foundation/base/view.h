// What is shown, to a person or a program: a tree of names and values. A page template turns it into HTML,
// json() gives it as it is.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/message.h"

namespace stafett {

class View {
 public:
  using Fields = std::map<std::string, View, std::less<>>;
  using Items = std::vector<View>;
  // A Message is a text that the page's language decides.
  using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, Message, Items, Fields>;
  struct Named;  // {"name", value}

  View() : value_(Fields{}) {}
  View(std::nullptr_t) {}
  View(bool flag) : value_(flag) {}
  View(int number) : value_(std::int64_t{number}) {}
  View(std::int64_t number) : value_(number) {}
  View(std::size_t number) : value_(static_cast<std::int64_t>(number)) {}
  View(double number) : value_(number) {}
  View(const char* text) : value_(std::string(text)) {}
  View(std::string_view text) : value_(std::string(text)) {}
  View(std::string text) : value_(std::move(text)) {}
  View(Message message) : value_(std::move(message)) {}
  View(Date date) : value_(date.text()) {}
  View(Moment moment) : value_(moment.text()) {}
  View(Items items) : value_(std::move(items)) {}
  View(Fields fields) : value_(std::move(fields)) {}
  View(std::initializer_list<Named> fields);
  template <class Of>
  View(const Id<Of>& id) : value_(id.text) {}
  template <class T>
  View(const std::optional<T>& value) {
    if (value) *this = View(*value);
  }

  const Value& value() const { return value_; }
  bool has_fields() const { return std::holds_alternative<Fields>(value_); }
  const View* find(std::string_view name) const;  // of a tree with fields; null if it has no such
  View* find(std::string_view name);
  void set(std::string name, View view);          // on a tree with fields

  // As JSON; a Message becomes its English text.
  std::string json() const;

 private:
  Value value_;
};

// Mutable, so that a tree in braces is moved together, not copied once for each level.
struct View::Named {
  Named(std::string name, View value) : name(std::move(name)), value(std::move(value)) {}

  mutable std::string name;
  mutable View value;
};

inline View::View(std::initializer_list<Named> fields) : value_(Fields{}) {
  for (const auto& field : fields) std::get<Fields>(value_).try_emplace(std::move(field.name), std::move(field.value));
}

// One View per item: views(referrals, view)
template <class Range, class ToView>
View views(const Range& range, ToView to_view) {
  View::Items items;
  for (const auto& item : range) items.push_back(to_view(item));
  return items;
}

// As a JSON string, with its quotes.
std::string json_quoted(std::string_view);

}  // namespace stafett
