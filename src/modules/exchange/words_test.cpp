#include "exchange/words.h"

#include <doctest/doctest.h>

#include "text/translation.h"

using namespace stafett;
using namespace stafett::exchange;

namespace {

const Date today = Date::of(2026, 2, 3);
std::string in_swedish(const Message& message) { return text::translated(text::Language::swedish, message); }

}  // namespace

TEST_SUITE_BEGIN("exchange");

TEST_CASE("a date is read in every way that a Swedish register writes it") {
  const auto first_of_march = Date::of(2024, 3, 1);
  for (const auto* word : {"2024-03-01",
                           "20240301",
                           "240301",
                           "24-03-01",
                           "2024/03/01",
                           "2024.03.01",
                           "2024-3-1",
                           "1/3 2024",
                           "1/3-24",
                           "1/3 - 2024",
                           "1/3 24",
                           "1.3.2024",
                           "01.03.2024",
                           "1-3-2024",
                           "1 mars 2024",
                           "1 Mars 2024",
                           "01-mar-24",
                           "1 mar. 2024",
                           "1. mars 2024",
                           " 2024-03-01 ",
                           "2024-03-01 00:00",
                           "2024-03-01 09:30:15",
                           "2024-03-01T00:00:00",
                           "2024-03-01T00:00:00.000Z",
                           "2024-03-01\u00a0"}) {
    CAPTURE(word);
    CHECK(read_date(word) == first_of_march);
  }
  CHECK(read_date("31/12/2024") == Date::of(2024, 12, 31));
  CHECK(read_date("3/3/2024") == Date::of(2024, 3, 3));
  CHECK(read_date("29 februari 2024") == Date::of(2024, 2, 29));
}

TEST_CASE("what is no day, or could be two, is no date") {
  for (const auto* word :
       {"2024-13-01", "2023-02-29", "2024-02-30", "3/4/2024", "01.03.24", "2024-03", "2024", "mars 2024",
        "45352", "i mars", "1 marsch 2024", "2024-02-29T23:00:00Z", "2024-03-01 2024-03-02", "1/3",
        "2024-03-01x", "0-0-0", "1//3 2024", "99999999", "2024-03-0001"}) {
    CAPTURE(word);
    CHECK_FALSE(read_date(word));
  }
}

TEST_CASE("a date that cannot be taken says what it could have been") {
  CHECK(in_swedish(no_date("3/4/2024")) ==
        "”3/4/2024” kan vara 2024-04-03 eller 2024-03-04. Skriv det du menar.");
  CHECK(in_swedish(no_date("3/31/2024")) == "”3/31/2024” är inte ett datum. Menade du ”2024-03-31”?");
  CHECK(in_swedish(no_date("45352")) ==
        "”45352” är Excels sätt att spara 2024-03-01. Visa kolumnen som datum i Excel och spara igen.");
  CHECK(in_swedish(no_date("i mars")) == "”i mars” är inte ett datum. Skriv det som 2024-03-01.");
}

TEST_CASE("what says that nothing is known is missing, and missing is no fault") {
  for (const auto* word :
       {"", "  ", "-", "–", "..", "okänt", "Uppgift saknas", "VET EJ", "saknas", "NULL", "#N/A"}) {
    CAPTURE(word);
    CHECK(says_nothing(word));
  }
  CHECK(read_sex("uppgift saknas") == participant::Sex::missing);
  CHECK_FALSE(says_nothing("0"));
  CHECK_FALSE(says_nothing("ingen offentlig försörjning"));
}

TEST_CASE("sex is read as words, letters or SCB's numbers") {
  using participant::Sex;
  for (const auto* word : {"kvinna", "Kvinna", "K", "kv", "2"}) CHECK(read_sex(word) == Sex::woman);
  for (const auto* word : {"man", "MAN", "m", "1", "män"}) CHECK(read_sex(word) == Sex::man);
  CHECK(read_sex("annat") == Sex::other);
  CHECK_FALSE(read_sex("kvina"));
  CHECK_FALSE(read_sex("3"));
}

TEST_CASE("a year of birth is a year, or the year of a whole date") {
  CHECK(read_birth_year("1980", today) == 1980);
  CHECK(read_birth_year("1980-05-01", today) == 1980);
  CHECK(read_birth_year("19800501", today) == 1980);
  for (const auto* word : {"80", "2031", "1850", "19801301", "800501", "640823-3234", "1980-05", "okej"}) {
    CAPTURE(word);
    CHECK_FALSE(read_birth_year(word, today));
  }
  CHECK(in_swedish(no_birth_year("640823-3234", today)).find("640823") == std::string::npos);
  CHECK(in_swedish(no_birth_year("196408233234", today)).find("1964") == std::string::npos);
}

TEST_CASE("a municipality is known by its code, with or without its first nought, by its name, or by both") {
  for (const auto* word : {"0980", "980", "Gotland", "GOTLAND", "gotland ", "Gotlands kommun", "0980 Gotland",
                           "980 Gotland", "Gotland (0980)", "0980 - Gotlands kommun"}) {
    CAPTURE(word);
    CHECK(read_municipality(word) == "0980");
  }
  CHECK(read_municipality("Borås stad") == "1490");
  CHECK(read_municipality("Västerås stad") == "1980");
  CHECK(read_municipality("Upplands-Bro") == "0139");
  CHECK(read_municipality("0139 Upplands-Bro") == "0139");
  for (const auto* word : {"9999", "98", "Gottland", "0980 Västerås", "Månen", "0980 0139", "kommun"}) {
    CAPTURE(word);
    CHECK(read_municipality(word).empty());
  }
  CHECK(in_swedish(no_municipality("0980 Västerås")) ==
        "”0980 Västerås” säger två saker: 0980 är Gotland. Skriv det ena.");
  CHECK(in_swedish(no_municipality("Gottland")) == "”Gottland” är okänt. Menade du ”Gotland”?");
}

TEST_SUITE_END();
