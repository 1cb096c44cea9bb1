// PC-Axis (AXIS-VERSION 2013), the file of SCB's PxWeb. Readers are strict about the order of the keywords,
// about quotation marks inside a text (none), and about texts longer than a line (cut in pieces).
#include <algorithm>
#include <cstdio>

#include "statistics/formats.h"

namespace stafett::statistics {
namespace {

using text::Language;
using text::translated;

constexpr std::size_t longest_piece = 200;  // bytes; a line may have 256

std::string quoted(std::string_view text) {
  std::string out = "\"";
  std::size_t in_piece = 0;
  for (const char c : text) {
    const bool starts_character = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (in_piece >= longest_piece && starts_character) {
      out += "\"\n\"";
      in_piece = 0;
    }
    out += c == '"' ? '\'' : c == '\n' || c == '\r' ? ' ' : c;
    ++in_piece;
  }
  return out + "\"";
}

std::string list(const std::vector<std::string>& words) {
  std::string out;
  std::size_t line = 0;
  for (const auto& word : words) {
    if (!out.empty()) out += ",";
    if (!out.empty() && line > longest_piece / 2) out += "\n", line = 0;
    out += quoted(word);
    line += word.size();
  }
  return out;
}

// A variable of the file: an axis with its total, or what the figures are.
struct Variable {
  std::string name, code;
  std::vector<std::string> values, codes;
  std::string total;  // the value that stands for all, or empty
  std::string time;   // "A1" years, "M1" months, or empty
};

bool is_time(const Axis& axis) {
  return axis.dimension == Dimension::year || axis.dimension == Dimension::month;
}

Variable variable_of(const Axis& axis, Language language) {
  Variable variable{translated(language, about(axis.dimension).name),
                    std::string(about(axis.dimension).id),
                    {},
                    {},
                    {},
                    {}};
  for (const auto& value : axis.values) {
    auto name = translated(language, value.name);
    if (std::ranges::find(variable.values, name) != variable.values.end()) name += " (" + value.code + ")";
    auto code = value.code;
    if (axis.dimension == Dimension::month && code.size() == 7) code.replace(4, 1, "M");
    variable.values.push_back(std::move(name));
    variable.codes.push_back(std::move(code));
  }
  const bool has_missing = std::ranges::any_of(axis.values, &Value::is_missing);
  if (is_time(axis) && !has_missing && !axis.values.empty()) {
    variable.time = axis.dimension == Dimension::year ? "A1" : "M1";
  } else if (axis.values.size() != 1) {
    variable.total = translated(language, Message{"Total"});
    variable.values.push_back(variable.total);
    variable.codes.push_back("T");
  }
  return variable;
}

Variable contents_of(const Table& table, Language language) {
  Variable contents{translated(language, Message{"contents"}), "ContentsCode", {}, {}, {}, {}};
  const auto name = translated(language, table.measure->name);
  if (!table.measure->is_mean()) {
    contents.values = {name};
    contents.codes = {std::string(table.measure->id)};
  } else {
    contents.values = {translated(language, Message{"Number"}), translated(language, Message{"Mean"}),
                       translated(language, Message{"Median"})};
    contents.codes = {"n", "mean", "median"};
  }
  return contents;
}

std::string figure(const Cell& cell, double value, int decimals) {
  if (cell.is_hidden) return "\"..\"";
  if (decimals > 0 && cell.count == 0) return "\"-\"";
  char digits[64];
  std::snprintf(digits, sizeof digits, "%.*f", decimals, rounded(value, decimals));
  return digits;
}

std::string line_of(const Table& table, const Cell& cell) {
  std::string line = figure(cell, static_cast<double>(cell.count), 0) + " ";
  if (table.measure->is_mean()) line += figure(cell, cell.mean, 1) + " " + figure(cell, cell.median, 1) + " ";
  return line + "\n";
}

// The cells in the order of the stub; a row of figures for each.
std::string figures(const Table& table, const std::vector<Variable>& stub) {
  std::string lines;
  std::vector<std::size_t> place(stub.size(), 0);
  if (std::ranges::any_of(stub, [](const Variable& variable) { return variable.values.empty(); }))
    return lines;
  for (;;) {
    lines += line_of(table, table.at(place));
    std::size_t d = stub.size();
    while (d > 0 && ++place[d - 1] == stub[d - 1].values.size()) place[--d] = 0;
    if (d == 0) return lines;
  }
}

std::string time_text(Moment moment) {
  auto text = moment.text();  // 2026-02-03 10:15:00
  std::erase(text, '-');
  return text.substr(0, 14);
}

std::string describe(const Variable& variable) {
  auto text = "VALUES(" + quoted(variable.name) + ")=" + list(variable.values) + ";\n";
  if (!variable.time.empty())
    text +=
        "TIMEVAL(" + quoted(variable.name) + ")=TLIST(" + variable.time + ")," + list(variable.codes) + ";\n";
  text += "CODES(" + quoted(variable.name) + ")=" + list(variable.codes) + ";\n";
  text += "VARIABLECODE(" + quoted(variable.name) + ")=" + quoted(variable.code) + ";\n";
  if (!variable.total.empty())
    text += "ELIMINATION(" + quoted(variable.name) + ")=" + quoted(variable.total) + ";\n";
  return text;
}

std::string units(const Table& table, const Variable& contents, Language language,
                  const std::string& made_at) {
  std::string text;
  for (std::size_t i = 0; i < contents.values.size(); ++i) {
    const auto unit =
        i == 0 && table.measure->is_mean() ? Message{"participations"} : unit_of(*table.measure);
    text += "UNITS(" + quoted(contents.values[i]) + ")=" + quoted(translated(language, unit)) + ";\n";
    text += "LAST-UPDATED(" + quoted(contents.values[i]) + ")=" + quoted(made_at) + ";\n";
    if (i > 0) text += "PRECISION(" + quoted(contents.name) + "," + quoted(contents.values[i]) + ")=1;\n";
  }
  return text;
}

}  // namespace

std::string as_px(const Table& table, Language language, Moment moment) {
  const auto made_at = time_text(moment);
  std::vector<Variable> stub;
  std::vector<std::string> names;
  for (const auto& axis : table.axes) stub.push_back(variable_of(axis, language));
  for (const auto& variable : stub) names.push_back(variable.name);
  const auto contents = contents_of(table, language);
  const auto name = translated(language, table.measure->name);

  std::string text = "CHARSET=\"ANSI\";\nAXIS-VERSION=\"2013\";\nCODEPAGE=\"utf-8\";\nLANGUAGE=" +
                     quoted(text::code(language)) + ";\nCREATION-DATE=" + quoted(made_at) + ";\n";
  text += std::string("DECIMALS=") + (table.measure->is_mean() ? "1" : "0") + ";\nSHOWDECIMALS=0;\n";
  text += "MATRIX=\"STAFETT\";\nCOPYRIGHT=NO;\nSUBJECT-CODE=\"FINSAM\";\nSUBJECT-AREA=" +
          quoted(translated(language, Message{"Coordinated rehabilitation"})) + ";\n";
  text += "DESCRIPTION=" + quoted(title(table, language)) +
          ";\nTITLE=" + quoted(translated(language, {"{1}, {2}", title(table, language), contents.name})) +
          ";\n";
  text += "CONTENTS=" + quoted(name) + ";\nUNITS=" + quoted(translated(language, unit_of(*table.measure))) +
          ";\n";
  if (!stub.empty()) text += "STUB=" + list(names) + ";\n";
  text += "HEADING=" + quoted(contents.name) + ";\nCONTVARIABLE=" + quoted(contents.name) + ";\n";
  for (const auto& variable : stub) text += describe(variable);
  text += describe(contents);
  text += units(table, contents, language, made_at);
  text += "SOURCE=\"Stafett\";\n";
  std::string all;
  for (const auto& note : notes(table, language)) all += (all.empty() ? "" : " ") + note;
  text += "NOTEX=" + quoted(all) + ";\nDATASYMBOL2=\"..\";\nDATA=\n" + figures(table, stub) + ";\n";
  return text;
}

}  // namespace stafett::statistics
