// Chooses the writer of an object memory: see image_writer.h.
#include "translator/image_writer/image_writer.h"

#include "translator/image_writer/spur_writer.h"
#include "translator/image_writer/v3_writer.h"
#include "translator/support/text.h"

namespace stwasm::image_writer {

using image::ImageHeader;
using image::ObjectGraph;

namespace {

Result<std::vector<uint8_t>> writeAnyImage(const ObjectGraph& graph, const ImageHeader& header,
                                           const WriteOptions& options) {
  if (header.wordSize != graph.header().wordSize) {
    return fail("an object memory of {} bits cannot be written as one of {} bits",
                8 * graph.header().wordSize, 8 * header.wordSize);
  }
  switch (header.formatNumber) {
    case 6521:
    case 7033:
    case 68021:
    case 68533:
      return writeSpurImage(graph, header, options);
    case 6502:
    case 6504:
    case 6505:
      return writeV3Image(graph, header);
    default:
      return fail("images of format {} cannot be written", header.formatNumber);
  }
}

}  // namespace

Result<std::vector<uint8_t>> writeImage(const ObjectGraph& graph, const ImageHeader& header,
                                        const WriteOptions& options) {
  Result<std::vector<uint8_t>> file = writeAnyImage(graph, header, options);
  if (!file) return inFile(file.takeError(), graph.fileName());
  return file;
}

Result<std::vector<uint8_t>> writeImage(const ObjectGraph& graph) {
  return writeImage(graph, graph.header());
}

Status writeImageFile(const ObjectGraph& graph, const ImageHeader& header, const std::string& path,
                      const WriteOptions& options) {
  Result<std::vector<uint8_t>> file = writeImage(graph, header, options);
  if (!file) return file.takeError();
  return writeFile(path, {reinterpret_cast<const char*>(file->data()), file->size()});
}

}  // namespace stwasm::image_writer
