#include "statistics/definitions.h"

#include "statistics/measure.h"

namespace stafett::statistics {
namespace {

Message definition_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::intervention:
      return "The intervention that the participation or decision belongs to, or the contact was about.";
    case Dimension::area:
      return "The coordination association in whose area the intervention is.";
    case Dimension::site:
      return "Where in the intervention, in its own words.";
    case Dimension::sex:
      return "As the register says: woman, man, other or not known.";
    case Dimension::age_band:
      return "The year the participation started or the decision was made, less the year of birth.";
    case Dimension::municipality:
      return "Where the participant is registered, by the four digits of Statistics Sweden; of a contact, "
             "which "
             "municipality it was about.";
    case Dimension::referrer:
      return "Who referred the participant to the intervention.";
    case Dimension::income_start:
      return "What the participant lived on when the participation started.";
    case Dimension::income_end:
      return "What the participant lived on when the participation ended.";
    case Dimension::destination:
      return "Where the participant went on to, in the intervention's own words.";
    case Dimension::destination_group:
      return "The intervention's destinations, gathered in eight groups that are the same everywhere.";
    case Dimension::decision:
      return "What was decided, in the intervention's own words.";
    case Dimension::form:
      return "Whether the decision was new or an extension.";
    case Dimension::contact_kind:
      return "What kind of contact it was: individual meeting, SIP, collaboration, consultation, preparation "
             "or other.";
    case Dimension::asked_by:
      return "Who turned to the unit: an organisation, or a word of a list such as an employer; never a "
             "person's name.";
    case Dimension::year:
      return "The year of the date that is counted.";
    case Dimension::month:
      return "The month of the date that is counted.";
  }
  return {};
}

// What can be divided so, where it is not everything.
View only(const Division& division) {
  if (division.of_contacts)
    return division.of_participations ? View(nullptr) : View(Message("Only contacts."));
  if (!division.of_decisions) return Message("Only participations.");
  return division.of_participations ? Message("Not contacts.") : Message("Only decisions.");
}

View signs_view() {
  const struct {
    Message sign, meaning;
  } signs[] = {{"..",
                "Protected: fewer than five persons or contacts, or a figure from which such a one could be "
                "worked out."},
               {"0", _("None.")},
               {"–", "Nothing to take a mean of."},
               {"not known", "The register does not say. It is a value of its own and is never left out."},
               {"not measurable", "Too few to judge a goal by. It is not the same as not reached."}};
  View::Items rows;
  for (const auto& [sign, meaning] : signs)
    rows.push_back({{"cells", View::Items{{{"text", sign}, {"head", true}}, {{"text", meaning}}}}});
  return {{"caption", Message("Signs")},
          {"caption_hidden", true},
          {"heads", View::Items{{{"text", Message("Sign")}}, {{"text", Message("What it means")}}}},
          {"rows", std::move(rows)}};
}

}  // namespace

View definitions_view() {
  View::Items all;
  for (const auto& measure : measures())
    all.push_back({{"id", measure.id},
                   {"name", measure.name},
                   {"definition", measure.definition},
                   {"unit", unit_of(measure)}});
  const auto terms = views(dimensions(), [](const Division& division) {
    return View{{"id", division.id},
                {"name", division.name},
                {"definition", definition_of(division.dimension)},
                {"only", only(division)}};
  });
  return {{"title", Message("How we count")},
          {"measures", std::move(all)},
          {"divisions", terms},
          {"signs", signs_view()}};
}

}  // namespace stafett::statistics
