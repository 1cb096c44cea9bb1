// Pages. One .html file holds a module's pages, each below a line <!-- page: name -->; "goal/list" is page list of
// goal.html. Mustache: {{name}} escaped, {{#list}}…{{/list}}, {{^none}}…{{/none}}, {{#t}}English text{{/t}} in the reader's
// language, {{> chart/table}} another page's text. Parsed once per language.
#pragma once

#include <string>
#include <string_view>

#include "base/view.h"
#include "text/translation.h"

namespace stafett::web {

// The page, without its frame. A Message in the view becomes the reader's words, a number is written as people write
// it, an absent name is empty. Throws std::logic_error for a page that is not there.
std::string render(text::Language, std::string_view page, const View&);

}  // namespace stafett::web
