#include "code_list/code_list.h"

#include <doctest/doctest.h>

#include <set>

using namespace stafett::code_list;

TEST_SUITE_BEGIN("code_list");

TEST_CASE("there are 290 municipalities, each with four digits of its own and a name of its own") {
  std::set<std::string> codes, names;
  for (const auto& entry : municipalities().entries()) {
    CHECK(entry.code.size() == 4);
    codes.insert(entry.code);
    names.insert(entry.name);
  }
  CHECK(codes.size() == 290);
  CHECK(names.size() == 290);
  CHECK(municipalities().name_of("0980") == "Gotland");
  CHECK(municipalities().name_of("2281") == "Sundsvall");
  CHECK(municipalities().name_of("9999") == "9999");
}

TEST_CASE("a word is found by its code, its name or another word for it, whatever the case and spaces") {
  REQUIRE(municipalities().find(" UPPLANDS  väsby "));
  CHECK(municipalities().find("upplands väsby")->code == "0114");
  CHECK(incomes().find("Ekonomiskt bistånd")->code == "försörjningsstöd");
  CHECK(referrers().find("fk")->code == "Försäkringskassan");
  CHECK_FALSE(municipalities().find(""));
  CHECK_FALSE(incomes().find("pension"));
}

TEST_CASE("a near miss finds the name or the other word that was meant, and never a code") {
  CHECK(municipalities().nearest("Sundsval") == "Sundsvall");
  CHECK(incomes().nearest("socialbidrg") == "socialbidrag");
  CHECK_FALSE(municipalities().nearest("0981"));
  CHECK_FALSE(incomes().nearest("pension"));
}

TEST_CASE("what a list keeps it also finds, so that an export can be read again") {
  for (const auto* list : {&municipalities(), &incomes(), &referrers()})
    for (const auto& entry : list->entries()) {
      CHECK(list->find(entry.code)->code == entry.code);
      CHECK(list->find(entry.name)->code == entry.code);
    }
}

TEST_SUITE_END();
