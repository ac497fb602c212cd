// Float arithmetic without objects: see ir/float_runs.h for where. A run is written twice. The
// first form reads its operands into f64 locals and computes; it changes nothing before its end, so
// that it can be left for the second, general one wherever an operand is no Float.
//
// What a run stores into a temporary $t is in $t.f, and $t has the mark $unboxed. Whatever else
// reads such a temporary, the capture of the frame included, makes the object first.
#include <algorithm>

#include "translator/bytecode/special_selectors.h"
#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

using ir::FloatLeaf;
using ir::FloatStep;
using Kind = FloatStep::Kind;

namespace {

std::span<const FloatStep> stepsOf(const ir::FloatRun& run, const ir::FloatSegment& segment) {
  return std::span(run.steps).subspan(segment.firstStep, segment.endStep - segment.firstStep);
}

std::string_view floatInstruction(int specialSelector) {
  switch (specialSelector) {
    case bytecode::kSelectorAdd:
      return "f64.add";
    case bytecode::kSelectorSubtract:
      return "f64.sub";
    case bytecode::kSelectorMultiply:
      return "f64.mul";
    case bytecode::kSelectorDivide:
      return "f64.div";
    case bytecode::kSelectorLess:
      return "f64.lt";
    case bytecode::kSelectorGreater:
      return "f64.gt";
    case bytecode::kSelectorLessOrEqual:
      return "f64.le";
    case bytecode::kSelectorGreaterOrEqual:
      return "f64.ge";
    case bytecode::kSelectorEqual:
      return "f64.eq";
    default:
      return "f64.ne";
  }
}

std::string_view functionInstruction(int primitive) {
  switch (primitive) {
    case ir::kSinePrimitive:
      return "call $host_sin";
    case ir::kArcTangentPrimitive:
      return "call $host_atan";
    case ir::kLogarithmPrimitive:
      return "call $host_log";
    case ir::kExponentialPrimitive:
      return "call $host_exp";
    default:
      return "f64.sqrt";
  }
}

// Every bit of it.
std::string floatText(double value) { return fmt::format("{:a}", value); }

std::string reg(int32_t number) { return fmt::format("(local.get $f{})", number); }

std::string floatValue(const std::string& code) {
  return fmt::format("(struct.get $Float $value (ref.cast (ref $Float) {}))", code);
}

}  // namespace

bool BodyEmitter::isUnboxable(int slot) const {
  return slot < static_cast<int>(floatRuns_.unboxable.size()) &&
         floatRuns_.unboxable[static_cast<size_t>(slot)];
}

// The temporary is an object from here on.
void BodyEmitter::emitBoxed(int slot) {
  if (!isUnboxable(slot)) return;
  const std::string name = slotName(slot);
  out_.line(
      "(if (ref.eq (local.get {}) (global.get $unboxed)) (then (local.set {} (call $new_float "
      "(local.get {}.f)))))",
      name, name, name);
}

void BodyEmitter::emitAllBoxed() {
  for (int slot = 0; slot < frameSlots_; ++slot) emitBoxed(slot);
}

const ir::FloatRun* BodyEmitter::floatRunAt(const ir::Instruction& instruction) const {
  return floatRuns_.at(static_cast<int32_t>(&instruction - body_.instructions.data()));
}

// The general form comes first here, since it says what is to be where behind each segment.
void BodyEmitter::emitFloatRun(const ir::FloatRun& run, const ir::BasicBlock& block) {
  scope_.floatRegisters = std::max(scope_.floatRegisters, run.registers);
  scope_.elements = std::max(scope_.elements, run.elements);
  accessors_.clear();
  accessed_.clear();
  std::vector<EmittedSegment> segments;
  for (const ir::FloatSegment& segment : run.segments())
    segments.push_back(emitGeneralSegment(run, segment, block));
  if (!hasAccessors(run)) {
    for (const EmittedSegment& segment : segments) out_.raw(segment.general);
    return;
  }
  out_.open("block $run");
  for (size_t i = segments.size(); i > 0; --i) out_.open("block " + slowLabel(i - 1));
  for (size_t i = 0; i < segments.size(); ++i) {
    slow_ = slowLabel(i);
    stack_ = segments[i].after;
    emitFloatSegment(run, segments[i]);
  }
  out_.line("br $run");
  for (const EmittedSegment& segment : segments) {
    out_.close();
    out_.raw(segment.general);
  }
  out_.close();
}

// The labels of the segments' general forms.
std::string BodyEmitter::slowLabel(size_t segment) {
  return segment == 0 ? "$slow" : fmt::format("$slow{}", segment);
}

