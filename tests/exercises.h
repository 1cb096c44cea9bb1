// How each route is asked for in the matrix of routes and roles (matrix_test.cpp).
#pragma once

#include <string_view>
#include <vector>

#include "access/decide.h"
#include "tests/world.h"

namespace stafett {

// What a route reaches, and so who may: the permission alone, the owner's people who have it, or what the
// rules of rooms and doors say.
enum class Reaches { nobody, own, participant, participants, record };

struct Exercise {
  std::string_view route;    // as the router's table has it
  std::string_view address;  // {participant}, {import} and {report} are filled in
  Reaches reaches = Reaches::nobody;
  World::Fields fields = {};
  access::Action action = access::Action::see;  // with a participant's record
  bool contact = false;                         // and only who may see the owner's contact with them
  bool owners = false;                          // and only the owner's people
};

// A new route has its line here, or the test fails. What has a participant in its path reaches one.
const std::vector<Exercise>& exercises();

bool reaches_persons(const Exercise&);

}  // namespace stafett
