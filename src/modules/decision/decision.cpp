#include "decision/decision.h"

namespace stafett::decision {

const std::string_view facts = R"(
    select participant_id, owner_id, intervention_id, decided_on, kind, form
    from decision)";

Message name_of(Form form) {
  switch (form) {
    case Form::initial:
      return "new decision";
    case Form::extension:
      return "extension";
    case Form::missing:
      return "not known";
  }
  return {};
}

bool add(db::Transaction& tx, const access::Scope&, const Decision& decision) {
  tx.changed("decision");
  return tx.execute(R"(
    insert into decision (id, owner_id, intervention_id, participant_id, decided_on, kind, form, written)
    values (:id, :owner, :intervention, :participant, :decided, :kind, :form, :written)
    on conflict (participant_id, decided_on, kind, form) do nothing)",
                    {{"id", decision.id},
                     {"owner", decision.owner},
                     {"intervention", decision.intervention},
                     {"participant", decision.participant},
                     {"decided", decision.decided},
                     {"kind", decision.kind},
                     {"form", forms.of(decision.form)},
                     {"written", decision.written}}) == 1;
}

std::vector<Decision> of(db::Transaction& tx, const access::Permit& permit) {
  if (!permit.covers(permit.owner(), access::Kind::work)) return {};
  const auto from_row = [](const db::Row& row) {
    return Decision{row.id<Decision>("id"),
                    row.id<organisation::Organisation>("owner_id"),
                    row.id<intervention::Intervention>("intervention_id"),
                    row.id<participant::Participant>("participant_id"),
                    row.date("decided_on"),
                    row.text("kind"),
                    forms.meant_by(row.text("form")),
                    row.text("written")};
  };
  return tx.list(from_row, R"(
    select id, owner_id, intervention_id, participant_id, decided_on, kind, form, written
    from decision
    where participant_id = :participant
    order by decided_on)",
                 {{"participant", permit.participant()}});
}

void erase_words(db::Transaction& tx, const access::Permit& permit) {
  if (permit.action() != access::Action::erase && permit.action() != access::Action::protect)
    throw std::logic_error("a permit for something else");
  tx.execute("update decision set written = '' where participant_id = :participant",
             {{"participant", permit.participant()}});
}

}  // namespace stafett::decision
