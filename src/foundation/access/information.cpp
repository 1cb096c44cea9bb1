#include "access/information.h"

namespace stafett::access {

Message name_of(Kind kind) {
  switch (kind) {
    case Kind::contact:
      return "name and contact";
    case Kind::planning:
      return "planning";
    case Kind::work:
      return "work and studies";
    case Kind::income:
      return "income";
    case Kind::health:
      return "health";
    case Kind::social:
      return "social situation";
    case Kind::assessment:
      return "assessments";
    case Kind::violence:
      return "violence";
  }
  return {};
}

Message name_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::coordination:
      return "to coordinate the intervention";
    case Purpose::referral:
      return "to refer or hand over";
    case Purpose::plan:
      return "to make a coordinated individual plan";
    case Purpose::follow_up:
      return "to follow up";
  }
  return {};
}

Message name_of(Protection protection) {
  switch (protection) {
    case Protection::none:
      return "not protected";
    case Protection::marked:
      return "marked for secrecy";
    case Protection::registered:
      return "protected registration";
    case Protection::new_identity:
      return "assumed identity";
  }
  return {};
}

Message name_of(Action action) {
  switch (action) {
    case Action::see:
      return "looked at";
    case Action::write:
      return "wrote in";
    case Action::print:
      return "printed or fetched";
    case Action::consent:
      return "noted a consent";
    case Action::assign:
      return "changed who works with";
    case Action::protect:
      return "changed the protection of";
    case Action::review:
      return "reviewed the log of";
    case Action::erase:
      return "erased";
    case Action::import:
      return "read in";
    case Action::confirm:
      return "confirmed the end of protection of";
  }
  return {};
}

}  // namespace stafett::access
