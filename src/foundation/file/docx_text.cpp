#include <algorithm>
#include <pugixml.hpp>

#include "file/docx_parts.h"
#include "file/package.h"
#include "text/fold.h"

namespace stafett::file {
namespace {

constexpr std::size_t longest_name = 100;

Placeholder placeholder(std::string_view inside, std::size_t begin, std::size_t end) {
  using Kind = Placeholder::Kind;
  static constexpr std::pair<std::string_view, Kind> marks[] = {
      {"#", Kind::loop_start},   {"/", Kind::loop_end},    {"bild:", Kind::picture},
      {"image:", Kind::picture}, {"tabell:", Kind::table}, {"table:", Kind::table},
  };
  const auto folded = text::folded(inside);  // Word likes to begin with a capital
  for (const auto& [mark, kind] : marks)
    if (folded.starts_with(mark))
      return {kind, std::string(text::trimmed(inside.substr(mark.size()))), begin, end};
  return {Kind::value, std::string(inside), begin, end};
}

void collect(const pugi::xml_node& node, std::vector<pugi::xml_node>& out) {
  static constexpr std::string_view elsewhere[] = {"w:tbl", "w:drawing", "w:pict", "mc:AlternateContent",
                                                   "w:moveFrom"};
  for (const auto& child : node.children()) {
    if (is(child, "w:t"))
      out.push_back(child);
    else if (std::find(std::begin(elsewhere), std::end(elsewhere), std::string_view(child.name())) ==
             std::end(elsewhere))
      collect(child, out);
  }
}

void check_siblings(const pugi::xml_node& parent, bool loops_are_the_rows, std::vector<Fault>& faults) {
  std::vector<std::string> open;
  const auto fault = [&](const char* key, const std::string& name) { faults.push_back({{}, {key, name}}); };
  for (const auto& child : parent.children()) {
    const bool row = is(child, "w:tr");
    if (row || (is_block(child) && !loops_are_the_rows)) {
      for (const auto& place : placeholders_in(text_in(child))) {
        if (place.kind == Placeholder::Kind::loop_start) {
          open.push_back(place.name);
        } else if (place.kind == Placeholder::Kind::loop_end) {
          if (open.empty() || open.back() != place.name)
            fault("{{/{1}}} in the form has no {{#{1}}} before it, in the same table or the same text.",
                  place.name);
          else
            open.pop_back();
        }
      }
    }
    // Loops in the cells of a row are the row's; a table or a text box within them is a text of its own.
    const bool starts_anew = is(child, "w:tbl") || is(child, "w:txbxContent");
    check_siblings(child, row || (loops_are_the_rows && !starts_anew), faults);
  }
  for (const auto& name : open)
    fault("{{#{1}}} in the form has no {{/{1}}} after it, in the same table or the same text.", name);
}

class Finder {
 public:
  Finder(std::vector<Field>& out, Field::Place place) : out_(out), place_(place) {}

  void look(const pugi::xml_node& node) {
    for (const auto& child : node.children()) {
      if (is(child, "w:sdt"))
        if (const std::string_view tag = child.child("w:sdtPr").child("w:tag").attribute("w:val").value();
            !tag.empty())
          note(Field::Kind::control, std::string(tag));
      if (is(child, "w:p")) paragraph(child);
      look(child);
    }
  }

 private:
  void paragraph(const pugi::xml_node& node) {
    const auto text = text_in(node);
    const auto style = text::folded(node.child("w:pPr").child("w:pStyle").attribute("w:val").value());
    if (style.starts_with("heading") || style.starts_with("rubrik")) under_ = text;
    for (const auto& place : placeholders_in(text)) {
      switch (place.kind) {
        case Placeholder::Kind::value:
          note(Field::Kind::value, place.name);
          break;
        case Placeholder::Kind::picture:
          note(Field::Kind::picture, place.name);
          break;
        case Placeholder::Kind::table:
          note(Field::Kind::table, place.name);
          break;
        case Placeholder::Kind::loop_start:
          note(Field::Kind::loop, place.name);
          loops_.push_back(place.name);
          break;
        case Placeholder::Kind::loop_end:
          if (!loops_.empty()) loops_.pop_back();
      }
    }
  }

  void note(Field::Kind kind, const std::string& name) {
    const auto loop = loops_.empty() ? std::string() : loops_.back();
    for (auto& field : out_)
      if (field.kind == kind && field.name == name && field.loop == loop && field.place == place_) {
        ++field.times;
        return;
      }
    out_.push_back({kind, name, loop, place_, under_, 1});
  }