BodyEmitter::EmittedSegment BodyEmitter::emitGeneralSegment(const ir::FloatRun& run,
                                                            const ir::FloatSegment& segment,
                                                            const ir::BasicBlock& block) {
  EmittedSegment emitted{segment, stack_, {}, ""};
  const auto count = static_cast<size_t>(segment.end - segment.first);
  const auto behind = rest_.subspan(count);
  rest_ = rest_.first(count);
  FunctionText around = std::exchange(out_, FunctionText(out_.indentation() + 2));
  emitMethodLooks(stepsOf(run, segment));
  inFloatRun_ = true;
  while (!rest_.empty()) emitNext(block);
  inFloatRun_ = false;
  rest_ = behind;
  emitted.general = std::exchange(out_, std::move(around)).str();
  emitted.after = stack_;
  return emitted;
}

void BodyEmitter::emitFloatSegment(const ir::FloatRun& run, const EmittedSegment& segment) {
  const std::span<const FloatStep> steps = stepsOf(run, segment.extent);
  for (const FloatStep& step : steps) emitFloatStep(run, step, segment.before);
  const bool commits = !steps.empty() && steps.back().kind == Kind::kCommit;
  if (commits) emitImmutableExit();
  emitFloatResults(run, steps, segment);
  if (commits) emitCommit(steps.back());
}

// The store into an instance variable, of a new object or of that which the temporary becomes.
void BodyEmitter::emitCommit(const FloatStep& step) {
  const int temporary = step.b;
  if (const VirtualVector* vector = vectorOfTemporary(temporary))
    return emitReceiverVariableStore(step.target, vectorElement(*vector, elementOf(temporary)));
  if (temporary < 0 && plan_.isFloatSlot(step.target)) return emitFloatSlotStore(step);
  if (temporary >= 0) emitBoxed(temporary);
  emitReceiverVariableStore(step.target, temporary >= 0
                                             ? fmt::format("(local.get {})", slotName(temporary))
                                             : fmt::format("(call $new_float {})", reg(step.a)));
}

// In place where the slot owns what it holds. What is read here is handed to nobody.
void BodyEmitter::emitFloatSlotStore(const FloatStep& step) {
  out_.line("(local.set $r {})", slotContent(step.target));
  out_.open("block $stored");
  out_.open("block $shared");
  out_.line("(br_if $shared (i32.eqz (ref.test (ref $Float) (local.get $r))))");
  out_.line(
      "(br_if $shared (i32.ge_s (struct.get $Float $classIndex (ref.cast (ref $Float) (local.get "
      "$r))) (i32.const 0)))");
  out_.line("(struct.set $Float $value (ref.cast (ref $Float) (local.get $r)) {})", reg(step.a));
  out_.line("br $stored");
  out_.close();
  emitReceiverVariableStore(step.target,
                            fmt::format("(call $float_for_slot (ref.as_non_null (local.get {})) "
                                        "(i32.const {}) {})",
                                        me_, step.target, reg(step.a)));
  out_.close();
}

void BodyEmitter::emitImmutableExit() {
  if (!context_.program.checksStores) return;
  out_.line("(br_if {} (i32.and (struct.get $Object $hash (local.get {})) (i32.const 0x400000)))",
            slow_, me_);
}

// A block's own temporary may not be in its slot yet.
std::string BodyEmitter::temporaryValue(int slot, const std::vector<Operand>& before) const {
  const int depth = slot - body_.numFixedSlots;
  if (depth >= 0 && depth < static_cast<int>(before.size()))
    return before[static_cast<size_t>(depth)].code;
  return temporaryCode(slot);
}

// A leaf that goes on as an object: its slot does not own it any more.
std::string BodyEmitter::leafObject(const ir::FloatRun& run, int leaf,
                                    const std::vector<Operand>& before) {
  const FloatLeaf& object = run.leaves[static_cast<size_t>(leaf)];
  const std::string code = leafCode(object, before);
  if (object.source == FloatLeaf::Source::kPush) {
    const ir::Instruction& push = body_.instructions[static_cast<size_t>(object.instruction)];
    return push.opcode == ir::Opcode::kPushReceiverVariable ? receiverVariable(push.a) : code;
  }
  const bool isAccessed = std::ranges::any_of(run.steps, [this, leaf](const FloatStep& step) {
    return step.kind == Kind::kAccessor && step.target == leaf && readsFloatSlot(step);
  });
  return isAccessed ? fmt::format("(call $disowned {})", code) : code;
}

