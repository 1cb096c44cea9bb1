// A Message in a person's language. Swedish is complete (./test checks it); English is the key itself.
// The texts of a module lie beside it: src/modules/goal/goal.po.
#pragma once

#include <string>
#include <string_view>

#include "base/message.h"
#include "base/result.h"

namespace stafett::text {

enum class Language { swedish, english };

std::string_view code(Language);  // "sv", "en": for <html lang>

// The best of ours for an Accept-Language header; Swedish when it names neither.
Language preferred(std::string_view accept_language);

std::string translated(Language, const Message&);  // with {1}, {2} … filled in as they are
std::string told(Language, const Fault&);           // "Line 12, kön: …"; the parts that there are

}  // namespace stafett::text
