// See image_translator.h.
#include "translator/emit/image_translator.h"

#include <algorithm>
#include <set>

#include "translator/emit/branch_hints.h"
#include "translator/emit/inlining_limit.h"
#include "translator/emit/resume_points.h"
#include "translator/ir/build.h"

namespace stwasm::emit {
namespace {

using image::SpecialObject;

constexpr int kMaxArguments = 15;
constexpr uint32_t kNamedPrimitive = 117;
constexpr uint32_t kSetImmutability = 164;

constexpr uint32_t kMarkUnwind = 198;
constexpr uint32_t kMarkHandler = 199;
constexpr uint32_t kFirstQuickReturn = 256;
constexpr uint32_t kLastQuickReturn = 519;
constexpr int64_t kMaxBlockArguments = 15;

// What inlining may add to all methods together, in instructions; 1 MB of Wasm is about 20,000.
int maxInlined(Goal goal) {
  switch (goal) {
    case Goal::kSize:
      return 0;
    case Goal::kBalance:
      return 22'000;
    case Goal::kSpeed:
      break;
  }
  return 40'000;
}

// Markers and quick returns have a number but nothing to call.
bool isCalled(uint32_t number) {
  return number != 0 && number != kMarkUnwind && number != kMarkHandler &&
         (number < kFirstQuickReturn || number > kLastQuickReturn);
}

// Whether some object is immutable, or some method can make one so.
bool knowsImmutability(const image::ImageModel& model) {
  const image::ObjectGraph& graph = model.graph();
  for (image::ObjectId id = 0; id < graph.objectCount(); ++id)
    if (graph.object(id).immutable) return true;
  return std::ranges::any_of(model.allCompiledCode(), [&](image::ObjectId id) {
    auto view = image::CompiledMethodView::create(graph, id);
    if (view) return view->primitiveNumber() == kSetImmutability;
    llvm::consumeError(view.takeError());
    return false;
  });
}

void addV3Facts(const image::CompiledMethodView& view, analysis::MethodShape& shape) {
  shape.primitive = static_cast<int>(view.primitiveNumber());
  for (const image::Value& literal : view.literals()) {
    const bool isCount = literal.isSmallInteger() && literal.smallInteger() >= 0 &&
                         literal.smallInteger() <= kMaxBlockArguments;
    shape.argumentCounts.push_back(isCount ? static_cast<int>(literal.smallInteger()) : -1);
  }
}

// Where V3's bytecodes end is a guess, and nobody needs to know: their own returns end them.
std::span<const uint8_t> codeBytes(const image::CompiledMethodView& view) {
  const std::span<const uint8_t> bytecodes = view.bytecodes();
  if (view.bytecodeSet() != bytecode::BytecodeSet::kV3) return bytecodes;
  return {bytecodes.data(), bytecodes.size() + view.trailer().size()};
}

// An image does not say which its second bytecode set is. A primitive of SistaV1 is called by the
// bytecode 248 at the method's begin, of NewspeakV4 by 249.
bool beginsAsNewspeak(const image::CompiledMethodView& method) {
  constexpr uint8_t kNewspeakCallPrimitive = 249;
  return method.bytecodeSet() == bytecode::BytecodeSet::kSistaV1 && method.header().hasPrimitive &&
         !method.bytecodes().empty() && method.bytecodes()[0] == kNewspeakCallPrimitive;
}

Status newspeakMethod() {
  return fail(Diagnostic("calls its primitive by bytecode 249, as methods of NewspeakV4 do")
                  .atPc(0)
                  .withHint("of second bytecode sets only SistaV1 is supported"));
}

}  // namespace

ImageTranslator::ImageTranslator(const image::ImageModel& model, TranslationOptions options)
    : model_(model),
      options_(std::move(options)),
      targets_(model),
      context_{model,
               targets_,
               ElementClasses(model),
               program_,
               {options_.comments, options_.debug, options_.profile, options_.instrument,
                !options_.instrument && !options_.debug.location, options_.records}} {
  program_.functionNames.emplace_back();
  program_.checksStores = knowsImmutability(model);
  program_.isV3 = !model.graph().header().isSpur();
  program_.makesBlockContexts = program_.isV3 && !model.graph().header().hasClosures();
}

Result<Program> ImageTranslator::translateAll() {
  addSpecialSelectors();
  if (Status status = planAll()) return status;
  for (size_t i = 0; i < planned_.size(); ++i) {
    if (options_.progress) options_.progress(i, planned_.size());
    program_.functions += emitCode(planned_[i]);
  }
  floatSlots_.enter(planned_, program_);
  if (options_.instrument) numberAllCode();
  return std::move(program_);
}

// What the interpreter counts has to be found by a method id, too.
void ImageTranslator::numberAllCode() {
  std::set<image::ObjectId> numbered;
  for (const TranslatedMethod& method : program_.methods) numbered.insert(method.method);
  for (const image::ObjectId code : model_.allCompiledCode())
    if (numbered.insert(code).second) program_.methods.push_back({code, 0, kAnyShape});
}

// These come first, so that their ids are the same in every program.
void ImageTranslator::addSpecialSelectors() {
  for (const auto& special : model_.specialSelectors())
    program_.constants.selector(special.selector);
}

Status ImageTranslator::planAll() {
  for (const image::MethodEntry& entry : model_.methods())
    if (seenMethods_.emplace(entry.method, true).second)
      if (Status status = planMethod(entry)) return status;
  targets_.setPlans(planned_);
  if (!options_.instrument && !options_.debug.temporaryName)
    floatSlots_ = FloatSlots(model_, planned_, options_.profile);
  switchingSelectors_ = switchingSelectors(model_);
  context_.inliningLimit = inliningLimit(planned_, targets_, maxInlined(options_.goal));
  return Status::success();
}

Status ImageTranslator::planMethod(const image::MethodEntry& entry) {
  auto planned = plan(entry);
  if (!planned) return planned.takeError();
  if (!options_.translateMethods) return Status::success();
  MethodPlan& method = *planned;
  if (isCold(method)) method.refused = "the profile never saw it run";
  complete(method);
  if (!method.refused.empty()) {
    program_.refusals.push_back({method.name, method.refused});
    return Status::success();
  }
  targets_.add(method, enter(method, watName(method.name)));
  planned_.push_back(std::move(method));
  ++program_.translatedMethods;
  return Status::success();
}

// What is cold is not worth its bytes where size counts: as bytecodes it is in the heap anyway.
bool ImageTranslator::isCold(const MethodPlan& plan) const {
  return options_.goal == Goal::kSize && options_.profile != nullptr &&
         options_.profile->of(plan.view.id()) == nullptr;
}

// Decides what is left to decide about a planned method, or why it stays with the interpreter.
void ImageTranslator::complete(MethodPlan& plan) const {
  if (plan.refused.empty()) plan.refused = refusal(plan);
  if (plan.refused.empty()) plan.refused = decideShape(plan);
  if (!plan.refused.empty() && plan.primitive && plan.ir.numArgs <= kMaxArguments)
    keepPrimitiveOnly(plan);
  if (plan.refused.empty()) plan.refused = structureBodies(plan);
}

// The primitive is called from translated code; where it fails, the interpreter goes on.
void ImageTranslator::keepPrimitiveOnly(MethodPlan& plan) {
  ir::Body& whole = plan.ir.bodies[0];
  ir::Body body;
  body.numArgs = whole.numArgs;
  body.numFixedSlots = whole.numFixedSlots;
  body.startPc = whole.startPc;
  body.endPc = whole.endPc;
  const int pc = plan.ir.primitive != 0 ? whole.instructions.front().nextPc : whole.startPc;
  body.instructions = {{ir::Opcode::kPushActiveContext, 0, 0, 0, pc, pc, 0}};
  body.facts.maxDepth = 1;
  body.facts.assignedTemps.resize(static_cast<size_t>(body.numFixedSlots));
  ir::BasicBlock block;
  block.startPc = pc;
  block.endInstruction = 1;
  block.terminator.kind = ir::TerminatorKind::kMethodReturn;
  block.terminator.pc = pc;
  block.terminator.depth = 1;
  body.blocks.push_back(block);
  plan.ir.bodies = {body};
  plan.fullBlocks.clear();
  plan.fullBlockLiterals.clear();
  plan.refused.clear();
}

// Gives the code of a method, and of its full blocks, numbers and names.
CodeIndex ImageTranslator::enter(MethodPlan& plan, const std::string& name) {
  plan.id = static_cast<MethodId>(program_.methods.size());
  assignNames(plan, name);
  const CodeIndex code = addFunction(plan.bodyNames[0]);
  for (size_t i = 1; i < plan.bodyNames.size(); ++i)
    program_.entries.push_back({plan.id, static_cast<uint32_t>(plan.ir.bodies[i].startPc),
                                EntryKind::kBlock, addFunction(plan.bodyNames[i])});
  program_.methods.push_back({plan.view.id(), code, plan.shape});
  program_.translatedBytecodes += static_cast<uint32_t>(plan.view.bytecodes().size());
  for (size_t i = 0; i < plan.fullBlocks.size(); ++i)
    if (plan.fullBlocks[i].refused.empty())
      enter(plan.fullBlocks[i],
            fmt::format("{}@full{}", plan.bodyNames[0], plan.fullBlockLiterals[i]));
  return code;
}

// All methods are planned, so that the text is the one that translateAll would write, but for the
// numbers of literals, selectors and call sites.
Result<std::string> ImageTranslator::translateOne(const image::MethodEntry& entry) {
  addSpecialSelectors();
  if (Status status = planAll()) return status;
  for (const MethodPlan& planned : planned_)
    if (planned.entry.method == entry.method) return emitCode(planned);
  const std::string name = model_.methodName(entry.method);
  for (const Refusal& refused : program_.refusals)
    if (refused.method == name)
      return fail(Diagnostic("stays with the interpreter: " + refused.reason).inMethod(name));
  return fail(Diagnostic("is not translated").inMethod(name));
}

Result<MethodPlan> ImageTranslator::plan(const image::MethodEntry& entry) {
  blocksOfMethod_ = 0;
  const std::string name =
      fmt::format("{}>>{}", model_.className(entry.behavior), model_.selectorText(entry.selector));
  auto view = image::CompiledMethodView::create(model_.graph(), entry.method);
  if (!view) return inMethod(view.takeError(), name);
  return planCode(entry, entry.method, name, view->methodClassAssociation(), 0, 0);
}

// What only the interpreter can answer is left to it. Damaged bytecodes are an error, but for
// SistaV1 and before Spur a reason to leave the method to the interpreter: SistaV1 has instructions
// that only some virtual machines execute, and images from before Spur have methods that other
// compilers have made.
Result<MethodPlan> ImageTranslator::planCode(const image::MethodEntry& entry, image::ObjectId code,
                                             const std::string& name, image::ObjectId classBinding,
                                             int numCopied, int nesting) {
  auto view = image::CompiledMethodView::create(model_.graph(), code);
  if (!view) return inMethod(view.takeError(), name);
  const image::MethodHeader& header = view->header();
  if (beginsAsNewspeak(*view)) {
    return inFile(inMethod(newspeakMethod(), name), model_.graph().fileName());
  }
  analysis::MethodShape shape;
  shape.bytecodeSet = header.bytecodeSet;
  shape.numArgs = static_cast<int>(header.argumentCount);
  shape.numTemps = static_cast<int>(header.temporaryCount);
  shape.numLiterals = static_cast<int>(header.literalCount);
  shape.isFullBlock = code != entry.method;
  if (!model_.graph().header().isSpur()) addV3Facts(*view, shape);
  MethodPlan plan{entry, *view, {},           0,  kAnyShape, name, {}, {}, std::nullopt, false,
                  false, false, classBinding, {}, {},        0,    {}};
  plan.nesting = nesting;
  plan.codeShape = shape;
  plan.receiverIsI31 = model_.graph().header().wordSize == 4 &&
                       entry.behavior == model_.special(SpecialObject::kClassSmallInteger);
  auto method = ir::buildMethodIr(codeBytes(*view), shape, {{}, context_.options.inlines});
  if (!method) {
    const bool mayBeDamaged =
        shape.bytecodeSet == bytecode::BytecodeSet::kSistaV1 || !model_.graph().header().isSpur();
    if (!mayBeDamaged && !method.errorIsA<analysis::ForInterpreter>())
      return inFile(inMethod(method.takeError(), name), model_.graph().fileName());
    plan.refused = render(method.takeError());
    return plan;
  }
  plan.ir = std::move(*method);
  plan.ir.bodies[0].numCopied = numCopied;
  if (!shape.isFullBlock) {
    plan.primitive = primitiveFunction(*view);
    plan.missesPrimitive = !plan.primitive && isCalled(view->primitiveNumber());
    plan.marksUnwind = view->primitiveNumber() == kMarkUnwind;
  }
  planFullBlocks(plan);
  planCleanBlocks(plan);
  return plan;
}

std::optional<PrimitiveFunction> ImageTranslator::primitiveFunction(
    const image::CompiledMethodView& view) const {
  const uint32_t number = view.primitiveNumber();
  if (!isCalled(number)) return std::nullopt;
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
  if (plan.ir.numArgs > kMaxArguments) return "more than 15 arguments";
  for (const ir::Body& body : plan.ir.bodies) {
    if (body.facts.usesActiveContext && !translatesActivations()) return "it uses thisContext";
    if (body.facts.sendsBlockCopy) return "it makes a BlockContext in an unusual way";
    if (body.numArgs > kMaxArguments) return "a block has more than 15 arguments";
    if (body.numFixedSlots + body.facts.maxDepth > 255) return "its frame is too large";
    for (const ir::Instruction& instruction : body.instructions) {
      const bool send = instruction.opcode == ir::Opcode::kSend ||
                        instruction.opcode == ir::Opcode::kSendSuper ||
                        instruction.opcode == ir::Opcode::kSendDirectedSuper;
      if (!send) continue;
      if (!plan.view.literals()[static_cast<size_t>(instruction.a)].isObject())
        return "a selector is no object";
      if (instruction.b > kMaxArguments) return "a send has more than 15 arguments";
    }
  }
  return {};
}

// Methods of Contexts and closures, and those that use thisContext: what needs all activations in
// the heap leaves for the interpreter. Instrumented builds count in one place only.
bool ImageTranslator::translatesActivations() const {
  return !program_.makesBlockContexts && !options_.instrument;
}

std::string ImageTranslator::structureBodies(MethodPlan& plan) const {
  for (const ir::Body& body : plan.ir.bodies) {
    auto tree = ir::structurize(body);
    if (!tree) return render(tree.takeError());
    plan.trees.push_back(std::move(*tree));
  }
  return {};
}

void ImageTranslator::assignNames(MethodPlan& plan, const std::string& wanted) {
  std::string base = wanted;
  if (const int times = usedNames_[base]++; times > 0) base += fmt::format("#{}", times + 1);
  for (const ir::Body& body : plan.ir.bodies)
    plan.bodyNames.push_back(
        body.parent >= 0 ? fmt::format("{}@block{}", base,
                                       plan.view.pcOfOffset(static_cast<uint32_t>(body.startPc)))
                         : base);
}

CodeIndex ImageTranslator::addFunction(const std::string& name) {
  program_.functionNames.push_back(name);
  return static_cast<CodeIndex>(program_.functionNames.size() - 1);
}

std::string ImageTranslator::emitCode(const MethodPlan& plan) {
  std::string out = emitBodies(plan);
  for (const MethodPlan& block : plan.fullBlocks)
    if (block.refused.empty()) out += emitCode(block);
  return out;
}

std::string ImageTranslator::emitBodies(const MethodPlan& plan) {
  std::string out;
  for (size_t i = 0; i < plan.ir.bodies.size(); ++i) {
    const ir::Body& body = plan.ir.bodies[i];
    out += emitFunction(plan, body, plan.trees[i], plan.bodyNames[i]);
    // A loop with thisContext in it would leave translated code in each turn.
    if (options_.goal != Goal::kSize && !plan.marksUnwind && !body.facts.usesActiveContext)
      out += emitLoopEntries(plan, body);
  }
  if (options_.goal != Goal::kSize && !options_.instrument) out += emitResumeEntries(plan);
  return out;
}

std::string ImageTranslator::emitFunction(const MethodPlan& plan, const ir::Body& body,
                                          const ir::StructuredTree& tree, const std::string& name,
                                          std::optional<LoopEntryPoint> loop) {
  const bool speculates = !loop && !body.isBlockContext && isSpeculative(plan);
  BodyEmitter emitter(context_, plan, body, speculates);
  std::string text = emitter.emit(tree, name, loop);
  if (isHot(plan)) text = withBranchHints(text);
  if (!emitter.needsGeneralVersion()) return text;
  // In the table, so that the optimiser leaves it a function of its own.
  addFunction(name + "@general");
  return text + BodyEmitter(context_, plan, body).emit(tree, name + "@general");
}

// Worth a second version.
bool ImageTranslator::isSpeculative(const MethodPlan& plan) const {
  return options_.profile != nullptr && options_.goal != Goal::kSize && context_.options.inlines &&
         isHot(plan);
}

bool ImageTranslator::isHot(const MethodPlan& plan) const {
  constexpr uint64_t kHotBytecodes = 1000;
  if (options_.profile == nullptr) return options_.goal == Goal::kSpeed;
  const profile::CodeProfile* seen = options_.profile->of(plan.view.id());
  return seen != nullptr && seen->bytecodes >= kHotBytecodes;
}

// From bodies of their own: there a basic block begins behind each of these sends.
std::string ImageTranslator::emitResumeEntries(const MethodPlan& plan) {
  std::string out;
  const std::vector<int> points = resumePoints(plan, switchingSelectors_);
  if (points.empty()) return out;
  auto split =
      ir::buildMethodIr(codeBytes(plan.view), plan.codeShape, {points, context_.options.inlines});
  if (!split) {
    llvm::consumeError(split.takeError());
    return out;
  }
  for (ir::Body& body : split->bodies) {
    const ir::Body& known = plan.ir.bodies[static_cast<size_t>(body.index)];
    body.facts = known.facts;
    body.numCopied = known.numCopied;
    for (size_t i = 0; i < body.blocks.size(); ++i)
      if (!body.blocks[i].isLoopHead && std::ranges::binary_search(points, body.blocks[i].startPc))
        out += emitResumeEntry(plan, body, static_cast<int>(i));
  }
  return out;
}

std::string ImageTranslator::emitResumeEntry(const MethodPlan& plan, const ir::Body& body,
                                             int block) {
  auto tree = ir::structurize(body, block);
  if (!tree) {
    llvm::consumeError(tree.takeError());
    return {};
  }
  const ir::BasicBlock& start = body.blocks[static_cast<size_t>(block)];
  const auto pc = static_cast<uint32_t>(start.startPc);
  const auto depth = static_cast<uint32_t>(body.numFixedSlots + start.entryDepth);
  const std::string name = fmt::format(
      "{}@resume{}", plan.bodyNames[static_cast<size_t>(body.index)], plan.view.pcOfOffset(pc));
  program_.entries.push_back({plan.id, pc << 8 | depth, EntryKind::kResume, addFunction(name)});
  return emitFunction(plan, body, *tree, name, LoopEntryPoint{block});
}

// Engines do not replace a running function by its optimised version, and a captured frame goes on
// in the interpreter: a loop comes back to translated code at its head. Where the part of the body
// behind a loop head has no structure of its own, that loop just stays interpreted.
std::string ImageTranslator::emitLoopEntries(const MethodPlan& plan, const ir::Body& body) {
  std::string out;
  for (size_t i = 0; i < body.blocks.size(); ++i) {
    const ir::BasicBlock& block = body.blocks[i];
    if (!block.isLoopHead) continue;
    auto tree = ir::structurize(body, static_cast<int>(i));
    if (!tree) {
      llvm::consumeError(tree.takeError());
      continue;
    }
    const uint32_t pc = static_cast<uint32_t>(block.startPc);
    const std::string name = fmt::format(
        "{}@loop{}", plan.bodyNames[static_cast<size_t>(body.index)], plan.view.pcOfOffset(pc));
    out += emitFunction(plan, body, *tree, name, LoopEntryPoint{static_cast<int>(i)});
    program_.entries.push_back({plan.id, pc, EntryKind::kLoopHead, addFunction(name)});
  }
  return out;
}

}  // namespace stwasm::emit
