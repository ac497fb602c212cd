// Pushes, stores, literals, arrays and closures. See body_emitter.h.
#include "translator/bytecode/instruction_printer.h"
#include "translator/bytecode/quick_return.h"
#include "translator/emit/body_emitter.h"
#include "translator/listing/method_listing.h"

namespace stwasm::emit {

using ir::Opcode;

namespace {

// The value slot of a binding: Associations and their like keep key and value.
constexpr std::string_view kVariableValue = "$variable_value";

}  // namespace

// Tells the debugger where the code that follows comes from.
void BodyEmitter::locate(int pc) {
  if (!context_.options.debug.location) return;
  std::string location =
      context_.options.debug.location(plan_.entry, plan_.view.id(), static_cast<uint32_t>(pc));
  if (location.empty() || location == location_) return;
  location_ = std::move(location);
  out_.line(";;@ {}", location_);
}

void BodyEmitter::comment(int pc) {
  locate(pc);
  if (!context_.options.comments || pc == commentedPc_) return;
  commentedPc_ = pc;
  auto text = bytecode::describeInstruction(plan_.view.bytecodes(), pc,
                                            listing::printerOptions(model_, plan_.view));
  if (text) {
    out_.line(";; {} {}", plan_.view.pcOfOffset(static_cast<uint32_t>(pc)), *text);
  } else {
    llvm::consumeError(text.takeError());
  }
}

void BodyEmitter::emitInstruction(const ir::Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::kSend:
      if (emitNeverSeen(instruction)) return;
      return emitSend(instruction);
    case Opcode::kSendSuper:
      if (emitNeverSeen(instruction)) return;
      return emitSuperSend(instruction);
    case Opcode::kSendDirectedSuper:
      return emitDirectedSuperSend(instruction);
    case Opcode::kNotIdentical:
      return emitNotIdentical();
    case Opcode::kSendSpecial:
      return emitSpecialSend(instruction);
    case Opcode::kPop:
      pop();
      return;
    case Opcode::kDuplicate:
      return emitDuplicate();
    case Opcode::kPushClosure:
      if (emitVirtualClosure(instruction)) return;
      return emitClosure(instruction);
    case Opcode::kPushFullClosure:
      if (emitVirtualClosure(instruction)) return;
      return emitFullClosure(instruction);
    case Opcode::kPushBlockCopy:
      return emitBlockCopy(instruction);
    case Opcode::kPushConsArray:
      return emitConsArray(instruction);
    case Opcode::kPopIntoReceiverVariable:
    case Opcode::kPopIntoTemporary:
    case Opcode::kPopIntoTemporaryInVector:
    case Opcode::kPopIntoLiteralVariable:
      return emitStore(instruction, true);
    case Opcode::kStoreIntoReceiverVariable:
    case Opcode::kStoreIntoTemporary:
    case Opcode::kStoreIntoTemporaryInVector:
    case Opcode::kStoreIntoLiteralVariable:
      return emitStore(instruction, false);
    case Opcode::kCallPrimitive:
      return;
    case Opcode::kStorePrimitiveErrorCode:
      out_.line("(local.set {} (global.get $failure_code))", slotName(instruction.a));
      return;
    default:
      return emitPush(instruction);
  }
}

// The copy of an entry that lives in its slot stands for that slot, as a temporary would.
void BodyEmitter::emitDuplicate() {
  const Operand& top = stack_.back();
  if (top.kind != Operand::Kind::kSlot) return push(Operand(top));
  push({Operand::Kind::kTemp, body_.numFixedSlots + depth() - 1, {}, top.code, top.range});
}

// Pushes that cost no code where they stand.
bool BodyEmitter::isPurePush(const ir::Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::kPushReceiver:
    case Opcode::kPushTemporary:
    case Opcode::kPushLiteralConstant:
    case Opcode::kPushConstant:
    case Opcode::kPushInteger:
      return true;
    default:
      return false;
  }
}

Operand BodyEmitter::purePush(const ir::Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::kPushReceiver:
      return selfOperand();
    case Opcode::kPushLiteralConstant:
      return literalOperand(instruction.a);
    case Opcode::kPushConstant:
      return constantOperand(static_cast<bytecode::Constant>(instruction.a));
    case Opcode::kPushInteger:
      return integerOperand(instruction.a);
    default:
      return temporaryOperand(instruction.a);
  }
}

