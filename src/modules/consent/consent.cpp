#include "consent/consent.h"

#include <algorithm>

namespace stafett::consent {
namespace {

Withdrawal withdrawal_from_row(const db::Row& row) {
  return {access::Kinds::of_bits(row.number("kinds")), forms.meant_by(row.text("form")),
          row.moment("withdrawn_at"), row.text("recorded_by_name"), !row.text("closed_because").empty()};
}

Consent from_row(const db::Row& row) {
  Consent consent;
  consent.id = row.id<Consent>("id");
  consent.participant = row.id<participant::Participant>("participant_id");
  consent.intervention = row.id<intervention::Intervention>("intervention_id");
  consent.from = row.id<organisation::Organisation>("from_id");
  consent.to = row.id<organisation::Organisation>("to_id");
  consent.kinds = access::Kinds::of_bits(row.number("kinds"));
  consent.free_text = row.flag("free_text");
  consent.purpose = access::purposes.meant_by(row.text("purpose"));
  consent.opens = row.moment("opens_at");
  consent.closes = row.moment("closes_at");
  consent.language = row.text("language");
  consent.form = forms.meant_by(row.text("form"));
  consent.evidence = row.text("evidence");
  consent.recorded_by = row.text("recorded_by_name");
  consent.recorded = row.moment("recorded_at");
  return consent;
}

std::string sealed(const access::DataKey& key, std::string_view column, const Id<Consent>& id,
                   std::string_view text) {
  return access::seal(key, {"consent", column, id.text}, text);
}
std::string opened(const access::DataKey& key, std::string_view column, const Id<Consent>& id,
                   std::string_view text) {
  return access::unseal(key, {"consent", column, id.text}, text);
}

struct Noted {
  Id<Consent> id;
  Id<participant::Participant> participant;
  Id<organisation::Organisation> from;
  std::string language, evidence;
};
Noted noted_from_row(const db::Row& row) {
  return {row.id<Consent>("id"), row.id<participant::Participant>("participant_id"),
          row.id<organisation::Organisation>("from_id"), row.text("language"), row.text("evidence")};
}

void keep_sealed(db::Transaction& tx, const access::DataKey& key, const Noted& noted) {
  tx.execute("update consent set language = :language, evidence = :evidence, is_sealed = :yes where id = :id",
             {{"language", sealed(key, "language", noted.id, noted.language)},
              {"evidence", sealed(key, "evidence", noted.id, noted.evidence)},
              {"yes", true},
              {"id", noted.id}});
}

std::size_t seal_notes(db::Transaction& tx, std::size_t most, Moment now) {
  const auto plain = tx.list(noted_from_row, "select * from consent where is_sealed = :no limit :most",
                             {{"no", false}, {"most", most}});
  for (const auto& one : plain)
    keep_sealed(tx, access::data_key_or_new(tx, one.from, one.participant, now), one);
  return plain.size();
}

}  // namespace

const access::InClear notes_in_clear{"notes on consents in clear", "consent", seal_notes};

Message name_of(Form form) {
  switch (form) {
    case Form::paper:
      return "on paper";
    case Form::screen:
      return "signed on screen";
    case Form::spoken:
      return "spoken, and noted";
  }
  return {};
}

access::Kinds Consent::left() const {
  auto left = kinds;
  for (const auto& withdrawal : withdrawals) left = left.without(withdrawal.kinds);
  return left;
}

std::vector<Fault> faults_in(const Consent& consent, Moment now) {
  std::vector<Fault> faults;
  const auto add = [&](std::string field, Message message) {
    faults.push_back({std::move(field), std::move(message)});
  };
  if (consent.from == consent.to) add("to", "Choose two different parties: who tells, and who is told.");
  if (consent.kinds.empty()) add("kinds", "Choose at least one kind of information.");
  if (consent.closes <= consent.opens) add("closes", "The last day must come after the first.");
  if (consent.closes <= now) add("closes", "The last day has already passed.");
  if (consent.opens + longest_days * 86400 < consent.closes)
    add("closes", "A consent lasts a year at most. Ask again then.");
  if (consent.language.empty()) add("language", "Write in which language it was explained.");
  if (consent.evidence.empty()) add("evidence", "Write where the form is kept, or who heard what was said.");
  return faults;
}

std::vector<access::Door> doors(db::Transaction& tx, const Id<participant::Participant>& participant,
                                const Id<organisation::Organisation>& to) {
  std::vector<access::Door> doors;
  tx.each(R"(
    select consent.id, from_id, to_id, intervention_id, consent.kinds, free_text, purpose, opens_at, closes_at,
           consent_withdrawal.kinds as gone, withdrawn_at
    from consent
    left join consent_withdrawal on consent_withdrawal.consent_id = consent.id
    where participant_id = :participant and to_id = :to
    order by consent.id)",
          {{"participant", participant}, {"to", to}}, [&](const db::Row& row) {
            if (doors.empty() || doors.back().consent != row.text("id"))
              doors.push_back({.consent = row.text("id"),
                               .from = row.id<organisation::Organisation>("from_id"),
                               .to = row.id<organisation::Organisation>("to_id"),
                               .intervention = row.id<intervention::Intervention>("intervention_id"),
                               .kinds = access::Kinds::of_bits(row.number("kinds")),
                               .purpose = access::purposes.meant_by(row.text("purpose")),
                               .free_text = row.flag("free_text"),
                               .opens = row.moment("opens_at"),
                               .closes = row.moment("closes_at")});
            if (!row.has("gone")) return;
            auto& door = doors.back();
            door.kinds = door.kinds.without(access::Kinds::of_bits(row.number("gone")));
            if (door.kinds.empty()) door.withdrawn = row.moment("withdrawn_at");
          });
  return doors;
}

