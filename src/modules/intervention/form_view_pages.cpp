// The page's half of the form: its fields, their words and the empty rows.
#include <algorithm>

#include "intervention/form_pages.h"
#include "text/fold.h"

namespace stafett::intervention {
namespace {

struct Label {
  std::string_view word;
  const char* text;
};
constexpr Label labels[] = {
    {"id", _("Short name in addresses")},
    {"name", _("Name")},
    {"area", _("Coordination association")},
    {"orientation", _("Orientation")},
    {"target_group", _("Target group")},
    {"from", _("From")},
    {"to", _("To")},
    {"sites", _("Sites")},
    {"follow_up_every_months", _("Months between follow-ups")},
    {"longest_stay_months", _("Longest stay, months")},
    {"planned_participants_per_year", _("Planned participants per year")},
    {"text", _("The goal in words")},
    {"kind", _("How it is reckoned")},
    {"of", _("What it is about")},
    {"target", _("Target")},
    {"per_months", _("Per how many months")},
    {"smallest_n", _("Fewest to judge")},
    {"group", _("Amounts to")},
};
constexpr Label measure_names[] = {
    {"referred", _("Referred participations")},
    {"started", _("Started participations")},
    {"active", _("Ongoing participations")},
    {"persons", _("Persons taking part")},
    {"closed", _("Closed participations")},
    {"stay", _("Length of stay")},
    {"lead_time", _("Lead time from referral to start")},
    {"decisions", _("Decisions")},
};
constexpr Label dimension_names[] = {
    {"destination", _("ended to")},
    {"destination_group", _("group of outcome")},
    {"decision", _("decision")},
    {"form", _("form of decision")},
    {"sex", _("sex")},
    {"age_band", _("age")},
    {"site", _("site")},
    {"municipality", _("home municipality")},
    {"referrer", _("referrer")},
    {"income_start", _("income at start")},
    {"income_end", _("income at end")},
};
constexpr Label goal_kind_names[] = {
    {"share", _("a share, in per cent")}, {"count", _("a number")}, {"mean", _("a mean")}};

View choice(std::string_view value, View text, std::string_view chosen) {
  return {{"value", value}, {"text", std::move(text)}, {"chosen", value == chosen}};
}

// Makes the views of the fields.
struct Fields {
  const web::Form& form;
  const std::vector<Fault>& faults;

  View field(const std::string& id, Message label) const {
    View view = {{"id", id}, {"label", std::move(label)}, {"type", "text"}, {"value", form.field(id)}};
    const auto fault =
        std::find_if(faults.begin(), faults.end(), [&](const Fault& fault) { return fault.field == id; });
    if (fault != faults.end()) view.set("fault", fault->message);
    return view;
  }
  View top(const std::string& id) const { return field(id, label_of(id)); }
  View with(View view, std::string name, View value) const {
    view.set(std::move(name), std::move(value));
    return view;
  }
  template <std::size_t N>
  View one_of(const std::string& id, Message label, const Label (&choices)[N],
              const char* none = nullptr) const {
    View::Items items;
    if (none) items.push_back(choice("", Message(none), form.field(id)));
    for (const auto& [word, text] : choices) items.push_back(choice(word, Message(text), form.field(id)));
    return with(field(id, std::move(label)), "choices", std::move(items));
  }
  template <class Enum, std::size_t N>
  View one_of(const std::string& id, Message label, const Words<Enum, N>& words) const {
    View::Items items;
    for (const auto& word : words.all)
      items.push_back(choice(word.text, name_of(word.value), form.field(id)));
    return with(field(id, std::move(label)), "choices", std::move(items));
  }

