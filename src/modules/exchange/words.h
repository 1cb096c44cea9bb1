// Words as registers write them: dates, sex, years, yes and no more than that. What is empty or says that nothing is
// known is missing, which is an answer; what cannot be read is none of these.
#pragma once

#include <optional>
#include <string_view>

#include "base/date.h"
#include "decision/decision.h"
#include "participant/participant.h"

namespace stafett::exchange {

// "", "-", "okänt", "uppgift saknas", "vet ej" …
bool says_nothing(std::string_view word);

// 2024-03-01, 20240301, 240301, 1/3 2024, 1.3.2024, 1 mars 2024, and with a time of midnight behind it.
std::optional<Date> read_date(std::string_view word);

// kvinna, k, kv, 2 · man, m, 1 · annat. SCB writes 1 for men and 2 for women.
std::optional<participant::Sex> read_sex(std::string_view word);

// ny, nytt beslut · förlängning
std::optional<decision::Form> read_form(std::string_view word);

}  // namespace stafett::exchange
