// The figures of an image: see image_summary.h.
#include "translator/image/image_summary.h"

#include <set>

#include "translator/image/compiled_method.h"

namespace stwasm::image {

namespace {

void addMethod(const CompiledMethodView& method, Summary& summary) {
  ++summary.bytecodeSets[method.bytecodeSet()];
  if (method.isCompiledBlock()) ++summary.compiledBlocks;
  if (method.isQuickReturn()) {
    ++summary.quickReturns;
  } else if (method.primitiveNumber() != 0) {
    ++summary.primitives[method.primitiveNumber()];
  }
  if (const std::optional<NamedPrimitive> named = method.namedPrimitive()) {
    ++summary.namedPrimitives[{std::string(named->module), std::string(named->function)}];
  }
}

}  // namespace

Summary summarize(const ImageModel& model) {
  Summary summary;
  summary.objects = model.graph().objectCount();
  for (ObjectId id : model.behaviors())
    ++(model.isMetaclass(id) ? summary.metaclasses : summary.classes);
  std::set<ObjectId> selectors;
  for (const MethodEntry& entry : model.methods()) selectors.insert(entry.selector);
  summary.selectors = static_cast<uint32_t>(selectors.size());
  summary.installedMethods = static_cast<uint32_t>(model.methods().size());
  summary.compiledCode = static_cast<uint32_t>(model.allCompiledCode().size());
  for (ObjectId id : model.allCompiledCode()) {
    Result<CompiledMethodView> method = CompiledMethodView::create(model.graph(), id);
    if (method) {
      addMethod(*method, summary);
    } else {
      llvm::consumeError(method.takeError());
      ++summary.unreadableMethods;
    }
  }
  return summary;
}

}  // namespace stwasm::image
