// Fuzzes the image libraries: whatever the bytes are, reading them ends with a graph and a model
// that can be used, or with one diagnostic. Built with -DSTWASM_LIBFUZZER it is a libFuzzer target;
// without, a program that mutates seed images, on every machine in the same way:
//   image_fuzz [ITERATIONS [FIRST [IMAGE...]]]
// With VERBOSE set in the environment it names each iteration, so that a crash can be repeated.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "tests/unit/image/tiny_image.h"
#include "tests/unit/image/v3_image_writer.h"
#include "translator/image/image_model.h"
#include "translator/image/image_reader.h"
#include "translator/image/image_summary.h"
#include "translator/support/text.h"

namespace stwasm::image {
namespace {

void require(bool condition, const char* what) {
  if (condition) return;
  fmt::print(stderr, "violated: {}\n", what);
  std::abort();
}

void checkReferences(const ObjectGraph& graph) {
  for (ObjectId id = 0; id < graph.objectCount(); ++id) {
    require(graph.object(id).classId < graph.objectCount(), "classes are objects");
    const auto endByte = uint64_t{graph.object(id).firstByte} + graph.object(id).byteCount;
    require(endByte <= graph.allBytes().size(), "bytes are in the pool");
    for (const Value value : graph.slots(id)) {
      require(!value.isObject() || value.objectId() < graph.objectCount(), "slots are objects");
    }
  }
  for (const ObjectId id : graph.classTable()) {
    require(id < graph.objectCount(), "the class table holds objects");
  }
}

size_t useMethods(const ImageModel& model) {
  size_t total = 0;
  for (const ObjectId id : model.allCompiledCode()) {
    total += model.methodName(id).size();
    Result<CompiledMethodView> method = CompiledMethodView::create(model.graph(), id);
    if (!method) {
      require(!render(method.takeError()).empty(), "failures say something");
      continue;
    }
    require(method->bytecodes().size() + method->trailer().size() == model.graph().bytes(id).size(),
            "bytecodes and trailer are all");
    total += method->endPc() + method->isQuickReturn();
  }
  return total;
}

size_t useModel(const ImageModel& model) {
  size_t total = useMethods(model);
  for (const ObjectId id : model.behaviors()) {
    total += model.className(id).size() + model.methodsOf(id).size();
    total += model.instanceSpec(id) ? 1 : 0;
    for (const ImageModel::SpecialSelector& special : model.specialSelectors().first(4)) {
      total += model.lookup(id, special.selector) ? 1 : 0;
    }
  }
  for (ObjectId id = 0; id < model.graph().objectCount(); ++id) {
    total += model.floatValue(id) ? 1 : 0;
  }
  Result<MethodEntry> entry = model.findMethod("Integer>>+");
  if (!entry) total += render(entry.takeError()).size();
  const Summary summary = summarize(model);
  return total + summary.selectors;
}

enum class Outcome : uint8_t { kRefusedByReader, kRefusedByModel, kUsed };

Outcome exercise(std::span<const uint8_t> bytes) {
  Result<ObjectGraph> graph = readImageBytes(bytes, "fuzz.image");
  if (!graph) {
    const std::string message = render(graph.takeError());
    require(message.starts_with("fuzz.image: "), "diagnostics name the file");
    require(message.find('\n') == std::string::npos, "there is one diagnostic");
    return Outcome::kRefusedByReader;
  }
  checkReferences(*graph);
  Result<ImageModel> model = ImageModel::create(*graph);
  if (!model) {
    require(render(model.takeError()).starts_with("fuzz.image: "), "diagnostics name the file");
    return Outcome::kRefusedByModel;
  }
  useModel(*model);
  return Outcome::kUsed;
}

}  // namespace
}  // namespace stwasm::image

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  stwasm::image::exercise({data, size});
  return 0;
}

#ifndef STWASM_LIBFUZZER

namespace stwasm::image {
namespace {

// SplitMix64: small, and the same on every machine.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t next() {
    uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
  }
  size_t below(size_t limit) { return limit == 0 ? 0 : next() % limit; }

 private:
  uint64_t state_;
};

// The header and what follows it matter most, the rest of the file evenly.
size_t somewhere(Random& random, size_t size) {
  return random.below(8) == 0 ? random.below(std::min<size_t>(size, 600)) : random.below(size);
}

