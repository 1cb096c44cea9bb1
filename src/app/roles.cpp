// What each role may do. A director of an association (förbundschef) has nothing here that reaches a person.
#include <algorithm>
#include <map>

#include "account/role.h"
#include "app/modules.h"
#include "assignment/assignment.h"
#include "contact/contact.h"
#include "exchange/exchange.h"
#include "intervention/intervention.h"
#include "organisation/organisation.h"
#include "participant/participant.h"
#include "report/report.h"
#include "retention/retention.h"
#include "statistics/statistics.h"

namespace stafett::app {
namespace {

using Permissions = std::vector<std::string_view>;

const std::map<std::string_view, Permissions>& all() {
  static const std::map<std::string_view, Permissions> roles{
      {"referrer", {statistics::may_ask.name}},
      {"coach", {statistics::may_ask.name, statistics::may_ask_unit.name, participant::may_read.name, contact::may_write.name}},
      {"participant keeper", {statistics::may_ask.name, statistics::may_ask_unit.name, participant::may_read.name, contact::may_write.name}},
      {"unit head",
       {account::may_invite.name, statistics::may_ask.name, statistics::may_ask_unit.name, participant::may_read.name, contact::may_write.name, assignment::may_head.name, exchange::may_import.name,
        intervention::may_change.name, retention::may_dispose.name, report::may_read.name, report::may_write.name}},
      {"staff", {statistics::may_ask.name}},
      {"director", {statistics::may_ask.name, report::may_read.name}},
      {"administrator", {organisation::may_change.name, account::may_invite.name}},
  };
  return roles;
}

}  // namespace

Permissions permissions_of(std::string_view role) {
  const auto found = all().find(role);
  return found == all().end() ? Permissions{} : found->second;
}

std::vector<std::string_view> roles() {
  std::vector<std::string_view> names;
  for (const auto& [name, permissions] : all()) names.push_back(name);
  return names;
}

}  // namespace stafett::app
