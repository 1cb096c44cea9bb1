#include "app/made_up.h"

#include <algorithm>

#include "code_list/code_list.h"

namespace stafett::app {
namespace {

constexpr const char* municipalities[] = {"0980", "2281", "0581", "0582", "1261", "1262", "1280", "1281", "0180", "1480"};
constexpr const char* referrers[] = {"Arbetsförmedlingen", "Försäkringskassan", "Kommunen", "Regionen", "Egenremiss"};
constexpr const char* incomes_before[] = {"försörjningsstöd", "försörjningsstöd", "sjukpenning", "aktivitetsersättning", "aktivitetsstöd", "ingen offentlig försörjning"};
constexpr const char* incomes_after[] = {"lön", "lön", "studiestöd", "aktivitetsstöd", "sjukpenning", "försörjningsstöd"};

constexpr const char* askers[] = {"Arbetsförmedlingen", "Arbetsförmedlingen", "Försäkringskassan", "Kommunen", "Regionen", "Arbetsgivare", "Anhörig"};
constexpr const char* themes[] = {"sjukpenning", "arbetsträning", "skuldsanering", "bostad", "nästa steg", "SIP", "studier", "arbetshjälpmedel"};

}  // namespace

std::uint64_t Chance::next() {
  auto z = (state_ += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

MadeUp make_up(Chance& chance, const intervention::Intervention& intervention, std::size_t number, Date first, Date today) {
  using participant::Sex;
  const auto& definition = intervention.definition;
  MadeUp made;
  auto& person = made.participant;
  auto code = std::to_string(number);
  person.id = new_id<participant::Participant>();
  person.owner = intervention.owner;
  person.intervention = intervention.id;
  person.code = "P-" + std::string(code.size() < 6 ? 6 - code.size() : 0, '0') + code;
  person.sex = chance.in(40) ? Sex::missing : chance.in(60) ? Sex::other : chance.below(100) < 54 ? Sex::woman : Sex::man;
  if (!chance.in(30)) person.birth_year = today.year() - 19 - chance.below(45);

  auto& stay = made.stay;
  stay.id = new_id<participation::Participation>();
  stay.owner = intervention.owner;
  stay.intervention = intervention.id;
  stay.participant = person.id;
  if (!definition.sites.empty()) stay.site = chance.one_of(definition.sites);
  if (!chance.in(12)) stay.referrer = chance.one_of(referrers);
  if (!chance.in(20)) stay.municipality = definition.area == "FinsamGotland" ? "0980" : chance.one_of(municipalities);
  if (!chance.in(9)) stay.income_start = chance.one_of(incomes_before);
  stay.started = first + chance.below(std::max(1, today - first));
  if (!chance.in(15)) stay.referred = stay.started - (10 + chance.below(60) + chance.below(40));
  const auto ended = stay.started + (40 + chance.below(220) + chance.below(220));
  if (ended <= today) {
    stay.ended = ended;
    if (!definition.destinations.empty() && !chance.in(25))  // the first of the list are the likelier
      stay.destination = definition.destinations[static_cast<std::size_t>(std::min(chance.below(static_cast<int>(definition.destinations.size())),
                                                                                   chance.below(static_cast<int>(definition.destinations.size()))))].name;
    if (!chance.in(8)) stay.income_end = chance.one_of(incomes_after);
  }
  if (!definition.decisions.empty() && chance.in(2)) {
    decision::Decision decision{new_id<decision::Decision>(), stay.owner, stay.intervention, person.id, stay.started + chance.below(std::max(1, today - stay.started)),
                                chance.one_of(definition.decisions).name, chance.in(3) ? decision::Form::extension : decision::Form::initial, ""};
    made.decisions.push_back(std::move(decision));
  }
  return made;
}

contact::Contact make_up_contact(Chance& chance, const access::User& writer, const Id<intervention::Intervention>& intervention,
                                 Moment now) {
  contact::Contact made{.id = new_id<contact::Contact>(), .organisation = writer.organisation, .unit = writer.unit, .by = writer.account};
  made.day = now.date() - chance.below(730);
  made.asked_by = chance.one_of(askers);
  made.kind = contact::kinds.all[std::min(chance.below(6), chance.below(6))].value;  // the first of the list are the likelier
  made.theme = chance.one_of(themes);
  if (!chance.in(10)) made.municipality = "0980";
  if (!chance.in(6)) made.minutes = 5 * (1 + chance.below(12));
  if (chance.in(4)) made.intervention = intervention;
  made.written = {(made.day - Date{}) * std::int64_t{24 * 60 * 60} + 10 * 60 * 60};
  return made;
}

std::vector<intervention::Definition> made_up_interventions(std::size_t count) {
  using intervention::Group;
  std::vector<intervention::Definition> all;
  for (std::size_t i = 0; i != count; ++i) {
    intervention::Definition definition;
    const auto number = std::to_string(i + 1);
    definition.id = "insats-" + number;
    definition.name = "Insats " + number;
    definition.area = "Samordningsförbundet " + std::string(1, static_cast<char>('A' + i % 4));
    definition.owner = "Kommun " + std::string(1, static_cast<char>('A' + i % 8));
    definition.from = Date::of(2016, 1, 1);
    definition.sites = {"Norr", "Söder", "Öster", "Väster"};
    definition.destinations = {{"Arbete", Group::work}, {"Arbete med stöd", Group::subsidised_work}, {"Studier", Group::studies},
                               {"Insats hos Arbetsförmedlingen", Group::labour_market_measure}, {"Fortsatt rehabilitering", Group::continued_rehabilitation},
                               {"Vård", Group::health}, {"Annat", Group::other}, {"Avbrutit", Group::interrupted}};
    definition.decisions = {{"lönebidrag", Group::subsidised_work}, {"anställning utan stöd", Group::work}, {"nystartsjobb", Group::subsidised_work}, {"studier", Group::studies}};
    all.push_back(std::move(definition));
  }
  return all;
}

const std::string_view register_heading =
    "insats;plattform;deltagare;kön;födelseår;hemkommun;remittent;försörjning vid start;aktualiserad;start;avslut;avslutad till;försörjning vid avslut\r\n";

std::string register_line(const MadeUp& made) {
  using participant::Sex;
  const auto& [person, stay, decisions] = made;
  const auto* sex = person.sex == Sex::woman ? "kvinna" : person.sex == Sex::man ? "man" : person.sex == Sex::other ? "annat" : "";
  const auto day = [](const std::optional<Date>& date) { return date ? date->text() : std::string(); };
  std::string line;
  for (const auto& cell : {stay.intervention.text, stay.site, person.code, std::string(sex), person.birth_year ? std::to_string(*person.birth_year) : std::string(),
                           stay.municipality, stay.referrer, stay.income_start, day(stay.referred), stay.started.text(), day(stay.ended), stay.destination, stay.income_end})
    (line += cell) += ';';
  line.back() = '\r';
  return line += '\n';
}

}  // namespace stafett::app