// A block's own temporary may be an entry of the operand stack that has not gone to its slot.
Operand BodyEmitter::temporaryOperand(int slot) {
  emitBoxed(slot);
  const int stackDepth = slot - body_.numFixedSlots;
  if (stackDepth >= 0 && stackDepth < depth()) {
    const Operand& variable = stack_[static_cast<size_t>(stackDepth)];
    if (variable.kind != Operand::Kind::kSlot) return variable;
  }
  if (VirtualVector* vector = vectorIn(slot)) return vectorOperand(*vector);
  if (static_cast<size_t>(slot) < slotBlocks_.size())
    if (const VirtualBlock* block = slotBlocks_[static_cast<size_t>(slot)])
      return {Operand::Kind::kPure, 0, {}, block->code, {}, image::kNil, block};
  if (isIntegerSlot(slot))
    return integerSlotOperand(Operand::Kind::kTemp, slot, temporaryRange(slot));
  return {Operand::Kind::kTemp, slot, {}, temporaryCode(slot), temporaryRange(slot)};
}

void BodyEmitter::emitPush(const ir::Instruction& instruction) {
  if (pushUnboxed(instruction)) return;
  if (isPurePush(instruction)) return push(purePush(instruction));
  const auto intoSlot = [this](const std::string& code) {
    out_.line("(local.set {} {})", stackSlot(depth()), code);
    pushSlot();
  };
  switch (instruction.opcode) {
    case Opcode::kPushReceiverVariable:
      if (plan_.receiverIsActivation) emitActivationCheck(instruction, "needs_capture");
      return intoSlot(receiverVariable(instruction.a));
    case Opcode::kPushTemporaryInVector:
      return intoSlot(sharedTemporary(instruction));
    case Opcode::kPushLiteralVariable:
      intoSlot(literalVariable(instruction.a));
      stack_.back().likelyClass = metaclassIn(instruction.a);
      return;
    case Opcode::kPushCharacter:
      return pushPure(characterCode(static_cast<uint32_t>(instruction.a)));
    case Opcode::kPushNewArray:
      if (emitVectorCreation()) return;
      return intoSlot(fmt::format("(call $new_array (i32.const {}))", instruction.a));
    default:
      // Whatever else there is goes on in the interpreter, at this very bytecode.
      keepForCapture(stack_.size());
      emitUnwindTo(instruction.pc, depth());
      pushPure("(ref.null eq)");
  }
}

// The class of the class that a global variable holds in the image; kNil: it holds none.
image::ObjectId BodyEmitter::metaclassIn(int literal) const {
  constexpr uint32_t kValueSlot = 1;
  const image::Value binding = plan_.view.literals()[static_cast<size_t>(literal)];
  if (!binding.isObject()) return image::kNil;
  const auto slots = model_.graph().slots(binding.objectId());
  if (slots.size() <= kValueSlot || !slots[kValueSlot].isObject()) return image::kNil;
  const image::Value value = slots[kValueSlot];
  return model_.isBehavior(value.objectId()) ? model_.classOf(value) : image::kNil;
}

// As an object.
std::string BodyEmitter::receiverVariable(int index) const {
  return plan_.isFloatSlot(index) ? fmt::format("(call $disowned {})", slotContent(index))
                                  : slotContent(index);
}

std::string BodyEmitter::slotContent(int index) const {
  if (plan_.receiverIsActivation)
    return fmt::format("(call $slot_get {} (i32.const {}))", self_, index);
  if (plan_.shape == kIndexedShape)
    return fmt::format(
        "(array.get $Slots (struct.get $Indexed $slots (local.get {})) (i32.const {}))", me_,
        index);
  return fmt::format("(struct.get $Fixed{} $slot{} (local.get {}))", plan_.shape, index, me_);
}

void BodyEmitter::emitReceiverVariableStore(int index, const std::string& value) {
  if (plan_.receiverIsActivation) {
    out_.line("(call $slot_put {} (i32.const {}) {})", self_, index, value);
  } else if (plan_.shape == kIndexedShape) {
    out_.line("(array.set $Slots (struct.get $Indexed $slots (local.get {})) (i32.const {}) {})",
              me_, index, value);
  } else {
    out_.line("(struct.set $Fixed{} $slot{} (local.get {}) {})", plan_.shape, index, me_, value);
  }
}

