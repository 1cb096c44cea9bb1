#include <algorithm>
#include <pugixml.hpp>

#include "file/docx_parts.h"
#include "file/docx_refuse.h"
#include "file/kind.h"
#include "file/package.h"

namespace stafett::file {
namespace {

constexpr auto whole = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_declaration;

constexpr auto properties =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
    R"(<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" )"
    R"(xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>sv-SE</dc:language></cp:coreProperties>)";
constexpr auto application =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
    R"(<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">)"
    R"(<Application>Stafett</Application></Properties>)";

// Who and where, and copies of what is in the document: nothing in it is needed.
bool tells_about_the_writer(std::string_view part) {
  for (const std::string_view start : {"customXml/", "docMetadata/", "docProps/custom", "docProps/thumbnail",
                                       "word/people", "word/printerSettings"})
    if (part.starts_with(start)) return true;
  return false;
}

Message not_word(const Archive& archive) {
  if (archive.has("content.xml"))
    return "The file is in LibreOffice's own format (.odt). Open it there and save it as Word (.docx).";
  if (archive.has("xl/workbook.xml")) return "The file is an Excel file. A form is a Word document (.docx).";
  return "The file is not a Word document. A form is a Word document (.docx).";
}

void drop_relations(Part& part) {
  pugi::xml_document document;
  document.load_buffer(part.bytes.data(), part.bytes.size(), whole);
  const auto owner = owner_of(part.name);
  auto root = document.document_element();
  bool changed = false;
  for (auto relation = root.first_child(); relation;) {
    const auto next = relation.next_sibling();
    if (std::string_view(relation.attribute("TargetMode").value()) != "External" &&
        tells_about_the_writer(target_part(owner, relation.attribute("Target").value()))) {
      root.remove_child(relation);
      changed = true;
    }
    relation = next;
  }
  if (changed) part.bytes = to_string(document);
}

// A template (.dotx) becomes a document.
void mend_types(Part& types) {
  pugi::xml_document document;
  document.load_buffer(types.bytes.data(), types.bytes.size(), whole);
  auto root = document.document_element();
  for (auto type = root.first_child(); type;) {
    const auto next = type.next_sibling();
    const std::string_view name = type.attribute("PartName").value();
    std::string content = type.attribute("ContentType").value();
    if (name.starts_with('/') && tells_about_the_writer(name.substr(1))) {
      root.remove_child(type);
    } else if (const auto at = content.find(".template.main+xml"); at != std::string::npos) {
      type.attribute("ContentType") = content.replace(at, 9, ".document").c_str();
    }
    type = next;
  }
  types.bytes = to_string(document);
}

// Names of those who commented or changed, and the marks of their sessions.
void forget_names(Part& part) {
  if (part.bytes.find(":author=") == std::string::npos && part.bytes.find(":rsids>") == std::string::npos)
    return;
  pugi::xml_document document;
  document.load_buffer(part.bytes.data(), part.bytes.size(), whole);
  struct Forget : pugi::xml_tree_walker {
    bool for_each(pugi::xml_node& node) override {
      const auto named = [](std::string_view ending) {
        return [=](const pugi::xml_attribute& attribute) {
          return std::string_view(attribute.name()).ends_with(ending);
        };
      };
      if (auto author = node.find_attribute(named(":author"))) {
        author = "-";
        node.remove_attribute(node.find_attribute(named(":date")));
        node.remove_attribute(node.find_attribute(named(":initials")));
      }
      return true;
    }
  } forget;
  document.traverse(forget);
  document.document_element().remove_child("w:rsids");
  part.bytes = to_string(document);
}

void set_language(Form& form) {
  auto* const styles = find_part(form, target_part(form.main, "styles.xml"));
  if (!styles) return;
  pugi::xml_document document;
  document.load_buffer(styles->bytes.data(), styles->bytes.size(), whole);
  const auto first = [](pugi::xml_node node, const char* name) {
    return node.child(name) ? node.child(name) : node.prepend_child(name);
  };
  auto look = first(first(first(document.document_element(), "w:docDefaults"), "w:rPrDefault"), "w:rPr");
  auto language = look.child("w:lang") ? look.child("w:lang") : look.append_child("w:lang");
  language.remove_attribute("w:val");
  language.prepend_attribute("w:val") = "sv-SE";
  styles->bytes = to_string(document);
}

// The body, then what it is related to that holds text.
void find_stories(Form& form) {
  form.stories = {form.main};
  pugi::xml_document document;
  if (const auto* const part = find_part(form, relations_of(form.main)))
    document.load_buffer(part->bytes.data(), part->bytes.size());
  for (const std::string_view wanted : {"header", "footer", "footnotes", "endnotes"})
    for (const auto& relation : document.document_element().children()) {
      const auto name = target_part(form.main, relation.attribute("Target").value());
      if (last_word(relation.attribute("Type").value()) == wanted && find_part(form, name) &&
          std::find(form.stories.begin(), form.stories.end(), name) == form.stories.end())
        form.stories.push_back(name);
    }
}

std::string main_part(const Form& form) {
  pugi::xml_document document;
  if (const auto* const part = find_part(form, "_rels/.rels"))
    document.load_buffer(part->bytes.data(), part->bytes.size());
  for (const auto& relation : document.document_element().children())
    if (last_word(relation.attribute("Type").value()) == "officeDocument")
      return target_part("", relation.attribute("Target").value());
  return {};
}

Result<> check_stories(const Form& form) {
  std::vector<Fault> faults;
  for (const auto& name : form.stories) {
    pugi::xml_document document;
    TRY(parse_xml(document, name, find_part(form, name)->bytes));
    const auto root = document.document_element();
    if (name == form.main && !is(root, "w:document"))
      return invalid(
          "", "The file is written in an unusual way. Open it in Word and save it as Word document (.docx).");
    check_loops(root, faults);
  }
  if (!faults.empty()) return invalid(std::move(faults));
  return {};
}

}  // namespace

Result<Form> read_form(std::string_view bytes) {
  if (const auto kind = kind_of(bytes); kind != Kind::zip) return invalid("", not_a_form(kind));
  auto archive = TRY(Archive::open(bytes, {}));
  if (!archive.has("[Content_Types].xml") || !archive.has("_rels/.rels"))
    return invalid("", not_word(archive));
  Form form;
  for (const auto& name : archive.names()) {
    auto part = TRY(archive.read(name));
    form.parts.push_back({name, std::move(part)});
  }
  TRY(refuse_dangers(form.parts));
  form.main = main_part(form);
  if (!form.main.starts_with("word/") || !find_part(form, form.main)) return invalid("", not_word(archive));

  std::erase_if(form.parts, [](const Part& part) { return tells_about_the_writer(part.name); });
  for (auto& part : form.parts) {
    if (part.name.ends_with(".rels"))
      drop_relations(part);
    else if (part.name == "[Content_Types].xml")
      mend_types(part);
    else if (part.name == "docProps/core.xml")
      part.bytes = properties;
    else if (part.name == "docProps/app.xml")
      part.bytes = application;
    else if (part.name.ends_with(".xml"))
      forget_names(part);
  }
  set_language(form);
  find_stories(form);
  TRY(check_stories(form));
  return form;
}

}  // namespace stafett::file
