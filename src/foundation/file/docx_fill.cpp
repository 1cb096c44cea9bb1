#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <pugixml.hpp>

#include "file/docx_parts.h"
#include "file/docx_scopes.h"
#include "file/package.h"
#include "text/fold.h"

namespace stafett::file {
namespace {

using Node = pugi::xml_node;

// So much may be put in, in nodes or 64 letters: a form could otherwise repeat loops within loops for ever.
constexpr std::size_t most = 2'000'000;

struct Loop {
  Node first, last;  // blocks, may be the same
  Placeholder start, end;
};

std::optional<Loop> loop_at(Node first, Node stop) {
  const auto here = placeholders_in(text_in(first));
  const auto start = std::find_if(here.begin(), here.end(), [](const auto& place) {
    return place.kind == Placeholder::Kind::loop_start;
  });
  if (start == here.end()) return std::nullopt;
  std::size_t within = 0;
  for (auto node = first; node && node != stop; node = node.next_sibling()) {
    if (!is_block(node)) continue;
    const auto places = node == first ? here : placeholders_in(text_in(node));
    for (const auto& place : places) {
      if (place.name != start->name || (node == first && place.begin <= start->begin)) continue;
      if (place.kind == Placeholder::Kind::loop_start) ++within;
      if (place.kind == Placeholder::Kind::loop_end && within-- == 0) return Loop{first, node, *start, place};
    }
  }
  return std::nullopt;
}

class Filling {
 public:
  Filling(Form& form, const FormValues& values)
      : form_(form), values_(values), scopes_(values), caption_style_(caption_style(form)) {}

  void fill(const std::string& story) {
    story_ = story;
    pugi::xml_document document;
    const auto& bytes = find_part(form_, story)->bytes;
    document.load_buffer(bytes.data(), bytes.size(),
                         pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_declaration);
    siblings(document.document_element().first_child(), {});
    number_pictures(document);
    find_part(form_, story)->bytes = to_string(document);
  }

  bool full() const { return spent_ > most; }
  const Scopes& scopes() const { return scopes_; }

 private:
  // From the first to the one before `stop`, or to the last.
  void siblings(Node first, Node stop) {
    for (auto node = first; node && node != stop && !full();) {
      auto next = node.next_sibling();
      if (const auto loop = is_block(node) ? loop_at(node, stop) : std::nullopt) {
        next = loop->last.next_sibling();
        repeat(*loop);
      } else {
        one(node);
      }
      node = next;
    }
  }

  void one(Node node) {
    if (is(node, "w:p")) return paragraph(node);
    if (is(node, "w:sdt") && control(node)) return;
    siblings(node.first_child(), {});
    if (is(node, "w:tbl") && !node.child("w:tr")) return void(node.parent().remove_child(node));
    if (is(node, "w:tc") && !is(node.last_child(), "w:p")) node.append_child("w:p");
  }

  void repeat(const Loop& loop) {
    auto parent = loop.first.parent();
    change_text(texts_of(loop.last),
                {{loop.end.begin, loop.end.end, ""}});  // first, as the places before it stay put
    change_text(texts_of(loop.first), {{loop.start.begin, loop.start.end, ""}});
    std::vector<Node> originals, marks;
    for (auto node = loop.first;; node = node.next_sibling()) {
      const bool edge = node == loop.first || node == loop.last;
      const bool only_a_mark = edge && is(node, "w:p") && is_empty(node) && !ends_section(node);
      (only_a_mark ? marks : originals).push_back(node);
      if (node == loop.last) break;
    }
    std::size_t size = 0;
    for (const auto& node : originals) size += size_of(node);

    const auto anchor = loop.first;
    for (const auto* item : scopes_.items(loop.start.name)) {
      spend(size + 1);
      if (full()) break;
      Node first_copy;
      for (const auto& node : originals) {
        auto copy = parent.insert_copy_before(node, anchor);
        forget_marks(copy);
        if (!first_copy) first_copy = copy;
      }
      scopes_.enter(loop.start.name, item);
      if (first_copy) siblings(first_copy, anchor);
      scopes_.leave();
    }
    for (const auto& node : originals) parent.remove_child(node);
    for (const auto& node : marks) parent.remove_child(node);
  }

  void paragraph(Node node) {
    const auto texts = texts_of(node);
    const auto text = text_in(node);
    const auto places = placeholders_in(text);
    std::vector<Change> changes;
    std::vector<std::pair<Node, const FormPicture*>> pictures;
    std::vector<const FormTable*> tables;
    for (const auto& place : places) {
      changes.push_back({place.begin, place.end, ""});
      auto& change = changes.back().text;
      if (place.kind == Placeholder::Kind::value) change = scopes_.text(place.name);
      if (place.kind == Placeholder::Kind::picture) {
        if (const auto* const picture = scopes_.picture(place.name))
          pictures.push_back({run_at(texts, place.begin), picture});
        else
          change = scopes_.said_missing("bild:" + place.name);
      }
      if (place.kind == Placeholder::Kind::table) {
        if (const auto* const table = scopes_.table(place.name))
          tables.push_back(table);
        else
          change = scopes_.said_missing("tabell:" + place.name);
      }
      spend(1 + change.size() / 64);
    }
    const bool alone = places.size() == 1 && text::trimmed(text).size() == places[0].end - places[0].begin;
    if (alone) divide(node, changes[0]);
    change_text(texts, changes);
    for (auto at = pictures.rbegin(); at != pictures.rend(); ++at) picture(at->first, *at->second);
    inside(node);
    for (const auto* const one : tables) table(node, *one);
    if (!tables.empty() && is_empty(node) && is(node.next_sibling(), "w:p") && !ends_section(node))
      node.parent().remove_child(node);
  }

