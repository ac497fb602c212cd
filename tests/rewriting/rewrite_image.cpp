// Reads an image and writes it again with the image writer: stwasm_rewrite_image FROM TO
// [big|little]
#include <cstdio>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "translator/image/image_reader.h"
#include "translator/image_writer/image_writer.h"

namespace {

constexpr uint64_t kLowFloatWordFirst = 2;  // of the header's flags

stwasm::Status rewrite(const std::string& from, const std::string& to, std::string_view order) {
  auto graph = stwasm::image::readImage(from);
  if (!graph) return graph.takeError();
  stwasm::image::ImageHeader header = graph->header();
  if (!order.empty()) {
    header.bigEndian = order == "big";
    header.flags &= ~kLowFloatWordFirst;
    if (!header.bigEndian) header.flags |= kLowFloatWordFirst;
  }
  return stwasm::image_writer::writeImageFile(*graph, header, to);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    fmt::print(stderr, "usage: stwasm_rewrite_image FROM TO [big|little]\n");
    return 2;
  }
  if (auto status = rewrite(argv[1], argv[2], argc > 3 ? argv[3] : "")) {
    fmt::print(stderr, "{}\n", stwasm::render(std::move(status)));
    return 1;
  }
  return 0;
}