  std::vector<Field>& out_;
  Field::Place place_;
  std::string under_;
  std::vector<std::string> loops_;
};

Field::Place place_of(const pugi::xml_node& root) {
  if (is(root, "w:hdr")) return Field::Place::header;
  if (is(root, "w:ftr")) return Field::Place::footer;
  return is(root, "w:document") ? Field::Place::body : Field::Place::notes;
}

}  // namespace

std::vector<Placeholder> placeholders_in(std::string_view text) {
  std::vector<Placeholder> found;
  for (auto begin = text.find("{{"); begin != text.npos; begin = text.find("{{", begin)) {
    const auto brace = text.find_first_of("{}", begin + 2);
    if (brace == text.npos) break;
    const auto inside = text::trimmed(text.substr(begin + 2, brace - begin - 2));
    if (!text.substr(brace).starts_with("}}") || inside.empty() || inside.size() > longest_name) {
      begin += 1;  // {{ {{name}} }}: the inner one is a place, the outer is text
      continue;
    }
    found.push_back(placeholder(inside, begin, brace + 2));
    begin = brace + 2;
  }
  return found;
}

bool is(const pugi::xml_node& node, std::string_view name) { return name == node.name(); }
bool is_block(const pugi::xml_node& node) { return is(node, "w:p") || is(node, "w:tr"); }

std::vector<pugi::xml_node> texts_of(const pugi::xml_node& node) {
  std::vector<pugi::xml_node> texts;
  collect(node, texts);
  return texts;
}

std::string content_of(const pugi::xml_node& node) {
  std::string text;
  for (const auto& part : node.children()) text += part.value();
  return text;
}

std::string text_in(const pugi::xml_node& node) {
  std::string text;
  for (const auto& one : texts_of(node)) text += content_of(one);
  return text;
}

void set_text(pugi::xml_node node, std::string_view text) {
  auto run = node.parent();
  for (;;) {
    const auto end = std::min(text.find_first_of("\n\t"), text.size());
    node.remove_children();
    node.append_child(pugi::node_pcdata).set_value(std::string(text.substr(0, end)).c_str());
    if (!node.attribute("xml:space")) node.append_attribute("xml:space") = "preserve";
    if (end == text.size()) return;
    const auto between = run.insert_child_after(text[end] == '\t' ? "w:tab" : "w:br", node);
    node = run.insert_child_after("w:t", between);
    text.remove_prefix(end + 1);
  }
}

void change_text(const std::vector<pugi::xml_node>& texts, const std::vector<Change>& changes) {
  std::size_t start = 0;  // of this node in the whole
  auto change = changes.begin();
  for (const auto& node : texts) {
    const auto old = content_of(node);
    const auto end = start + old.size();
    auto kept = start;
    std::string now;
    for (; change != changes.end() && change->begin < end; ++change) {
      if (change->begin >= start) now.append(old, kept - start, change->begin - kept) += change->text;
      kept = std::min(change->end, end);
      if (change->end > end) break;  // it goes on in the next node
    }
    now.append(old, kept - start);
    if (now != old) set_text(node, now);
    start = end;
  }
}

std::size_t size_of(const pugi::xml_node& node) {
  std::size_t size = 1;
  for (const auto& child : node.children()) size += size_of(child);
  return size;
}

void forget_marks(pugi::xml_node node) {
  node.remove_attribute("w14:paraId");
  node.remove_attribute("w14:textId");
  if (is(node, "w:sdtPr")) node.remove_child("w:id");
  for (const auto& child : node.children()) forget_marks(child);
}

bool ends_section(const pugi::xml_node& paragraph) { return paragraph.child("w:pPr").child("w:sectPr"); }

bool is_empty(const pugi::xml_node& paragraph) {
  if (!text::trimmed(text_in(paragraph)).empty()) return false;
  for (const auto& child : paragraph.children())
    if (!is(child, "w:pPr") &&
        (child.child("w:drawing") || child.child("w:pict") || child.child("mc:AlternateContent")))
      return false;
  return true;
}

std::vector<std::string> paragraphs_in(std::string_view text) {
  std::vector<std::string> parts;
  for (auto end = text.find("\n\n"); end != text.npos; end = text.find("\n\n")) {
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(text.find_first_not_of('\n', end), text.size()));
  }
  parts.emplace_back(text);
  return parts;
}

void check_loops(const pugi::xml_node& within, std::vector<Fault>& faults) {
  check_siblings(within, false, faults);
}

std::vector<Field> fields(const Form& form) {
  std::vector<Field> found;
  for (const auto& name : form.stories) {
    pugi::xml_document document;
    if (!parse_xml(document, name, find_part(form, name)->bytes)) continue;  // read_form has read it
    const auto root = document.document_element();
    Finder(found, place_of(root)).look(root);
  }
  return found;
}

}  // namespace stafett::file
