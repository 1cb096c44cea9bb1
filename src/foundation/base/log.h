// What happened, for whoever runs the program: one line each on standard error, with the moment in UTC. Never
// what a person wrote or who a participant is. A message cannot forge a line of its own: control characters
// are shown as \x0a.
#pragma once

#include <string>
#include <string_view>

namespace stafett::log {

void info(std::string_view);
void warn(std::string_view);
void error(std::string_view);

std::string one_line(std::string_view);  // the message as it is written

}  // namespace stafett::log
