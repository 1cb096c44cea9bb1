// /disposals: what is due, what is kept and why, the rules. /participants/:id/disposal: one participant's.
#include <algorithm>
#include <charconv>

#include "retention/retention.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::retention {
namespace {

View code_or_participant(const Case& one) { return one.code.empty() ? View(Message("Participant")) : View(one.code); }

using access::Kinds;
using participant::Participant;

std::string words_of(web::Request& request, Kinds kinds) {
  if (kinds == Kinds::all()) return request.translated("everything");
  std::string words;
  for (const auto kind : access::every_kind)
    if (kinds.has(kind)) words += (words.empty() ? "" : ", ") + request.translated(access::name_of(kind));
  return words;
}

std::string words_of(const std::vector<std::string>& values) {
  std::string words;
  for (const auto& value : values) words += (words.empty() ? "" : ", ") + value;
  return words;
}

std::string address_of(const Id<Participant>& id) { return "/participants/" + id.text + "/disposal"; }

View field(web::Request& request, const char* id, Message label, const char* hint = nullptr) {
  return {{"id", id},
          {"label", std::move(label)},
          {"hint", hint ? View(Message(hint)) : View(nullptr)},
          {"type", "text"},
          {"value", request.field(id)}};
}

// ---- the list

View due_view(web::Request& request, const Case& one, const Verdict& verdict) {
  View view{{"link", address_of(one.participant)}, {"code", code_or_participant(one)}};
  if (!verdict.due.empty())
    view.set("what", Message{"{1}, since {2}", words_of(request, verdict.due),
                             text::date_words(*verdict.since, request.language)});
  View::Items why;
  for (const auto& reason : verdict.kept) why.push_back(request.translated(reason));
  view.set("why", std::move(why));
  return view;
}

// Every intervention in which the organisation may have something that is due: its own, and where it has
// notes.
std::vector<Id<intervention::Intervention>> places(db::Transaction& tx,
                                                   const Id<organisation::Organisation>& mine) {
  return tx.list([](const db::Row& row) { return row.id<intervention::Intervention>("id"); }, R"(
    select id from intervention where owner_id = :mine
    union
    select intervention_id as id
    from note
    join participant on participant.id = note.participant_id
    where note.organisation_id = :mine)",
                 {{"mine", mine}});
}

Result<> add_ripe(web::Request& request, View& view) {
  const auto& mine = request.user.organisation;
  const auto all_rules = rules(request.tx, mine);
  const auto all_exemptions = exemptions(request.tx, mine);
  const auto today = request.now.date();
  View::Items due, kept;
  for (const auto& place : places(request.tx, mine)) {
    const auto scope = access::admit_all(
        request.tx, request.user, {place, mine, access::Action::see, "list for disposal"}, request.now);
    if (!scope) continue;
    for (const auto& one : ripe(request.tx, *scope, today)) {
      const auto verdict = judge(one, all_rules, all_exemptions, today);
      (verdict.due.empty() ? kept : due).push_back(due_view(request, one, verdict));
    }
  }
  view.set("has_due", !due.empty());
  view.set("has_kept", !kept.empty());
  view.set("due", std::move(due));
  view.set("kept", std::move(kept));
  return {};
}

View rules_view(web::Request& request) {
  return views(rules(request.tx, request.user.organisation), [&](const Rule& rule) {
    const auto what = words_of(request, rule.kinds);
    return View{
        {"id", rule.id},
        {"words", rule.months ? Message{"{1}: {2} months after {3}", what, std::to_string(*rule.months),
                                        request.translated(name_of(rule.from))}
                              : Message{"{1}: kept for good", what}},
        {"ground", rule.ground},
        {"export_first", rule.export_first}};
  });
}

View exemptions_view(web::Request& request) {
  return views(exemptions(request.tx, request.user.organisation), [&](const Exemption& one) {
    return View{
        {"id", one.id},
        {"words", Message{"{1}: {2}", request.translated(name_of(one.criterion)), words_of(one.values)}},
        {"ground", one.ground}};
  });
}

View proposals_view(web::Request& request) {
  return views(proposals(request.tx, request.user, request.now), [&](const Proposal& one) {
    const auto day = one.erased.value_or(one.confirmed.value_or(one.proposed)).date();
    const bool is_open = one.state == State::proposed || one.state == State::confirmed;
    return View{{"link", is_open ? View(address_of(one.participant)) : View(nullptr)},
                {"state", name_of(one.state)},
                {"day", text::date_words(day, request.language)},
                {"what", words_of(request, one.kinds)},
                {"ground", one.ground}};
  });
}