  // A text with empty lines in it becomes paragraphs, each as the one that held its place.
  void divide(Node node, Change& change) {
    auto parts = paragraphs_in(change.text);
    change.text = std::move(parts.back());
    parts.pop_back();
    for (const auto& part : parts) {
      spend(size_of(node));
      if (full()) return;
      auto copy = node.parent().insert_copy_before(node, node);
      forget_marks(copy);
      copy.child("w:pPr").remove_child("w:sectPr");
      change_text(texts_of(copy), {{change.begin, change.end, part}});
    }
  }

  // Controls and text boxes in a paragraph whose own text is done.
  void inside(Node node) {
    for (auto child : node.children()) {
      if (is(child, "w:sdt") && control(child)) continue;
      if (is(child, "w:txbxContent"))
        siblings(child.first_child(), {});
      else
        inside(child);
    }
  }

  bool control(Node node) {
    auto settings = node.child("w:sdtPr");
    const std::string tag = settings.child("w:tag").attribute("w:val").value();
    if (tag.empty() || !scopes_.knows(tag)) return false;
    const auto value = scopes_.text(tag);
    spend(1 + value.size() / 64);
    auto content = node.child("w:sdtContent");
    auto texts = texts_of(content);
    if (texts.empty()) {
      auto place = content.find_node([](const Node& one) { return is(one, "w:p"); });
      if (!place) place = is(node.parent(), "w:p") ? content : content.append_child("w:p");
      texts.push_back(place.append_child("w:r").append_child("w:t"));
    }
    for (const auto& text : texts) set_text(text, "");
    set_text(texts.front(), value);
    if (settings.remove_child("w:showingPlcHdr"))
      texts.front().parent().child("w:rPr").remove_child("w:rStyle");
    settings.remove_child("w:dataBinding");  // else Word would put back what it was bound to
    return true;
  }

  static Node run_at(const std::vector<Node>& texts, std::size_t place) {
    std::size_t at = 0;
    for (const auto& text : texts)
      if ((at += content_of(text).size()) > place) return text.parent();
    return texts.back().parent();
  }

  void picture(Node run, const FormPicture& picture) {
    spend(40);
    auto& ids = pictures_[{story_, &picture}];
    if (ids.png.empty()) {
      const auto file = [&](std::string_view kind, const std::string& bytes) {
        const auto name = "media/stafett" +
                          std::to_string(std::distance(values_.pictures.begin(), found(picture)) + 1) + "." +
                          std::string(kind);
        part_named(form_, target_part(form_.main, name)).bytes = bytes;
        return relate(form_, story_, "image", name);
      };
      ids.png = file("png", picture.png);
      set_type(form_, "png", "image/png");
      if (!picture.svg.empty()) {
        ids.svg = file("svg", picture.svg);
        set_type(form_, "svg", "image/svg+xml");
      }
    }
    insert_picture(run, picture, ids);
  }

  std::map<std::string, FormPicture, std::less<>>::const_iterator found(const FormPicture& picture) const {
    return std::find_if(values_.pictures.begin(), values_.pictures.end(),
                        [&](const auto& one) { return &one.second == &picture; });
  }

  void table(Node paragraph, const FormTable& table) {
    for (const auto& row : table.rows) spend(10 * (row.size() + 1));
    insert_table(paragraph, table, caption_style_);
  }

  void number_pictures(Node document) {
    for (const auto& found : document.select_nodes("//wp:docPr | //pic:cNvPr"))
      found.node().attribute("id") = is(found.node(), "wp:docPr") ? ++picture_number_ : picture_number_;
  }

  void spend(std::size_t size) { spent_ += size; }

  Form& form_;
  const FormValues& values_;
  Scopes scopes_;
  std::string caption_style_, story_;
  std::map<std::pair<std::string, const FormPicture*>, PictureIds> pictures_;
  std::size_t spent_ = 0;
  unsigned picture_number_ = 0;
};

void set_title(Form& form, const std::string& title) {
  auto* const part = find_part(form, "docProps/core.xml");
  if (!part || title.empty()) return;
  pugi::xml_document document;
  document.load_buffer(part->bytes.data(), part->bytes.size(), pugi::parse_default | pugi::parse_declaration);
  document.document_element().prepend_child("dc:title").text() = xml_text(title).c_str();
  part->bytes = to_string(document);
}

}  // namespace

Result<FilledForm> fill(const Form& form, const FormValues& values) {
  auto filled = form;
  Filling filling(filled, values);
  for (const auto& story : form.stories) filling.fill(story);
  if (filling.full())
    return invalid("",
                   "The report becomes too large with this form. Does it repeat a loop within itself? Mend "
                   "the form and try again.");
  set_title(filled, values.title);
  return FilledForm{zipped(filled.parts), filling.scopes().missing, filling.scopes().unknown};
}

}  // namespace stafett::file
