#include "exchange/row.h"

#include <algorithm>
#include <map>

#include "base/view.h"
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

// The word beside a name in what Row::written made, as it stands there with its quotes; empty if there is none.
std::string_view word_in(std::string_view json, std::string_view name) {
  const auto key = json_quoted(name) + ':';
  const auto at = json.find(key);
  if (at == json.npos) return {};
  const auto word = json.substr(at + key.size());
  std::size_t end = 1;
  while (word[end] != '"') end += word[end] == '\\' ? 2 : 1;
  return word.substr(0, end + 1);
}

}  // namespace

bool is_ours_in_rejects(std::string_view heading) {
  const auto folded = text::folded(heading);
  return folded == row_heading || folded == fault_heading;
}

Result<Headings> match(const file::Table& table, std::span<const Heading> ours) {
  std::vector<std::string_view> names;
  std::vector<std::string> same_as;
  for (const auto& heading : ours) {
    names.push_back(heading.name);
    same_as.push_back(without_spaces(heading.name));
  }

  Headings found;
  for (std::size_t column = 0; column != table.headings.size(); ++column) {
    const auto& written = table.headings[column];
    if (const auto same = std::ranges::find(same_as, without_spaces(written)); same != same_as.end())
      found.place[static_cast<std::size_t>(same - same_as.begin())] = column;
    else if (written.empty())
      found.notices.push_back({"Column {1} has no heading and is left alone.", std::to_string(column + 1)});
    else if (const auto near = text::nearest(written, names))
      found.notices.push_back({"The column “{1}” is not known and is left alone. Did you mean “{2}”?", written, std::string(*near)});
    else if (!is_ours_in_rejects(written))
      found.notices.push_back({"The column “{1}” is not known and is left alone.", written});
  }

  const std::vector<std::string_view> written(table.headings.begin(), table.headings.end());
  std::vector<Fault> missing;
  for (std::size_t i = 0; i != ours.size(); ++i) {
    if (!ours[i].needed || found.place[i]) continue;
    const std::string name(names[i]);
    const auto near = text::nearest(name, written);
    missing.push_back({"", near ? Message{"The column “{1}” is not in the file. It is needed. Is it the one called “{2}”?", name, std::string(*near)}
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

void Row::fault(std::size_t column, Message message) { faults.push_back({std::string(ours_[column].name), std::move(message)}); }
void Row::fault(Message message) { faults.push_back({"", std::move(message)}); }

void Row::taken_as(std::size_t column, std::string_view kept) {
  if ((*this)[column] != kept) kept_.push_back(column);
}

std::string Row::written(std::string_view before) const {
  std::map<std::string_view, std::string> words;
  for (const auto column : kept_) words.emplace(ours_[column].name, json_quoted((*this)[column]));
  for (std::size_t column = 0; column != ours_.size(); ++column)
    if (const auto word = has(column) ? "" : word_in(before, ours_[column].name); !word.empty())
      words.emplace(ours_[column].name, word);
  if (words.empty()) return {};
  std::string json;
  for (const auto& [name, word] : words) json += (json.empty() ? '{' : ',') + json_quoted(name) + ':' + word;
  return json + '}';
}

}  // namespace stafett::exchange
