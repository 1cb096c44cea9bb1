#include "participation/participation.h"

namespace stafett::participation {
namespace {

constexpr auto select = R"(
    select id, owner_id, intervention_id, participant_id, site, referrer, municipality, income_start, income_end,
           referred_on, started_on, ended_on, destination, written
    from participation )";

Participation from_row(const db::Row& row) {
  return {row.id<Participation>("id"),
          row.id<organisation::Organisation>("owner_id"),
          row.id<intervention::Intervention>("intervention_id"),
          row.id<participant::Participant>("participant_id"),
          row.text("site"),
          row.text("referrer"),
          row.text("municipality"),
          row.text("income_start"),
          row.text("income_end"),
          row.maybe_date("referred_on"),
          row.date("started_on"),
          row.maybe_date("ended_on"),
          row.text("destination"),
          row.text("written")};
}

}  // namespace

const std::string_view facts = R"(
    select participant_id, owner_id, intervention_id, site, referrer, municipality, income_start, income_end,
           referred_on, started_on, ended_on, destination
    from participation)";

std::vector<Fault> faults_in(const Participation& stay, Date today) {
  std::vector<Fault> faults;
  if (stay.referred && *stay.referred > stay.started)
    faults.push_back(
        {"referred",
         {"The referral ({1}) is later than the start ({2}).", stay.referred->text(), stay.started.text()}});
  if (stay.ended && *stay.ended < stay.started)
    faults.push_back(
        {"ended",
         {"The end ({1}) is earlier than the start ({2}).", stay.ended->text(), stay.started.text()}});
  if (stay.ended && *stay.ended > today)
    faults.push_back({"ended", {"The end ({1}) has not come yet.", stay.ended->text()}});
  if (!stay.ended && !stay.destination.empty())
    faults.push_back({"destination", {"There is a destination, “{1}”, but no end date.", stay.destination}});
  if (!stay.ended && !stay.income_end.empty())
    faults.push_back(
        {"income_end", {"There is an income at the end, “{1}”, but no end date.", stay.income_end}});
  return faults;
}

void add(db::Transaction& tx, const access::Scope&, const Participation& stay) {
  tx.changed("participation");
  tx.execute(R"(
    insert into participation (id, owner_id, intervention_id, participant_id, site, referrer, municipality,
                               income_start, income_end, referred_on, started_on, ended_on, destination, written)
    values (:id, :owner, :intervention, :participant, :site, :referrer, :municipality,
            :income_start, :income_end, :referred, :started, :ended, :destination, :written))",
             {{"id", stay.id},
              {"owner", stay.owner},
              {"intervention", stay.intervention},
              {"participant", stay.participant},
              {"site", stay.site},
              {"referrer", stay.referrer},
              {"municipality", stay.municipality},
              {"income_start", stay.income_start},
              {"income_end", stay.income_end},
              {"referred", stay.referred},
              {"started", stay.started},
              {"ended", stay.ended},
              {"destination", stay.destination},
              {"written", stay.written}});
}

void change(db::Transaction& tx, const access::Scope&, const Participation& stay) {
  tx.changed("participation");
  tx.execute(R"(
    update participation
    set site = :site, referrer = :referrer, municipality = :municipality, income_start = :income_start,
        income_end = :income_end, referred_on = :referred, ended_on = :ended, destination = :destination, written = :written
    where id = :id)",
             {{"site", stay.site},
              {"referrer", stay.referrer},
              {"municipality", stay.municipality},
              {"income_start", stay.income_start},
              {"income_end", stay.income_end},
              {"referred", stay.referred},
              {"ended", stay.ended},
              {"destination", stay.destination},
              {"written", stay.written},
              {"id", stay.id}});
}

std::optional<Participation> starting(db::Transaction& tx, const access::Scope&,
                                      const Id<participant::Participant>& participant, Date started) {
  static const auto sql =
      std::string(select) + "where participant_id = :participant and started_on = :started";
  return tx.find(from_row, sql, {{"participant", participant}, {"started", started}});
}

std::vector<Participation> of(db::Transaction& tx, const access::Permit& permit) {
  static const auto sql = std::string(select) + "where participant_id = :participant order by started_on";
  if (!permit.covers(permit.owner(), access::Kind::planning)) return {};
  auto stays = tx.list(from_row, sql, {{"participant", permit.participant()}});
  const bool may_see_incomes = permit.covers(permit.owner(), access::Kind::income);
  for (auto& stay : stays) {
    if (!may_see_incomes) stay.income_start = stay.income_end = "";
    if (!may_see_incomes || permit.asker() != permit.owner()) stay.written = "";
    if (permit.protection() != access::Protection::none) stay.municipality = stay.site = "";
  }
  return stays;
}

std::vector<Participation> of(db::Transaction& tx, const access::Scope& scope, participant::Part part) {
  static const auto sql = std::string(select) + R"(
    where participant_id in (select id from participant
                             where intervention_id = :intervention and)" +
                          std::string(participant::reached) + R"(
                             order by length(code), code
                             limit :most offset :after)
      and (:everyones = 1
           or exists (select 1 from assignment
                      where assignment.participant_id = participation.participant_id
                        and assignment.account_id = :account and (kinds & :planning) <> 0
                        and from_at <= :now and (until_at is null or until_at > :now)))
    order by started_on)";
  return tx.list(from_row, sql,
                 {{"intervention", scope.intervention()},
                  {"account", scope.account()},
                  {"everyone", scope.everyone()},
                  {"everyones", scope.kinds().has(access::Kind::planning)},
                  {"planning", access::Kinds{access::Kind::planning}.bits()},
                  {"now", scope.at()},
                  {"most", part.most},
                  {"after", part.after}});
}

std::vector<std::pair<std::string, std::string>> words_written(std::string_view written) {
  std::vector<std::string> texts;
  for (std::size_t at = written.find('"'); at != written.npos; at = written.find('"', at + 1)) {
    std::string text;
    for (++at; at < written.size() && written[at] != '"'; ++at) {
      if (written[at] != '\\')
        text += written[at];
      else if (++at < written.size() && written[at] == 'u')
        text += ' ', at += 4;  // a control character: nothing to show
      else
        text += written[at];
    }
    texts.push_back(std::move(text));
  }
  std::vector<std::pair<std::string, std::string>> words;
  for (std::size_t i = 0; i + 1 < texts.size(); i += 2) words.emplace_back(texts[i], texts[i + 1]);
  return words;
}

void erase_words(db::Transaction& tx, const access::Permit& permit) {
  if (permit.action() != access::Action::erase) throw std::logic_error("a permit for something else");
  tx.execute("update participation set written = '' where participant_id = :participant",
             {{"participant", permit.participant()}});
}

void forget_place(db::Transaction& tx, const access::Permit& permit) {
  if (permit.action() != access::Action::protect) throw std::logic_error("a permit for something else");
  tx.changed("participation");
  tx.execute(R"(
    update participation set site = '', municipality = '', referrer = '', written = ''
    where participant_id = :participant)",
             {{"participant", permit.participant()}});
}

}  // namespace stafett::participation