std::vector<Consent> of(db::Transaction& tx, const access::Permit& permit) {
  auto all = tx.list(from_row, R"(
    select consent.*, account.full_name as recorded_by_name
    from consent
    join account on account.id = consent.recorded_by
    where participant_id = :participant and (from_id = :mine or to_id = :mine)
    order by recorded_at, consent.id)",
                     {{"participant", permit.participant()}, {"mine", permit.asker()}});
  tx.each(R"(
    select consent_withdrawal.*, account.full_name as recorded_by_name
    from consent_withdrawal
    join consent on consent.id = consent_withdrawal.consent_id
    join account on account.id = consent_withdrawal.recorded_by
    where participant_id = :participant
    order by withdrawn_at)",
          {{"participant", permit.participant()}}, [&](const db::Row& row) {
            const auto consent = std::ranges::find(all, row.id<Consent>("consent_id"), &Consent::id);
            if (consent != all.end()) consent->withdrawals.push_back(withdrawal_from_row(row));
          });
  const auto key = access::data_key(tx, permit.asker(), permit.participant());
  for (auto& consent : all) {
    const bool is_own = key && consent.from == permit.asker();
    consent.language = is_own ? opened(*key, "language", consent.id, consent.language) : "";
    consent.evidence = is_own ? opened(*key, "evidence", consent.id, consent.evidence) : "";
  }
  return all;
}

void record(db::Transaction& tx, const access::Permit& permit, const Consent& consent,
            const Id<access::Account>& by) {
  if (consent.from != permit.asker()) throw std::logic_error("a consent that another party gives");
  const auto key = access::data_key_or_new(tx, permit.asker(), permit.participant(), permit.at());
  tx.execute(R"(
    insert into consent (id, participant_id, intervention_id, from_id, to_id, kinds, free_text, purpose, opens_at,
                         closes_at, language, form, evidence, is_sealed, recorded_by, recorded_at)
    values (:id, :participant, :intervention, :from, :to, :kinds, :free_text, :purpose, :opens,
            :closes, :language, :form, :evidence, :yes, :by, :recorded))",
             {{"id", consent.id},
              {"participant", permit.participant()},
              {"intervention", consent.intervention},
              {"from", consent.from},
              {"to", consent.to},
              {"kinds", consent.kinds.bits()},
              {"free_text", consent.free_text},
              {"purpose", access::purposes.of(consent.purpose)},
              {"opens", consent.opens},
              {"closes", consent.closes},
              {"language", sealed(key, "language", consent.id, consent.language)},
              {"form", forms.of(consent.form)},
              {"evidence", sealed(key, "evidence", consent.id, consent.evidence)},
              {"yes", true},
              {"by", by},
              {"recorded", consent.recorded}});
}

Result<> withdraw(db::Transaction& tx, const access::Permit& permit, const Id<Consent>& id,
                  const Withdrawal& wanted, const Id<access::Account>& by) {
  const auto all = of(tx, permit);
  const auto consent = std::ranges::find(all, id, &Consent::id);
  if (consent == all.end()) return not_found("There is no such consent.");
  const auto kinds = wanted.kinds & consent->left();
  if (kinds.empty()) return conflict("This is already withdrawn.");
  tx.execute(R"(
    insert into consent_withdrawal (id, consent_id, kinds, form, recorded_by, withdrawn_at)
    values (:id, :consent, :kinds, :form, :by, :at))",
             {{"id", new_key()},
              {"consent", id},
              {"kinds", kinds.bits()},
              {"form", forms.of(wanted.form)},
              {"by", by},
              {"at", wanted.at}});
  return {};
}

void close_all(db::Transaction& tx, const access::Permit& permit, const Id<access::Account>& by) {
  if (permit.action() != access::Action::protect) throw std::logic_error("a permit for something else");
  for (const auto& consent : of(tx, permit)) {
    if (consent.from != permit.asker() || consent.left().empty() || consent.closes <= permit.at()) continue;
    tx.execute(R"(
      insert into consent_withdrawal (id, consent_id, kinds, form, recorded_by, withdrawn_at, closed_because)
      values (:id, :consent, :kinds, :form, :by, :at, 'protected'))",
               {{"id", new_key()},
                {"consent", consent.id},
                {"kinds", consent.left().bits()},
                {"form", forms.of(Form::screen)},
                {"by", by},
                {"at", permit.at()}});
  }
}

void erase(db::Transaction& tx, const access::Permit& permit) {
  if (permit.action() != access::Action::erase) throw std::logic_error("a permit for something else");
  tx.execute(R"(
    delete from consent_withdrawal
    where consent_id in (select id from consent where participant_id = :participant))",
             {{"participant", permit.participant()}});
  tx.execute("delete from consent where participant_id = :participant",
             {{"participant", permit.participant()}});
}

void seal_anew(db::Transaction& tx, const access::Permit& permit, const access::DataKey& from,
               const access::DataKey& to) {
  auto all = tx.list(noted_from_row, R"(
    select * from consent where participant_id = :participant and from_id = :mine and is_sealed = :yes)",
                     {{"participant", permit.participant()}, {"mine", permit.asker()}, {"yes", true}});
  for (auto& one : all) {
    one.language = opened(from, "language", one.id, one.language);
    one.evidence = opened(from, "evidence", one.id, one.evidence);
    keep_sealed(tx, to, one);
  }
}

}  // namespace stafett::consent
