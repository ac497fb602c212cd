// Real images, read, written and read again.
#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include "tests/unit/image_writer/graphs.h"
#include "translator/image/image_reader.h"
#include "translator/image_writer/image_writer.h"

namespace stwasm::image_writer::testing {
namespace {

using image::ImageHeader;
using image::ObjectGraph;

void checkRewriting(const std::string& path) {
  CAPTURE(path);
  const ObjectGraph graph = llvm::cantFail(image::readImage(path));
  for (const bool bigEndian : {false, true}) {
    ImageHeader header = graph.header();
    header.bigEndian = bigEndian;
    const std::vector<uint8_t> file = llvm::cantFail(writeImage(graph, header));
    const ObjectGraph again = llvm::cantFail(image::readImageBytes(file, "again.image"));
    CHECK(difference(graph, again) == "");
    CHECK(sameSettings(header, again.header()));
  }
}

TEST_CASE("real images are the same after writing") {
  const char* folder = std::getenv("STWASM_IMAGES");  // NOLINT(concurrency-mt-unsafe)
  if (folder == nullptr) {
    MESSAGE("skipped: STWASM_IMAGES does not name a folder with images");
    return;
  }
  for (const char* name :
       {"cuis5", "cuis7-sista", "codeparadise-sista", "headless", "candle64", "empharo64",
        "v3-mini", "v3-jittest", "v3-squeakjs-be", "v3-bootstrapped"}) {
    checkRewriting(std::string(folder) + "/" + name + ".image");
  }
}

}  // namespace
}  // namespace stwasm::image_writer::testing
