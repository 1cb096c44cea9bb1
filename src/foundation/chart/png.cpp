#include "chart/png.h"

#include <librsvg/rsvg.h>

#include <cmath>
#include <memory>
#include <stdexcept>

namespace stafett::chart {
namespace {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* thing) const {
    release(thing);
  }
};
using Picture = std::unique_ptr<RsvgHandle, Release<g_object_unref>>;
using Surface = std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Release<cairo_destroy>>;

[[noreturn]] void fail(GError* error) {
  const std::string why = error ? error->message : "unknown reason";
  if (error) g_error_free(error);
  throw std::runtime_error("chart::png: " + why);
}

Picture read(std::string_view svg) {
  GError* error = nullptr;
  Picture picture(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
  if (!picture) fail(error);
  return picture;
}

cairo_status_t append(void* out, const unsigned char* bytes, unsigned count) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string png(std::string_view svg, int width) {
  const auto picture = read(svg);
  double natural_width = 0, natural_height = 0;
  if (!rsvg_handle_get_intrinsic_size_in_pixels(picture.get(), &natural_width, &natural_height) ||
      natural_width <= 0)
    throw std::runtime_error("chart::png: an SVG without a size");
  const int height = static_cast<int>(std::lround(width * natural_height / natural_width));
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
  const Context context(cairo_create(surface.get()));
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  const RsvgRectangle all{0, 0, double(width), double(height)};
  GError* error = nullptr;
  if (!rsvg_handle_render_document(picture.get(), context.get(), &all, &error)) fail(error);
  std::string bytes;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &bytes) != CAIRO_STATUS_SUCCESS) fail(nullptr);
  return bytes;
}

}  // namespace stafett::chart
