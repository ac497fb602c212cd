// Reads an image and writes it again with the image writer: stwasm_rewrite_image FROM TO
// [big|little|NUMBER|segments|scattered], the NUMBER being that of another format for the same
// graph.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "translator/image/image_reader.h"
#include "translator/image_writer/image_writer.h"

namespace {

constexpr uint64_t kLowFloatWordFirst = 2;  // of the header's flags
constexpr uint64_t kSegmentBytes = 100'000;

void setByteOrder(stwasm::image::ImageHeader& header, bool big) {
  header.bigEndian = big;
  header.flags &= ~kLowFloatWordFirst;
  if (!big) header.flags |= kLowFloatWordFirst;
}

stwasm::Status rewrite(const std::string& from, const std::string& to, const std::string& change) {
  auto graph = stwasm::image::readImage(from);
  if (!graph) return graph.takeError();
  stwasm::image::ImageHeader header = graph->header();
  stwasm::image_writer::WriteOptions options;
  if (change == "big" || change == "little") {
    setByteOrder(header, change == "big");
  } else if (change == "segments") {
    options.segmentBytes = kSegmentBytes;
  } else if (change == "scattered") {
    options.scattered = true;
    options.segmentBytes = kSegmentBytes;
  } else if (!change.empty()) {
    header.formatNumber = static_cast<uint32_t>(std::strtoul(change.c_str(), nullptr, 10));
  }
  return stwasm::image_writer::writeImageFile(*graph, header, to, options);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    fmt::print(stderr,
               "usage: stwasm_rewrite_image FROM TO [big|little|NUMBER|segments|scattered]\n");
    return 2;
  }
  if (auto status = rewrite(argv[1], argv[2], argc > 3 ? argv[3] : "")) {
    fmt::print(stderr, "{}\n", stwasm::render(std::move(status)));
    return 1;
  }
  return 0;
}
