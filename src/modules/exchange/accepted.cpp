#include "exchange/accepted.h"

namespace stafett::exchange {
namespace {

struct ColumnWords {
  const char* name;
  Message what;
  bool needed = false;
};

View in_words(std::initializer_list<ColumnWords> columns) {
  return views(columns, [](const ColumnWords& column) {
    return View{{"name", column.name}, {"what", column.what}, {"needed", column.needed}};
  });
}

}  // namespace

View kind_choices(Kind chosen) {
  return View::Items{{{"id", "participations"},
                      {"name", Message("Participations")},
                      {"hint", Message("One row for each participant and stay.")},
                      {"chosen", chosen == Kind::participations}},
                     {{"id", "decisions"},
                      {"name", Message("Decisions")},
                      {"hint", Message("One row for each decision, such as a wage subsidy.")},
                      {"chosen", chosen == Kind::decisions}},
                     {{"id", "contacts"},
                      {"name", Message("Contacts")},
                      {"hint", Message("One row for each contact or consultation, never about whom.")},
                      {"chosen", chosen == Kind::contacts}}};
}

View participation_words() {
  return in_words({{"insats", _("the intervention's id or name"), true},
                   {"deltagare", _("your own mark for the person"), true},
                   {"start", _("a day, as 2025-03-01"), true},
                   {"avslut", _("a day; empty while it goes on")},
                   {"avslutad till", _("one of the intervention's own")},
                   {"kön", _("kvinna, man or annat")},
                   {"födelseår", _("four digits")},
                   {"hemkommun", _("its name or code")},
                   {"plattform", _("where in the intervention")},
                   {"remittent", _("who referred")},
                   {"aktualiserad", _("the day of the referral")},
                   {"försörjning vid start", _("such as sjukpenning")},
                   {"försörjning vid avslut", _("such as lön")},
                   {"personnummer", _("only if you keep it")}});
}

View decision_words() {
  return in_words({{"insats", _("the intervention's id or name"), true},
                   {"deltagare", _("someone who is in the intervention"), true},
                   {"datum", _("the day of the decision"), true},
                   {"beslut", _("one of the intervention's own"), true},
                   {"form", _("ny or förlängning")}});
}

View contact_words() {
  return in_words({{"datum", _("the day of the contact"), true},
                   {"vem frågade", _("an organisation, such as Arbetsförmedlingen, or kommunen, anhörig …"), true},
                   {"slag", _("individuellt möte, SIP, samverkan, konsultation, förberedelse or annat"), true},
                   {"tema", _("a word or two, never a name")},
                   {"kommun", _("its name or code")},
                   {"minuter", _("how long it took")},
                   {"insats", _("the intervention's id or name")}});
}

}  // namespace stafett::exchange
