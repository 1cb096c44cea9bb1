#include <exception>
#include <iostream>
#include <new>

#include "app/commands.h"
#include "db/database.h"
#include "text/translation.h"

// Faults that nobody could act on further down end here, as one line and nothing done.
int main(int argc, char** argv) {
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