void add_forms(web::Request& request, View& view) {
  View::Items kinds{
      {{"value", "255"}, {"text", Message("everything")}, {"chosen", request.field("kinds") == "255"}}};
  for (const auto kind : access::every_kind) {
    const auto bits = std::to_string(Kinds{kind}.bits());
    kinds.push_back(
        {{"value", bits}, {"text", access::name_of(kind)}, {"chosen", request.field("kinds") == bits}});
  }
  auto of_kinds = field(request, "kinds", "What the rule is for");
  of_kinds.set("choices", std::move(kinds));
  view.set("of_kinds", std::move(of_kinds));
  auto from = field(request, "from", "Counted from when");
  from.set("choices", View::Items{{{"value", "last entry"}, {"text", name_of(Start::last_entry)}},
                                  {{"value", "closed"},
                                   {"text", name_of(Start::closed)},
                                   {"chosen", request.field("from") == "closed"}}});
  view.set("from", std::move(from));
  auto first = field(request, "export_first", "The archive");
  first.set("choices", View::Items{{{"value", "yes"}, {"text", Message("fetched for the archive first")}},
                                   {{"value", "no"},
                                    {"text", Message("nothing is kept")},
                                    {"chosen", request.field("export_first") == "no"}}});
  view.set("export_first", std::move(first));
  view.set("months", field(request, "months", Message("Months"), _("Nothing: kept for good.")));
  view.set("ground", field(request, "ground", "The law or the decision"));
  auto criterion = field(request, "criterion", "Who is kept");
  criterion.set("choices", View::Items{{{"value", "born on day"}, {"text", name_of(Criterion::born_on_day)}},
                                       {{"value", "municipality"},
                                        {"text", name_of(Criterion::municipality)},
                                        {"chosen", request.field("criterion") == "municipality"}}});
  view.set("criterion", std::move(criterion));
  view.set("among", field(request, "among", Message("Which"), _("For instance 5, 15, 25; or 05, 09, 22, 1480.")));
  view.set("exemption_ground", field(request, "exemption_ground", "The law or the decision"));
}

Result<View> list_view(web::Request& request) {
  View view{{"title", Message("Disposal")}, {"here", Message("Disposal")}};
  TRY(add_ripe(request, view));
  view.set("rules", rules_view(request));
  view.set("exemptions", exemptions_view(request));
  view.set("proposals", proposals_view(request));
  add_forms(request, view);
  return view;
}

Result<web::Reply> list_page(web::Request& request) {
  auto view = TRY(list_view(request));
  return web::show("retention/list", std::move(view));
}

Result<web::Reply> answer(web::Request& request, const Result<>& done) {
  if (done) return web::go_to("/disposals");
  auto view = TRY(list_view(request));
  return web::show_again("retention/list", std::move(view), done.error());
}

std::optional<int> whole(const std::string& written) {
  int number = 0;
  const auto* end = written.data() + written.size();
  const auto read = std::from_chars(written.data(), end, number);
  return read.ec == std::errc{} && read.ptr == end ? std::optional(number) : std::nullopt;
}

Result<web::Reply> post_rule(web::Request& request) {
  Rule rule{.kinds = Kinds::of_bits(whole(request.field("kinds")).value_or(0)),
            .from = starts.find(request.field("from")).value_or(Start::last_entry),
            .ground = request.field("ground"),
            .export_first = request.field("export_first") != "no"};
  if (const auto months = request.field("months"); !months.empty()) rule.months = whole(months).value_or(0);
  return answer(request, add(request.tx, request.user, rule, request.now));
}
Result<web::Reply> post_rule_removal(web::Request& request) {
  remove_rule(request.tx, request.user, request.part("id"));
  return web::go_to("/disposals");
}

Result<web::Reply> post_exemption(web::Request& request) {
  Exemption exemption{.criterion = criteria.find(request.field("criterion")).value_or(Criterion::born_on_day),
                      .ground = request.field("exemption_ground")};
  std::string value;
  for (const char c : request.field("among") + ",")
    if (c != ',' && c != ' ')
      value += c;
    else if (!value.empty())
      exemption.values.push_back(std::exchange(value, {}));
  return answer(request, add(request.tx, request.user, exemption, request.now));
}
Result<web::Reply> post_exemption_removal(web::Request& request) {
  remove_exemption(request.tx, request.user, request.part("id"));
  return web::go_to("/disposals");
}

// ---- one participant

View proposal_view(web::Request& request, const Proposal& proposal) {
  View view{
      {"state", name_of(proposal.state)},
      {"day", text::date_words(proposal.confirmed.value_or(proposal.proposed).date(), request.language)},
      {"to_confirm", proposal.state == State::proposed && proposal.proposed_by != request.user.account},
      {"to_wait_for", proposal.state == State::proposed && proposal.proposed_by == request.user.account},
      {"fetched", proposal.exported.has_value()}};
  if (proposal.state == State::confirmed) {
    view.set("ready_on", text::date_words(proposal.ready().date(), request.language));
    view.set("to_erase", proposal.ready() <= request.now);
    view.set("to_fetch", proposal.export_first && !proposal.exported);
  }
  return view;
}

