// at:, at:put: and size of Arrays, Strings and ByteArrays in place: the test of the receiver's
// class, of the index, the bounds, the element. What a site tests for is what the profile has seen
// there, or what its receiver is known to be; without either, Arrays. All else is the runtime's
// (runtime-wat/element_access.wat).
#include <algorithm>

#include "translator/bytecode/special_selectors.h"
#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

namespace {

using bytecode::kSelectorAt;
using bytecode::kSelectorAtPut;
using bytecode::kSelectorSize;

// The basic primitives: the runtime has their results before it calls such a method.
constexpr uint32_t kFirstBasic = 60;
constexpr uint32_t kBasicSize = 62;
constexpr uint32_t kLastBasic = 64;

bool isBasic(const Candidate& candidate) {
  const uint32_t primitive = candidate.target->plan->view.primitiveNumber();
  return primitive >= kFirstBasic && primitive <= kLastBasic;
}

// The runtime's function for what has not been tested for.
std::string_view generalFunction(int selector, const std::vector<ElementKind>& tested) {
  const bool arrays = std::ranges::find(tested, ElementKind::kArray) != tested.end();
  switch (selector) {
    case kSelectorAt:
      return arrays ? "$send_at_general" : "$send_at";
    case kSelectorAtPut:
      return arrays ? "$send_at_put_general" : "$send_at_put";
    default:
      return "$send_size";
  }
}

}  // namespace

std::vector<ElementKind> BodyEmitter::elementKinds(const ir::Instruction& instruction,
                                                   const Operand& receiver) const {
  const ElementClasses& classes = context_.elements;
  if (counts()) return {};
  if (receiver.likelyClass != image::kNil) {
    const auto kind = classes.kindOf(receiver.likelyClass);
    return kind ? std::vector{*kind} : std::vector<ElementKind>{};
  }
  const profile::SendProfile* seen = profileAt(instruction.pc);
  if (seen != nullptr && seen->count >= kHotSends) return classes.kindsIn(*seen);
  if (context_.options.profile != nullptr || instruction.a == kSelectorSize) return {};
  return {ElementKind::kArray};
}

// at:, at:put: or size.
void BodyEmitter::emitElementSend(const ir::Instruction& instruction) {
  const size_t receiver = stack_.size() - static_cast<size_t>(instruction.b) - 1;
  keepForCapture(receiver);
  const image::ObjectId selector =
      model_.specialSelectors()[static_cast<size_t>(instruction.a)].selector;
  if (isSpeculated(instruction)) return emitSpeculatedElement(instruction, receiver);
  const std::vector<ElementKind> kinds = elementKinds(instruction, stack_[receiver]);
  std::vector<Candidate> candidates = hotCandidates(instruction, selector, stack_[receiver]);
  std::erase_if(candidates, [this](const Candidate& candidate) {
    return isBasic(candidate) && !floatArrayAccess(candidate);
  });
  const TargetedSend send{nullptr,       "", receiver,   constants_.selector(selector),
                          instruction.b, "", instruction};
  if (kinds.empty() && candidates.empty())
    return emitRuntimeSend(generalFunction(instruction.a, kinds), instruction.b,
                           instruction.nextPc);
  out_.open("block $sent");
  for (const ElementKind kind : kinds) emitElement(send, {instruction.a, kind, {}, 0});
  if (coversAllSeen(send, candidates, kinds.size())) return emitOnlyCandidates(send, candidates);
  if (!candidates.empty()) emitCandidates(send, candidates);
  emitGeneralForm(send, generalFunction(instruction.a, kinds));
}

// Goes on behind the block $other where the receiver, the index or the value is something else.
void BodyEmitter::emitElement(const TargetedSend& send, const ElementAccess& access) {
  const ElementKind kind = access.kind;
  const ElementShape& shape = elementShape(kind);
  (kind == ElementKind::kArray ? scope_.usesElements : scope_.usesBytes) = true;
  out_.open("block $other");
  if (access.operation != kSelectorSize && !stack_[send.receiver + 1].range.known)
    out_.line("(br_if $other (i32.eqz (ref.test (ref i31) {})))", stack_[send.receiver + 1].code);
  emitElementReceiver(access, stack_[send.receiver].code);
  const std::string answer = stackSlot(static_cast<int>(send.receiver));
  if (access.operation == kSelectorSize) {
    out_.line("(local.set {} (ref.i31 (array.len (local.get {}))))", answer, shape.arrayLocal);
    out_.line("br $sent");
    return out_.close();
  }
  if (access.operation == kSelectorAtPut) emitElementValue(shape, kind, stack_[send.receiver + 2]);
  emitUntagged(stack_[send.receiver + 1]);
  out_.line("(local.set $x (i32.sub (i32.const 1)))");
  // In this form engines see that their own check of the bounds says the same.
  out_.open(fmt::format("(if (i32.lt_u (local.get $x) (array.len (local.get {}))) (then",
                        shape.arrayLocal));
  if (access.operation == kSelectorAt)
    out_.line("(local.set {} {})", answer, elementCode(shape, kind));
  else
    emitElementStore(shape, kind, stack_[send.receiver + 2], answer);
  out_.line("br $sent");
  out_.close("))");
  out_.close();
}

