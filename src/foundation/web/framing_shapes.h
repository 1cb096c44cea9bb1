// Headers that two programs could read in two ways, and some that they cannot, written down in
// framing_test.cpp. For it and the tests of what stands behind the gate.
#pragma once

#include <string>
#include <vector>

namespace stafett::web {

struct Shape {
  std::string what;
  std::string header;
  int status;
};
const std::vector<Shape>& refused_shapes();
const std::vector<Shape>& accepted_shapes();

std::string with(const std::string& fields);      // a POST with these, each with its line end
std::string to(const std::string& target);        // a GET
std::string first_line(const std::string& line);  // a request that begins so

}  // namespace stafett::web
