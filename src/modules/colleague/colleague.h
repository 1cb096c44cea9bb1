// Colleague (medarbetare): an account as the unit head sees it, who invites, gives roles and ends them, and
// lets a colleague who leaves hand over. An administrator does the same for every organisation, but sees no
// case and gives no way to one without a second person (account/role.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "account/invitation.h"
#include "account/role.h"
#include "assignment/assignment.h"

namespace stafett::colleague {

struct Colleague {
  Id<access::Account> id;
  std::string name, full_name;
  Id<organisation::Organisation> organisation;
  std::string organisation_name;
  std::vector<account::Grant> grants;
  bool invited = false;  // has not answered yet
};

// Those of the own unit, of the whole organisation, or for an administrator all; open accounts, in Swedish
// order.
std::vector<Colleague> list(db::Transaction&, const access::User& viewer, Moment now);
Result<Colleague> find(db::Transaction&, const access::User& viewer, const Id<access::Account>&, Moment now);

struct NewColleague {
  std::string full_name, name;
  Id<organisation::Organisation> organisation;
  account::Grant grant;
};
Result<account::Invited> invite(db::Transaction&, const access::User& by, const NewColleague&, Moment now);
// A new way in for someone who has lost theirs.
Result<account::Invited> invite_again(db::Transaction&, const access::User& by, const Colleague&, Moment now);

Result<account::Grant> give_role(db::Transaction&, const access::User& by, const account::Grant&, Moment now);
Result<> end_role(db::Transaction&, const access::User& by, const Colleague&, const std::string& role,
                  Moment now);

// Hands over to another, if there is one, and closes the account. How much was handed over.
Result<std::size_t> leave(db::Transaction&, const access::User& by, const Colleague&,
                          const std::optional<Id<access::Account>>& to, Moment now);
// Those who may take over: they work with cases, for the same organisation.
std::vector<Colleague> receivers(db::Transaction&, const access::User& by, const Colleague&, Moment now);

// Pages: /colleagues.
void routes(web::Router&);

}  // namespace stafett::colleague
