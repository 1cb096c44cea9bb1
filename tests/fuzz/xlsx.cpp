// Any bytes as an Excel file; and any bytes as the sheet, the texts and the styles of a sound one, past the
// packing.
#include <cstdint>
#include <string>

#include "file/table.h"
#include "file/zip.h"

using namespace stafett::file;

namespace {

std::string workbook(std::string_view bytes) {
  const auto third = bytes.size() / 3;
  const auto piece = [&](std::size_t i) { return std::string(bytes.substr(i * third, third)); };
  const std::string type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  return zipped(
      {{"xl/workbook.xml", R"(<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>)"},
       {"xl/_rels/workbook.xml.rels",
        R"(<Relationships><Relationship Id="r1" Type=")" + type + R"(worksheet" Target="sheet.xml"/>)" +
            R"(<Relationship Id="r2" Type=")" + type + R"(sharedStrings" Target="texts.xml"/>)" +
            R"(<Relationship Id="r3" Type=")" + type + R"(styles" Target="styles.xml"/></Relationships>)"},
       {"xl/sheet.xml", "<worksheet><sheetData>" + piece(0) + "</sheetData></worksheet>"},
       {"xl/texts.xml", "<sst>" + piece(1) + "</sst>"},
       {"xl/styles.xml", "<styleSheet><cellXfs>" + piece(2) + "</cellXfs></styleSheet>"}});
}

void walk(const std::string& bytes) {
  const auto table = read_xlsx(bytes, {.megabytes = 1, .rows = 1'000});
  if (!table) return;
  for (std::size_t i = 0; i != table->size(); ++i)
    for (std::size_t c = 0; c != (*table)[i].size() + 1; ++c) static_cast<void>((*table)[i][c]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  walk(text);
  walk(workbook(text));
  return 0;
}