void mutateOnce(std::vector<uint8_t>& file, Random& random) {
  if (file.size() < 16) return;
  const size_t width = random.below(2) == 0 ? 4 : 8;
  const size_t at = std::min(somewhere(random, file.size()) / width * width, file.size() - 8);
  switch (random.below(9)) {
    case 0:
      file[at + random.below(8)] ^= static_cast<uint8_t>(1 << random.below(8));
      break;
    case 1:
      file[at + random.below(8)] = static_cast<uint8_t>(random.next());
      break;
    case 2: {  // small change of a number or pointer
      uint32_t word;
      std::memcpy(&word, &file[at], 4);
      word += static_cast<uint32_t>(random.below(33)) - 16;
      std::memcpy(&file[at], &word, 4);
      break;
    }
    case 3:
      std::memset(&file[at], random.below(2) == 0 ? 0 : 0xFF, width);
      break;
    case 4:
      file.resize(random.below(2) == 0
                      ? at
                      : file.size() - random.below(std::min<size_t>(file.size(), 64)));
      break;
    default: {  // another word of the file: a pointer stays a pointer
      const size_t from = random.below(file.size() - 8) / width * width;
      std::memmove(&file[at], &file[from], width);
      break;
    }
  }
}

void addV3Seeds(std::vector<std::vector<uint8_t>>& seeds) {
  using Writer = testing::V3ImageWriter;
  for (const bool bigEndian : {false, true}) {
    for (const uint32_t format : {6502U, 6505U}) {
      testing::TinyV3Image image({format, bigEndian, 0x10000});
      Writer& w = image.writer;
      const uint32_t selector = image.string("run");
      const uint32_t method = w.add({12,
                                     0,
                                     image.methodClass,
                                     5,
                                     {Writer::integer(264 | 1 << 9), w.object(selector)},
                                     {0x00, 0x7C, 10, 20, 30, 252},
                                     false});
      image.addClass("Thing", testing::TinyV3Image::format(1, 1), 40, {{selector, method}});
      w.add({3,
             0,
             image.contextClass,
             6,
             std::vector<Writer::Slot>(9, Writer::integer(3)),
             {},
             false});
      w.add({6, 0, image.floatClass, 3, {}, std::vector<uint8_t>(8, 63), false});
      w.setFreeWords(5);
      seeds.push_back(image.file());
    }
  }
}

std::vector<std::vector<uint8_t>> tinySeeds() {
  std::vector<std::vector<uint8_t>> seeds;
  addV3Seeds(seeds);
  for (const uint32_t wordSize : {4U, 8U}) {
    for (const bool bigEndian : {false, true}) {
      testing::SpurImageWriter::Options options;
      options.wordSize = wordSize;
      options.bigEndian = bigEndian;
      testing::TinyImage image(options);
      testing::SpurImageWriter& w = image.writer;
      const std::vector<uint8_t> code = {139, 117, 0, 0x70, 0x7C, 0, 0, 0, 0};
      const testing::Oop loop = w.pointers(8, 7, {image.nil});
      w.pointers(testing::kAssociationIndex, 1, {loop, w.bytes(testing::kStringIndex, "text")});
      w.endSegment(4096);
      const testing::Oop selector = image.symbol("run");
      const testing::Oop method =
          w.method(testing::kCompiledMethodIndex, 1 << 16 | 1, {image.specialObjects}, code);
      image.addClass("Thing", 70, image.objectClass, 1 << 16, {{selector, method}});
      seeds.push_back(image.file());
    }
  }
  return seeds;
}

int run(uint64_t iterations, uint64_t first, const std::vector<std::vector<uint8_t>>& seeds) {
  using Clock = std::chrono::steady_clock;
  const bool verbose = std::getenv("VERBOSE") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  std::map<Outcome, uint64_t> outcomes;
  double slowest = 0;
  uint64_t slowestIteration = 0;
  for (uint64_t i = first; i < first + iterations; ++i) {
    if (verbose) fmt::print(stderr, "iteration {}\n", i);
    Random random(i);
    std::vector<uint8_t> file = seeds[i % seeds.size()];
    for (size_t n = 1 + random.below(6); n > 0; --n) mutateOnce(file, random);
    const Clock::time_point start = Clock::now();
    ++outcomes[exercise(file)];
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (seconds > slowest) slowestIteration = i;
    slowest = std::max(slowest, seconds);
  }
  fmt::print(
      "{} inputs: {} refused by the reader, {} by the model, {} used; slowest {:.0f} ms ({})\n",
      iterations, outcomes[Outcome::kRefusedByReader], outcomes[Outcome::kRefusedByModel],
      outcomes[Outcome::kUsed], slowest * 1000, slowestIteration);
  return 0;
}

}  // namespace
}  // namespace stwasm::image

int main(int argc, char** argv) {
  const uint64_t iterations = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2000;
  const uint64_t first = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0;
  std::vector<std::vector<uint8_t>> seeds = stwasm::image::tinySeeds();
  for (int i = 3; i < argc; ++i) {
    auto file = stwasm::readFile(argv[i]);
    if (!file) {
      fmt::print(stderr, "{}\n", stwasm::render(file.takeError()));
      return 2;
    }
    const llvm::StringRef bytes = (*file)->getBuffer();
    seeds.emplace_back(bytes.bytes_begin(), bytes.bytes_end());
  }
  return stwasm::image::run(iterations, first, seeds);
}

#endif
