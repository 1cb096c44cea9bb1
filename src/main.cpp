#include <sys/prctl.h>
#include <sys/resource.h>

#include <exception>
#include <iostream>
#include <new>

#include "app/commands.h"
#include "db/database.h"
#include "text/translation.h"

namespace {

// Keys and names are in memory: no dump of it is written, and no other process of the same user reads it.
void keep_memory_private() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace

// Faults that nobody could act on further down end here, as one line and nothing done.
int main(int argc, char** argv) {
  keep_memory_private();
  try {
    return stafett::app::run(argc, argv);
  } catch (const stafett::db::Failure& failure) {
    std::cerr << "stafett: " << stafett::text::translated(stafett::text::Language::swedish, failure.message) << "\n";
  } catch (const std::bad_alloc&) {
    std::cerr << "stafett: Minnet räcker inte. Stäng andra program eller dela upp filen.\n";
  } catch (const std::exception& fault) {
    std::cerr << "stafett: " << fault.what() << "\n";
  }
  return stafett::app::nothing_done;
}
