#include "verify/verify.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>
#include <map>

namespace stafett::verify {
namespace {

using Place = std::pair<std::string, long long>;  // chain, number

const unsigned char* bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string from_hexadecimal(const std::string& text) {
  std::string raw(text.size() / 2, '\0');
  std::size_t length = 0;
  if (sodium_hex2bin(reinterpret_cast<unsigned char*>(raw.data()), raw.size(), text.data(), text.size(),
                     nullptr, &length, nullptr) != 0)
    return {};
  raw.resize(length);
  return raw;
}

std::vector<std::string> parts(const std::string& line) {
  std::vector<std::string> parts(1);
  for (const char c : line)
    if (c == '\t')
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

std::string hash_of(const Key& key, const std::string& before, const std::string& fields) {
  const auto text = before + "\n" + fields;
  unsigned char hash[32];
  crypto_generichash(hash, sizeof hash, bytes(text), text.size(), bytes(key.chain), key.chain.size());
  char digits[2 * sizeof hash + 1];
  return sodium_bin2hex(digits, sizeof digits, hash, sizeof hash);
}

bool is_signed(const Key& key, const std::string& text, const std::string& signature) {
  const auto raw = from_hexadecimal(signature);
  return raw.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(bytes(raw), bytes(text), text.size(), bytes(key.verifying)) == 0;
}

class Proof {
 public:
  explicit Proof(const Key& key) : key_(key) {}

  // The line after "entry\t".
  void take_entry(const std::string& line) {
    ++outcome_.entries;
    const auto last = line.rfind('\t');
    const auto fields = line.substr(0, last), hash = last == line.npos ? "" : line.substr(last + 1);
    const auto all = parts(fields);
    if (all.size() != 15) return fault("En rad i loggen är ingen post: " + fields.substr(0, 80));
    const Place place{all[0], std::atoll(all[1].c_str())};
    auto& before = ends_[place.first];
    if (place.second != before.number + 1 || all[1] != std::to_string(place.second))
      fault("Före post " + name(place) + " saknas något.");
    if (hash != hash_of(key_, before.hash, fields))
      fault("Post " + name(place) + " är ändrad, eller står inte där den skrevs.");
    before = {place.second, hash};
    hashes_[place] = hash;
  }

  // Checkpoints that were kept in one place, each line as it was signed, with its signature last.
  void take_checkpoints(const std::vector<std::string>& lines) {
    long long serial = 0;
    std::map<std::string, long long> longest;
    for (const auto& line : lines) {
      ++outcome_.checkpoints;
      const auto all = parts(line);
      const auto text = line.substr(0, line.rfind('\t'));
      if (all.size() != 6 || !is_signed(key_, text, all[5])) {
        fault("Ingen har undertecknat avstämningen: " + text.substr(0, 80));
        continue;
      }
      if (std::atoll(all[0].c_str()) != serial + 1)
        fault("Avstämning " + std::to_string(serial + 1) + " saknas eller står fel.");
      serial = std::atoll(all[0].c_str());
      const Place place{all[1], std::atoll(all[2].c_str())};
      auto& before = longest[place.first];
      if (place.second <= before) fault("Avstämning " + all[0] + " säger mindre än en tidigare.");
      before = std::max(before, place.second);
      said_.push_back({place, all[3]});
      outcome_.latest = std::max(outcome_.latest, all[4]);
    }
  }

  void compare(std::size_t kept, std::size_t elsewhere) {
    if (kept < elsewhere)
      fault("Avstämning " + std::to_string(kept + 1) + " har skickats men finns inte i loggen.");
  }

  Outcome end() {
    for (const auto& [place, head] : said_) {
      const auto found = hashes_.find(place);
      if (found == hashes_.end())
        fault("Loggen saknar post " + name(place) + ", som en avstämning gjordes vid.");
      else if (found->second != head)
        fault("Post " + name(place) + " är inte den som avstämningen gjordes vid.");
    }
    return std::move(outcome_);
  }

 private:
  struct End {
    long long number = 0;
    std::string hash;
  };
  static std::string name(const Place& place) { return place.first + ":" + std::to_string(place.second); }
  void fault(std::string what) {
    if (outcome_.faults.size() < 100) outcome_.faults.push_back(std::move(what));
  }

  const Key& key_;
  Outcome outcome_;
  std::map<std::string, End> ends_;
  std::map<Place, std::string> hashes_;
  std::vector<std::pair<Place, std::string>> said_;
};

}  // namespace

Key read_key(std::istream& in) {
  std::string heading, chain, verifying;
  std::getline(in, heading);
  std::getline(in, chain);
  std::getline(in, verifying);
  const Key key{from_hexadecimal(chain), from_hexadecimal(verifying)};
  if (heading != "stafett log proving key 1" || key.chain.size() != 32 || key.verifying.size() != 32)
    return {};
  return key;
}

Outcome prove(std::istream& log, std::istream& sent, const Key& key) {
  Proof proof(key);
  std::vector<std::string> kept, elsewhere;
  for (std::string line; std::getline(log, line);) {
    if (line.starts_with("checkpoint\t"))
      kept.push_back(line.substr(11));
    else
      proof.take_entry(line.starts_with("entry\t") ? line.substr(6) : line);
  }
  for (std::string line; std::getline(sent, line);)
    if (!line.empty()) elsewhere.push_back(line);
  proof.take_checkpoints(kept);
  proof.take_checkpoints(elsewhere);
  proof.compare(kept.size(), elsewhere.size());
  return proof.end();
}

}  // namespace stafett::verify
