// stafett invite
#include <iostream>

#include "account/administrator.h"
#include "app/commands.h"

namespace stafett::app {
namespace {

std::string address_of_pages(const Settings& settings) {
  if (settings.hosts.empty()) return "http://" + settings.listen;
  return (settings.https ? "https://" : "http://") + settings.hosts.front();
}

}  // namespace

int invite(const Settings& settings, const InviteWish& wish) {
  const auto database = open_database(settings);
  const auto invited = database->write([&](db::Transaction& tx) {
    return account::invite_administrator(tx, {wish.account, wish.full_name, wish.organisation}, now());
  });
  if (!invited) return refuse(invited.error());
  const auto hours = std::to_string(account::administrator_invitation_seconds / 3600);
  std::cout << swedish({"{1} is invited as an administrator. This is shown now and not again; it holds for "
                        "{2} hours and "
                        "once. Give the address and the code in two different ways.",
                        wish.account, hours})
            << "\n  " << swedish("Address:") << " " << address_of_pages(settings) << "/invitations/"
            << invited->id.text << "\n  " << swedish("Code:") << " " << invited->code << "\n";
  return done;
}

}  // namespace stafett::app
