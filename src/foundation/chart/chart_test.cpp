#include "chart/chart.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <charconv>

#include "chart/png.h"
#include "chart/width.h"

using namespace stafett;
using namespace stafett::chart;

namespace {

// An element as it was written: its name, its attributes, the text in it.
struct Element {
  std::string name, attributes, text;

  std::string attribute(const std::string& wanted) const {
    const auto at = (" " + attributes).find(" " + wanted + "=\"");
    if (at == std::string::npos) return "";
    const auto begin = at + wanted.size() + 2;
    return attributes.substr(begin, attributes.find('"', begin) - begin);
  }
  double number(const std::string& wanted) const {
    const auto text = attribute(wanted);
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  double left() const {
    if (name != "text") return number("x");
    const double width = width_of(text, number("font-size"));
    const auto anchor = attribute("text-anchor");
    return number("x") - (anchor == "end" ? width : anchor == "middle" ? width / 2 : 0);
  }
  double right() const {
    return left() + (name == "text" ? width_of(text, number("font-size")) : number("width"));
  }
};

std::vector<Element> elements(const std::string& svg, const std::string& name) {
  std::vector<Element> found;
  for (auto at = svg.find("<" + name + " "); at != std::string::npos;
       at = svg.find("<" + name + " ", at + 1)) {
    const auto begin = at + name.size() + 2, end = svg.find('>', begin);
    found.push_back(
        {name, svg.substr(begin, end - begin), svg.substr(end + 1, svg.find('<', end) - end - 1)});
  }
  return found;
}

About about() { return {"c", "Rubrik", "Vad som syns"}; }

std::vector<Series> in_and_out(int months) {
  Series in{"Började", {}}, out{"Avslutade", {}};
  for (int i = 0; i != months; ++i) {
    in.values.push_back((i * 7 + 3) % 13);
    out.values.push_back(i % 5 == 4 ? Value{} : Value{(i * 5) % 11});
  }
  return {in, out};
}

void nothing_leaves_the_frame(const std::string& svg) {
  const auto frame = elements(svg, "svg").front();
  for (const auto* name : {"rect", "text"})
    for (const auto& element : elements(svg, name)) {
      CAPTURE(element.attributes);
      CAPTURE(element.text);
      CHECK(element.left() >= -0.1);
      CHECK(element.right() <= frame.number("width") + 0.1);
      CHECK(element.number("y") >= -0.1);
      CHECK(element.number("y") + element.number("height") <= frame.number("height") + 0.1);
    }
}

void no_text_is_written_over_another(const std::string& svg) {
  const auto texts = elements(svg, "text");
  for (std::size_t a = 0; a != texts.size(); ++a)
    for (std::size_t b = a + 1; b != texts.size(); ++b) {
      if (std::abs(texts[a].number("y") - texts[b].number("y")) > 9) continue;
      CAPTURE(texts[a].text);
      CAPTURE(texts[b].text);
      CHECK((texts[a].right() <= texts[b].left() + 0.1 || texts[b].right() <= texts[a].left() + 0.1));
    }
}

void month_names_are_told_apart(const std::string& svg) {
  double end_of_last = -10;
  for (const auto& text : elements(svg, "text")) {
    if (text.attribute("class") != "soft" || text.text < "a") continue;
    CAPTURE(text.text);
    CHECK(text.left() >= end_of_last + 4);
    end_of_last = text.right();
  }
}

bool has_text(const std::string& svg, const std::string& words) {
  return std::ranges::any_of(elements(svg, "text"), [&](const Element& text) { return text.text == words; });
}

}  // namespace

TEST_SUITE("chart") {
  TEST_CASE("However many months, from any month of the year, columns stay inside and names apart") {
    for (unsigned first = 1; first <= 12; ++first)
      for (int count = 1; count <= 132; count += count < 36 ? 1 : 24) {
        CAPTURE(first);
        CAPTURE(count);
        const auto ticks = months(Date::of(2024, first, 1), count, text::Language::swedish);
        const auto svg = columns(about(), ticks, in_and_out(count));
        nothing_leaves_the_frame(svg);
        no_text_is_written_over_another(svg);
        month_names_are_told_apart(svg);
      }
  }

  TEST_CASE("A line's names stand apart also when the lines end at the same value") {
    const auto ticks = months(Date::of(2024, 7, 1), 9, text::Language::swedish);
    const auto svg =
        lines(about(), ticks,
              {{"deltagaren", {1, 2, {}, 3, 4, 4, 4, 4, 4}}, {"handläggaren", {2, 2, 3, 3, 3, 4, 4, 4, 4}}});
    nothing_leaves_the_frame(svg);
    no_text_is_written_over_another(svg);
    CHECK(has_text(svg, "handläggaren 4"));
  }

  TEST_CASE("Months are named in the reader's language, each with its year") {
    const auto swedish = months(Date::of(2024, 12, 1), 2, text::Language::swedish);
    CHECK(swedish[0].text == "dec");
    CHECK(swedish[1].text == "jan");
    CHECK(swedish[1].group == "2025");
    CHECK(months(Date::of(2024, 5, 1), 1, text::Language::english)[0].text == "May");
  }

  TEST_CASE("A protected number is two dots, and never a column or a bar of nought") {
    const auto ticks = months(Date::of(2024, 1, 1), 2, text::Language::swedish);
    const auto over_time = columns(about(), ticks, {{"Började", {5, {}}}});
    CHECK(has_text(over_time, ".."));
    CHECK(elements(over_time, "rect").size() == 2);  // the legend's square and the one column
    CHECK_FALSE(has_text(bars(about(), {{"Kvinnor", {}}}), "0"));
    const auto divided = stacked(about(), {"Kvinnor", "Män"}, {{"Liten insats", {std::nullopt, 3}}});
    CHECK(has_text(divided, "n .."));
    CHECK_FALSE(has_text(divided, "3"));
  }

  TEST_CASE("Numbers have a decimal comma in Swedish and a point in English") {
    CHECK(has_text(bars(about(), {{"Median", 7.4}}), "7,4"));
    auto english = about();
    english.language = text::Language::english;
    CHECK(has_text(bars(english, {{"Median", 7.4}}), "7.4"));
  }

  TEST_CASE("Long labels go on several lines and stay inside") {
    const std::string longest =
        "Arbetsmarknadsutbildning eller annan insats hos Arbetsförmedlingen tillsammans med kommunen";
    const auto svg = bars(about(), {{longest, 20, "20 · 30,8 %"}, {"Avbrutit", 0}, {"Annat", 1000000}});
    nothing_leaves_the_frame(svg);
    no_text_is_written_over_another(svg);
    CHECK(elements(svg, "text").size() == 8);
  }

  TEST_CASE("A divided row is as long as any other and its parts are its counts") {
    const auto svg =
        stacked(about(), {"Kvinnor", "Män", "Uppgift saknas"}, {{"A", {35, 30, 0}}, {"B", {1, 1, 260}}});
    nothing_leaves_the_frame(svg);
    no_text_is_written_over_another(svg);
    CHECK(has_text(svg, "35"));
    CHECK(has_text(svg, "n 262"));
  }

  TEST_CASE("A goal's value and target are readable wherever they fall") {
    for (int value = 0; value <= 100; value += 4)
      for (int target = 0; target <= 100; target += 4) {
        CAPTURE(value);
        CAPTURE(target);
        const auto svg = goal(about(), {value / 100.0, std::to_string(value) + ",0 %", target / 100.0,
                                        "mål " + std::to_string(target) + " %", 1.0});
        nothing_leaves_the_frame(svg);
        const auto words = elements(svg, "text").front();
        const double mark = elements(svg, "line").front().number("x1");
        CHECK((words.right() < mark || words.left() > mark));
      }
  }

  TEST_CASE("What people write cannot become markup") {
    auto about = ::about();
    about.title = "<script>\"&";
    const auto svg = bars(about, {{"</text><script>", 1}});
    CHECK(svg.find("<script") == std::string::npos);
    CHECK(svg.find("&lt;script&gt;&quot;&amp;") != std::string::npos);
  }

  TEST_CASE("Every name inside begins with the chart's own, and there is no style to be refused") {
    const auto svg = goal({"mål-1", "t", "d"}, {0.5, "50 %", 0.6, "mål 60 %", 1.0});
    CHECK(svg.find("aria-labelledby=\"mål-1-title mål-1-description\"") != std::string::npos);
    CHECK(svg.find("style") == std::string::npos);
  }

  TEST_CASE("The goal that was not reached: 28 of 65 against 55 %") {
    CHECK(
        goal({"vidare", "43,1 %, målet är 55 %", "28 av 65"}, {28 / 65.0, "43,1 %", 0.55, "mål 55 %", 1.0}) ==
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"340\" height=\"44\" viewBox=\"0 0 340 44\" "
        "role=\"img\" "
        "aria-labelledby=\"vidare-title vidare-description\" font-family=\"Inter, 'Noto Sans', Arial, "
        "sans-serif\">"
        "<title id=\"vidare-title\">43,1 %, målet är 55 %</title><desc id=\"vidare-description\">28 av "
        "65</desc>"
        "<rect class=\"rail\" x=\"0\" y=\"5\" width=\"340\" height=\"18\" rx=\"2\" fill=\"#e7e9ea\"/>"
        "<rect class=\"s1\" x=\"0\" y=\"5\" width=\"146.5\" height=\"18\" rx=\"2\" fill=\"#0b5b6b\"/>"
        "<text class=\"on1\" x=\"140.5\" y=\"18.5\" font-size=\"12.5\" text-anchor=\"end\" "
        "fill=\"#ffffff\">43,1 %</text>"
        "<line class=\"halo\" x1=\"187\" y1=\"0\" x2=\"187\" y2=\"29\" stroke=\"#ffffff\" "
        "stroke-width=\"5\"/>"
        "<line class=\"target\" x1=\"187\" y1=\"0\" x2=\"187\" y2=\"29\" stroke=\"#24303a\" "
        "stroke-width=\"2\"/>"
        "<text class=\"soft\" x=\"187\" y=\"41\" font-size=\"11\" text-anchor=\"middle\" "
        "fill=\"#555f66\">mål 55 %</text>"
        "</svg>");
  }

  TEST_CASE("As a picture it has the width that was asked for, and the same shape") {
    const auto picture = png(goal(about(), {0.5, "50 %", 0.6, "mål 60 %", 1.0}), 680);
    REQUIRE(picture.starts_with("\x89PNG"));
    const auto number = [&](std::size_t at) {
      return (static_cast<unsigned char>(picture[at + 2]) << 8) + static_cast<unsigned char>(picture[at + 3]);
    };
    CHECK(number(16) == 680);
    CHECK(number(20) == 88);
    CHECK_THROWS(png("no picture", 100));
  }

  TEST_CASE("Å, ä and ö are as wide as a and o, not twice") {
    CHECK(width_of("åäö", 10) == doctest::Approx(width_of("aao", 10)));
    CHECK(in_lines("Arbete med subvention", 12.5, 90) ==
          std::vector<std::string>{"Arbete med", "subvention"});
  }
}
