// What the names in a form stand for where they are: within a loop its item's, else the whole's. Keeps
// account of those that have no value. Only for docx_fill.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "file/docx.h"

namespace stafett::file {

class Scopes {
 public:
  explicit Scopes(const FormValues& values) : values_(values) {}

  // What a loop goes through. If the name has no value, one item without any, so that the reader sees what is
  // missing.
  std::vector<const View*> items(const std::string& name);
  void enter(std::string name, const View* item) { scopes_.push_back({std::move(name), item}); }
  void leave() { scopes_.pop_back(); }

  bool knows(const std::string& name);  // if not, it is noted as unknown
  std::string text(const std::string& name);
  // Null, and noted as unknown, if there is none.
  const FormPicture* picture(const std::string& name);
  const FormTable* table(const std::string& name);
  std::string said_missing(const std::string& name) const;  // [saknas: namn]

  std::vector<std::string> missing, unknown;

 private:
  struct Scope {
    std::string name;
    const View* view;
  };
  const View* find(std::string_view name) const;

  const FormValues& values_;
  std::vector<Scope> scopes_;
};

}  // namespace stafett::file
