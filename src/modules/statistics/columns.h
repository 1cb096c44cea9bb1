// Facts in memory: one small whole number per row and column, so that a million participations are counted in
// a millisecond. A cache that can be thrown away; the database is the truth. It never holds a name, a code or
// a personnummer: a person is only the place where their rows begin.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/date.h"
#include "statistics/measure.h"

namespace stafett::statistics {

inline constexpr std::uint16_t missing = 0;  // the first number of every column: "uppgift saknas"

// What the numbers of a column stand for. Number 0 is missing and has an empty word.
class Dictionary {
 public:
  std::vector<std::string> words{""};

  // The word's number, a new one if it has none. At most 65,536 words; throws std::length_error beyond.
  std::uint16_t number(std::string_view word);

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, std::uint16_t, Hash, std::equal_to<>> numbers_{{"", missing}};
  std::array<std::uint16_t, 64> recent_{};  // by a rough hash: most columns have few words, in no order
};

using Narrow = std::vector<std::uint8_t>;  // up to 256 different values
using Wide = std::vector<std::uint16_t>;

struct Column {
  std::variant<Narrow, Wide> numbers;
  std::vector<std::string> words;  // as in the database: "woman", "0980", "jobbvagen-ar"; [0] is missing

  bool is_there() const { return !words.empty(); }
};

// Days are counted from here, from 1; 0 is no date. Days outside 1900–2078 are kept at the nearest end.
inline constexpr int day_one = -25567;  // 1900-01-01
inline constexpr std::uint16_t no_day = 0;
std::uint16_t day_number(Date);

// The rows of one fact, those of one person after each other.
struct Rows {
  std::size_t count = 0;
  std::array<Column, dimension_count> columns;    // by Dimension; those the fact does not have are not there
  std::array<Wide, event_count> days;             // by Event
  std::array<Column, event_count> years, months;  // of those days: "2024", "2024-05"
  Column owner;                                   // the organisation whose persons they are
  Column only_year;                               // 1 where of the days only the year of the start is known
  Narrow starts_person;                           // 1 where the next person's rows begin
  std::uint32_t most_of_one_person = 0;           // rows

  const Column& column(Dimension, Event own_date) const;
};

struct Facts {
  std::array<Rows, fact_count> rows;                                // by Fact
  std::unordered_map<std::string, std::string> intervention_names;  // by id
  std::unordered_map<std::string, std::vector<std::string>>
      destinations;  // by intervention, in its own order
  std::unordered_map<std::string, std::vector<std::string>> decisions;
  // Of the tables when they were read (db::Transaction::mark_of): those of persons, and those of contacts.
  std::string mark, contact_mark;

  const Rows& of(Fact fact) const { return rows[static_cast<std::size_t>(fact)]; }
  std::size_t bytes() const;
};

// Takes rows in any order and makes columns of them, sorted by person.
class Gathering {
 public:
  explicit Gathering(Fact);

  struct Row {
    std::uint32_t person;  // numbered from 0, without gaps
    std::string_view owner;
    std::array<std::string_view, dimension_count>
        words;  // those of dimensions the fact does not have are left alone
    std::array<std::uint16_t, event_count> days{};
    bool only_year = false;  // an anonymous participant: the day started is some day of the year
  };
  void add(const Row&);
  Rows done() &&;

 private:
  struct Pile {
    Dictionary dictionary;
    Wide numbers;
    void add(std::string_view word) { numbers.push_back(dictionary.number(word)); }
    Column column(std::span<const std::uint32_t> order) &&;
  };
  Fact fact_;
  std::array<bool, dimension_count> has_;
  std::array<Pile, dimension_count> piles_;
  Pile owners_;
  std::array<Wide, event_count> days_;
  Wide only_year_;
  std::vector<std::uint32_t> persons_;
};

}  // namespace stafett::statistics