// As it is where the run begins: perhaps an unboxed temporary, or a Float that its slot owns.
std::string BodyEmitter::leafCode(const FloatLeaf& leaf, const std::vector<Operand>& before) {
  switch (leaf.source) {
    case FloatLeaf::Source::kStackEntry: {
      const Operand& entry = before[static_cast<size_t>(leaf.depth)];
      if (entry.unboxedSlot < 0) return entry.code;
      return fmt::format("(local.get {})", slotName(entry.unboxedSlot));
    }
    case FloatLeaf::Source::kElement:
      return fmt::format("(local.get $e{})", leaf.element);
    case FloatLeaf::Source::kPush:
      break;
  }
  const ir::Instruction& push = body_.instructions[static_cast<size_t>(leaf.instruction)];
  if (push.opcode == ir::Opcode::kPushReceiverVariable) return slotContent(push.a);
  if (push.opcode == ir::Opcode::kPushTemporary) return temporaryValue(push.a, before);
  if (push.opcode == ir::Opcode::kPushTemporaryInVector) return sharedTemporary(push);
  if (push.opcode == ir::Opcode::kPushLiteralVariable) return literalVariable(push.a);
  return purePush(push).code;
}

int BodyEmitter::unboxableSlot(const FloatLeaf& leaf, const std::vector<Operand>& before) const {
  if (leaf.source == FloatLeaf::Source::kStackEntry)
    return before[static_cast<size_t>(leaf.depth)].unboxedSlot;
  if (leaf.source != FloatLeaf::Source::kPush) return -1;
  const ir::Instruction& push = body_.instructions[static_cast<size_t>(leaf.instruction)];
  return push.opcode == ir::Opcode::kPushTemporary && isUnboxable(push.a) ? push.a : -1;
}

void BodyEmitter::emitFloatStep(const ir::FloatRun& run, const FloatStep& step,
                                const std::vector<Operand>& before) {
  const auto code = [&](int32_t leaf) {
    return leafCode(run.leaves[static_cast<size_t>(leaf)], before);
  };
  switch (step.kind) {
    case Kind::kConstant:
      return out_.line("(local.set $f{} (f64.const {}))", step.target, floatText(step.value));
    case Kind::kFromFloat:
    case Kind::kFromNumber:
      return emitLeafRead(run.leaves[static_cast<size_t>(step.a)], step, before);
    case Kind::kArithmetic:
      if (step.selector == bytecode::kSelectorDivide)
        out_.line("(br_if {} (f64.eq {} (f64.const 0)))", slow_, reg(step.b));
      return out_.line("(local.set $f{} ({} {} {}))", step.target, floatInstruction(step.selector),
                       reg(step.a), reg(step.b));
    case Kind::kMethod:
      return out_.line("(br_if {} (i32.ne {} (i32.const 1)))", slow_, floatMethodState(step));
    case Kind::kAsFloat:
      return out_.line("(br_if {} (i32.ne (global.get $plain_as_float) (i32.const 1)))", slow_);
    case Kind::kFunction:
      if (step.selector == ir::kSquareRootPrimitive)
        out_.line("(br_if {} (i32.eqz (f64.ge {} (f64.const 0))))", slow_, reg(step.a));
      return out_.line("(local.set $f{} ({} {}))", step.target, functionInstruction(step.selector),
                       reg(step.a));
    case Kind::kTruncated:
      out_.line("(br_if {} (i32.eqz (f64.lt (f64.abs {}) (f64.const 0x1p30))))", slow_,
                reg(step.a));
      return out_.line("(local.set $e{} (ref.i31 (i32.trunc_f64_s {})))",
                       run.leaves[static_cast<size_t>(step.target)].element, reg(step.a));
    case Kind::kSelect:
      return out_.line("(local.set $f{} (select {} {} ({} {} {})))", step.target, reg(step.yes),
                       reg(step.no), floatInstruction(step.selector), reg(step.a), reg(step.b));
    case Kind::kElement:
      return emitElementRead(run, step, code(step.a), code(step.b));
    case Kind::kAccessor:
      return emitAccessorRead(run, step, before);
    case Kind::kTruth:
      return out_.line(
          "(local.set $e{} (select (result eqref) (global.get $true) (global.get $false) ({} {} "
          "{})))",
          run.leaves[static_cast<size_t>(step.target)].element, floatInstruction(step.selector),
          reg(step.a), reg(step.b));
    case Kind::kComparison:
      return out_.line("(local.set $c ({} {} {}))", floatInstruction(step.selector), reg(step.a),
                       reg(step.b));
    case Kind::kStore:
    case Kind::kMove:
    case Kind::kCommit:
      return;  // at the segment's end
  }
}

