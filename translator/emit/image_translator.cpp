// See image_translator.h.
#include "translator/emit/image_translator.h"

#include <algorithm>

#include "translator/ir/build.h"

namespace stwasm::emit {
namespace {

using image::SpecialObject;

constexpr uint32_t kNamedPrimitive = 117;
constexpr uint32_t kMarkUnwind = 198;
constexpr uint32_t kMarkHandler = 199;
constexpr uint32_t kFirstQuickReturn = 256;
constexpr uint32_t kLastQuickReturn = 519;

bytecode::BytecodeSet bytecodeSet(image::BytecodeSet set) {
  return set == image::BytecodeSet::kSistaV1 ? bytecode::BytecodeSet::kSistaV1
                                             : bytecode::BytecodeSet::kV3PlusClosures;
}

int highestReceiverVariable(const ir::MethodIr& method) {
  int highest = -1;
  for (const ir::Body& body : method.bodies)
    highest = std::max(highest, body.facts.maxReceiverVariable);
  return highest;
}

}  // namespace

Result<Program> ImageTranslator::translateAll() {
  program_.functionNames.emplace_back();
  if (Status status = addSelectors()) return status;
  const auto methods = model_.methods();
  for (size_t i = 0; i < methods.size(); ++i) {
    if (options_.progress) options_.progress(i, methods.size());
    if (Status status = addMethod(methods[i])) return status;
  }
  return std::move(program_);
}

// The special selectors come first, so that their ids are the same in every program.
Status ImageTranslator::addSelectors() {
  for (const auto& special : model_.specialSelectors()) program_.constants.selector(special.selector);
  return Status::success();
}

Status ImageTranslator::addMethod(const image::MethodEntry& entry) {
  if (!seenMethods_.emplace(entry.method, true).second) return Status::success();
  auto planned = plan(entry);
  if (!planned) return planned.takeError();
  if (!options_.translateMethods) return Status::success();
  MethodPlan& method = *planned;
  std::string reason = refusal(method);
  if (reason.empty())
    if (auto shapeReason = decideShape(method)) reason = *shapeReason;
  if (!reason.empty()) {
    program_.refusals.push_back({method.name, reason});
    return Status::success();
  }
  method.id = static_cast<MethodId>(program_.methods.size());
  assignNames(method);
  const size_t functions = program_.functionNames.size();
  const size_t entries = program_.entries.size();
  const CodeIndex code = addFunction(method.bodyNames[0]);
  for (size_t i = 1; i < method.bodyNames.size(); ++i)
    program_.entries.push_back({method.id, static_cast<uint32_t>(method.ir.bodies[i].startPc),
                                EntryKind::kBlock, addFunction(method.bodyNames[i])});
  auto text = emitBodies(method);
  if (!text) {
    program_.functionNames.resize(functions);
    program_.entries.resize(entries);
    program_.refusals.push_back({method.name, render(text.takeError())});
    return Status::success();
  }
  program_.methods.push_back({entry.method, code, method.shape});
  program_.functions += *text;
  program_.translatedBytecodes += static_cast<uint32_t>(method.view.bytecodes().size());
  return Status::success();
}

Result<std::string> ImageTranslator::translateOne(const image::MethodEntry& entry) {
  program_.functionNames.emplace_back();
  auto planned = plan(entry);
  if (!planned) return planned.takeError();
  std::string reason = refusal(*planned);
  if (reason.empty())
    if (auto shapeReason = decideShape(*planned)) reason = *shapeReason;
  if (!reason.empty())
    return fail(Diagnostic("stays with the interpreter: " + reason).inMethod(planned->name));
  assignNames(*planned);
  return emitBodies(*planned);
}

Result<MethodPlan> ImageTranslator::plan(const image::MethodEntry& entry) const {
  const std::string name = fmt::format("{}>>{}", model_.className(entry.behavior),
                                       model_.selectorText(entry.selector));
  auto view = image::CompiledMethodView::create(model_.graph(), entry.method);
  if (!view) return inMethod(view.takeError(), name);
  const image::MethodHeader& header = view->header();
  analysis::MethodShape shape;
  shape.bytecodeSet = bytecodeSet(header.bytecodeSet);
  shape.numArgs = static_cast<int>(header.argumentCount);
  shape.numTemps = static_cast<int>(header.temporaryCount);
  shape.numLiterals = static_cast<int>(header.literalCount);
  MethodPlan plan{entry, *view, {}, 0, kAnyShape, name, {}, std::nullopt, false, false};
  if (shape.bytecodeSet != bytecode::BytecodeSet::kV3PlusClosures) return plan;
  auto method = ir::buildMethodIr(view->bytecodes(), shape);
  if (!method) return inFile(inMethod(method.takeError(), name), model_.graph().fileName());
  plan.ir = std::move(*method);
  plan.primitive = primitiveFunction(*view);
  plan.marksUnwind = view->primitiveNumber() == kMarkUnwind;
  plan.receiverIsSmallInteger = entry.behavior == model_.special(SpecialObject::kClassSmallInteger);
  return plan;
}

std::optional<PrimitiveFunction> ImageTranslator::primitiveFunction(
    const image::CompiledMethodView& view) const {
  const uint32_t number = view.primitiveNumber();
  if (number == 0 || number == kMarkUnwind || number == kMarkHandler) return std::nullopt;
  if (number >= kFirstQuickReturn && number <= kLastQuickReturn) return std::nullopt;
  std::string name = std::to_string(number);
  if (number == kNamedPrimitive) {
    const auto named = view.namedPrimitive();
    if (!named) return std::nullopt;
    name = fmt::format("{}_{}", named->module, named->function);
  }
  const int numArgs = static_cast<int>(view.header().argumentCount);
  if (!options_.primitiveFunction) return std::nullopt;
  return options_.primitiveFunction(name, numArgs);
}

std::string ImageTranslator::refusal(const MethodPlan& plan) const {
  if (plan.view.bytecodeSet() != image::BytecodeSet::kV3PlusClosures)
    return "its bytecode set is not translated yet";
  if (plan.ir.numArgs > 15) return "more than 15 arguments";
  for (const ir::Body& body : plan.ir.bodies) {
    if (body.facts.usesActiveContext) return "it uses thisContext";
    if (body.facts.usesBlockCopy) return "it makes BlockContexts";
    if (body.numArgs > 15) return "a block has more than 15 arguments";
    if (body.numFixedSlots + body.facts.maxDepth > 255) return "its frame is too large";
    for (const ir::Instruction& instruction : body.instructions) {
      const bool send = instruction.opcode == ir::Opcode::kSend || instruction.opcode == ir::Opcode::kSendSuper;
      if (!send) continue;
      if (!plan.view.literals()[static_cast<size_t>(instruction.a)].isObject()) return "a selector is no object";
      if (instruction.b > 15) return "a send has more than 15 arguments";
    }
  }
  return {};
}

// Instance variables are read without a check, so the receiver's struct type has to be known:
// lookups give translated code only to receivers of the required shape.
std::optional<std::string> ImageTranslator::decideShape(MethodPlan& plan) const {
  const int highest = highestReceiverVariable(plan.ir);
  if (highest < 0) return std::nullopt;
  const auto spec = model_.instanceSpec(plan.entry.behavior);
  if (!spec || static_cast<uint32_t>(highest) >= spec->namedSlotCount)
    return "it uses an instance variable that its class does not have";
  for (image::ObjectId c = plan.entry.behavior; c != image::kNil; c = model_.superclass(c))
    for (const SpecialObject special : {SpecialObject::kClassContext, SpecialObject::kClassBlockClosure})
      if (c == model_.special(special)) return "it uses instance variables of " + model_.className(c);
  if (spec->format == image::Format::kFixed && spec->namedSlotCount <= kMaxFixedSlots) {
    plan.shape = highest + 1;
  } else if (spec->format == image::Format::kFixed || spec->format == image::Format::kIndexedPointers ||
             spec->format == image::Format::kWeak) {
    plan.shape = kIndexedShape;
  } else {
    return "it uses instance variables of a class without pointer fields";
  }
  return std::nullopt;
}

void ImageTranslator::assignNames(MethodPlan& plan) {
  std::string base = watName(plan.name);
  if (const int times = usedNames_[base]++; times > 0) base += fmt::format("#{}", times + 1);
  for (const ir::Body& body : plan.ir.bodies)
    plan.bodyNames.push_back(
        body.isBlock() ? fmt::format("{}@block{}", base, plan.view.pcOfOffset(static_cast<uint32_t>(body.startPc)))
                       : base);
}

CodeIndex ImageTranslator::addFunction(const std::string& name) {
  program_.functionNames.push_back(name);
  return static_cast<CodeIndex>(program_.functionNames.size() - 1);
}

Result<std::string> ImageTranslator::emitBodies(const MethodPlan& plan) {
  std::string out;
  for (size_t i = 0; i < plan.ir.bodies.size(); ++i) {
    const ir::Body& body = plan.ir.bodies[i];
    auto tree = ir::structurize(body);
    if (!tree) return tree.takeError();
    BodyEmitter emitter(model_, program_.constants, plan, body, {options_.comments});
    out += emitter.emit(*tree, plan.bodyNames[i]);
    if (!options_.loopEntries || plan.marksUnwind) continue;
    auto loops = emitLoopEntries(plan, body);
    if (!loops) return loops.takeError();
    out += *loops;
  }
  return out;
}

// Engines do not replace a running function by its optimised version, and a captured frame goes on
// in the interpreter: a loop comes back to translated code at its head, when the operand stack is empty.
Result<std::string> ImageTranslator::emitLoopEntries(const MethodPlan& plan, const ir::Body& body) {
  std::string out;
  for (size_t i = 0; i < body.blocks.size(); ++i) {
    const ir::BasicBlock& block = body.blocks[i];
    if (!block.isLoopHead) continue;
    auto tree = ir::structurize(body, static_cast<int>(i));
    if (!tree) return tree.takeError();
    const uint32_t pc = static_cast<uint32_t>(block.startPc);
    const std::string name = fmt::format("{}@loop{}", plan.bodyNames[static_cast<size_t>(body.index)],
                                         plan.view.pcOfOffset(pc));
    BodyEmitter emitter(model_, program_.constants, plan, body, {options_.comments});
    out += emitter.emit(*tree, name, LoopEntryPoint{static_cast<int>(i)});
    program_.entries.push_back({plan.id, pc, EntryKind::kLoopHead, addFunction(name)});
  }
  return out;
}

}  // namespace stwasm::emit
