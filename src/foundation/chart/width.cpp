#include "chart/width.h"

#include <algorithm>
#include <array>

namespace stafett::chart {
namespace {

// Space to ~, in thousandths of the font's size.
constexpr std::array<int, 95> ascii{
    281, 278, 403, 640, 640, 812, 640, 222, 362, 362, 500, 659, 280, 460, 276, 357, 640, 640, 640,
    640, 640, 640, 640, 640, 640, 640, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598,
    587, 743, 740, 264, 543, 652, 562, 889, 753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642,
    665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237, 544,
    237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812, 540, 557, 541, 362, 327, 362, 659};

struct Letter {
  std::string_view utf8;
  int width;
};
constexpr Letter others[]{{"å", 564}, {"ä", 564}, {"ö", 597},  {"Å", 676}, {"Ä", 676}, {"Ö", 761}, {"é", 582},
                          {"ü", 581}, {"–", 500}, {"—", 1000}, {"…", 821}, {"·", 276}, {"≥", 659}, {"≤", 659},
                          {"−", 659}, {"×", 659}, {" ", 281},  {"’", 185}, {"”", 381}};
constexpr int any_other = 760;

std::size_t bytes_of_character(unsigned char first) {
  return first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

}  // namespace

double width_of(std::string_view text, double font_size) {
  int thousandths = 0;
  while (!text.empty()) {
    const auto first = static_cast<unsigned char>(text.front());
    const auto character = text.substr(0, bytes_of_character(first));
    const auto* other = std::ranges::find(others, character, &Letter::utf8);
    thousandths += first >= 32 && first < 127  ? ascii[first - 32]
                   : other != std::end(others) ? other->width
                                               : any_other;
    text.remove_prefix(character.size());
  }
  return thousandths * font_size / 1000;
}

std::vector<std::string> in_lines(std::string_view text, double font_size, double width) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const auto longer = lines.empty() ? std::string(word) : lines.back() + ' ' + std::string(word);
    if (!lines.empty() && width_of(longer, font_size) <= width)
      lines.back() = longer;
    else
      lines.emplace_back(word);
  }
  return lines;
}

}  // namespace stafett::chart
