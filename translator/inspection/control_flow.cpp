// See control_flow.h.
#include "translator/inspection/control_flow.h"

#include <fmt/format.h>

#include "translator/bytecode/instruction_printer.h"
#include "translator/inspection/inspection.h"
#include "translator/ir/build.h"
#include "translator/listing/method_listing.h"

namespace stwasm::inspection {

namespace {

Status addCode(const image::ImageModel& model, image::ObjectId id, const std::string& name,
               bool isFullBlock, std::vector<CodeBodies>& found) {
  auto view = image::CompiledMethodView::create(model.graph(), id);
  if (!view) return inMethod(view.takeError(), name);
  analysis::MethodShape shape;
  shape.bytecodeSet = view->header().bytecodeSet;
  shape.numArgs = static_cast<int>(view->header().argumentCount);
  shape.numTemps = static_cast<int>(view->header().temporaryCount);
  shape.numLiterals = static_cast<int>(view->header().literalCount);
  shape.isFullBlock = isFullBlock;
  auto method = ir::buildMethodIr(view->bytecodes(), shape);
  if (!method) return inMethod(method.takeError(), name);
  found.push_back({name, *view, std::move(*method)});
  for (size_t i = 0; i < view->literals().size(); ++i) {
    const image::Value literal = view->literals()[i];
    if (!literal.isObject() || literal.objectId() == id) continue;
    if (model.graph().object(literal.objectId()).format != image::Format::kCompiledMethod) continue;
    auto block = image::CompiledMethodView::create(model.graph(), literal.objectId());
    if (!block) {
      llvm::consumeError(block.takeError());
      continue;
    }
    if (!block->isCompiledBlock()) continue;
    if (Status status =
            addCode(model, literal.objectId(), fmt::format("{} [block {}]", name, i), true, found))
      return status;
  }
  return Status::success();
}

// Text of a DOT label: lines that are aligned to the left.
std::string dotLine(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\\l";
}

class GraphPrinter {
 public:
  GraphPrinter(const image::ImageModel& model, const CodeBodies& code, int& cluster)
      : code_(code), options_(listing::printerOptions(model, code.view)), cluster_(cluster) {}

  std::string print(const ir::Body& body) {
    const int cluster = cluster_++;
    std::string out =
        fmt::format("  subgraph cluster{} {{\n    label=\"{}\";\n", cluster, code_.nameOf(body));
    for (size_t i = 0; i < body.blocks.size(); ++i) {
      const ir::BasicBlock& block = body.blocks[i];
      const std::string node = fmt::format("b{}_{}", cluster, i);
      out += fmt::format("    {} [label=\"{}\"{}];\n", node, labelOf(body, block),
                         block.isLoopHead ? ", peripheries=2" : "");
      out += edges(block, node, cluster);
    }
    return out + "  }\n";
  }

 private:
  std::string labelOf(const ir::Body& body, const ir::BasicBlock& block) const {
    std::string label;
    for (const ir::Instruction& instruction : body.instructionsOf(block))
      label += lineAt(instruction.pc);
    if (block.terminator.kind != ir::TerminatorKind::kFallthrough)
      label += lineAt(block.terminator.pc);
    return label;
  }

  std::string lineAt(int pc) const {
    auto text = bytecode::describeInstruction(code_.view.bytecodes(), pc, options_);
    if (!text) {
      llvm::consumeError(text.takeError());
      return "";
    }
    return dotLine(fmt::format("{} {}", code_.view.pcOfOffset(static_cast<uint32_t>(pc)), *text));
  }

  static std::string edges(const ir::BasicBlock& block, const std::string& node, int cluster) {
    const ir::Terminator& terminator = block.terminator;
    std::string out;
    const bool conditional = terminator.kind == ir::TerminatorKind::kConditionalJump;
    if (terminator.target != ir::kNoBlock)
      out += fmt::format("    {} -> b{}_{}{};\n", node, cluster, terminator.target,
                         conditional ? fmt::format(" [label=\"{}\"]", terminator.condition) : "");
    if (terminator.next != ir::kNoBlock)
      out += fmt::format("    {} -> b{}_{} [label=\"{}\"];\n", node, cluster, terminator.next,
                         !terminator.condition);
    return out;
  }

  const CodeBodies& code_;
  bytecode::PrinterOptions options_;
  int& cluster_;
};

}  // namespace

std::string CodeBodies::nameOf(const ir::Body& body) const {
  if (!body.isBlock() || body.isFullBlock) return name;
  return fmt::format("{} block at pc {}", name,
                     view.pcOfOffset(static_cast<uint32_t>(body.startPc)));
}

Result<std::vector<CodeBodies>> codeBodies(const image::ImageModel& model,
                                           const image::MethodEntry& entry) {
  std::vector<CodeBodies> found;
  if (Status status = addCode(model, entry.method, model.methodName(entry.method), false, found))
    return status;
  return found;
}

Result<std::string> controlFlowGraph(const image::ImageModel& model,
                                     const image::MethodEntry& entry) {
  auto bodies = codeBodies(model, entry);
  if (!bodies) return bodies.takeError();
  std::string out = "digraph method {\n  node [shape=box, fontname=monospace];\n";
  int cluster = 0;
  for (const CodeBodies& code : *bodies)
    for (const ir::Body& body : code.method.bodies)
      out += GraphPrinter(model, code, cluster).print(body);
  return out + "}\n";
}

}  // namespace stwasm::inspection
