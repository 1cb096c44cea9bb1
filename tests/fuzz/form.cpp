// What a browser may post, in any of the ways, and cookies. The first line is the content type.
#include <cstdint>
#include <cstdlib>

#include "text/fold.h"
#include "web/form.h"

namespace {

using namespace stafett;

void must(bool holds) {
  if (!holds) std::abort();
}

bool is_text(std::string_view text) { return text::is_utf8(text) && text.find('\0') == text.npos; }

void check(const Result<web::Form>& form) {
  if (!form) return must(form.error().kind == Problem::Kind::invalid && !form.error().faults.empty());
  must(form->fields.size() <= 1000 && form->files.size() <= 100);
  for (const auto& [name, value] : form->fields)
    must(!name.empty() && is_text(name) && is_text(value) && form->has(name));
  for (const auto& [name, file] : form->files)
    must(is_text(name) && is_text(file.name) && form->file(name) != nullptr);
}

// A form that was read and written again is the same form.
void check_round(std::string_view text) {
  const auto form = web::read_urlencoded(text);
  if (!form) return;
  std::string again;
  for (const auto& [name, value] : form->fields)
    again += web::urlencoded(name) + "=" + web::urlencoded(value) + "&";
  must(web::read_urlencoded(again).value().fields == form->fields);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const auto end = std::min(input.find('\n'), input.size());
  const auto type = input.substr(0, end), body = input.substr(std::min(end + 1, input.size()));
  check(web::read_form(type, body));
  check(web::read_urlencoded(body));
  check(web::read_multipart("multipart/form-data; boundary=x", body));
  check_round(body);
  web::cookie(body, "a");
  return 0;
}
