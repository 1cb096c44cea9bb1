#include "file/csv.h"

#include <doctest/doctest.h>

#include "file/table.h"
#include "text/translation.h"

using namespace stafett;
using namespace stafett::file;

namespace {

using namespace std::string_literals;

// The rows of a file as "heading|heading/cell|cell/…", or the message it is refused with.
std::string read(std::string bytes, const TableLimits& limits = {}) {
  const auto table = read_table(std::move(bytes), limits);
  if (!table) return "!" + text::told(text::Language::english, table.error().faults.front());
  std::string out;
  for (const auto& heading : table->headings) out += (out.empty() ? "" : "|") + heading;
  for (std::size_t i = 0; i != table->size(); ++i) {
    const auto row = (*table)[i];
    for (std::size_t c = 0; c != row.size(); ++c) out += (c == 0 ? "/" : "|") + std::string(row[c]);
  }
  return out;
}

bool refused(const std::string& answer, std::string_view words) {
  INFO(answer);
  return answer.starts_with('!') && answer.find(words) != std::string::npos;
}

}  // namespace

TEST_SUITE("csv") {
  TEST_CASE("a register is read whichever way a Swedish spreadsheet saved it") {
    const std::string expected = "kön|hemkommun/kvinna|Malmö/man|Åre";
    CHECK(read("kön;hemkommun\nkvinna;Malmö\nman;Åre\n") == expected);
    CHECK(read("kön;hemkommun\r\nkvinna;Malmö\r\nman;Åre") == expected);
    CHECK(read("kön;hemkommun\rkvinna;Malmö\rman;Åre\r") == expected);
    CHECK(read("\xef\xbb\xbfkön,hemkommun\nkvinna,Malmö\nman,Åre\n") == expected);
    CHECK(read("kön\themkommun\nkvinna\tMalmö\nman\tÅre\n") == expected);
    CHECK(read("k\xf6n;hemkommun\nkvinna;Malm\xf6\nman;\xc5re\n") == expected);
    CHECK(read("sep=,\r\nkön,hemkommun\nkvinna,Malmö\nman,Åre\n") == expected);
    CHECK(read("\xff\xfek\0\xf6\0n\0\t\0o\0r\0t\0\n\0"
               "1\0\t\0\xc5\0"s) == "kön|ort/1|Å");
    CHECK(read("\xfe\xff\0k\0\xf6\0n\0\n\0"
               "1"s) == "kön/1");
  }

  TEST_CASE("a dash of Windows-1252 after a Swedish letter is no sign of UTF-8") {
    CHECK(read("ort;tid\n\xc5\x96;2024\x96"
               "25\n") == "ort|tid/Å–|2024–25");
  }

  TEST_CASE("the separator is the one that the headings are divided by") {
    CHECK(read("a;b\n1,5;2,5\n") == "a|b/1,5|2,5");
    CHECK(read("\"a;b;c\",d\n1,2\n") == "a;b;c|d/1|2");
    CHECK(read("ensam\nx\n") == "ensam/x");
  }

  TEST_CASE("a quoted cell may hold separators, line ends and doubled quotation marks") {
    CHECK(read("a;b\n\"x;y\";\"sade \"\"hej\"\"\"\n\"\";\"två\r\nrader\"\n") ==
          "a|b/x;y|sade \"hej\"/|två\r\nrader");
    CHECK(read("a;b\n5\" rör;x\n") == "a|b/5\" rör|x");
  }

  TEST_CASE("every row knows its line in the file, even after empty lines and cells of several lines") {
    const auto table = read_table("\r\na;b\r\n\r\n1;\"x\r\ny\"\r\n;;;\r\n2;z\r\n");
    REQUIRE(table);
    REQUIRE(table->size() == 2);
    CHECK(table->heading_line == 2);
    CHECK((*table)[0].line() == 4);
    CHECK((*table)[1].line() == 7);
  }

  TEST_CASE("a row may be shorter than the headings; what it lacks is empty") {
    const auto table = read_table("a;b;c\n1\n1;2;3;4\n");
    REQUIRE(table);
    CHECK((*table)[0].size() == 1);
    CHECK((*table)[0][2].empty());
    CHECK((*table)[1][3] == "4");
  }

  TEST_CASE("a quotation mark that is not closed is told with the line where it began") {
    CHECK(refused(read("a;b\n1;2\n\"x;y\n3;4\n"), "Line 3"));
    CHECK(refused(read("a;b\n1;2\n\"x\"y;z\n"), "Line 3"));
    CHECK(refused(read("a;b\n\"x;y\n1;\"z\"\n"), "Line 2"));
    CHECK(refused(read("a;b\n\"" + std::string(100'000, 'x')), "Line 2"));
  }

  TEST_CASE("two encodings in one file are told with the line") {
    CHECK(refused(read("ort;x\nMalmö;1\nUme\xe5;2\n"), "Line 3"));
    CHECK(refused(read("ort;x\nUme\xe5;2\nMalmö;1\n"), "mixed encodings"));
    CHECK(refused(read("\xef\xbb\xbfort;x\nUme\xe5;2\n"), "Line 2"));
  }

  TEST_CASE("what is no text is refused with the line") {
    CHECK(refused(read("a;b\n1;2\n1;\0\n"s), "Line 3"));
    CHECK(refused(read("a;b\n\x01;\n"), "Line 2"));
    CHECK(refused(read("a;b\n\x81;\xe5\n"), "Line 2: Here is something that is not text"));
  }

  TEST_CASE("an empty file is refused, and so are columns of the same name") {
    CHECK(refused(read(""), "empty"));
    CHECK(refused(read("\xef\xbb\xbf\r\n ;;\r\n"), "empty"));
    CHECK(refused(read("\xa0\xa0;\xa0\r\n"), "empty"));  // no-break spaces
    CHECK(refused(read("kön;namn;KÖN\n1;2;3\n"), "Columns 1 and 3"));
    CHECK(read("a;;b;;\n1;2;3;4;5\n") == "a||b/1|2|3|4|5");
  }

  TEST_CASE("a file of another kind is refused with its right name") {
    CHECK(refused(read("%PDF-1.7\n"), "PDF"));
    CHECK(refused(read("\x89PNG\r\n\x1a\n"), "picture"));
    CHECK(refused(read("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0k\0b\0o\0o\0k\0"s), "old format (.xls)"));
    CHECK(refused(read("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"s),
                  "password"));
    CHECK(refused(read("\n <HTML><table><tr><td>1"), "web page"));
    CHECK(refused(read("{\\rtf1 x}"), "document"));
    CHECK(refused(read("\x1f\x8b\x08"), "Unpack"));
  }

  TEST_CASE("every limit is told with its figure") {
    const TableLimits small{.megabytes = 1, .rows = 2, .columns = 3, .cells = 9, .cell_bytes = 5};
    CHECK(refused(read(std::string(1'100'000, 'x'), small), "larger than 1 MB"));
    CHECK(refused(read("a\n1\n2\n3\n", small), "more than 2 rows"));
    CHECK(read("a\n1\n2\n", small) == "a/1/2");
    CHECK(refused(read("a;b;c;d\n", small), "Line 1: The row has 4 columns"));
    CHECK(refused(read("a;b\n1;åäö\n", small), "Line 2: The cell in column 2"));
    std::string wide = "a";
    for (int i = 0; i != 9'999; ++i) wide += ";a" + std::to_string(i);
    CHECK(refused(read(wide), "has 10000 columns; at most 1000"));
  }

  TEST_CASE("a text that a spreadsheet would take for a formula is written with an apostrophe before it") {
    for (const std::string text :
         {"=1+1", "+46 70", "-cmd", "@SUM", "\tx", " =1", "＝1", "＋1", "－x", "＠x", "-1+2", "+1;2"}) {
      INFO(text);
      std::string out;
      append_csv_row(out, std::vector<Value>{text});
      CHECK(out == "\"'" + text + "\"\r\n");
      CHECK(read("a\r\n" + out) == "a/" + text);  // and is itself again when read
    }
    for (const std::string text : {"'=1+1", "''=1"}) {  // and what looks like one that is guarded already
      INFO(text);
      std::string out;
      append_csv_row(out, std::vector<Value>{text});
      CHECK(read("a\r\n" + out) == "a/" + text);
    }
    // Whoever opens the file with commas must not meet a formula either.
    for (const auto& [text, written] : {std::pair{"a,=cmd", "\"a,'=cmd\""},
                                        {"a; +cmd()", "\"a;' +cmd()\""},
                                        {"a\n@x", "\"a\n'@x\""},
                                        {"Arbete, - studier", "\"Arbete, - studier\""},
                                        {"a,-5", "\"a,-5\""}}) {
      INFO(text);
      std::string out;
      append_csv_row(out, std::vector<Value>{text});
      CHECK(out == written + std::string("\r\n"));
      CHECK(read("a;b\r\n;" + out) == std::string("a|b/|") + text);
    }
    for (const std::string text : {"-5", "+12.5", "-0.25", "-", "–5", "2024-01-01", "a=b"}) {
      INFO(text);
      std::string out;
      append_csv_row(out, std::vector<Value>{text});
      CHECK(out == text + "\r\n");
    }
  }

  TEST_CASE("figures are written with a decimal comma, shares from their counts") {
    const Sheet sheet{
        .headings = {"avslutning", "antal; alla", "andel", "månader", "från"},
        .rows = {{"Arbete", std::int64_t{28}, Share{28, 65}, Decimal{8.714, 2}, Date::of(2024, 1, 31)},
                 {"En \"annan\"", std::monostate{}, Share{0, 0}, Decimal{-0.04}, Date::of(2024, 1, 1)}}};
    CHECK(write_csv(sheet) ==
          "\xef\xbb\xbf"
          "avslutning;\"antal; alla\";andel;månader;från\r\n"
          "Arbete;28;43,1 %;8,71;2024-01-31\r\n"
          "\"En \"\"annan\"\"\";;..;0,0;2024-01-01\r\n");
    CHECK(write_csv(sheet, '.').find("43.1 %;8.71") != std::string::npos);
  }
}
