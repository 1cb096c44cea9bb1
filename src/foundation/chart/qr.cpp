#include "chart/qr.h"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

#include "text/markup.h"

namespace stafett::chart {

std::string qr(std::string_view text, std::string_view label) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M), QRcode_free);
  if (!code) throw std::length_error("a text too long for a square");
  constexpr int quiet = 4;
  std::string path;
  for (int y = 0; y != code->width; ++y)
    for (int x = 0; x != code->width; ++x)
      if (code->data[y * code->width + x] & 1)
        path += "M" + std::to_string(x + quiet) + " " + std::to_string(y + quiet) + "h1v1h-1z";
  const auto side = std::to_string(code->width + 2 * quiet);
  return "<svg viewBox=\"0 0 " + side + " " + side +
         "\" width=\"220\" height=\"220\" role=\"img\" aria-label=\"" + text::escaped(label) +
         "\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side + "H0z\"/><path fill=\"#000\" d=\"" + path +
         "\"/></svg>";
}

}  // namespace stafett::chart
