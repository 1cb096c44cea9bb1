#include "statistics/columns.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace stafett::statistics {
namespace {

template <class T>
std::size_t bytes_of(const std::vector<T>& numbers) {
  return numbers.capacity() * sizeof(T);
}
std::size_t bytes_of(const Column& column) {
  return std::visit([](const auto& numbers) { return bytes_of(numbers); }, column.numbers);
}

// Where each row is to be read from so that one person's rows follow each other.
std::vector<std::uint32_t> order_by_person(std::span<const std::uint32_t> persons) {
  const std::size_t highest = persons.empty() ? 0 : *std::ranges::max_element(persons) + std::size_t{1};
  std::vector<std::uint32_t> next(highest + 1, 0);
  for (const auto person : persons) ++next[person + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::uint32_t> order(persons.size());
  for (std::uint32_t row = 0; row < persons.size(); ++row) order[next[persons[row]]++] = row;
  return order;
}

template <class T>
std::vector<T> taken(const Wide& numbers, std::span<const std::uint32_t> order) {
  std::vector<T> sorted(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) sorted[i] = static_cast<T>(numbers[order[i]]);
  return sorted;
}

Date date_of(std::uint16_t day) { return {day_one + day - 1}; }

std::string two_digits(unsigned number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

// A column that is decided by the day alone: its number for every day between the first and the last.
template <class Number>
Column column_of_days(const Wide& days, std::vector<std::string> words,
                      const std::vector<std::uint16_t>& number_of) {
  Column column{std::vector<Number>(days.size()), std::move(words)};
  auto& numbers = std::get<std::vector<Number>>(column.numbers);
  for (std::size_t i = 0; i < days.size(); ++i) numbers[i] = static_cast<Number>(number_of[days[i]]);
  return column;
}

template <class Word>
Column divided(const Wide& days, Word word) {
  std::vector<std::string> words{""};
  std::vector<std::uint16_t> number_of(65536, missing);
  auto first = std::uint16_t{65535}, last = no_day;
  for (const auto day : days)
    if (day != no_day) first = std::min(first, day), last = std::max(last, day);
  for (unsigned day = first; day <= last; ++day) {
    auto name = word(date_of(static_cast<std::uint16_t>(day)));
    if (name != words.back()) words.push_back(std::move(name));
    number_of[day] = static_cast<std::uint16_t>(words.size() - 1);
  }
  return words.size() <= 256 ? column_of_days<std::uint8_t>(days, std::move(words), number_of)
                             : column_of_days<std::uint16_t>(days, std::move(words), number_of);
}

// Of whom only the year is known, the month is missing.
void forget_months(Rows& rows) {
  const auto& only_year = std::get<Narrow>(rows.only_year.numbers);
  auto& months = rows.months[static_cast<std::size_t>(Event::started)];
  std::visit(
      [&](auto& numbers) {
        for (std::size_t i = 0; i != numbers.size(); ++i)
          if (only_year[i]) numbers[i] = missing;
      },
      months.numbers);
}

}  // namespace

std::uint16_t Dictionary::number(std::string_view word) {
  const auto rough = word.empty() ? 0
                                  : word.size() * 7 + static_cast<unsigned char>(word.front()) * 5u +
                                        static_cast<unsigned char>(word.back());
  auto& recent = recent_[rough % recent_.size()];
  if (words[recent] == word) return recent;
  auto found = numbers_.find(word);
  if (found == numbers_.end()) {
    if (words.size() > 65535) throw std::length_error("more than 65,535 different values in one column");
    found = numbers_.emplace(word, static_cast<std::uint16_t>(words.size())).first;
    words.emplace_back(word);
  }
  return recent = found->second;
}

std::uint16_t day_number(Date date) {
  return static_cast<std::uint16_t>(std::clamp(date.days - day_one + 1, 1, 65535));
}

const Column& Rows::column(Dimension dimension, Event own_date) const {
  if (dimension == Dimension::year) return years[static_cast<std::size_t>(own_date)];
  if (dimension == Dimension::month) return months[static_cast<std::size_t>(own_date)];
  return columns[static_cast<std::size_t>(dimension)];
}

std::size_t Facts::bytes() const {
  std::size_t sum = 0;
  for (const auto& fact : rows) {
    for (const auto& column : fact.columns) sum += bytes_of(column);
    for (const auto& column : fact.years) sum += bytes_of(column);
    for (const auto& column : fact.months) sum += bytes_of(column);
    for (const auto& days : fact.days) sum += bytes_of(days);
    sum += bytes_of(fact.owner) + bytes_of(fact.only_year) + bytes_of(fact.starts_person);
  }
  return sum;
}

Column Gathering::Pile::column(std::span<const std::uint32_t> order) && {
  Column column;
  if (dictionary.words.size() <= 256)
    column.numbers = taken<std::uint8_t>(numbers, order);
  else
    column.numbers = taken<std::uint16_t>(numbers, order);
  column.words = std::move(dictionary.words);
  numbers = Wide();
  return column;
}

Gathering::Gathering(Fact fact) : fact_(fact) {
  for (const auto& division : dimensions()) {
    const bool is_date = division.dimension == Dimension::year || division.dimension == Dimension::month;
    has_[static_cast<std::size_t>(division.dimension)] = !is_date && division.is_of(fact);
  }
}

void Gathering::add(const Row& row) {
  persons_.push_back(row.person);
  owners_.add(row.owner);
  only_year_.push_back(row.only_year);
  for (std::size_t i = 0; i < dimension_count; ++i)
    if (has_[i]) piles_[i].add(row.words[i]);
  for (std::size_t i = 0; i < event_count; ++i)
    if (fact_of(static_cast<Event>(i)) == fact_) days_[i].push_back(row.days[i]);
}

Rows Gathering::done() && {
  Rows rows;
  rows.count = persons_.size();
  const auto order = order_by_person(persons_);
  for (std::size_t i = 0; i < dimension_count; ++i)
    if (has_[i]) rows.columns[i] = std::move(piles_[i]).column(order);
  rows.owner = std::move(owners_).column(order);
  for (std::size_t i = 0; i < event_count; ++i) {
    if (fact_of(static_cast<Event>(i)) != fact_) continue;
    rows.days[i] = taken<std::uint16_t>(days_[i], order);
    days_[i] = Wide();
    rows.years[i] = divided(rows.days[i], [](Date date) { return std::to_string(date.year()); });
    rows.months[i] = divided(
        rows.days[i], [](Date date) { return std::to_string(date.year()) + "-" + two_digits(date.month()); });
  }
  if (std::ranges::find(only_year_, 1) != only_year_.end()) {
    rows.only_year = {taken<std::uint8_t>(only_year_, order), {"", "only year"}};
    forget_months(rows);
  }
  rows.starts_person.resize(rows.count);
  std::uint32_t run = 0;
  for (std::size_t i = 0; i < rows.count; ++i) {
    rows.starts_person[i] = i == 0 || persons_[order[i]] != persons_[order[i - 1]];
    run = rows.starts_person[i] ? 1 : run + 1;
    rows.most_of_one_person = std::max(rows.most_of_one_person, run);
  }
  return rows;
}

}  // namespace stafett::statistics