std::string BodyEmitter::literalVariable(int index) {
  return fmt::format("(call {} {})", kVariableValue,
                     literalCode(plan_.view.literals()[static_cast<size_t>(index)]));
}

// Some variables of Contexts and closures are certain only while no frame is native: the
// interpreter goes on. A method that is a quick return may have no bytecodes for it.
void BodyEmitter::emitActivationCheck(const ir::Instruction& instruction, std::string_view test) {
  if (bytecode::isQuickReturn(static_cast<int>(plan_.view.primitiveNumber()))) {
    std::string arguments;
    for (int i = 0; i < body_.numArgs; ++i) arguments += " " + temporaryCode(i);
    return out_.line(
        "(if (call ${} {} (i32.const {})) (then (return (call $begin_capture_retry "
        "(ref.as_non_null (array.get $Methods (global.get $methods) (i32.const {}))) {} "
        "(array.new_fixed $Slots {}{})))))",
        test, self_, instruction.a, plan_.id, self_, body_.numArgs, arguments);
  }
  materialize(stack_.size());
  canUnwind_ = true;
  out_.line("(drop (br_if $unwound (i32.const {}) (call ${} {} (i32.const {}))))",
            position(instruction.pc, depth()), test, self_, instruction.a);
}

// What a push of a temporary in a vector gives.
std::string BodyEmitter::sharedTemporary(const ir::Instruction& push) const {
  if (const VirtualVector* vector = vectorIn(push.b)) return vectorElement(*vector, push.a);
  return fmt::format("(array.get $Slots {} (i32.const {}))", temporaryVector(push.b), push.a);
}

std::string BodyEmitter::temporaryVector(int slot) const {
  return fmt::format("(struct.get $Indexed $slots (ref.cast (ref $Indexed) (local.get {})))",
                     slotName(slot));
}

// A store into an immutable object goes on in the interpreter, which asks the object.
void BodyEmitter::emitImmutabilityCheck(const ir::Instruction& instruction) {
  if (!context_.program.checksStores) return;
  std::string isImmutable;
  switch (instruction.opcode) {
    case Opcode::kPopIntoReceiverVariable:
    case Opcode::kStoreIntoReceiverVariable:
      isImmutable = plan_.receiverIsActivation
                        ? fmt::format("(call $is_immutable {})", self_)
                        : fmt::format(
                              "(i32.and (struct.get $Object $hash (local.get {})) "
                              "(i32.const 0x400000))",
                              me_);
      break;
    case Opcode::kPopIntoLiteralVariable:
    case Opcode::kStoreIntoLiteralVariable:
      isImmutable =
          fmt::format("(call $is_immutable {})",
                      literalCode(plan_.view.literals()[static_cast<size_t>(instruction.a)]));
      break;
    default:
      return;
  }
  keepForCapture(stack_.size());
  canUnwind_ = true;
  out_.line("(drop (br_if $unwound (i32.const {}) {}))", position(instruction.pc, depth()),
            isImmutable);
}

void BodyEmitter::emitStore(const ir::Instruction& instruction, bool pops) {
  emitImmutabilityCheck(instruction);
  if (plan_.receiverIsActivation && (instruction.opcode == Opcode::kPopIntoReceiverVariable ||
                                     instruction.opcode == Opcode::kStoreIntoReceiverVariable))
    emitActivationCheck(instruction, "store_needs_capture");
  const Operand value = pops ? pop() : stack_.back();
  switch (instruction.opcode) {
    case Opcode::kPopIntoReceiverVariable:
    case Opcode::kStoreIntoReceiverVariable:
      return emitReceiverVariableStore(instruction.a, value.code);
    case Opcode::kPopIntoTemporary:
    case Opcode::kStoreIntoTemporary:
      return storeTemporary(instruction.a, value);
    case Opcode::kPopIntoTemporaryInVector:
    case Opcode::kStoreIntoTemporaryInVector:
      if (VirtualVector* vector = vectorIn(instruction.b))
        return emitVectorStore(*vector, instruction.a, value);
      out_.line("(array.set $Slots {} (i32.const {}) {})", temporaryVector(instruction.b),
                instruction.a, value.code);
      return;
    default:
      out_.line("(call $set_variable_value {} {})",
                literalCode(plan_.view.literals()[static_cast<size_t>(instruction.a)]), value.code);
  }
}

