#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>

#include "file/temporary.h"
#include "file/xlsx.h"
#include "file/xml.h"
#include "text/fold.h"

namespace stafett::file {
namespace {

constexpr std::size_t longest_text = 32'767, longest_tab_name = 31;

void need(lxw_error error) {
  if (error != LXW_NO_ERROR) throw std::runtime_error(std::string("xlsx: ") + lxw_strerror(error));
}

// At most so many characters (Excel counts UTF-16 units, of which a character is at most two and seldom more
// than one).
std::string cut(std::string text, std::size_t most) {
  while (text::length(text) > most) {
    auto end = text.size() - 1;
    while (end != 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    text.resize(std::min(end, most * 4));
  }
  return text;
}

class Workbook {
 public:
  explicit Workbook(const std::filesystem::path& path) : book_(workbook_new(path.c_str())) {
    if (!book_) throw std::runtime_error("xlsx: cannot begin a workbook");
    lxw_doc_properties properties{};
    properties.created = 315532800;  // 1980-01-01: the same sheets, the same bytes
    workbook_set_properties(book_, &properties);
  }

  void add(const Sheet& sheet) {
    auto* const tab = new_tab(sheet.name);
    lxw_row_t line = 0;
    if (!sheet.title.empty()) {
      write(tab, line, 0, sheet.title, look("", true, 14));
      line += 2;
    }
    std::vector<std::size_t> widths;
    for (lxw_col_t i = 0; i != sheet.headings.size(); ++i) {
      write(tab, line, i, sheet.headings[i], heading(over_figures(sheet, i)));
      widths.push_back(text::length(sheet.headings[i]) + 2);
    }
    worksheet_repeat_rows(tab, line, line);
    worksheet_freeze_panes(tab, ++line, 0);
    for (const auto& row : sheet.rows) {
      const bool total = sheet.total_last && &row == &sheet.rows.back();
      widths.resize(std::max(widths.size(), row.size()), 10);
      for (lxw_col_t i = 0; i != row.size(); ++i) {
        std::visit(Cell{*this, tab, line, i, total}, row[i]);
        if (const auto* text = std::get_if<std::string>(&row[i]))
          widths[i] = std::max(widths[i], text::length(*text) + 2);
      }
      ++line;
    }
    for (lxw_col_t i = 0; i != widths.size(); ++i)
      worksheet_set_column(tab, i, i, static_cast<double>(std::clamp<std::size_t>(widths[i], 10, 60)),
                           nullptr);
    set_page(tab);
  }

  void add_notes(std::span<const Note> notes, const std::string& name) {
    auto* const tab = new_tab(name);
    lxw_row_t line = 0;
    for (const auto& note : notes) {
      write(tab, line, 0, note.name, look("", true, 0, true));
      write(tab, line++, 1, note.text, look("", false, 0, true));
    }
    worksheet_set_column(tab, 0, 0, 24, nullptr);
    worksheet_set_column(tab, 1, 1, 90, nullptr);
    set_page(tab);
  }

  void close() { need(workbook_close(book_)); }

 private:
  struct Cell {
    Workbook& book;
    lxw_worksheet* tab;
    lxw_row_t line;
    lxw_col_t column;
    bool bold;

    void operator()(std::monostate) const {}
    void operator()(const std::string& text) const {
      book.write(tab, line, column, text, book.look("", bold));
    }
    void operator()(std::int64_t number) const {
      need(worksheet_write_number(tab, line, column, static_cast<double>(number), book.look("#,##0", bold)));
    }
    void operator()(Decimal number) const { fraction(number.value, number.decimals, ""); }
    void operator()(Share share) const {
      fraction(static_cast<double>(share.count) / static_cast<double>(share.of), share.decimals, "\\ %");
    }
    void operator()(Date date) const {
      lxw_datetime day{date.year(), static_cast<int>(date.month()), static_cast<int>(date.day()), 0, 0, 0};
      need(worksheet_write_datetime(tab, line, column, &day, book.look("yyyy\\-mm\\-dd", bold)));
    }
    void fraction(double value, int decimals, const char* unit) const {
      if (!std::isfinite(value))
        return book.write(tab, line, column, "..", book.look("", bold, 0, false, true));
      const auto format =
          "#,##0" + (decimals > 0 ? "." + std::string(static_cast<std::size_t>(decimals), '0') : "") + unit;
      need(worksheet_write_number(tab, line, column, value, book.look(format, bold)));
    }
  };

  void write(lxw_worksheet* tab, lxw_row_t line, lxw_col_t column, const std::string& text,
             lxw_format* format) {
    need(worksheet_write_string(tab, line, column, cut(xml_text(text), longest_text).c_str(), format));
  }

  // Excel refuses some signs in the name of a tab, and two of the same name.
  lxw_worksheet* new_tab(const std::string& wanted) {
    auto name = xml_text(wanted);
    std::erase_if(name,
                  [](char c) { return std::string_view("[]:*?/\\'").find(c) != std::string_view::npos; });
    name = cut(name.empty() ? "Blad" : name, longest_tab_name);
    for (int i = 2; !names_.insert(text::folded(name)).second; ++i)
      name = cut(name, longest_tab_name - 5) + " " + std::to_string(i);
    auto* const tab = workbook_add_worksheet(book_, name.c_str());
    if (!tab) throw std::runtime_error("xlsx: cannot add a sheet");
    return tab;
  }

  static void set_page(lxw_worksheet* tab) {
    constexpr std::uint8_t a4 = 9;
    worksheet_set_paper(tab, a4);
    worksheet_set_landscape(tab);
    worksheet_fit_to_pages(tab, 1, 0);
  }

  static bool over_figures(const Sheet& sheet, std::size_t column) {
    if (sheet.rows.empty() || sheet.rows.front().size() <= column) return false;
    const auto& value = sheet.rows.front()[column];
    return !std::holds_alternative<std::string>(value) && !std::holds_alternative<std::monostate>(value);
  }

  lxw_format* heading(bool right) {
    auto* const format = look("", true, 11, true, right);  // the only one of this size
    format_set_bottom(format, LXW_BORDER_THIN);
    return format;
  }

  lxw_format* look(const std::string& number, bool bold, int size = 0, bool wrap = false,
                   bool right = false) {
    auto& format = looks_[{number, bold, size, wrap, right}];
    if (format) return format;
    format = workbook_add_format(book_);
    if (!number.empty()) format_set_num_format(format, number.c_str());
    if (bold) format_set_bold(format);
    if (size != 0) format_set_font_size(format, size);
    if (wrap) format_set_text_wrap(format), format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (right) format_set_align(format, LXW_ALIGN_RIGHT);
    return format;
  }

  lxw_workbook* book_;
  std::set<std::string> names_;
  std::map<std::tuple<std::string, bool, int, bool, bool>, lxw_format*> looks_;
};

}  // namespace

std::string write_xlsx(std::span<const Sheet> sheets, std::span<const Note> notes,
                       const std::string& notes_name) {
  const TemporaryFolder folder;  // the library writes to files only
  const auto path = folder.path() / "sheets.xlsx";
  Workbook book(path);
  for (const auto& sheet : sheets) book.add(sheet);
  if (!notes.empty()) book.add_notes(notes, notes_name);
  book.close();
  return bytes_of(path);
}

}  // namespace stafett::file