void BodyEmitter::emitLeafRead(const FloatLeaf& leaf, const FloatStep& step,
                               const std::vector<Operand>& before) {
  if (leaf.source == FloatLeaf::Source::kPush) {
    const ir::Instruction& push = body_.instructions[static_cast<size_t>(leaf.instruction)];
    if (push.opcode == ir::Opcode::kPushTemporaryInVector && vectorIn(push.b) != nullptr)
      return emitVectorRead(push, leaf, step);
  }
  const std::string code = leafCode(leaf, before);
  const int slot = unboxableSlot(leaf, before);
  if (leaf.isInteger || slot < 0) return emitObjectRead(leaf, code, step);
  out_.open(fmt::format("(if (ref.eq {} (global.get $unboxed))", code));
  out_.line("(then (local.set $f{} (local.get {}.f)))", step.target, slotName(slot));
  out_.open("(else");
  emitObjectRead(leaf, code, step);
  out_.close(")");
  out_.close(")");
}

void BodyEmitter::emitObjectRead(const FloatLeaf& leaf, const std::string& code,
                                 const FloatStep& step) {
  const std::string isFloat = fmt::format("(ref.test (ref $Float) {})", code);
  const std::string integer =
      fmt::format("(f64.convert_i32_s (i31.get_s (ref.cast (ref i31) {})))", code);
  if (leaf.isInteger) {
    out_.line("(local.set $f{} {})", step.target, integer);
  } else if (step.kind == Kind::kFromFloat) {
    out_.line("(br_if {} (i32.eqz {}))", slow_, isFloat);
    out_.line("(local.set $f{} {})", step.target, floatValue(code));
  } else {
    out_.open(fmt::format("(if {}", isFloat));
    out_.line("(then (local.set $f{} {}))", step.target, floatValue(code));
    out_.open("(else");
    out_.line("(br_if {} (i32.eqz (ref.test (ref i31) {})))", slow_, code);
    out_.line("(local.set $f{} {})", step.target, integer);
    out_.close(")");
    out_.close(")");
  }
}

// Of an Array, where at: is the primitive for its class.
void BodyEmitter::emitElementRead(const ir::FloatRun& run, const FloatStep& step,
                                  const std::string& array, const std::string& index) {
  const std::string object = fmt::format("(ref.cast (ref $Indexed) {})", array);
  out_.line("(br_if {} (i32.eqz (ref.test (ref $Indexed) {})))", slow_, array);
  emitCopiedVectorTest(array, slow_);
  out_.line(
      "(br_if {} (i32.ne (struct.get $Indexed $classIndex {}) (global.get $plain_array_class)))",
      slow_, object);
  if (!run.leaves[static_cast<size_t>(step.b)].isInteger)
    out_.line("(br_if {} (i32.eqz (ref.test (ref i31) {})))", slow_, index);
  out_.line("(local.set $x (i32.sub (i31.get_s (ref.cast (ref i31) {})) (i32.const 1)))", index);
  out_.line("(br_if {} (i32.ge_u (local.get $x) (array.len (struct.get $Indexed $slots {}))))",
            slow_, object);
  out_.line("(local.set $e{} (array.get $Slots (struct.get $Indexed $slots {}) (local.get $x)))",
            run.leaves[static_cast<size_t>(step.target)].element, object);
}

// Everything goes where the general form leaves it: entries of the operand stack before the
// temporaries that some of them stand for.
void BodyEmitter::emitFloatResults(const ir::FloatRun& run, std::span<const FloatStep> steps,
                                   const EmittedSegment& segment) {
  const std::vector<Operand>& before = segment.before;
  const std::span<const ir::FloatResult> results =
      segment.extent.end == run.end ? std::span(run.results) : std::span<const ir::FloatResult>();
  const size_t base = std::min(before.size(), stack_.size());
  const size_t first = results.empty() ? base : static_cast<size_t>(results[0].depth);
  for (size_t i = 0; i < std::min(base, first); ++i) {
    const bool stays = before[i].kind == Operand::Kind::kSlot && before[i].unboxedSlot < 0;
    if (stack_[i].kind == Operand::Kind::kSlot && stack_[i].unboxedSlot < 0 && !stays)
      out_.line("(local.set {} {})", stackSlot(static_cast<int>(i)), before[i].code);
  }
  for (const FloatStep& step : steps)
    if (step.kind == Kind::kMove) emitFloatMove(run, step, before);
  for (const ir::FloatResult& result : results)
    if (!result.isRegister || result.isComputed) emitFloatResult(run, result, before);
  std::vector<std::string> objects = emitFloatStores(steps, results);
  for (const ir::FloatResult& result : results) {
    const Operand& entry = stack_[static_cast<size_t>(result.depth)];
    if (!result.isRegister || result.isComputed || entry.kind != Operand::Kind::kSlot) continue;
    const std::string local = stackSlot(result.depth);
    std::string& object = objects[static_cast<size_t>(result.index)];
    out_.line("(local.set {} {})", local,
              object.empty() ? fmt::format("(call $new_float {})", reg(result.index)) : object);
    object = fmt::format("(local.get {})", local);
  }
}

