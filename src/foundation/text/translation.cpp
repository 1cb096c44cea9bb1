#include "text/translation.h"

#include <algorithm>
#include <array>
#include <boost/locale/gnu_gettext.hpp>
#include <charconv>
#include <stdexcept>

#include "base/assets.h"

namespace stafett::text {
namespace {

using Catalogue = boost::locale::message_format<char>;

// build/translations/sv.mo: the .po files of all folders in one, made by cmake/embed.cmake.
std::locale swedish() {
  boost::locale::gnu_gettext::messages_info info;
  info.language = "sv";
  info.encoding = "UTF-8";
  info.domains.emplace_back("stafett");
  info.paths.emplace_back("built in");
  info.callback = [](const std::string& file, const std::string&) {
    if (file != "built in/sv/LC_MESSAGES/stafett.mo") return std::vector<char>{};
    const auto bytes = asset("sv.mo");
    return std::vector<char>(bytes.begin(), bytes.end());
  };
  return {std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info)};
}

std::string_view without_spaces(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// The part before the separator, taken off the front of the rest.
std::string_view next(std::string_view& rest, char separator) {
  const auto end = std::min(rest.find(separator), rest.size());
  const auto part = without_spaces(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

bool means(std::string_view range, std::string_view language) {
  const auto main = next(range, '-');
  return std::ranges::equal(main, language, [](char a, char b) { return (a | 0x20) == b; });
}

double weight(std::string_view parameter) {
  double q = 1;
  if (parameter.starts_with("q="))
    std::from_chars(parameter.data() + 2, parameter.data() + parameter.size(), q);
  return q;
}

}  // namespace

std::string_view code(Language language) { return language == Language::swedish ? "sv" : "en"; }

Language preferred(std::string_view accept_language) {
  auto best = Language::swedish;
  double best_weight = 0;
  while (!accept_language.empty()) {
    auto choice = next(accept_language, ',');
    const auto range = next(choice, ';');
    const auto q = weight(without_spaces(choice));
    for (const auto language : {Language::swedish, Language::english})
      if (q > best_weight && means(range, code(language))) {
        best = language;
        best_weight = q;
      }
  }
  return best;
}

std::string translated(Language language, const Message& message) {
  static const auto locale = swedish();
  static const auto& catalogue = std::use_facet<Catalogue>(locale);
  const char* found = nullptr;
  if (language == Language::swedish && !message.key.empty()) found = catalogue.get(0, nullptr, message.key.c_str());
  return filled(found ? found : message.key, message.arguments);
}

std::string told(Language language, const Fault& fault) {
  auto place = fault.line > 0 ? translated(language, {"Line {1}", std::to_string(fault.line)}) : "";
  if (!fault.field.empty()) place += (place.empty() ? "" : ", ") + fault.field;
  return (place.empty() ? "" : place + ": ") + translated(language, fault.message);
}

}  // namespace stafett::text
