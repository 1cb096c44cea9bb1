// What the program promises to be quick at, measured. Each bench is a function in this list; main.cpp runs
// them.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace stafett::bench {

struct Setting {
  std::string sqlite;      // address of a database made by `stafett demo --participations N`
  std::string postgresql;  // address of an empty one, or nothing: then PostgreSQL is not compared with
};

void counting(const Setting&);     // a cross-table in the engine, and the same question in SQL
void reading(const Setting&);      // from the database into columns: time and memory
void protecting(const Setting&);   // tables for everyone: time, and whether anything can be worked out
void importing(const Setting&);    // a register into an empty database
void serving(const Setting&);      // the program: start, memory, pages
void deciding(const Setting&);     // who may see whom: time, and a million worlds compared with a model
void withdrawing(const Setting&);  // consents given and withdrawn while others read: is anybody let in after?
void opening(const Setting&);      // cases opened by many at once: decided, noted, durable
void working(const Setting&);      // a coach's day: sixty cases, a long one, a meeting written
void sampling(const Setting&);     // the month's sample of ten million entries in the log
void finding(const Setting&);      // a person by personal number, among all of them

// One line of the outcome: "cross-table in the engine   0.6 ms   (at most 2)".
void say(std::string_view what, double value, std::string_view unit, std::string_view promised = {});

template <class Work>
double seconds(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The middle one of so many runs, in milliseconds.
template <class Work>
double median_ms(int runs, Work work) {
  std::vector<double> times;
  for (int run = 0; run < runs; ++run) times.push_back(1000 * seconds(work));
  std::ranges::nth_element(times, times.begin() + runs / 2);
  return times[static_cast<std::size_t>(runs / 2)];
}

}  // namespace stafett::bench
