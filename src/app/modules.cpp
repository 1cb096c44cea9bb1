// Every module, in the order they build on each other: a module may use those above it.
#include "app/modules.h"

// clang-format off
#include "organisation/organisation.h"
#include "account/account.h"
#include "intervention/intervention.h"
#include "code_list/code_list.h"
#include "participant/participant.h"
#include "consent/consent.h"
#include "assignment/assignment.h"
#include "baton/baton.h"
#include "colleague/colleague.h"
#include "note/note.h"
#include "meeting/meeting.h"
#include "access_log/access_log.h"
#include "broken_glass/broken_glass.h"
#include "participation/participation.h"
#include "anonymous_participant/anonymous_participant.h"
#include "decision/decision.h"
#include "contact/contact.h"
#include "retention/retention.h"
#include "exchange/exchange.h"
#include "protection/protection.h"
#include "statistics/statistics.h"
#include "goal/goal.h"
#include "my_day/my_day.h"
#include "overview/overview.h"
#include "report/report.h"
#include "web/router.h"
// clang-format on

namespace stafett::app {

void add_modules(web::Router& router) {
  // In the order of the menu.
  my_day::routes(router);
  overview::routes(router);
  baton::routes(router);
  contact::routes(router);
  note::routes(router);
  meeting::routes(router);
  anonymous_participant::routes(router);
  account::routes(router);
  intervention::routes(router);
  statistics::routes(router);
  consent::routes(router);
  assignment::routes(router);
  exchange::routes(router);
  report::routes(router);
  retention::routes(router);
  protection::routes(router);
  organisation::routes(router);
  access_log::routes(router);
  broken_glass::routes(router);
  colleague::routes(router);
  router.menu_group(Message("Follow-up"), {"/statistics", "/reports"});
  router.menu_group(Message("The unit"), {"/assignments", "/colleagues", "/imports", "/disposals", "/protections", "/access-log", "/organisations"});
}

}  // namespace stafett::app
