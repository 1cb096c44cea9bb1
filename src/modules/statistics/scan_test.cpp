#include "statistics/scan.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace stafett;
using namespace stafett::statistics;

namespace {

struct Made {
  std::uint32_t person;
  std::string site, destination, municipality;
  std::uint16_t referred, started, ended;
};

// Rows as a register could have them, in no order; more sites than a byte can number.
std::vector<Made> made(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Made> all;
  for (std::size_t i = 0; i < count; ++i) {
    const auto started = static_cast<std::uint16_t>(44'000 + random() % 1500);
    all.push_back({static_cast<std::uint32_t>(random() % (count / 2 + 1)),
                   "site " + std::to_string(random() % 300),
                   random() % 5 == 0 ? "" : "destination " + std::to_string(random() % 9),
                   std::to_string(1000 + random() % 20),
                   random() % 7 == 0 ? no_day : static_cast<std::uint16_t>(started - random() % 60), started,
                   random() % 3 == 0 ? no_day : static_cast<std::uint16_t>(started + random() % 400)});
  }
  return all;
}

Rows rows_of(const std::vector<Made>& all) {
  Gathering gathering(Fact::participation);
  // Persons are numbered from 0 without gaps, as they are when they are read.
  std::map<std::uint32_t, std::uint32_t> number;
  for (const auto& one : all) {
    Gathering::Row row{number.emplace(one.person, number.size()).first->second, "owner", {}, {}};
    row.words[static_cast<std::size_t>(Dimension::site)] = one.site;
    row.words[static_cast<std::size_t>(Dimension::destination)] = one.destination;
    row.words[static_cast<std::size_t>(Dimension::municipality)] = one.municipality;
    row.days[static_cast<std::size_t>(Event::referred)] = one.referred;
    row.days[static_cast<std::size_t>(Event::started)] = one.started;
    row.days[static_cast<std::size_t>(Event::ended)] = one.ended;
    gathering.add(row);
  }
  return std::move(gathering).done();
}

const Column& column(const Rows& rows, Dimension dimension) { return rows.column(dimension, Event::ended); }

std::vector<std::uint8_t> numbers(const Column& column, const std::set<std::string>& words) {
  std::vector<std::uint8_t> numbers;
  for (const auto& word : column.words) numbers.push_back(words.contains(word));
  return numbers;
}

using Key = std::pair<std::string, std::string>;

std::map<Key, std::int64_t> by_words(const Scan& scan, const std::vector<std::uint32_t>& counts) {
  std::map<Key, std::int64_t> found;
  const auto &first = scan.by[0]->words, &second = scan.by[1]->words;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) found[{first[i / second.size()], second[i % second.size()]}] = counts[i];
  return found;
}

const std::set<std::string> some_destinations{"destination 1", "destination 2", "destination 5", ""};
const std::set<std::string> many_municipalities{"1001", "1003", "1005", "1007", "1009", "1011"};

bool is_wanted(const Made& one) {
  return one.ended >= 44'200 && one.ended <= 45'300 && many_municipalities.contains(one.municipality);
}

Scan scan_of(const Rows& rows) {
  const auto& municipality = column(rows, Dimension::municipality);
  return {&rows,
          {&column(rows, Dimension::site), &column(rows, Dimension::destination)},
          {{&municipality, numbers(municipality, many_municipalities)}},
          {Window::between(rows.days[static_cast<std::size_t>(Event::ended)], 44'200, 45'300)}};
}

}  // namespace

TEST_SUITE("statistics: counting") {
  TEST_CASE("many rows on two threads are counted as one by one") {
    for (const std::size_t count : {0u, 1u, 4095u, 4096u, 4097u, 200'000u}) {
      const auto all = made(count, static_cast<unsigned>(count));
      const auto rows = rows_of(all);
      const auto scan = scan_of(rows);
      std::map<Key, std::int64_t> expected;
      for (const auto& one : all)
        if (is_wanted(one)) ++expected[{one.site, one.destination}];
      CHECK(by_words(scan, statistics::count(scan)) == expected);
    }
  }

  TEST_CASE("a person is counted once in a cell, however often they were there") {
    const auto all = made(150'000, 1);
    const auto rows = rows_of(all);
    const auto scan = scan_of(rows);
    std::map<Key, std::set<std::uint32_t>> persons;
    for (const auto& one : all)
      if (is_wanted(one)) persons[{one.site, one.destination}].insert(one.person);
    std::map<Key, std::int64_t> expected;
    for (const auto& [key, some] : persons) expected[key] = static_cast<std::int64_t>(some.size());
    CHECK(by_words(scan, count_persons(scan)) == expected);
  }

  TEST_CASE("who is wanted can be one value, a few, or many scattered ones") {
    const auto all = made(20'000, 2);
    const auto rows = rows_of(all);
    const auto& destination = column(rows, Dimension::destination);
    for (const auto& words :
         {std::set<std::string>{"destination 3"}, some_destinations, std::set<std::string>{}}) {
      const Scan scan{&rows, {}, {{&destination, numbers(destination, words)}}, {}};
      const auto expected =
          std::ranges::count_if(all, [&](const Made& one) { return words.contains(one.destination); });
      CHECK(statistics::count(scan) == std::vector<std::uint32_t>{static_cast<std::uint32_t>(expected)});
    }
  }

  TEST_CASE("who was there in a period has not ended before it, or not ended at all") {
    const auto all = made(20'000, 3);
    const auto rows = rows_of(all);
    const Scan scan{&rows,
                    {},
                    {},
                    {Window::between(rows.days[static_cast<std::size_t>(Event::started)], 1, 44'900),
                     Window::none_or_from(rows.days[static_cast<std::size_t>(Event::ended)], 44'800)}};
    const auto expected = std::ranges::count_if(all, [](const Made& one) {
      return one.started <= 44'900 && (one.ended == no_day || one.ended >= 44'800);
    });
    CHECK(statistics::count(scan)[0] == expected);
  }

  TEST_CASE("the days from referral to start are kept for those who have both") {
    const auto all = made(10'000, 4);
    const auto rows = rows_of(all);
    const Scan scan{&rows, {&column(rows, Dimension::municipality)}, {}, {}};
    const auto found = lengths(scan, rows.days[static_cast<std::size_t>(Event::referred)],
                               rows.days[static_cast<std::size_t>(Event::started)]);
    const auto& words = column(rows, Dimension::municipality).words;
    for (std::size_t number = 0; number < words.size(); ++number) {
      std::multiset<std::int32_t> expected;
      for (const auto& one : all)
        if (one.municipality == words[number] && one.referred != no_day)
          expected.insert(one.started - one.referred);
      CHECK(std::multiset(found.days.begin() + found.starts[number],
                          found.days.begin() + found.starts[number + 1]) == expected);
    }
  }

  TEST_CASE("years and months are those of the day") {
    Gathering gathering(Fact::decision);
    for (const auto* day : {"2024-02-29", "2023-12-31", "2024-01-01"}) {
      Gathering::Row row{0, "owner", {}, {}};
      row.days[static_cast<std::size_t>(Event::decided)] = day_number(*Date::read(day));
      gathering.add(row);
    }
    const auto rows = std::move(gathering).done();
    CHECK(rows.column(Dimension::year, Event::decided).words == std::vector<std::string>{"", "2023", "2024"});
    CHECK(rows.column(Dimension::month, Event::decided).words ==
          std::vector<std::string>{"", "2023-12", "2024-01", "2024-02"});
    CHECK(std::get<Narrow>(rows.column(Dimension::month, Event::decided).numbers) == Narrow{3, 1, 2});
    CHECK(rows.most_of_one_person == 3);
  }
}
