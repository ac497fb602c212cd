// Temp vectors whose elements are locals. While nothing needs the Array, the vector's local holds a
// mark and the elements are in locals of their own ($t2.0, $t2.1 ...); virtual blocks that copy it
// use these. Whatever needs the Array (a closure that is made, a capture) makes it once, with the
// elements that there are, and from then on they are in it: so all closures and Contexts share one.
//
// Inside a basic block, and between blocks where the ways there agree, it is known which of both is
// so. Elsewhere the local is tested.
#include <algorithm>

#include "translator/emit/body_emitter.h"
#include "translator/ir/temp_vectors.h"

namespace stwasm::emit {

using ir::Opcode;

namespace {

std::vector<bool> blocksReachable(const ir::Body& body, int first) {
  std::vector<bool> reached(body.blocks.size(), false);
  std::vector<int> pending = {first};
  while (!pending.empty()) {
    const int block = pending.back();
    pending.pop_back();
    if (block == ir::kNoBlock || reached[static_cast<size_t>(block)]) continue;
    reached[static_cast<size_t>(block)] = true;
    const ir::Terminator& end = body.blocks[static_cast<size_t>(block)].terminator;
    pending.push_back(end.target);
    pending.push_back(end.next);
  }
  return reached;
}

int blockOf(const ir::Body& body, int32_t instruction) {
  const auto found = std::ranges::find_if(body.blocks, [instruction](const ir::BasicBlock& block) {
    return block.firstInstruction <= instruction && instruction < block.endInstruction;
  });
  return static_cast<int>(found - body.blocks.begin());
}

int lastPush(const ir::Body& body, int slot) {
  for (size_t i = body.blocks.size(); i-- > 0;)
    for (const ir::Instruction& instruction : body.instructionsOf(body.blocks[i]))
      if (instruction.opcode == Opcode::kPushTemporary && instruction.a == slot)
        return static_cast<int>(i);
  return -1;
}

std::string isVirtual(const VirtualVector& vector) {
  return fmt::format("(ref.eq (local.get {}) {})", vector.local, kVirtualMark);
}

std::string slots(const VirtualVector& vector) {
  return fmt::format("(struct.get $Indexed $slots (ref.cast (ref $Indexed) (local.get {})))",
                     vector.local);
}

}  // namespace

// A function that goes on in the middle of the body finds Arrays in the Context.
void BodyEmitter::findVectors(int entry) {
  if (!context_.options.inlines || context_.options.instrument || heapTemps_) return;
  const std::vector<ir::TempVector> found = ir::tempVectors(body_);
  if (found.empty()) return;
  const std::vector<bool> reached = blocksReachable(body_, entry);
  for (const ir::TempVector& vector : found) {
    int last = -1;
    for (const int32_t creation : vector.creations)
      if (const int block = blockOf(body_, creation); reached[static_cast<size_t>(block)])
        last = std::max(last, block);
    if (last >= 0) addVector(vector.slot, vector.size, last);
  }
  vectorsAtEntry_.assign(body_.blocks.size(), std::vector(vectors_.size(), VectorState::kNone));
  hasLeft_.assign(body_.blocks.size(), false);
  if (inLoopEntry_)
    std::ranges::fill(vectorsAtEntry_[static_cast<size_t>(entry)], VectorState::kObject);
}

std::unique_ptr<VirtualVector> BodyEmitter::newVector(int slot, int size) const {
  auto vector = std::make_unique<VirtualVector>();
  vector->home = this;
  vector->number = scope_.vectors.size();
  vector->slot = slot;
  vector->size = size;
  vector->local = slotName(slot);
  vector->unboxable.resize(static_cast<size_t>(size), false);
  vector->likelyFloat.resize(static_cast<size_t>(size), false);
  return vector;
}

void BodyEmitter::keepVector(std::unique_ptr<VirtualVector> vector) {
  for (int i = 0; i < vector->size; ++i) declare(vector->element(i), "eqref");
  scope_.slots += vector->size;
  slotVectors_[static_cast<size_t>(vector->slot)] = vector.get();
  scope_.vectors.push_back(std::move(vector));
}

void BodyEmitter::addVector(int slot, int size, int lastCreation) {
  auto vector = newVector(slot, size);
  vector->lastCreation = lastCreation;
  vector->lastUse = lastPush(body_, slot);
  vectors_.push_back(vector.get());
  keepVector(std::move(vector));
}

// In a function of its own a block gets Arrays from its closure. Elements of one that runs of Float
// operations store stay unboxed in locals until something may look at the Array: a call, a capture,
// the end of the function. Of one only, since two might be the same.
void BodyEmitter::findCopiedVector() {
  floatRuns_ = findFloatRuns();
  if (!body_.isBlock() || floatRuns_.runs.empty() || !context_.options.inlines || heapTemps_)
    return;
  for (int slot = body_.numArgs; slot < body_.numArgs + body_.numCopied; ++slot)
    if (const int size = ir::copiedVectorSize(body_, slot); size > 0)
      if (keepsUnboxed(slot, size)) return;
}

bool BodyEmitter::keepsUnboxed(int slot, int size) {
  auto vector = newVector(slot, size);
  vector->state = VectorState::kCopied;
  VirtualVector*& place = slotVectors_[static_cast<size_t>(slot)];
  place = vector.get();
  ir::FloatRuns runs = findFloatRuns();
  for (int i = 0; i < size; ++i)
    vector->unboxable[static_cast<size_t>(i)] =
        runs.unboxable[static_cast<size_t>(elementTemporary(i, slot))];
  if (std::ranges::find(vector->unboxable, true) == vector->unboxable.end()) {
    place = nullptr;
    return false;
  }
  floatRuns_ = std::move(runs);
  copiedVector_ = vector.get();
  keepVector(std::move(vector));
  return true;
}

void BodyEmitter::emitWriteBack() {
  if (copiedVector_ != nullptr) out_.line("{}", writeBack(scope_.vectors).substr(1));
}

// Leaves for the label if it is the Array whose elements may be newer in locals.
void BodyEmitter::emitCopiedVectorTest(const std::string& array, std::string_view label) {
  if (const VirtualVector* vector = function().copiedVector_)
    out_.line("(br_if {} (ref.eq {} (local.get {})))", label, array, vector->local);
}

VirtualVector* BodyEmitter::vectorIn(int slot) const {
  return static_cast<size_t>(slot) < slotVectors_.size() ? slotVectors_[static_cast<size_t>(slot)]
                                                         : nullptr;
}

// Where a block begins whose predecessors are not all written yet, what these may do counts.
void BodyEmitter::enterWithVectors(int index) {
  if (vectors_.empty()) return;
  const ir::BasicBlock& block = body_.blocks[static_cast<size_t>(index)];
  const bool allLeft = std::ranges::all_of(block.predecessors, [this](int32_t predecessor) {
    return hasLeft_[static_cast<size_t>(predecessor)];
  });
  for (size_t i = 0; i < vectors_.size(); ++i) {
    VirtualVector& vector = *vectors_[i];
    vector.state = vectorsAtEntry_[static_cast<size_t>(index)][i];
    if (allLeft) continue;
    const int changes =
        vector.state == VectorState::kVirtual ? vector.lastUse : vector.lastCreation;
    if (inLoopEntry_ || changes >= index) vector.state = VectorState::kEither;
  }
}

void BodyEmitter::leaveWithVectors(int index) {
  if (vectors_.empty()) return;
  hasLeft_[static_cast<size_t>(index)] = true;
  const ir::Terminator& end = body_.blocks[static_cast<size_t>(index)].terminator;
  for (const int next : {end.target, end.next}) {
    if (next == ir::kNoBlock) continue;
    std::vector<VectorState>& states = vectorsAtEntry_[static_cast<size_t>(next)];
    for (size_t i = 0; i < vectors_.size(); ++i) states[i] = merged(states[i], vectors_[i]->state);
  }
}

// True if the instruction makes one: the store behind it is done then, too.
bool BodyEmitter::emitVectorCreation() {
  if (rest_.empty() || rest_.front().opcode != Opcode::kPopIntoTemporary) return false;
  VirtualVector* vector = vectorIn(rest_.front().a);
  if (vector == nullptr) return false;
  comment(rest_.front().pc);
  rest_ = rest_.subspan(1);
  for (size_t i = 0; i < stack_.size(); ++i)  // it may have copied the vector that was there
    if (stack_[i].block != nullptr) materializeEntry(i);
  out_.line("(local.set {} {})", vector->local, kVirtualMark);
  for (int i = 0; i < vector->size; ++i)
    out_.line("(local.set {} (ref.null eq))", vector->element(i));
  const int entry = vector->slot - body_.numFixedSlots;
  if (entry >= 0 && entry < depth())
    stack_[static_cast<size_t>(entry)] = {
        Operand::Kind::kSlot, 0, {}, fmt::format("(local.get {})", vector->local), {}};
  vector->state = VectorState::kVirtual;
  return true;
}

std::string BodyEmitter::vectorElement(const VirtualVector& vector, int index,
                                       const std::string& value) {
  const std::string inArray =
      fmt::format("(array.get $Slots {} (i32.const {}))", slots(vector), index);
  switch (vector.state) {
    case VectorState::kObject:
      return inArray;
    case VectorState::kCopied:
      return vector.unboxable[static_cast<size_t>(index)] ? value : inArray;
    case VectorState::kEither:
      return fmt::format("(if (result eqref) {} (then {}) (else {}))", isVirtual(vector), value,
                         inArray);
    default:
      return value;
  }
}

std::string BodyEmitter::vectorElement(const VirtualVector& vector, int index) {
  return vectorElement(vector, index, vector.value(index));
}

void BodyEmitter::emitVectorStore(VirtualVector& vector, int index, const Operand& value) {
  if (value.likelyClass != image::kNil &&
      value.likelyClass == model_.special(image::SpecialObject::kClassFloat))
    vector.likelyFloat[static_cast<size_t>(index)] = true;
  constexpr size_t kShort = 24;  // what may stand twice
  std::string code = value.code;
  if (vector.state == VectorState::kEither && code.size() > kShort) {
    out_.line("(local.set $r {})", code);
    code = "(local.get $r)";
  }
  emitVectorChange(vector, index, code,
                   fmt::format("(local.set {} {})", vector.element(index), code));
}

// `inLocal` is what stores it where there is no Array.
void BodyEmitter::emitVectorChange(const VirtualVector& vector, int index, const std::string& value,
                                   const std::string& inLocal) {
  const std::string inArray =
      fmt::format("(array.set $Slots {} (i32.const {}) {})", slots(vector), index, value);
  switch (vector.state) {
    case VectorState::kObject:
      return out_.line("{}", inArray);
    case VectorState::kCopied:
      out_.line("{}", inArray);
      if (vector.unboxable[static_cast<size_t>(index)])
        out_.line("(local.set {} (ref.null eq))", vector.element(index));
      return;
    case VectorState::kEither:
      return out_.line("(if {} (then {}) (else {}))", isVirtual(vector), inLocal, inArray);
    default:
      return out_.line("{}", inLocal);
  }
}

Operand BodyEmitter::vectorOperand(VirtualVector& vector) {
  Operand operand{Operand::Kind::kPure, 0, {}, vector.object(), {}};
  operand.vector = &vector;
  return operand;
}

// A closure that is made here and now copies it.
std::string BodyEmitter::copiedVector(VirtualVector& vector) const {
  const VectorState before = vector.state;
  if (vector.home != this)
    return before == VectorState::kObject ? fmt::format("(local.get {})", vector.local)
                                          : vector.object();
  vector.state = VectorState::kObject;
  if (before == VectorState::kObject) return fmt::format("(local.get {})", vector.local);
  if (before == VectorState::kEither) return vector.object();
  std::string elements;
  for (int i = 0; i < vector.size; ++i) elements += " " + vector.value(i);
  return fmt::format("(local.tee {} (call $new_array_with (array.new_fixed $Slots {}{})))",
                     vector.local, vector.size, elements);
}

// In the handler.
std::string BodyEmitter::capturedVector(const VirtualVector& vector) const {
  if (vector.state == VectorState::kCopied) return fmt::format("(local.get {})", vector.local);
  const bool isObject =
      vector.home == this ? !vector.isCaptured : vector.state == VectorState::kObject;
  return isObject ? fmt::format("(local.get {})", vector.local) : vector.object();
}

// A frame may be captured here.
void BodyEmitter::noteCapturedVectors() {
  for (VirtualVector* vector : vectors_)
    if (vector->state == VectorState::kVirtual || vector->state == VectorState::kEither)
      vector->isCaptured = true;
}

// Runs of Float operations know elements as temporaries behind the frame's slots.
int BodyEmitter::elementTemporary(int index, int slot) const {
  const VirtualVector* vector = vectorIn(slot);
  if (vector == nullptr || index >= vector->size) return -1;
  const auto first = std::ranges::find(slotVectors_, vector);  // a block may copy it twice
  return frameSlots_ + static_cast<int>(first - slotVectors_.begin()) * ir::kMaxVectorSize + index;
}

VirtualVector* BodyEmitter::vectorOfTemporary(int temporary) const {
  return temporary < frameSlots_ ? nullptr
                                 : vectorIn((temporary - frameSlots_) / ir::kMaxVectorSize);
}

bool BodyEmitter::isLikelyFloat(int temporary) const {
  const VirtualVector* vector = vectorOfTemporary(temporary);
  if (vector == nullptr) return likelyFloats_.contains(temporary);
  return vector->likelyFloat[static_cast<size_t>(elementOf(temporary))];
}

int BodyEmitter::elementOf(int temporary) const {
  return (temporary - frameSlots_) % ir::kMaxVectorSize;
}

// An unboxed Float; `object` is empty where none has to be made.
void BodyEmitter::emitVectorFloat(int temporary, const std::string& value,
                                  const std::string& object) {
  VirtualVector& vector = *vectorOfTemporary(temporary);
  const int index = elementOf(temporary);
  if (!object.empty()) {
    out_.line("(local.set $r {})", object);
    return emitVectorChange(vector, index, "(local.get $r)",
                            fmt::format("(local.set {} (local.get $r))", vector.element(index)));
  }
  vector.unboxable[static_cast<size_t>(index)] = true;
  vector.likelyFloat[static_cast<size_t>(index)] = true;
  const std::string local = vector.element(index);
  if (vector.state == VectorState::kCopied) {
    out_.line("(local.set {}.f {})", local, value);
    return out_.line("(local.set {} (global.get $unboxed))", local);
  }
  emitVectorChange(
      vector, index, fmt::format("(call $new_float {})", value),
      fmt::format("(local.set {}.f {}) (local.set {} (global.get $unboxed))", local, value, local));
}

// Reads one as a Float, into a register.
void BodyEmitter::emitVectorRead(const ir::Instruction& push, const ir::FloatLeaf& leaf,
                                 const ir::FloatStep& step) {
  VirtualVector& vector = *vectorIn(push.b);
  const std::string local = vector.element(push.a);
  const bool isCopied = vector.state == VectorState::kCopied;
  const std::string raw =
      isCopied ? fmt::format("(array.get $Slots {} (i32.const {}))", slots(vector), push.a)
               : vectorElement(vector, push.a, fmt::format("(local.get {})", local));
  if (vector.state == VectorState::kObject ||
      (isCopied && !vector.unboxable[static_cast<size_t>(push.a)])) {
    out_.line("(local.set $r {})", raw);
    return emitObjectRead(leaf, "(local.get $r)", step);
  }
  vector.unboxable[static_cast<size_t>(push.a)] = true;
  out_.open(fmt::format("(if (ref.eq (local.get {}) (global.get $unboxed))", local));
  out_.line("(then (local.set $f{} (local.get {}.f)))", step.target, local);
  out_.open("(else");
  out_.line("(local.set $r {})", raw);
  emitObjectRead(leaf, "(local.get $r)", step);
  out_.close(")");
  out_.close(")");
}

}  // namespace stwasm::emit
