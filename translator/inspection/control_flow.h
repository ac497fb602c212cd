// The bodies of a method, and their control flow as a graph.
#pragma once

#include <string>
#include <vector>

#include "translator/image/image_model.h"
#include "translator/ir/method_ir.h"
#include "translator/support/result.h"

namespace stwasm::inspection {

// A CompiledMethod, or a CompiledBlock among its literals.
struct CodeBodies {
  std::string name;
  image::CompiledMethodView view;
  ir::MethodIr method;

  // "Point>>foo", "Point>>foo block at pc 30"
  std::string nameOf(const ir::Body& body) const;
};

// The method first, then its CompiledBlocks in the order of the literals.
Result<std::vector<CodeBodies>> codeBodies(const image::ImageModel& model,
                                           const image::MethodEntry& entry);

}  // namespace stwasm::inspection
