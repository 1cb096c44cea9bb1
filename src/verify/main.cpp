// stafett-verify KEY LOG [CHECKPOINTS]: proves a log that `stafett log` wrote, against checkpoints that were
// sent away. Exit 0 when all holds, 1 when something does not, 2 when there was nothing to prove.
#include <fstream>
#include <iostream>
#include <sstream>

#include "verify/verify.h"

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) {
    std::cerr << "stafett-verify NYCKEL LOGG [AVSTÄMNINGAR]\n";
    return 2;
  }
  std::ifstream key_file(argv[1]), log(argv[2], std::ios::binary);
  const auto key = stafett::verify::read_key(key_file);
  if (key.chain.empty() || !log) {
    std::cerr << "stafett-verify: nyckeln eller loggen går inte att läsa. Hämta dem med stafett log --out "
                 "FIL --key FIL.\n";
    return 2;
  }
  std::ifstream sent_file;
  std::istringstream none;
  if (argc == 4) sent_file.open(argv[3], std::ios::binary);
  if (argc == 4 && !sent_file) {
    std::cerr << "stafett-verify: avstämningarna går inte att läsa: " << argv[3] << "\n";
    return 2;
  }
  const auto outcome = argc == 4 ? prove(log, sent_file, key) : prove(log, none, key);
  for (const auto& fault : outcome.faults) std::cerr << "stafett-verify: " << fault << "\n";
  std::cout << "Poster: " << outcome.entries << ". Avstämningar: " << outcome.checkpoints;
  if (!outcome.latest.empty()) std::cout << ", den senaste " << outcome.latest << " (UTC)";
  std::cout << ". " << (outcome.faults.empty() ? "Loggen håller ihop.\n" : "Loggen håller inte ihop.\n");
  return outcome.faults.empty() ? 0 : 1;
}
