// Names and values as a browser sends them: after the ?, in a posted form, in a form with files, in cookies.
// All text is UTF-8 without NUL. At most 1,000 fields, 100 parts in a form with files, 200 bytes in a name.
// HTML's form submission (WHATWG), RFC 7578, RFC 6265 §5.4.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace stafett::web {

struct File {
  std::string name;  // as the browser says it; never used as a path
  std::string bytes;
};

struct Form {
  std::vector<std::pair<std::string, std::string>> fields;  // in order; a name may come several times
  std::vector<std::pair<std::string, File>> files;          // those that were chosen

  std::string field(std::string_view name) const;  // the first of that name, "" if left out
  std::vector<std::string> all(std::string_view name) const;
  bool has(std::string_view name) const;  // as a field
  const File* file(std::string_view name) const;
};

// application/x-www-form-urlencoded. Wrong escapes and bytes that are not UTF-8 are an invalid request.
Result<Form> read_urlencoded(std::string_view);
// multipart/form-data, at most 100 parts.
Result<Form> read_multipart(std::string_view content_type, std::string_view body);
// By the request's content type; another one is invalid. Nothing at all, without a type, is an empty form.
Result<Form> read_form(std::string_view content_type, std::string_view body);

std::string urlencoded(std::string_view);  // åäö -> %C3%A5…
// The other way; none if an escape is wrong, or if what comes out holds a NUL or is not UTF-8.
std::optional<std::string> unescaped(std::string_view);

// "" if not there, and if there twice: then somebody else may have set one of them.
std::string cookie(std::string_view cookie_header, std::string_view name);

}  // namespace stafett::web
