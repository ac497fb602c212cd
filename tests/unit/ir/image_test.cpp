// Every method of a real image: verified, built, structured from its entry and from every loop
// head. Needs the folder of test images in the environment variable STWASM_IMAGES.
#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "translator/bytecode/instruction_decoder.h"
#include "translator/bytecode/instruction_printer.h"
#include "translator/image/image_model.h"
#include "translator/image/image_reader.h"
#include "translator/ir/build.h"
#include "translator/ir/structure.h"

namespace {

using namespace stwasm;  // NOLINT(google-build-using-namespace)

struct Totals {
  int methods = 0;
  int failures = 0;
  int scanned = 0;       // instructions
  int instructions = 0;  // reachable ones
  int closures = 0;
  int blocks = 0;
  int loopHeads = 0;
  int maxNesting = 0;
  int maxDepth = 0;
};

// Instructions by their pcs: a fallthrough is none, a quick return's is its callPrimitive.
void count(const ir::Body& body, Totals& totals) {
  for (const ir::BasicBlock& block : body.blocks) {
    std::set<int> pcs;
    for (const ir::Instruction& instruction : body.instructionsOf(block)) {
      pcs.insert(instruction.pc);
    }
    if (block.terminator.kind != ir::TerminatorKind::kFallthrough) pcs.insert(block.terminator.pc);
    totals.instructions += static_cast<int>(pcs.size());
    totals.loopHeads += block.isLoopHead ? 1 : 0;
  }
  totals.closures += body.isBlock() ? 1 : 0;
  totals.blocks += static_cast<int>(body.blocks.size());
  totals.maxDepth = std::max(totals.maxDepth, body.facts.maxDepth);
}

// All that stands in the method, reachable or not.
Result<int> countLines(const image::CompiledMethodView& method) {
  auto listing = bytecode::printInstructions(method.bytecodes(), {method.bytecodeSet(), {}, 0});
  if (!listing) return listing.takeError();
  return static_cast<int>(std::count(listing->begin(), listing->end(), '\n'));
}

Status structureBody(const ir::Body& body, Totals& totals) {
  for (size_t i = 0; i < body.blocks.size(); ++i) {
    if (i != 0 && !body.blocks[i].isLoopHead) continue;
    auto tree = ir::structurize(body, static_cast<int>(i));
    if (!tree) return tree.takeError();
    totals.maxNesting = std::max(totals.maxNesting, tree->maxNesting);
  }
  return Status::success();
}

Status translate(const image::CompiledMethodView& method, Totals& totals) {
  analysis::MethodShape shape;
  shape.bytecodeSet = method.bytecodeSet();
  shape.numArgs = static_cast<int>(method.header().argumentCount);
  shape.numTemps = static_cast<int>(method.header().temporaryCount);
  shape.numLiterals = static_cast<int>(method.literalCount());
  auto lines = countLines(method);
  if (!lines) return lines.takeError();
  totals.scanned += *lines;
  auto methodIr = ir::buildMethodIr(method.bytecodes(), shape);
  if (!methodIr) return methodIr.takeError();
  for (const ir::Body& body : methodIr->bodies) {
    count(body, totals);
    if (Status status = structureBody(body, totals)) return status;
  }
  return Status::success();
}

Totals translateImage(const std::string& path) {
  Totals totals;
  auto graph = image::readImage(path);
  if (!graph) FAIL(render(graph.takeError()));
  auto model = image::ImageModel::create(*graph);
  if (!model) FAIL(render(model.takeError()));
  for (image::ObjectId id : model->allCompiledCode()) {
    auto method = image::CompiledMethodView::create(*graph, id);
    if (method && bytecode::decoderFor(method->bytecodeSet()) == nullptr) continue;
    ++totals.methods;
    Status status = method ? translate(*method, totals) : method.takeError();
    if (status) {
      ++totals.failures;
      MESSAGE(render(inMethod(std::move(status), model->methodName(id))));
    }
  }
  MESSAGE(path << ": methods " << totals.methods << ", instructions " << totals.scanned
               << ", reachable " << totals.instructions << ", closures " << totals.closures
               << ", basic blocks " << totals.blocks << ", loop heads " << totals.loopHeads
               << ", nesting at most " << totals.maxNesting << ", stack at most "
               << totals.maxDepth);
  return totals;
}

// Null, said to be skipped, when there are no images.
const char* imageFolder() {
  const char* folder = std::getenv("STWASM_IMAGES");
  if (folder == nullptr) MESSAGE("skipped: STWASM_IMAGES is not set");
  return folder;
}

}  // namespace

TEST_CASE("every method of Cuis 5 is verified and structured") {
  const char* folder = imageFolder();
  if (folder == nullptr) return;
  const Totals totals = translateImage(std::string(folder) + "/cuis5.image");
  CHECK(totals.methods == 13657);
  CHECK(totals.failures == 0);
  CHECK(totals.scanned == 273651);
  CHECK(totals.closures == 3573);
}

TEST_CASE("so is every V3PlusClosures method of other images") {
  const char* folder = imageFolder();
  if (folder == nullptr) return;
  for (const char* name : {"headless", "candle64", "empharo64", "cuis7-sista"}) {
    const Totals totals = translateImage(fmt::format("{}/{}.image", folder, name));
    CHECK(totals.methods > 0);
    CHECK(totals.failures == 0);
  }
}
