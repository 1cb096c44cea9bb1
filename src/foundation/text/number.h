// Numbers, dates and periods as people write them. Swedish: 1 234,5 with a no-break space; 43,1 %; 31 maj
// 2025. English: 1,234.5; 43.1%; 31 May 2025. A minus is U+2212. Not for files: a machine reads none of this.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.h"
#include "text/translation.h"

namespace stafett::text {

std::string whole(std::int64_t, Language);
// Rounded half away from zero; at most 9 decimals. Not finite: "..".
std::string decimal(double value, int decimals, Language);

// `count` of `of`, never made from other percentages: 28 of 65 is "43,1 %". Reckoned in whole numbers,
// rounded half away from zero. Of nothing there is no share: "..".
std::string percent(std::int64_t count, std::int64_t of, Language, int decimals = 1);

std::string_view month_name(unsigned month, Language);  // 1 to 12: "maj", "May"
std::string month_words(Date, Language);                // maj 2025
std::string date_words(Date, Language);                 // 31 maj 2025
std::string moment_words(Moment, Language);             // 31 maj 2025 kl. 10.05, in Swedish time
// 2024 · 2023–2024 · 1 januari 2024–31 maj 2025 · från och med 1 januari 2024 · till och med 31 maj 2025 ·
// hela tiden
std::string period_words(const Period&, Language);

}  // namespace stafett::text
