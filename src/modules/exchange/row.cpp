#include "exchange/row.h"

#include <algorithm>

#include "base/view.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace stafett::exchange {

Result<Headings> match(const file::Table& table, std::span<const Heading> ours) {
  std::vector<std::string_view> names;
  for (const auto& heading : ours) names.push_back(heading.name);

  Headings found;
  for (std::size_t column = 0; column != table.headings.size(); ++column) {
    const auto& written = table.headings[column];
    const auto folded = text::folded(written);
    const auto ours_at = std::find(names.begin(), names.end(), folded);
    if (ours_at != names.end()) {
      auto& place = found.place[static_cast<std::size_t>(ours_at - names.begin())];
      if (place) return invalid("", {"The heading “{1}” stands twice. Take one of the columns away.", written});
      place = column;
    } else if (folded != row_heading && folded != fault_heading) {
      const auto near = text::nearest(folded, names);
      found.notices.push_back(near ? Message{"The column “{1}” is not known and is left alone. Did you mean “{2}”?", written, std::string(*near)}
                                   : Message{"The column “{1}” is not known and is left alone.", written});
    }
  }

  std::vector<Fault> missing;
  for (std::size_t i = 0; i != ours.size(); ++i)
    if (ours[i].needed && !found.place[i])
      missing.push_back({std::string(ours[i].name), {"The column “{1}” is not in the file. It is needed.", std::string(ours[i].name)}});
  if (!missing.empty()) return invalid(std::move(missing));
  return found;
}

std::string_view Row::operator[](std::size_t column) const {
  const auto& place = headings_.place[column];
  return place ? text::trimmed(row_[*place]) : std::string_view{};
}

void Row::fault(std::size_t column, Message message) { faults.push_back({std::string(ours_[column].name), std::move(message)}); }

void Row::taken_as(std::size_t column, std::string_view kept) {
  if ((*this)[column] != kept) kept_.push_back(column);
}

std::string Row::written() const {
  if (kept_.empty()) return {};
  View words;
  for (const auto column : kept_) words.set(std::string(ours_[column].name), (*this)[column]);
  return words.json();
}

}  // namespace stafett::exchange
