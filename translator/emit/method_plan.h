// What is decided about a method before its text is written: names, code indices, the receiver's
// shape. The emitter of a body reads it; the translator of the image makes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "translator/analysis/stack_depth.h"
#include "translator/emit/program.h"
#include "translator/image/image_model.h"
#include "translator/ir/method_ir.h"
#include "translator/ir/structure.h"

namespace stwasm::emit {

struct MethodPlan {
  image::MethodEntry entry;
  image::CompiledMethodView view;
  ir::MethodIr ir;
  MethodId id = 0;
  RequiredShape shape = kAnyShape;
  std::string name;                            // Class>>selector, for people
  std::vector<std::string> bodyNames;          // WAT names by body index
  std::vector<ir::StructuredTree> trees;       // by body index
  std::optional<PrimitiveFunction> primitive;  // called first
  bool missesPrimitive = false;                // it names one that the runtime does not have
  bool receiverIsI31 = false;
  bool marksUnwind = false;                    // primitive 198
  image::ObjectId classBinding = image::kNil;  // whose value's superclass super sends begin at
  // Full blocks: the CompiledBlocks among this code's literals, translated with it.
  std::vector<MethodPlan> fullBlocks;
  std::vector<int>
      fullBlockLiterals;  // literal indices: of the CompiledBlock, or of a closure with it
  int nesting = 0;        // of a full block: the blocks around it
  std::string refused;    // of a full block: why it stays with the interpreter
  bool receiverIsActivation = false;     // a Context or closure: the runtime has its variables
  analysis::MethodShape codeShape = {};  // what the IR was built with
  uint32_t floatSlots = 0;  // of the receiver: Floats there are changed in place (float_slots.h)

  bool isFloatSlot(int index) const {
    return shape > 0 && index < 32 && (floatSlots >> static_cast<uint32_t>(index) & 1U) != 0;
  }

  const MethodPlan* fullBlockAt(int literal) const {
    for (size_t i = 0; i < fullBlocks.size(); ++i)
      if (fullBlockLiterals[i] == literal) return &fullBlocks[i];
    return nullptr;
  }

  // Then the temporaries of all its bodies are in the heap: see body_block_contexts.cpp.
  bool makesBlockContexts() const {
    for (const ir::Body& body : ir.bodies)
      if (body.isBlockContext) return true;
    return false;
  }

  // Bodies with non-local returns in nested blocks have to know when they are left.
  bool isHome(const ir::Body& body) const {
    return !body.isBlock() && body.facts.hasNestedNonLocalReturn;
  }
};

}  // namespace stwasm::emit