// Entries of the operand stack that still stand for the old value get it before it goes.
void BodyEmitter::storeTemporary(int slot, const Operand& value) {
  for (size_t i = 0; i < stack_.size(); ++i) {
    Operand& operand = stack_[i];
    if (operand.kind != Operand::Kind::kTemp || operand.temp != slot) continue;
    const std::string local = stackSlot(static_cast<int>(i));
    out_.line("(local.set {} {})", local, operand.code);
    operand = {Operand::Kind::kSlot, 0, {}, fmt::format("(local.get {})", local), operand.range};
  }
  if (heapTemps_ && slot < body_.numFixedSlots)
    return out_.line("(array.set $Slots (local.get $temps) (i32.const {}) {})", slot, value.code);
  if (isIntegerSlot(slot))
    storeInteger(slot, value);
  else
    out_.line("(local.set {} {})", slotName(slot), value.code);
  slotRanges_[static_cast<size_t>(slot)] = value.range;
  const int stackDepth = slot - body_.numFixedSlots;
  if (stackDepth >= 0 && stackDepth < depth())
    stack_[static_cast<size_t>(stackDepth)] = {
        Operand::Kind::kSlot, 0, {}, fmt::format("(local.get {})", slotName(slot)), value.range};
}

void BodyEmitter::emitConsArray(const ir::Instruction& instruction) {
  std::string elements;
  const size_t first = stack_.size() - static_cast<size_t>(instruction.a);
  for (size_t i = first; i < stack_.size(); ++i) elements += " " + stack_[i].code;
  stack_.resize(first);
  out_.line("(local.set {} (call $new_array_with (array.new_fixed $Slots {}{})))",
            stackSlot(depth()), instruction.a, elements);
  pushSlot();
}

void BodyEmitter::emitClosure(const ir::Instruction& instruction) {
  const std::string copied = popCopied(instruction.b);
  emitOuter();
  out_.line("(local.set {} {})", stackSlot(depth()), closureCode(instruction, copied));
  pushSlot();
}

// The copied values of a closure, as an array.
std::string BodyEmitter::popCopied(int count) {
  if (count == 0) return "(global.get $empty_slots)";
  std::string copied;
  const size_t first = stack_.size() - static_cast<size_t>(count);
  for (size_t i = first; i < stack_.size(); ++i)
    copied +=
        " " + (stack_[i].vector != nullptr ? copiedVector(*stack_[i].vector) : stack_[i].code);
  stack_.resize(first);
  return fmt::format("(array.new_fixed $Slots {}{})", count, copied);
}

std::string BodyEmitter::closureCode(const ir::Instruction& instruction,
                                     const std::string& copied) const {
  const ir::Body& block = plan_.ir.bodies[static_cast<size_t>(instruction.a)];
  return fmt::format(
      "(struct.new $BlockClosure{} (global.get $class_index_block_closure) (i32.const 0) {} "
      "(i32.const {}) (i32.const {}) {} (ref.func ${}))",
      instruction.c, outerCode(), block.startPc, instruction.c, copied,
      plan_.bodyNames[static_cast<size_t>(instruction.a)]);
}

// Full closures know their code and receiver themselves; see $FullBlock in types/activation.wat.
void BodyEmitter::emitFullClosure(const ir::Instruction& instruction) {
  const std::string copied = popCopied(instruction.b);
  std::string receiver = self_;
  if ((instruction.c & ir::kReceiverOnStack) != 0) receiver = pop().code;
  if ((instruction.c & ir::kIgnoresOuterContext) == 0) emitOuter();
  out_.line("(local.set {} {})", stackSlot(depth()),
            fullClosureCode(instruction, receiver, copied));
  pushSlot();
}

