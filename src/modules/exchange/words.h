// Words as registers write them: dates, sex, years, municipalities. What can only mean one thing is taken.
// What is empty or says that nothing is known is missing, which is an answer; the rest is a fault that says
// what to write.
#pragma once

#include <optional>
#include <string_view>

#include "base/date.h"
#include "base/message.h"
#include "decision/decision.h"
#include "participant/participant.h"

namespace stafett::exchange {

// "", "-", "okänt", "uppgift saknas", "vet ej" …
bool says_nothing(std::string_view word);

// 2024-03-01, 20240301, 240301, 24-03-01, 2024/03/01, 1/3 2024, 1/3-24, 1.3.2024, 1 mars 2024, 01-mar-24; a
// time of day behind it is left off. Not 03/04/2024, which is one day in Sweden and another in the United
// States.
std::optional<Date> read_date(std::string_view word);
Message no_date(std::string_view word);  // why not, and what to write

// kvinna, k, kv, 2 · man, m, 1 · annat. SCB writes 1 for men and 2 for women.
std::optional<participant::Sex> read_sex(std::string_view word);
std::string_view word_for(participant::Sex);  // kvinna, man, annat, or nothing
Message no_sex(std::string_view word);

// ny, nytt beslut · förlängning
std::optional<decision::Form> read_form(std::string_view word);
std::string_view word_for(decision::Form);

// A year of birth: 1980, or a whole date of birth. Never later than today, never before 1900.
std::optional<int> read_birth_year(std::string_view word, Date today);
Message no_birth_year(std::string_view word, Date today);

// The four digits for 0980, 980, Gotland, Gotlands kommun, Västerås stad, 0980 Gotland. Empty if there is no
// such one.
std::string_view read_municipality(std::string_view word);
Message no_municipality(std::string_view word);

}  // namespace stafett::exchange
