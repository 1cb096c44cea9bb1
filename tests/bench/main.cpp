// build/release/stafett_bench SQLITE [POSTGRESQL] [-- NAME…]   run by tools/bench, which makes the databases.
#include <cstdio>
#include <cstring>

#include "access/log.h"
#include "tests/bench/bench.h"

namespace stafett::bench {
namespace {

struct Bench {
  std::string_view name;
  void (*run)(const Setting&);
};
constexpr Bench all[] = {
    {"reading", reading},
    {"counting", counting},
    {"protecting", protecting},
    {"importing", importing},
    {"finding", finding},
    {"serving", serving},
    {"deciding", deciding},
    {"withdrawing", withdrawing},
    {"opening", opening},
    {"sampling", sampling},
    {"working", working},
};

bool is_wanted(std::string_view name, const std::vector<std::string_view>& names) {
  return names.empty() || std::ranges::find(names, name) != names.end();
}

}  // namespace

void say(std::string_view what, double value, std::string_view unit, std::string_view promised) {
  std::printf("  %-64.*s %10.2f %-6.*s", static_cast<int>(what.size()), what.data(), value,
              static_cast<int>(unit.size()), unit.data());
  if (!promised.empty()) std::printf(" (%.*s)", static_cast<int>(promised.size()), promised.data());
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace stafett::bench

int main(int argc, char** argv) {
  using namespace stafett::bench;
  stafett::access::use_log_key(stafett::access::new_log_key());
  Setting setting;
  std::vector<std::string_view> names;
  bool names_begin = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--") == 0)
      names_begin = true;
    else if (names_begin)
      names.emplace_back(argv[i]);
    else
      (setting.sqlite.empty() ? setting.sqlite : setting.postgresql) = argv[i];
  }
  for (const auto& bench : all) {
    if (!is_wanted(bench.name, names)) continue;
    std::printf("%.*s\n", static_cast<int>(bench.name.size()), bench.name.data());
    bench.run(setting);
  }
}