// The receiver and its elements go to their locals.
void BodyEmitter::emitElementReceiver(const ElementAccess& access, const std::string& receiver) {
  const ElementShape& shape = elementShape(access.kind);
  out_.line("(br_if $other (i32.eqz (ref.test (ref {}) {})))", shape.object, receiver);
  out_.line("(local.set {} (ref.cast (ref {}) {}))", shape.objectLocal, shape.object, receiver);
  const std::string classIndex =
      fmt::format("(struct.get {} $classIndex (local.get {}))", shape.object, shape.objectLocal);
  if (access.kind == ElementKind::kArray) emitCopiedVectorTest(receiver, "$other");
  if (access.site) emitClassTest(classIndex, *access.site, access.classes);
  // Other classes with slots may have named ones.
  if (!access.site || access.kind == ElementKind::kArray)
    out_.line("(br_if $other (i32.ne {} (global.get {})))", classIndex,
              access.site ? "$class_index_array" : shape.plainClass);
  out_.line("(local.set {} (struct.get {} {} (local.get {})))", shape.arrayLocal, shape.object,
            shape.field, shape.objectLocal);
}

std::string BodyEmitter::elementCode(const ElementShape& shape, ElementKind kind) {
  const std::string get =
      fmt::format("(array.get{} {} (local.get {}) (local.get $x))",
                  kind == ElementKind::kArray ? "" : "_u", shape.array, shape.arrayLocal);
  switch (kind) {
    case ElementKind::kArray:
      return get;
    case ElementKind::kString:
      return fmt::format("(array.get $Slots (global.get $characters) {})", get);
    case ElementKind::kByteArray:
      return fmt::format("(ref.i31 {})", get);
  }
  return get;
}

// Whether the receiver may be changed, and to this value. That of a byte goes to $c.
void BodyEmitter::emitElementValue(const ElementShape& shape, ElementKind kind,
                                   const Operand& value) {
  if (context_.program.checksStores)
    out_.line("(br_if $other (i32.and (struct.get {} $hash (local.get {})) (i32.const 0x400000)))",
              shape.object, shape.objectLocal);
  if (kind == ElementKind::kArray) return;
  if (kind == ElementKind::kString) {
    out_.line("(br_if $other (i32.eqz (ref.test (ref $Character) {})))", value.code);
    out_.line("(struct.get $Character $codePoint (ref.cast (ref $Character) {}))", value.code);
  } else {
    if (!value.range.known)
      out_.line("(br_if $other (i32.eqz (ref.test (ref i31) {})))", value.code);
    emitUntagged(value);
  }
  out_.line("local.set $c");
  if (kind == ElementKind::kString || !value.range.known || value.range.low < 0 ||
      value.range.high > 255)
    out_.line("(br_if $other (i32.gt_u (local.get $c) (i32.const 255)))");
}

// A method that a primitive answers, such as basicAt:, of a class that keeps bytes or is Array.
// Goes on behind the block $other where the primitive would fail.
bool BodyEmitter::emitBasicElement(const TargetedSend& send, const Candidate& candidate,
                                   uint32_t site) {
  if (emitFloatArrayAccess(send, candidate, site)) return true;
  const auto kind = context_.elements.kindOf(candidate.behavior);
  const uint32_t primitive = candidate.target->plan->view.primitiveNumber();
  if (!kind || primitive < kFirstBasic || primitive > kBasicSize) return false;
  const ElementKind stored = *kind == ElementKind::kArray ? *kind : ElementKind::kByteArray;
  emitElement(send, {static_cast<int>(primitive - kFirstBasic) + kSelectorAt, stored, site,
                     candidate.classes});
  return true;
}

void BodyEmitter::emitElementStore(const ElementShape& shape, ElementKind kind,
                                   const Operand& value, const std::string& answer) {
  out_.line("(array.set {} (local.get {}) (local.get $x) {})", shape.array, shape.arrayLocal,
            kind == ElementKind::kArray ? value.code : "(local.get $c)");
  out_.line("(local.set {} {})", answer, value.code);
}

}  // namespace stwasm::emit
