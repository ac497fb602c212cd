// The frame of a translated function: what it begins and ends with, its handler. See
// body_emitter.h.
#include "translator/emit/body_emitter.h"

#include <algorithm>
#include <utility>

namespace stwasm::emit {

namespace {

// Loop heads between two looks at the common countdown.
constexpr int kFuel = 63;

// Native stack that a function may need, in slots, beside its frame slots; generously: the limit
// has to hold for unoptimised code of the engine as well.
constexpr int kBaseWeight = 16;

ir::IntegerRange integerLiteral(const MethodPlan& plan, int index) {
  const image::Value value = plan.view.literals()[static_cast<size_t>(index)];
  if (!isI31(value)) return {};
  return ir::IntegerRange::constant(static_cast<int32_t>(value.smallInteger()));
}

ir::RangesAtEntry nothingKnown(const ir::Body& body) {
  const size_t slots = std::max(body.facts.assignedTemps.size(),
                                static_cast<size_t>(body.numFixedSlots + body.facts.maxDepth));
  return {body.blocks.size(), std::vector<ir::IntegerRange>(slots)};
}

}  // namespace

ir::IntegerAssumptions BodyEmitter::assumptions() const {
  return {[this](int index) { return integerLiteral(plan_, index); }, receiverIsI31_,
          plan_.makesBlockContexts(),
          [this](const ir::Instruction& instruction) { return isSpeculated(instruction); },
          argumentRanges_};
}

void BodyEmitter::findRanges() {
  ranges_ = counts() ? nothingKnown(body_) : ir::integerRanges(body_, assumptions());
}

BodyEmitter::BodyEmitter(EmitContext& context, const MethodPlan& plan, const ir::Body& body,
                         bool speculates)
    : BodyEmitter(context, plan, body, ownScope_, speculates) {
  scope_.slots = frameSlots_;
  findRanges();
}

BodyEmitter::BodyEmitter(EmitContext& context, const MethodPlan& plan, const ir::Body& body,
                         FunctionScope& scope, bool speculates)
    : context_(context),
      model_(context.model),
      constants_(context.program.constants),
      plan_(plan),
      body_(body),
      speculates_(speculates),
      receiverIsI31_(plan.receiverIsI31),
      frameSlots_(body.numFixedSlots + body.facts.maxDepth),
      slotNames_(slotNames()),
      scope_(scope),
      slotBlocks_(static_cast<size_t>(frameSlots_)),
      slotVectors_(static_cast<size_t>(frameSlots_)),
      hasMe_(usesReceiverStruct()),
      selfClass_(plan.entry.behavior),
      heapTemps_(plan.makesBlockContexts()) {}

std::string BodyEmitter::emit(const ir::StructuredTree& tree, const std::string& name,
                              std::optional<LoopEntryPoint> loop) {
  inLoopEntry_ = loop.has_value();
  usesToken_ = body_.facts.createsClosures && !inLoopEntry_;
  findVectors(loop ? loop->block : 0);
  findCopiedVector();
  emitPrologue(loop);
  const int indentation = needsEpilogue() ? 6 : 4;
  const std::string prologue = std::exchange(out_, FunctionText(indentation)).str();
  findIntegerSlots();
  if (loop) emitLoopGuards(loop->block);
  const std::string start = std::exchange(out_, FunctionText(indentation)).str();
  emitNode(tree, tree.root);
  out_.line("unreachable");
  std::string nodes = std::exchange(out_, FunctionText(indentation)).str();
  if (!loop) emitEntryChecks(nodes);
  const std::string checks = start + std::exchange(out_, FunctionText(indentation)).str();
  if (exits_) {
    emitExitBlock(nodes);
    nodes = std::exchange(out_, FunctionText(indentation)).str();
  }
  if (scope_.polls) out_.line("(local.set $fuel (i32.const {}))", kFuel);
  const std::string code = std::exchange(out_, FunctionText()).str() + checks + nodes;
  std::string out = head(name) + locals();
  if (needsGeneralVersion()) out += versionTest(name);
  if (scope_.blocksUseSelf && body_.isBlock() && !continuesContext() && !loadsSelf())
    out += "    " + selfLoad() + "\n";
  out += prologue;
  if (!canUnwind_ && !needsEpilogue()) return complete(out + code);
  if (needsEpilogue()) out_.open("block $leave (result eqref)");
  out_.open("block $unwound (result i32)");
  out_.raw(code);
  out_.close();
  emitHandler();
  if (needsEpilogue()) emitEpilogue();
  return complete(out + out_.str());
}

std::string BodyEmitter::complete(const std::string& text) const {
  const std::string calls = withWriteBacks(text + ")\n", scope_.vectors);
  return withWeight(withVectors(calls, scope_.vectors), kBaseWeight + scope_.slots);
}

std::string BodyEmitter::head(const std::string& name) const {
  std::string out = fmt::format("(func ${} ", name);
  if (continuesContext())
    return out +
           "(type $LoopEntry) (param $context (ref $Context)) (param $depth i32) (result eqref)\n";
  const int numArgs = body_.numArgs;
  out += body_.isBlock()
             ? fmt::format("(type $Block{}) (param $closure (ref $BlockClosure))", numArgs)
             : fmt::format("(type $Code{}) (param $self eqref)", numArgs);
  for (int i = 0; i < numArgs; ++i) out += fmt::format(" (param {} eqref)", slotName(i));
  if (!body_.isBlock()) out += " (param $selector i32)";
  return out + " (param $depth i32) (result eqref)\n";
}

std::string BodyEmitter::locals() const {
  std::string out = "  (local $x i32) (local $c i32) (local $position i32) (local $r eqref)";
  if (inLoopEntry_ || body_.isBlock()) out += " (local $self eqref)";
  if (inLoopEntry_ && body_.isBlock() && !heapTemps_)
    out += " (local $closure (ref null $BlockClosure))";
  if (heapTemps_) out += " (local $temps (ref null $Slots))";
  if (isHomeFrame()) out += " (local $home (ref null $Context))";
  if (plan_.shape == kIndexedShape) out += " (local $me (ref null $Indexed))";
  if (plan_.shape > 0) out += fmt::format(" (local $me (ref null $Fixed{}))", plan_.shape);
  if (counts()) out += " (local $profile (ref null $MethodProfile))";
  if (usesToken_) out += " (local $token (ref null $FrameToken))";
  if (scope_.polls) out += " (local $fuel i32)";
  if (scope_.usesElements)
    out += " (local $array (ref null $Indexed)) (local $elements (ref null $Slots))";
  if (scope_.usesBytes)
    out += " (local $string (ref null $ByteObject)) (local $bytes (ref null $Bytes))";
  if (scope_.usesWords)
    out +=
        " (local $floats (ref null $WordObject)) (local $words (ref null $Words)) (local $float "
        "f64)";
  if (scope_.usesWide) out += " (local $wide i64)";
  for (int i = 0; i < scope_.floatRegisters; ++i) out += fmt::format(" (local $f{} f64)", i);
  for (int i = 0; i < scope_.elements; ++i) out += fmt::format(" (local $e{} eqref)", i);
  out += "\n ";
  const int first = continuesContext() ? 0 : body_.numArgs;
  for (int slot = std::max(first, firstCapturedSlot()); slot < frameSlots_; ++slot)
    out += fmt::format(" (local {} eqref)", slotName(slot));
  for (int slot = 0; slot < frameSlots_; ++slot)
    if (isUnboxable(slot)) out += fmt::format(" (local {}.f f64)", slotName(slot));
  for (const auto& vector : scope_.vectors)
    for (int i = 0; i < vector->size; ++i)
      if (vector->unboxable[static_cast<size_t>(i)])
        out += fmt::format(" (local {}.f f64)", vector->element(i));
  return out + "\n" + scope_.locals;
}

bool BodyEmitter::needsEpilogue() const {
  return !inLoopEntry_ && !body_.isBlock() && (plan_.isHome(body_) || marksUnwind() || heapTemps_);
}

void BodyEmitter::emitPrologue(std::optional<LoopEntryPoint> loop) {
  emitRecordAtEntry(body_.blocks[loop ? static_cast<size_t>(loop->block) : 0]);
  if (continuesContext()) {
    emitLoopPrologue(body_.blocks[loop ? static_cast<size_t>(loop->block) : 0]);
  } else if (body_.isBlock()) {
    if (loadsSelf()) out_.line("{}", selfLoad());
    for (int i = 0; i < body_.numCopied; ++i)
      out_.line(
          "(local.set {} (array.get $Slots (struct.get $BlockClosure $copied (local.get $closure)) "
          "(i32.const {})))",
          slotName(body_.numArgs + i), i);
  } else {
    emitPrimitive();
    if (heapTemps_) emitHomeTemporaries();
  }
  if (counts()) emitCountsAtEntry();
  emitReceiverCast();
}

// Whether a block's own code needs it: a closure that it makes finds its receiver by itself.
bool BodyEmitter::loadsSelf() const {
  return body_.facts.usesReceiver || body_.facts.usesSuper || body_.facts.maxReceiverVariable >= 0;
}

std::string BodyEmitter::selfLoad() const {
  return fmt::format("(local.set $self (call ${} (local.get $closure)))",
                     body_.isFullBlock ? "full_closure_receiver" : "closure_receiver");
}

// An activation that the interpreter began goes on here: its Context has the state.
void BodyEmitter::emitLoopPrologue(const ir::BasicBlock& block) {
  out_.line("(local.set $self (struct.get $Context $receiver (local.get $context)))");
  if (body_.isBlock() && !heapTemps_)
    out_.line(
        "(local.set $closure (ref.cast (ref $BlockClosure) (struct.get $Context $closure "
        "(local.get $context))))");
  if (heapTemps_) emitHomeTemporaries();
  const int firstSlot = body_.isBlockContext ? body_.numFixedSlots : 0;  // of the Context
  for (int slot = firstCapturedSlot(); slot < body_.numFixedSlots + block.entryDepth; ++slot)
    out_.line(
        "(local.set {} (array.get $Slots (struct.get $Context $slots (local.get $context)) "
        "(i32.const {})))",
        slotName(slot), slot - firstSlot);
}

// What is known of a loop's temporaries holds in translated code. A debugger may have put something
// else into the Context: then the interpreter goes on.
void BodyEmitter::emitLoopGuards(int block) {
  const ir::BasicBlock& head = body_.blocks[static_cast<size_t>(block)];
  const std::vector<ir::IntegerRange>& ranges = ranges_[static_cast<size_t>(block)];
  for (const VirtualVector* vector : vectors_) {
    out_.line(
        "(drop (br_if $unwound (i32.const {}) (i32.eqz (ref.test (ref null $Indexed) (local.get "
        "{})))))",
        position(head.startPc, head.entryDepth), vector->local);
    canUnwind_ = true;
  }
  for (int slot = 0; slot < body_.numFixedSlots + head.entryDepth; ++slot) {
    const ir::IntegerRange& range = ranges[static_cast<size_t>(slot)];
    if (!range.known) continue;
    out_.line(
        "(drop (br_if $unwound (i32.const {}) (i32.eqz (call $is_integer_in (local.get {}) "
        "(i32.const {}) (i32.const {})))))",
        position(head.startPc, head.entryDepth), slotName(slot), range.low, range.high);
    canUnwind_ = true;
    if (isIntegerSlot(slot)) untagAtEntry(slot);
  }
}

void BodyEmitter::emitPrimitive() {
  if (plan_.missesPrimitive)
    out_.line("(if (global.get $counting) (then (call $count_missing (i32.const {}))))", plan_.id);
  if (!plan_.primitive) return;
  if (plan_.primitive->retries)
    out_.line(
        "(global.set $primitive_method (array.get $Methods (global.get $methods) (i32.const {})))",
        plan_.id);
  std::string values;
  for (int i = 0; i < body_.numArgs; ++i) values += fmt::format(" (local.get {})", slotName(i));
  out_.line("(local.set $r (call $primitive_{} {}{} (local.get $depth)))", plan_.primitive->name,
            self_, values);
  out_.line("(if (global.get $counting) (then (call $note_call (i32.const {}) (local.get $r))))",
            plan_.primitive->index);
  if (plan_.primitive->callsHost)
    out_.line(
        "(if (global.get $stopping) (then (return (call $leave_primitive (local.get $r) "
        "(ref.as_non_null (array.get $Methods (global.get $methods) (i32.const {}))) {} "
        "(array.new_fixed $Slots {}{})))))",
        plan_.id, self_, body_.numArgs, values);
  out_.line(
      "(if (i32.eqz (ref.eq (local.get $r) (global.get $failed))) (then (return (local.get $r))))");
}

void BodyEmitter::emitReceiverCast() {
  if (!usesReceiverStruct()) return;
  const std::string type =
      plan_.shape == kIndexedShape ? "$Indexed" : fmt::format("$Fixed{}", plan_.shape);
  out_.line("(local.set {} (ref.cast (ref {}) {}))", me_, type, self_);
}

bool BodyEmitter::hasLoop() const {
  return std::any_of(body_.blocks.begin(), body_.blocks.end(),
                     [](const ir::BasicBlock& block) { return block.isLoopHead; });
}

// What calls nothing that has frames of its own ends soon.
void BodyEmitter::emitEntryChecks(const std::string& nodes) {
  const bool calls = body_.facts.sends && nodes.find("(local.get $depth)") != std::string::npos;
  if (calls || hasLoop()) {
    const int pc = plan_.ir.primitive != 0 && !body_.isBlock() && !body_.instructions.empty()
                       ? body_.instructions.front().nextPc
                       : body_.startPc;
    out_.line(
        "(global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))");
    // One branch for both: entry checks are in nearly every function, and small ones get inlined.
    out_.line(
        "(if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get "
        "$x) (i32.const 0)))");
    out_.line(
        "  (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const {}))))))",
        position(pc, body_.blocks.front().entryDepth));
    canUnwind_ = true;
  }
  if (marksUnwind()) emitProtectionBegin();
}

// What the frame does when it is to be left: passes a non-local return on, or captures itself.
void BodyEmitter::emitHandler() {
  out_.line("local.set $position");
  emitWriteBack();
  out_.open("(if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then");
  if (plan_.isHome(body_) && !inLoopEntry_) {
    out_.open(fmt::format("(if (ref.eq (global.get $unwind_home) (local.get {})) (then",
                          heapTemps_ ? "$home" : token_));
    out_.line("(global.set $unwind_reason (i32.const 0))");
    out_.line("(br {} (global.get $unwind_value))", leave_);
    out_.close("))");
  }
  if (isHomeFrame()) out_.line("(call $leave_home (local.get $home))");
  if (caller_ == nullptr)
    out_.line("(return (global.get $unwind))");
  else
    emitCallerUnwind();
  out_.close("))");
  emitCapture();
}

// What stayed virtual on the operand stack becomes an object where the frame is captured.
void BodyEmitter::emitPendingEntries() {
  for (const PendingEntry& pending : pendingEntries_) {
    std::string isThere;
    for (const uint32_t position : pending.positions) {
      const std::string test =
          fmt::format("(i32.eq (local.get $position) (i32.const {}))", position);
      isThere = isThere.empty() ? test : fmt::format("(i32.or {} {})", isThere, test);
    }
    out_.line("(if {} (then (local.set {} {})))", isThere, slotName(pending.slot), pending.code);
  }
}

std::string BodyEmitter::capturedSlot(int slot) const {
  if (const VirtualBlock* block = slotBlocks_[static_cast<size_t>(slot)]) return block->code;
  if (const VirtualVector* vector = vectorIn(slot)) return capturedVector(*vector);
  if (isIntegerSlot(slot)) return capturedInteger(slot);
  return fmt::format("(local.get {})", slotName(slot));
}

void BodyEmitter::emitCapture() {
  emitAllBoxed();
  emitPendingEntries();
  std::string slots;
  for (int slot = firstCapturedSlot(); slot < frameSlots_; ++slot)
    slots += " " + capturedSlot(slot);
  const std::string frame = fmt::format("(local.get $position) (array.new_fixed $Slots {}{})",
                                        frameSlots_ - firstCapturedSlot(), slots);
  if (heapTemps_ && !body_.isBlockContext) return emitHomeCapture(frame);
  const std::string token =
      usesToken_ ? fmt::format("(local.get {})", token_) : "(ref.null $FrameToken)";
  if (continuesContext()) {
    out_.line("(call $capture_resumed_frame (local.get $context) {})", frame);
  } else if (body_.isBlock()) {
    out_.line("(call $capture_block_frame {} {} {})", token, closure_, frame);
  } else if (caller_ == nullptr) {
    out_.line("(return (call $capture_frame {} (i32.const {}) {} {}))", token, plan_.id, self_,
              frame);
  } else {
    out_.line("(call $capture_frame {} (i32.const {}) {} {})", token, plan_.id, self_, frame);
  }
}

void BodyEmitter::emitEpilogue() {
  out_.close();
  if (heapTemps_) {
    out_.line("(call $leave_home (local.get $home))");
  } else if (plan_.isHome(body_)) {
    emitTokenDeath(out_);
  }
  if (marksUnwind()) emitProtectionEnd();
}

void BodyEmitter::emitTokenDeath(FunctionText& out) const {
  out.line(
      "(if (i32.eqz (ref.is_null (local.get {}))) (then (struct.set $FrameToken $alive (local.get "
      "{}) (i32.const 0))))",
      token_, token_);
}

}  // namespace stwasm::emit
