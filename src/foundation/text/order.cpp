#include "text/order.h"

#include <unicode/coll.h>

#include <memory>
#include <stdexcept>

namespace stafett::text {
namespace {

std::unique_ptr<icu::Collator> swedish() {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(icu::Locale("sv"), error));
  if (collator) collator->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, error);
  if (U_FAILURE(error)) throw std::runtime_error(u_errorName(error));
  return collator;
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

}  // namespace

bool in_order(std::string_view before, std::string_view after) {
  static const auto collator = swedish();
  UErrorCode error = U_ZERO_ERROR;
  return collator->compareUTF8(piece(before), piece(after), error) == UCOL_LESS;
}

}  // namespace stafett::text
