#include <doctest/doctest.h>

#include "app/modules.h"
#include "web/router.h"

TEST_CASE("the routes and their permissions are the approved ones") {
  stafett::web::Router router;
  stafett::app::add_modules(router);
  CHECK(router.table() == R"(GET /  anyone
GET /about  anyone
GET /interventions/:id  signed_in
GET /interventions/:id/participants  signed_in
GET /participants/:id  signed_in
GET /sign-in  anyone
POST /sign-in  anyone
GET /sign-in/code  anyone
POST /sign-in/code  anyone
GET /sign-in/again  signed_in
POST /sign-in/again  signed_in
POST /sign-out  signed_in
GET /language/:language  anyone
GET /account  signed_in
POST /account/sessions/others/end  signed_in
POST /account/sessions/:mark/end  signed_in
GET /account/codes  signed_in
POST /account/codes  signed_in
POST /account/codes/recovery  signed_in
POST /account/codes/end  signed_in
POST /passkeys/challenge  anyone
POST /sign-in/passkey  anyone
POST /sign-in/again/passkey  signed_in
GET /account/passkeys  signed_in
POST /account/passkeys  signed_in
POST /account/passkeys/:id/end  signed_in
GET /invitations/:id  anyone
POST /invitations/:id  anyone
GET /sign-in/with/:provider  anyone
GET /sign-in/with/:provider/callback  anyone
POST /invitations/:id/with/:provider  anyone
GET /interventions  signed_in
POST /interventions  intervention.change
GET /interventions/new  intervention.change
GET /interventions/file  intervention.change
POST /interventions/file  intervention.change
GET /interventions/:id/edit  intervention.change
POST /interventions/:id  intervention.change
GET /interventions/:id/file  signed_in
GET /interventions/:id/versions  signed_in
GET /statistics  statistics.ask
GET /statistics/:file  statistics.ask
GET /definitions  anyone
GET /imports  exchange.import
POST /imports  exchange.import
GET /imports/:id  exchange.import
POST /imports/:id/confirmation  exchange.import
GET /imports/:id/rejects  exchange.import
GET /reports  report.read
GET /reports/:id  report.read
POST /reports/:id/texts  report.write
POST /reports/:id/freezing  report.write
GET /reports/:id/word  report.read
GET /reports/:id/pdf  report.read
GET /reports/new  report.write
POST /reports  report.write
GET /reports/:id/choices  report.write
POST /reports/:id/choices  report.write
GET /report-forms  report.write
POST /report-forms  report.write
GET /report-forms/:id  report.write
GET /report-forms/:id/file  report.write
GET /organisations  signed_in
POST /organisations  organisation.change
GET /organisations/:id  signed_in
POST /organisations/:id/units  organisation.change
POST /organisations/:id/members  organisation.change
GET /colleagues  account.invite
POST /colleagues  account.invite
GET /colleagues/new  account.invite
GET /colleagues/:id  account.invite
POST /colleagues/:id/roles  account.invite
POST /colleagues/:id/roles/end  account.invite
POST /colleagues/:id/roles/confirmation  account.invite
POST /colleagues/:id/invitation  account.invite
GET /colleagues/:id/leaving  account.invite
POST /colleagues/:id/leaving  account.invite
)");
}
