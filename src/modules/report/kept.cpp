// Everything a form was filled in with, as JSON and back: what keeps a frozen report the same.
#include <stdexcept>

#include "base/base64.h"
#include "base/json.h"
#include "report/values.h"

namespace stafett::report {
namespace {

View texts_view(const std::vector<std::string>& texts) {
  return views(texts, [](const std::string& text) { return View(text); });
}

View table_view(const file::FormTable& table) {
  return {{"caption", table.caption},
          {"headings", texts_view(table.headings)},
          {"rows", views(table.rows, texts_view)},
          {"text_columns", table.text_columns},
          {"total_last", table.total_last},
          {"note", table.note}};
}

View picture_view(const file::FormPicture& picture) {
  return {{"png", base64(picture.png)},
          {"svg", picture.svg},
          {"alt", picture.alt},
          {"width_mm", picture.width_mm},
          {"height_mm", picture.height_mm}};
}

// We wrote it ourselves: something else is a damaged database.
[[noreturn]] void damaged() { throw std::logic_error("a frozen report's kept values cannot be read"); }

const View& in(const View& view, std::string_view name) {
  const auto* found = view.find(name);
  if (!found) damaged();
  return *found;
}

template <class T>
const T& as(const View& view) {
  const auto* found = std::get_if<T>(&view.value());
  if (!found) damaged();
  return *found;
}
const std::string& text(const View& view, std::string_view name) { return as<std::string>(in(view, name)); }
double number(const View& view, std::string_view name) {
  const auto& found = in(view, name);
  const auto* whole = std::get_if<std::int64_t>(&found.value());
  return whole ? static_cast<double>(*whole) : as<double>(found);
}

std::vector<std::string> read_texts(const View& view) {
  std::vector<std::string> all;
  for (const auto& item : as<View::Items>(view)) all.push_back(as<std::string>(item));
  return all;
}

file::FormTable read_table(const View& view) {
  file::FormTable table{.caption = text(view, "caption"),
                        .headings = read_texts(in(view, "headings")),
                        .text_columns = static_cast<std::size_t>(number(view, "text_columns")),
                        .total_last = as<bool>(in(view, "total_last")),
                        .note = text(view, "note")};
  for (const auto& row : as<View::Items>(in(view, "rows"))) table.rows.push_back(read_texts(row));
  return table;
}

file::FormPicture read_picture(const View& view) {
  auto png = from_base64(text(view, "png"));
  if (!png) damaged();
  return {*std::move(png), text(view, "svg"), text(view, "alt"), number(view, "width_mm"),
          number(view, "height_mm")};
}

}  // namespace

std::string kept(const file::FormValues& values) {
  View::Fields tables, pictures;
  for (const auto& [name, table] : values.tables) tables[name] = table_view(table);
  for (const auto& [name, picture] : values.pictures) pictures[name] = picture_view(picture);
  return View{{"fields", values.fields},
              {"tables", std::move(tables)},
              {"pictures", std::move(pictures)},
              {"title", values.title},
              {"language", text::code(values.language)}}
      .json();
}

file::FormValues read_kept(std::string_view json) {
  const auto view = read_json(json);
  if (!view) damaged();
  file::FormValues values{
      .fields = in(*view, "fields"),
      .title = text(*view, "title"),
      .language = text(*view, "language") == "en" ? text::Language::english : text::Language::swedish};
  for (const auto& [name, table] : as<View::Fields>(in(*view, "tables")))
    values.tables[name] = read_table(table);
  for (const auto& [name, picture] : as<View::Fields>(in(*view, "pictures")))
    values.pictures[name] = read_picture(picture);
  return values;
}

}  // namespace stafett::report
