#include "file/docx_refuse.h"

#include <algorithm>
#include <array>
#include <pugixml.hpp>

#include "file/package.h"
#include "file/xml.h"
#include "text/fold.h"

namespace stafett::file {
namespace {

using Faults = std::vector<Fault>;

void add(Faults& faults, Message message) {
  for (const auto& fault : faults)
    if (fault.message == message) return;
  if (faults.size() < 20) faults.push_back({{}, std::move(message)});
}

template <std::size_t N>
bool is_one_of(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

Message macros() {
  return "The form has macros. Open it in Word and save it as Word document (.docx), which keeps no macros.";
}
Message embedded(std::string_view what) {
  return {
      "The form has an embedded object ({1}), such as an Excel sheet or a chart. Remove it, or paste it as a "
      "picture.",
      std::string(what)};
}
Message outside(std::string_view what) {
  return {
      "The form fetches something from outside itself ({1}). Remove the link, or paste what it shows into "
      "the form. A template "
      "is unlinked under Developer, Document Template.",
      std::string(what)};
}

Message unknown(std::string_view what) {
  return {"The form holds a file of an unknown kind ({1}). Open it in Word and save it again.",
          std::string(what)};
}

// Parts, by name.
void check_name(const std::string& name, Faults& faults) {
  const auto folded = text::folded(name);
  if (folded.find("vba") != folded.npos || folded.find("customui") != folded.npos)
    return add(faults, macros());
  if (folded.find("embeddings/") != folded.npos || folded.find("activex/") != folded.npos)
    return add(faults, embedded(name));
  static constexpr std::string_view known[] = {"xml", "rels", "png", "jpg", "jpeg", "gif",  "bmp",
                                               "tif", "tiff", "emf", "wmf", "svg",  "odttf"};
  const auto extension = folded.substr(folded.rfind('.') + 1);
  if (!is_one_of(known, extension) && !folded.starts_with("word/printersettings")) add(faults, unknown(name));
}

bool is_plain_link(std::string_view target) {
  return target.starts_with("https://") || target.starts_with("http://") || target.starts_with("mailto:");
}

void check_relation(const pugi::xml_node& relation, Faults& faults) {
  static constexpr std::string_view macro[] = {"vbaProject", "wordVbaData", "keyMapCustomizations",
                                               "attachedToolbars", "extensibility"};
  static constexpr std::string_view object[] = {"oleObject", "package", "control", "activeXControlBinary",
                                                "video",     "audio",   "media"};
  static constexpr std::string_view foreign[] = {"aFChunk",         "attachedTemplate",
                                                 "subDocument",     "frame",
                                                 "mailMergeSource", "mailMergeHeaderSource",
                                                 "recipientData",   "mailMergeRecipientData",
                                                 "externalLink",    "transform"};
  static constexpr std::string_view binary[] = {"image", "font", "thumbnail", "printerSettings", "hyperlink"};
  const auto type = last_word(relation.attribute("Type").value());
  const std::string_view target = relation.attribute("Target").value();
  if (is_one_of(macro, type))
    add(faults, macros());
  else if (is_one_of(foreign, type))
    add(faults, outside(std::string(type) + ": " + std::string(target)));
  else if (std::string_view(relation.attribute("TargetMode").value()) == "External") {
    if (type != "hyperlink" || !is_plain_link(target))
      add(faults, outside(std::string(type) + ": " + std::string(target)));
  } else if (is_one_of(object, type)) {
    add(faults, embedded(target));
  } else if (!is_one_of(binary, type) && !target.ends_with(".xml")) {
    add(faults, unknown(target));  // else a part could hide its text behind another name
  }
}

void check_element(const pugi::xml_node& node, Faults& faults) {
  static constexpr std::string_view object[] = {"w:object", "w:control",   "o:OLEObject",
                                                "w:movie",  "a:videoFile", "a:audioFile"};
  static constexpr std::string_view foreign[] = {"w:altChunk",  "w:subDoc",         "w:attachedTemplate",
                                                 "w:mailMerge", "w:sourceFileName", "w:saveThroughXslt"};
  const std::string_view name = node.name();
  if (is_one_of(object, name)) add(faults, embedded(name));
  if (is_one_of(foreign, name)) add(faults, outside(name));
  for (const auto& attribute : node.attributes()) {
    const std::string_view what = attribute.name(), value = attribute.value();
    // A picture that is linked and not in the file: a:blip r:link, v:imagedata src.
    if (what.ends_with(":link") || (name.starts_with("v:") && (what == "src" || what == "r:href")))
      add(faults, outside(value));
  }
}

// Fields by their first word; the text of one may be cut into any number of pieces, and one may stand in
// another.
class FieldCheck {
 public:
  explicit FieldCheck(Faults& faults) : faults_(faults) {}

  void see(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (name == "w:fldSimple") check(node.attribute("w:instr").value(), false);
    if (name == "w:instrText" && !open_.empty()) open_.back().text += node.child_value();
    if (name != "w:fldChar") return;
    const std::string_view type = node.attribute("w:fldCharType").value();
    if (type == "begin") {
      if (!open_.empty() && !open_.back().checked && !has_word(open_.back().text)) open_.back().nested = true;
      open_.push_back({});
    } else if (!open_.empty()) {
      if (!open_.back().checked) check(open_.back().text, open_.back().nested);
      open_.back().checked = true;
      if (type == "end") open_.pop_back();
    }
  }
  void end() {
    while (!open_.empty()) {
      if (!open_.back().checked) check(open_.back().text, open_.back().nested);
      open_.pop_back();
    }
  }

 private:
  struct Open {
    std::string text;
    bool nested = false;  // another field is part of its first word
    bool checked = false;
  };

  static bool has_word(std::string_view text) {
    const auto start = text.find_first_not_of(" \t\r\n");
    return start != text.npos && (text[start] == '=' || text.find_first_of(" \t\r\n", start) != text.npos);
  }

  void check(std::string_view instruction, bool nested) {
    instruction = text::trimmed(instruction);
    const auto word = text::folded(instruction.substr(0, instruction.find_first_of(" \t\r\n\\\"")));
    static constexpr std::string_view refused[] = {
        "dde",   "ddeauto", "include",  "includetext", "includepicture", "import", "link",
        "embed", "rd",      "database", "quote",       "print",          "addin",  "control"};
    if (nested || is_one_of(refused, word))
      return add(faults_, {"The form has a field that fetches or runs something ({1}). Remove the field, or "
                           "replace it with its text.",
                           word.empty() ? std::string("…") : std::string(instruction.substr(0, 60))});
    if (word != "hyperlink") return;
    const auto target = text::trimmed(instruction.substr(std::string_view("hyperlink").size()));
    if (!target.starts_with("\\") && !is_plain_link(target.substr(target.starts_with('"') ? 1 : 0)))
      add(faults_, outside(target));
  }

  Faults& faults_;
  std::vector<Open> open_;
};

bool draws_from_outside(const pugi::xml_node& node) {
  for (const auto& attribute : node.attributes()) {
    const std::string_view value = attribute.value();
    if (std::string_view(attribute.name()).ends_with("href") && !value.starts_with('#') &&
        !value.starts_with("data:image/"))
      return true;
  }
  return local_name(node) == "script" || local_name(node) == "foreignObject";
}

void check_part(const Part& part, const pugi::xml_document& document, Faults& faults) {
  struct See : pugi::xml_tree_walker {
    const Part& part;
    Faults& faults;
    FieldCheck fields;
    See(const Part& part, Faults& faults) : part(part), faults(faults), fields(faults) {}

    bool for_each(pugi::xml_node& node) override {
      if (node.type() != pugi::node_element) return true;
      if (part.name.ends_with(".rels")) {
        if (local_name(node) == "Relationship") check_relation(node, faults);
      } else if (part.name.ends_with(".svg")) {
        if (draws_from_outside(node)) add(faults, outside(part.name));
      } else if (part.name == "[Content_Types].xml") {
        const std::string_view type = node.attribute("ContentType").value();
        if (type.find("macroEnabled") != type.npos || type.find("vba") != type.npos) add(faults, macros());
      } else {
        check_element(node, faults);
        fields.see(node);
      }
      return true;
    }
  } see(part, faults);
  pugi::xml_node(document).traverse(see);
  see.fields.end();
}

}  // namespace

Result<> refuse_dangers(const std::vector<Part>& parts) {
  Faults faults;
  for (const auto& part : parts) {
    check_name(part.name, faults);
    const auto is_xml = [name = text::folded(part.name)](auto... endings) {
      return (name.ends_with(endings) || ...);
    };
    if (!is_xml(".xml", ".rels", ".svg")) continue;
    pugi::xml_document document;
    if (const auto parsed = parse_xml(document, part.name, part.bytes); !parsed)
      add(faults, parsed.error().message());
    else
      check_part(part, document, faults);
  }
  if (!faults.empty()) return invalid(std::move(faults));
  return {};
}

}  // namespace stafett::file