// A Float that was an object before the run stays that one. An entry that stands for an unboxed
// temporary is not the only one that holds the value.
void BodyEmitter::emitFloatMove(const ir::FloatRun& run, const FloatStep& step,
                                const std::vector<Operand>& before) {
  const FloatLeaf& leaf = run.leaves[static_cast<size_t>(step.a)];
  const Operand& entry = before[static_cast<size_t>(leaf.depth)];
  if (entry.kind != Operand::Kind::kSlot && entry.unboxedSlot >= 0) emitBoxed(entry.unboxedSlot);
  out_.line("(local.set {} {})", slotName(step.target), leafCode(leaf, before));
  out_.line("(local.set {}.f {})", slotName(step.target), reg(step.b));
}

// What temporaries hold at the end. Those that an entry of the operand stack stands for get the
// object: answers where it is, by register.
std::vector<std::string> BodyEmitter::emitFloatStores(std::span<const FloatStep> steps,
                                                      std::span<const ir::FloatResult> results) {
  const auto registers = static_cast<size_t>(scope_.floatRegisters);
  std::vector<bool> hasObject(registers, false);
  for (const ir::FloatResult& result : results)
    if (result.isRegister && !result.isComputed &&
        stack_[static_cast<size_t>(result.depth)].unboxedSlot < 0)
      hasObject[static_cast<size_t>(result.index)] = true;
  std::map<int, int32_t> last;  // registers of temporaries
  for (const FloatStep& step : steps)
    if (step.kind == Kind::kStore) last[step.target] = step.a;
  std::vector<std::string> objects(registers);
  for (const FloatStep& step : steps) {
    if (step.kind != Kind::kMove || last.contains(step.target)) continue;
    if (!hasObject[static_cast<size_t>(step.b)]) continue;
    emitBoxed(step.target);
    objects[static_cast<size_t>(step.b)] = fmt::format("(local.get {})", slotName(step.target));
  }
  for (const auto& [temporary, number] : last) {
    const bool isObject = hasObject[static_cast<size_t>(number)];
    if (const VirtualVector* vector = vectorOfTemporary(temporary)) {
      std::string& object = objects[static_cast<size_t>(number)];
      if (isObject && object.empty()) object = fmt::format("(call $new_float {})", reg(number));
      emitVectorFloat(temporary, reg(number), object);
      if (isObject) object = vectorElement(*vector, elementOf(temporary));
      continue;
    }
    const std::string name = slotName(temporary);
    out_.line("(local.set {}.f {})", name, reg(number));
    out_.line(
        "(local.set {} {})", name,
        isObject ? fmt::format("(call $new_float {})", reg(number)) : "(global.get $unboxed)");
    if (isObject) objects[static_cast<size_t>(number)] = fmt::format("(local.get {})", name);
  }
  return objects;
}

// An entry of the operand stack. What has been computed may stay unboxed.
void BodyEmitter::emitFloatResult(const ir::FloatRun& run, const ir::FloatResult& result,
                                  const std::vector<Operand>& before) {
  Operand& entry = stack_[static_cast<size_t>(result.depth)];
  const std::string local = stackSlot(result.depth);
  const bool isSlot = entry.kind == Operand::Kind::kSlot;
  if (!result.isRegister) {
    const FloatLeaf& leaf = run.leaves[static_cast<size_t>(result.index)];
    if (const int slot = unboxableSlot(leaf, before); slot >= 0 && entry.unboxedSlot < 0)
      emitBoxed(slot);
    if (isSlot) out_.line("(local.set {} {})", local, leafObject(run, result.index, before));
    return;
  }
  if (!isSlot) return;
  if (!result.isComputed || !mayStayUnboxed(result.depth))
    return out_.line("(local.set {} (call $new_float {}))", local, reg(result.index));
  const int slot = body_.numFixedSlots + result.depth;
  markUnboxable(slot);
  out_.line("(local.set {}.f {})", local, reg(result.index));
  out_.line("(local.set {} (global.get $unboxed))", local);
  setUnboxed(entry, slot);
}

}  // namespace stwasm::emit