Result<web::Reply> show_page(web::Request& request) {
  const access::Ask ask{.participant = request.id<Participant>(), .object = "disposal"};
  const auto permit = TRY(access::admit(request.tx, request.user, ask, request.now));
  const auto one = case_of(request.tx, permit);
  const auto verdict = verdict_on(request.tx, permit, request.now.date());
  const auto proposal = open_proposal(request.tx, permit);
  const auto held = hold_on(request.tx, permit);
  View view = due_view(request, one, verdict);
  view.set("title", Message("Disposal"));
  view.set("here", code_or_participant(one));
  view.set("crumbs", View::Items{{{"label", Message("Disposal")}, {"address", "/disposals"}}});
  view.set("address", address_of(one.participant));
  view.set("participant", "/participants/" + one.participant.text);
  view.set("grounds", words_of(verdict.grounds));
  view.set("due_now", !verdict.due.empty());
  view.set("may_propose", !verdict.due.empty() && !proposal);
  if (proposal) view.set("proposal", proposal_view(request, *proposal));
  view.set("held", held ? View{{"reason", held->reason},
                               {"since", text::date_words(held->placed.date(), request.language)}}
                        : View(nullptr));
  view.set("reason", field(request, "reason", "Why it must be kept"));
  return web::show("retention/show", std::move(view));
}

Result<access::Permit> admitted(web::Request& request, const char* object) {
  return access::admit(
      request.tx, request.user,
      {.participant = request.id<Participant>(), .action = access::Action::erase, .object = object},
      request.now);
}

template <auto step>
Result<web::Reply> post_step(web::Request& request) {
  const auto permit = TRY(admitted(request, "proposal for disposal"));
  TRY(step(request.tx, permit, request.user));
  return web::go_to(address_of(permit.participant()));
}
Result<web::Reply> post_hold(web::Request& request) {
  const auto permit = TRY(admitted(request, "hold"));
  TRY(hold(request.tx, permit, request.user, request.field("reason")));
  return web::go_to(address_of(permit.participant()));
}
Result<web::Reply> post_hold_end(web::Request& request) {
  const auto permit = TRY(admitted(request, "hold"));
  let_go(request.tx, permit, request.user);
  return web::go_to(address_of(permit.participant()));
}

Result<web::Reply> fetch_file(web::Request& request) {
  const access::Ask ask{.participant = request.id<Participant>(),
                        .action = access::Action::print,
                        .object = "file for the archive"};
  const auto permit = TRY(access::admit(request.tx, request.user, ask, request.now));
  auto bytes = TRY(exported(request.tx, permit));
  return web::download("application/json", "gallring-" + request.id<Participant>().text + ".json",
                       std::move(bytes));
}

// The database is emptied of what is erased when the erasing has been kept.
Result<web::Reply> post_erasure(web::LongRequest& request) {
  const auto pieces =
      TRY(request.write([&](db::Transaction& tx) -> Result<std::vector<std::string>> {
        const access::Ask ask{
            .participant = request.id<Participant>(), .action = access::Action::erase, .object = "disposal"};
        const auto permit = TRY(access::admit(tx, request.user, ask, request.now));
        return erase(tx, permit, request.user);
      }));
  TRY(leave_nothing(request.database, pieces));
  return web::go_to("/disposals");
}

}  // namespace

void routes(web::Router& router) {
  router.menu("Disposal", "/disposals", may_dispose);
  router.get_noted("/disposals", may_dispose, list_page);
  router.post("/disposals/rules", may_dispose, post_rule);
  router.post("/disposals/rules/:id/removal", may_dispose, post_rule_removal);
  router.post("/disposals/exemptions", may_dispose, post_exemption);
  router.post("/disposals/exemptions/:id/removal", may_dispose, post_exemption_removal);
  router.get_noted("/participants/:id/disposal", access::signed_in, show_page);
  router.post("/participants/:id/disposal", access::signed_in, post_step<propose>);
  router.post("/participants/:id/disposal/confirmation", access::signed_in, post_step<confirm>);
  router.post("/participants/:id/disposal/withdrawal", access::signed_in, post_step<withdraw>);
  router.post("/participants/:id/disposal/hold", access::signed_in, post_hold);
  router.post("/participants/:id/disposal/hold/end", access::signed_in, post_hold_end);
  router.get_noted("/participants/:id/disposal/file", access::signed_in, fetch_file);
  router.post_long("/participants/:id/disposal/erasure", access::signed_in, post_erasure);
}

}  // namespace stafett::retention