std::string BodyEmitter::fullClosureCode(const ir::Instruction& instruction,
                                         const std::string& receiver, const std::string& copied) {
  const MethodPlan& block = *plan_.fullBlockAt(instruction.a);
  const auto numArgs = block.view.header().argumentCount;
  const bool hasOuter = (instruction.c & ir::kIgnoresOuterContext) == 0;
  const std::string literal =
      literalCode(plan_.view.literals()[static_cast<size_t>(instruction.a)]);
  const std::string code =
      block.refused.empty() ? block.bodyNames[0] : fmt::format("interpret_block_{}", numArgs);
  return fmt::format(
      "(struct.new $BlockClosure{} (global.get $class_index_full_block_closure) (i32.const 0) "
      "(struct.new $FullBlock {} (ref.cast (ref $CompiledMethod) {}) {}) (i32.const 0) (i32.const "
      "{}) {} (ref.func ${}))",
      numArgs, hasOuter ? outerCode() : std::string(kNilCode), literal, receiver, numArgs, copied,
      code);
}

std::string BodyEmitter::outerCode() const {
  return inLoopEntry_ ? "(local.get $context)" : fmt::format("(local.get {})", token_);
}

// The token that stands for this activation's Context, made once it is needed.
void BodyEmitter::emitOuter() {
  if (!inLoopEntry_) out_.line("{}", makeOuter());
}

std::string BodyEmitter::makeOuter() const {
  const std::string make =
      body_.isBlock() ? fmt::format("(call $new_block_token {})", closure_)
                      : fmt::format("(call $new_token (i32.const {}) {})", plan_.id, self_);
  return fmt::format("(if (ref.is_null (local.get {})) (then (local.set {} {})))", token_, token_,
                     make);
}

Operand BodyEmitter::selfOperand() const {
  return {Operand::Kind::kSelf,
          0,
          {},
          self_,
          receiverIsI31_ ? ir::IntegerRange::all() : ir::IntegerRange{},
          likelySelfClass_,
          selfBlock_};
}

Operand BodyEmitter::integerOperand(int32_t value) {
  Operand operand{Operand::Kind::kPure, 0, value, fmt::format("(ref.i31 (i32.const {}))", value),
                  ir::IntegerRange::constant(value)};
  operand.integer = fmt::format("(i32.const {})", value);
  return operand;
}

Operand BodyEmitter::constantOperand(bytecode::Constant constant) const {
  switch (constant) {
    case bytecode::Constant::kNil:
      return {Operand::Kind::kPure, 0, {}, std::string(kNilCode), {}};
    case bytecode::Constant::kTrue:
      return {Operand::Kind::kPure, 0, {}, std::string(kTrueCode), {}};
    case bytecode::Constant::kFalse:
      return {Operand::Kind::kPure, 0, {}, std::string(kFalseCode), {}};
    case bytecode::Constant::kMinusOne:
      return integerOperand(-1);
    case bytecode::Constant::kZero:
      return integerOperand(0);
    case bytecode::Constant::kOne:
      return integerOperand(1);
    case bytecode::Constant::kTwo:
      return integerOperand(2);
  }
  return integerOperand(0);
}

Operand BodyEmitter::literalOperand(int index) {
  const image::Value value = plan_.view.literals()[static_cast<size_t>(index)];
  if (isI31(value)) return integerOperand(static_cast<int32_t>(value.smallInteger()));
  return {Operand::Kind::kPure, 0, {}, literalCode(value), {}, model_.classOf(value)};
}

// Those of bytes are in a table; before Spur it is one of the image's own.
std::string BodyEmitter::characterCode(uint32_t codePoint) const {
  if (codePoint > 255 || context_.program.isV3)
    return fmt::format("(call $character_for (i32.const {}))", codePoint);
  return fmt::format("(array.get $Slots (global.get $characters) (i32.const {}))", codePoint);
}

std::string BodyEmitter::literalCode(image::Value value) {
  if (isI31(value)) return fmt::format("(ref.i31 (i32.const {}))", value.smallInteger());
  if (value.isCharacter()) return characterCode(value.character());
  if (value.isNil()) return std::string(kNilCode);
  if (value == image::Value::object(image::kTrue)) return std::string(kTrueCode);
  if (value == image::Value::object(image::kFalse)) return std::string(kFalseCode);
  return fmt::format("(array.get $Slots (global.get $literals) (i32.const {}))",
                     constants_.literal(value));
}

}  // namespace stwasm::emit
