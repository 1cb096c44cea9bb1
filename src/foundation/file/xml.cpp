#include "file/xml.h"

#include <pugixml.hpp>

#include <algorithm>

#include "file/encoding.h"
#include "text/fold.h"

namespace stafett::file {
namespace {

Result<> check_before(std::string_view name, std::string_view bytes) {
  if (bytes.find("<!DOCTYPE") != bytes.npos || bytes.find("<!ENTITY") != bytes.npos)
    return invalid("", {"The part {1} declares a document type (DTD), which is not allowed. Open the file in "
                        "Word or Excel and save it again.",
                        std::string(name)});
  std::string declared;
  if (const auto end = bytes.substr(0, 200).find("?>"); bytes.starts_with("<?xml") && end != bytes.npos)
    if (const auto at = bytes.substr(0, end).find("encoding="); at != bytes.npos)
      declared = text::folded(bytes.substr(at + 10, std::min<std::size_t>(end - at - 10, 5)));
  if ((!declared.empty() && declared != "utf-8") || bytes.find('\0') != bytes.npos)
    return invalid("",
                   {"The part {1} is not written in UTF-8. Open the file in Word or Excel and save it again.",
                    std::string(name)});
  return {};
}

bool too_deep(const pugi::xml_document& document) {
  std::size_t depth = 0;
  for (auto node = document.first_child(); node;) {
    if (node.first_child()) {
      if (++depth > deepest) return true;
      node = node.first_child();
      continue;
    }
    while (node && !node.next_sibling() && node.parent()) node = node.parent(), --depth;
    node = node.next_sibling();
  }
  return false;
}

}  // namespace

Result<> parse_xml(pugi::xml_document& document, std::string_view name, std::string_view bytes) {
  TRY(check_before(name, bytes));
  constexpr auto how = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_declaration | pugi::parse_pi;
  const auto parsed = document.load_buffer(bytes.data(), bytes.size(), how, pugi::encoding_utf8);
  if (!parsed || too_deep(document))
    return invalid("",
                   {"The part {1} of the file is damaged. Open the file in Word or Excel and save it again.",
                    std::string(name)});
  return {};
}

std::string to_string(const pugi::xml_document& document) {
  struct Text : pugi::xml_writer {
    std::string text;
    void write(const void* bytes, std::size_t size) override {
      text.append(static_cast<const char*>(bytes), size);
    }
  } out;
  document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return std::move(out.text);
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

std::string xml_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto size = utf8_size(text);
    const auto character = text.substr(0, size);
    if (size == 0 || character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf")
      out += "\xef\xbf\xbd";
    else if (size > 1 || static_cast<unsigned char>(text[0]) >= 0x20 || text[0] == '\t' || text[0] == '\n' ||
             text[0] == '\r')
      out += character;
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return out;
}

}  // namespace stafett::file
