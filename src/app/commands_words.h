// What the library that reads the command line says, in our words.
#pragma once

#include "base/message.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace stafett::app {

// Its help in Swedish, when the commands have been added.
void speak_swedish(CLI::App&);

// What is wrong with what was typed.
Message told(const CLI::App&, const CLI::ParseError&);

}  // namespace stafett::app
