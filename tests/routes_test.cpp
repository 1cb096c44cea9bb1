#include <doctest/doctest.h>

#include "app/modules.h"
#include "web/router.h"

TEST_CASE("the routes and their permissions are the approved ones") {
  stafett::web::Router router;
  stafett::app::add_modules(router);
  CHECK(router.table() == R"()");
}
