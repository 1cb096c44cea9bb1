#include "exchange/row.h"

#include <algorithm>

#include "base/json.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace stafett::exchange {
namespace {

// Hem kommun and hem_kommun are hemkommun.
std::string without_spaces(std::string_view heading) {
  auto folded = text::folded(heading);
  std::erase_if(folded, [](char c) { return c == ' ' || c == '_'; });
  return folded;
}

}  // namespace

bool is_ours_in_rejects(std::string_view heading) {
  const auto folded = text::folded(heading);
  return folded == row_heading || folded == fault_heading;
}

std::optional<std::size_t> column_called(const file::Table& table, std::string_view heading) {
  const auto wanted = without_spaces(heading);
  for (std::size_t column = 0; column != table.headings.size(); ++column)
    if (without_spaces(table.headings[column]) == wanted) return column;
  return std::nullopt;
}

Result<Headings> match(const file::Table& table, std::span<const Heading> ours) {
  Headings found;
  std::vector<std::string_view> names;
  std::vector<bool> is_ours(table.headings.size(), false);
  for (std::size_t i = 0; i != ours.size(); ++i) {
    names.push_back(ours[i].name);
    found.place[i] = column_called(table, ours[i].name);
    if (found.place[i]) is_ours[*found.place[i]] = true;
  }
  for (std::size_t column = 0; column != table.headings.size(); ++column) {
    const auto& written = table.headings[column];
    if (is_ours[column] || is_ours_in_rejects(written)) continue;
    if (written.empty())
      found.notices.push_back({"Column {1} has no heading and is left alone.", std::to_string(column + 1)});
    else if (const auto near = text::nearest(written, names))
      found.notices.push_back({"The column “{1}” is not known and is left alone. Did you mean “{2}”?",
                               written, std::string(*near)});
    else
      found.notices.push_back({"The column “{1}” is not known and is left alone.", written});
  }

  const std::vector<std::string_view> written(table.headings.begin(), table.headings.end());
  std::vector<Fault> missing;
  for (std::size_t i = 0; i != ours.size(); ++i) {
    if (!ours[i].needed || found.place[i]) continue;
    const std::string name(names[i]);
    const auto near = text::nearest(name, written);
    missing.push_back(
        {"", near ? Message{"The column “{1}” is not in the file. It is needed. Is it the one called “{2}”?",
                            name, std::string(*near)}
                  : Message{"The column “{1}” is not in the file. It is needed.", name}});
  }
  if (!missing.empty()) return invalid(std::move(missing));
  return found;
}

std::string_view Row::operator[](std::size_t column) const {
  const auto& place = headings_.place[column];
  return place ? text::trimmed(row_[*place]) : std::string_view{};
}

bool Row::has_too_many_cells(std::size_t headings) const {
  for (auto column = headings; column < row_.size(); ++column)
    if (!text::trimmed(row_[column]).empty()) return true;
  return false;
}

void Row::fault(std::size_t column, Message message) {
  faults.push_back({std::string(ours_[column].name), std::move(message)});
}
void Row::fault(Message message) { faults.push_back({"", std::move(message)}); }

void Row::taken_as(std::size_t column, std::string_view kept) {
  if ((*this)[column] != kept) kept_.push_back(column);
}

std::string Row::written(std::string_view before) const {
  View words;
  for (const auto column : kept_) words.set(std::string(ours_[column].name), (*this)[column]);
  const auto earlier = before.empty() ? std::nullopt : read_json(before);
  for (std::size_t column = 0; column != ours_.size() && earlier; ++column)
    if (const auto* word = has(column) ? nullptr : earlier->find(ours_[column].name))
      words.set(std::string(ours_[column].name), *word);
  const auto json = words.json();
  return json == "{}" ? "" : json;
}

}  // namespace stafett::exchange
