// A day's work: what a coach with many cases opens and writes, in a large area.
#include <stdexcept>

#include "account/account.h"
#include "app/modules.h"
#include "assignment/assignment.h"
#include "db/database.h"
#include "tests/bench/bench.h"
#include "tests/bench/serving.h"

namespace stafett::bench {
namespace {

constexpr int cases = 60;

std::string days_from_now(int days) { return (now().date() + days).text(); }

// The coach works for an organisation of the area, by name with people whose stays go on.
std::vector<std::string> work_of_a_coach(const std::string& address) {
  db::Database database(address);
  return database.write([](db::Transaction& tx) {
    tx.execute("update account set organisation_id = (select owner_id from participation limit 1) where name = 'coach'");
    const auto coach = account::named(tx, "coach", now(), app::permissions_of).value();
    struct One {
      Id<participant::Participant> id;
      Id<intervention::Intervention> intervention;
    };
    const auto theirs = tx.list(
        [](const db::Row& row) {
          return One{row.id<participant::Participant>("participant_id"), row.id<intervention::Intervention>("intervention_id")};
        },
        R"(select participant_id, intervention_id from participation
           where owner_id = :owner and ended_on is null
           order by participant_id limit :most)",
        {{"owner", coach.organisation}, {"most", cases}});
    if (theirs.size() != cases) throw std::logic_error("too few in the area");
    std::vector<std::string> addresses;
    for (const auto& one : theirs) {
      assignment::give(tx,
                       {.id = new_id<assignment::Assignment>(),
                        .organisation = coach.organisation,
                        .account = coach.account,
                        .intervention = one.intervention,
                        .participant = one.id,
                        .duty = "coach",
                        .kinds = access::Kinds::all(),
                        .from = *Moment::read("2020-01-01 00:00:00")},
                       coach.account);
      addresses.push_back("/participants/" + one.id.text);
    }
    return addresses;
  });
}

void must_lead_on(const std::string& reply) {
  if (!reply.starts_with("HTTP/1.1 303")) throw std::logic_error("not taken: " + reply.substr(0, 60));
}

void write_meeting(Browser& browser, const std::string& address) {
  const auto page = browser.get(address + "/meetings/new");
  must_lead_on(browser.post(address + "/meetings", "token=" + Browser::hidden(page, "token") + "&once=" + Browser::hidden(page, "once") +
                                                       "&kind=network&form=room&about=planning&time=08:30&rows=2&present=participant&date=" +
                                                       days_from_now(-1) + "&notes=Vill+prova.&what-1=Ringer&who-1=participant&due-1=" +
                                                       days_from_now(3) + "&what-2=Bokar&who-2=participant&due-2=" + days_from_now(9)));
}

void time_page(Browser& browser, std::string_view what, const std::string& address, std::string_view promised) {
  if (!browser.get(address).starts_with("HTTP/1.1 200")) throw std::logic_error("no such page: " + address);
  say(what, median_ms(100, [&] { browser.get(address); }), "ms", promised);
}

}  // namespace

void working(const Setting& setting) {
  const auto addresses = work_of_a_coach(setting.sqlite);
  Serving program(setting.sqlite);
  Browser browser(program.port());
  browser.sign_in("coach", password);
  int days = 0;
  for (const auto& address : addresses) {
    const auto page = browser.get(address + "/baton");
    must_lead_on(browser.post(address + "/baton", "token=" + Browser::hidden(page, "token") + "&seen=&step=ringer&step_on=" + days_from_now(days++ % 20)));
    write_meeting(browser, address);
  }
  time_page(browser, "my day, sixty cases by name with batons and agreements", "/my-day", "at most 10");

  const auto& long_one = addresses.front();
  const auto token = Browser::hidden(browser.get(long_one + "/baton"), "token");
  for (int note = 0; note != 200; ++note)
    must_lead_on(browser.post(long_one + "/notes", "token=" + token + "&kind=planning&text=Kom+i+tid."));
  for (int meeting = 0; meeting != 99; ++meeting) write_meeting(browser, long_one);
  time_page(browser, "a case with three hundred events", long_one, "at most 10");

  say("a meeting with two agreements: its form, written and durable", median_ms(50, [&] { write_meeting(browser, addresses.back()); }), "ms", "at most 20");
}

}  // namespace stafett::bench