  // How many rows of a kind the page has: those written in, and three more.
  std::size_t rows(const std::string& kind) const {
    const auto used = rows_of(form, kind);
    const auto last = used.empty() ? 0 : std::stoul(used.back().substr(kind.size() + 1));
    return last + 3;
  }
  View outcomes(const std::string& kind) const {
    View::Items rows;
    for (std::size_t number = 1; number <= this->rows(kind); ++number) {
      const auto row = part(kind, std::to_string(number));
      rows.push_back(
          {{"name", field(part(row, "name"), {"Name {1}", std::to_string(number)})},
           {"group", one_of(part(row, "group"), {"Amounts to {1}", std::to_string(number)}, groups)}});
    }
    return rows;
  }
  View counts(const std::string& row) const {
    View::Items all;
    const auto used = rows_of(form, part(row, "counts"));
    for (std::size_t number = 1; number <= used.size() + 1; ++number) {
      const auto counts = part(row, "counts-" + std::to_string(number));
      all.push_back({{"dimension",
                      one_of(part(counts, "dimension"), "Count only those with", dimension_names, "– all –")},
                     {"values", with(field(part(counts, "values"), "One of these values, one on each line"),
                                     "rows", 3)}});
    }
    return all;
  }
  View goals() const {
    constexpr Label limits[] = {{"at_least", _("at least")}, {"at_most", _("at most")}};
    View::Items all;
    const auto used = rows_of(form, "goal").size();
    for (std::size_t number = 1; number <= rows("goal"); ++number) {
      const auto row = part("goal", std::to_string(number));
      View goal = {{"number", std::to_string(number)}, {"words", form.field(part(row, "text"))}};
      goal.set("open", number == 1 && used == 0);
      for (const auto& fault : faults)
        if (fault.field.starts_with(row + "-")) goal.set("open", true);
      goal.set("text", with(field(part(row, "text"), label_of("text")), "rows", 2));
      goal.set("id", with(field(part(row, "id"), label_of("id")), "hint",
                          Message("Made of the words if you leave it empty.")));
      goal.set("kind", one_of(part(row, "kind"), label_of("kind"), goal_kind_names));
      goal.set("of", one_of(part(row, "of"), label_of("of"), measure_names));
      goal.set("limit", one_of(part(row, "limit"), "At least or at most", limits));
      goal.set("target", with(field(part(row, "target"), label_of("target")), "hint",
                              Message("Per cent, if it is a share.")));
      goal.set("per_months", field(part(row, "per_months"), label_of("per_months")));
      goal.set("smallest_n", field(part(row, "smallest_n"), label_of("smallest_n")));
      goal.set("counts", counts(row));
      all.push_back(std::move(goal));
    }
    return all;
  }
};

}  // namespace

Message label_of(std::string_view word) {
  for (const auto& label : labels)
    if (label.word == word) return label.text;
  return std::string(word);
}

std::string part(const std::string& row, std::string_view field) { return row + "-" + std::string(field); }

std::vector<std::string> rows_of(const web::Form& form, const std::string& kind) {
  const auto first = kind == "goal" ? "text" : kind.ends_with("counts") ? "dimension" : "name";
  std::vector<std::string> rows;
  for (int number = 1;; ++number) {
    const auto row = part(kind, std::to_string(number));
    if (!form.has(part(row, first))) return rows;
    const auto says = [&](std::string_view field) {
      return !text::trimmed(form.field(part(row, field))).empty();
    };
    if (says(first) || says("target") || says("values")) rows.push_back(row);
  }
}

View form_view(const web::Form& form, const std::vector<Fault>& faults, const std::vector<std::string>& areas,
               text::Language) {
  const Fields fields{form, faults};
  const auto dated = [&](const std::string& id) { return fields.with(fields.top(id), "type", "date"); };
  const auto number = [&](const std::string& id) { return fields.with(fields.top(id), "size", 6); };
  const auto lines = [&](const std::string& id, int rows) {
    return fields.with(fields.top(id), "rows", rows);
  };
  View::Items area_choices;
  for (const auto& area : areas) area_choices.push_back(choice(area, area, form.field("area")));

  View view;
  view.set("name", fields.with(fields.top("name"), "required", true));
  view.set(
      "short_name",
      fields.with(fields.top("id"), "hint",
                  Message("Small letters a–z, digits and hyphens. Made of the name if you leave it empty.")));
  view.set("area", fields.with(fields.top("area"), "choices", std::move(area_choices)));
  view.set("orientation", fields.one_of("orientation", label_of("orientation"), orientations));
  view.set("target_group", lines("target_group", 2));
  view.set("from", dated("from"));
  view.set("to", fields.with(dated("to"), "hint", Message("Leave it empty if it goes on.")));
  view.set("sites", fields.with(lines("sites", 3), "hint", Message("One on each line.")));
  for (const auto* id : {"follow_up_every_months", "longest_stay_months", "planned_participants_per_year"})
    view.set(id, number(id));
  view.set("destinations", fields.outcomes("destination"));
  view.set("decisions", fields.outcomes("decision"));
  view.set("goals", fields.goals());
  return view;
}

}  // namespace stafett::intervention
