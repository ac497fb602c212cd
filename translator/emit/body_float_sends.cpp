// Sends that runs of Float arithmetic do in place (see body_float_runs.cpp): unary methods of
// Floats, and accessors of other objects.
//
// A word of linear memory for each selector says whether Floats reach the method that is in place:
// 0 not looked at yet, 1 yes, 2 no. Accessors test the class of the receiver as the general form
// of the send does, with the words of that site.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>

#include "translator/emit/body_emitter.h"
#include "translator/emit/float_slots.h"
#include "translator/emit/inlining_limit.h"
#include "translator/ir/temp_vectors.h"

namespace stwasm::emit {

namespace {

constexpr size_t kMaxFloatMethod = 8;     // instructions
constexpr uint32_t kIntegerAsFloat = 40;  // the primitive
constexpr uint32_t kOfSmallFloats = 500;  // added to a primitive of Floats
constexpr std::array kFunctions = {ir::kTruncatedPrimitive, ir::kSinePrimitive,
                                   ir::kArcTangentPrimitive, ir::kLogarithmPrimitive,
                                   ir::kExponentialPrimitive};
constexpr uint64_t kMostly = 4;  // of so many operands all but one are Floats
constexpr std::string_view kSquareRoot = "sqrt";
constexpr std::string_view kAsFloat = "asFloat";

bool answersTop(const ir::Body& body) {
  return body.blocks.size() == 1 &&
         body.blocks[0].terminator.kind == ir::TerminatorKind::kMethodReturn &&
         body.blocks[0].terminator.value == ir::ReturnValue::kTop;
}

// The instance variable that the method answers if it does nothing else.
std::optional<int32_t> answeredVariable(const MethodPlan& plan) {
  const ir::Body& body = plan.ir.bodies[0];
  if (!isInlinable(plan) || plan.shape == kAnyShape || !answersTop(body)) return {};
  std::span<const ir::Instruction> code = body.instructions;
  if (!code.empty() && code[0].opcode == ir::Opcode::kCallPrimitive) code = code.subspan(1);
  if (code.size() != 1 || code[0].opcode != ir::Opcode::kPushReceiverVariable) return {};
  return code[0].a;
}

}  // namespace

ir::FloatRuns BodyEmitter::findFloatRuns() const {
  // A debugger shows the temporaries as they are.
  if (context_.options.debug.temporaryName || context_.options.instrument) return {};
  if (plan_.receiverIsActivation) return {};
  ir::FloatAssumptions floats;
  const auto at = [this](int32_t index) -> const ir::Instruction& {
    return body_.instructions[static_cast<size_t>(index)];
  };
  floats.floatLiteral = [this](int index) {
    return floatLiteral(plan_.view.literals()[static_cast<size_t>(index)]);
  };
  floats.floatMethod = [this, at](int32_t index) { return floatMethod(at(index)); };
  floats.convertsIntegers = [this, at](int32_t index) { return convertsIntegers(at(index)); };
  floats.mayReadArray = [this, at](int32_t index) { return mayReadArray(at(index)); };
  floats.isAccessor = [this, at](int32_t index) { return isAccessor(at(index)); };
  floats.seenOperands = [this, at](int32_t index) { return seenOperands(at(index)); };
  floats.isLikelyFloat = [this](int32_t temporary) { return isLikelyFloat(temporary); };
  floats.vectorTemporary = [this](int32_t element, int32_t slot) {
    return elementTemporary(element, slot);
  };
  floats.answerIsUnused = answerIsUnused_;
  floats.isFloatSlot = [this](int32_t index) { return plan_.isFloatSlot(index); };
  if (std::ranges::any_of(slotVectors_, [](const VirtualVector* vector) { return vector; }))
    floats.vectorTemporaries = frameSlots_ * ir::kMaxVectorSize;
  return ir::floatRuns(body_, floats, assumptions(), ranges_);
}

std::optional<double> BodyEmitter::floatLiteral(image::Value value) const {
  std::optional<double> number;
  if (value.isSmallFloat()) number = value.smallFloat();
  if (value.isObject()) number = model_.floatValue(value.objectId());
  return number && std::isfinite(*number) ? number : std::nullopt;
}

// What all Floats reach; null: they do not reach the same, or it is not translated.
const CallTarget* BodyEmitter::floatTarget(image::ObjectId selector, int numArgs) const {
  const CallTarget* target = context_.targets.ofClass(
      model_.special(image::SpecialObject::kClassFloat), selector, numArgs);
  if (target == nullptr || model_.graph().header().wordSize == 4) return target;
  const image::ObjectId small = model_.classOf(image::Value::smallFloatFromSpur(0));
  return context_.targets.ofClass(small, selector, numArgs) == target ? target : nullptr;
}

// The primitive of all Floats that a unary selector reaches, if it is one that runs know.
std::optional<int> BodyEmitter::floatFunction(image::ObjectId selector) const {
  const CallTarget* target =
      context_.targets.ofClass(model_.special(image::SpecialObject::kClassFloat), selector, 0);
  if (target == nullptr) return {};
  const uint32_t primitive = target->plan->view.primitiveNumber();
  if (std::ranges::find(kFunctions, static_cast<int>(primitive)) == kFunctions.end()) return {};
  if (model_.graph().header().wordSize == 8) {
    const image::ObjectId small = model_.classOf(image::Value::smallFloatFromSpur(0));
    const CallTarget* ofSmall = context_.targets.ofClass(small, selector, 0);
    if (ofSmall == nullptr || ofSmall->plan->view.primitiveNumber() != kOfSmallFloats + primitive)
      return {};
  }
  return static_cast<int>(primitive);
}

bool BodyEmitter::convertsIntegers(const ir::Instruction& send) const {
  const image::ObjectId selector = selectorOf(send);
  if (selector == image::kNil || model_.selectorText(selector) != kAsFloat) return false;
  const CallTarget* target = context_.targets.ofClass(
      model_.special(image::SpecialObject::kClassSmallInteger), selector, 0);
  return target != nullptr && target->plan->view.primitiveNumber() == kIntegerAsFloat;
}

std::optional<ir::FloatMethod> BodyEmitter::floatMethod(const ir::Instruction& send) const {
  const image::ObjectId selector = selectorOf(send);
  if (selector == image::kNil) return {};
  if (model_.selectorText(selector) == kSquareRoot) return ir::FloatMethod{};
  if (send.b == 0)
    if (const auto primitive = floatFunction(selector))
      return ir::FloatMethod{nullptr, {}, *primitive};
  const CallTarget* target = floatTarget(selector, send.b);
  if (target == nullptr) return {};
  const MethodPlan& plan = *target->plan;
  const ir::Body& body = plan.ir.bodies[0];
  if (!isInlinable(plan) || plan.marksUnwind || body.instructions.size() > kMaxFloatMethod)
    return {};
  return ir::FloatMethod{&body, [this, &plan](int index) {
                           return floatLiteral(plan.view.literals()[static_cast<size_t>(index)]);
                         }};
}

bool BodyEmitter::isAccessor(const ir::Instruction& send) const {
  const image::ObjectId selector = selectorOf(send);
  if (selector == image::kNil) return false;
  const profile::SendProfile* seen = profileAt(send.pc);
  const CallTarget* target = context_.targets.ofSend(selector, 0);
  if (seen != nullptr && seen->count >= kHotSends)
    if (const auto found = context_.targets.ofProfile(*seen, selector, 0); !found.empty())
      target = found[0].target;
  return target != nullptr && answeredVariable(*target->plan).has_value();
}

// Whether the receivers of at: are Arrays, as far as a profile knows.
bool BodyEmitter::mayReadArray(const ir::Instruction& send) const {
  const profile::SendProfile* seen = profileAt(send.pc);
  if (seen == nullptr || seen->count < kHotSends) return true;
  uint64_t arrays = 0;
  for (const profile::ReceiverCount& receiver : seen->receivers)
    if (context_.elements.kindOf(receiver.behavior) == ElementKind::kArray)
      arrays += receiver.count;
  return (seen->count - arrays) * kMostly <= seen->count;
}

ir::SeenOperands BodyEmitter::seenOperands(const ir::Instruction& send) const {
  const profile::SendProfile* seen = profileAt(send.pc);
  if (seen == nullptr || seen->count < kHotSends) return ir::SeenOperands::kUnknown;
  if (isSpeculated(send)) return ir::SeenOperands::kIntegers;
  return hadFloats(model_, *seen) ? ir::SeenOperands::kFloats : ir::SeenOperands::kOthers;
}

image::ObjectId BodyEmitter::selectorOf(const ir::FloatStep& step) const {
  return selectorOf(body_.instructions[static_cast<size_t>(step.instruction)]);
}

// 1 while Floats reach the method.
std::string BodyEmitter::floatMethodState(const ir::FloatStep& step) {
  const image::ObjectId selector = selectorOf(step);
  if (model_.selectorText(selector) == kSquareRoot) return "(global.get $plain_square_root)";
  const auto [found, isNew] =
      context_.program.floatMethods.try_emplace(constants_.selector(selector), 0);
  if (isNew) found->second = newCallSite();
  return fmt::format("(i32.load offset={} (i32.const 0))", found->second);
}

// The general form finds out about methods that nothing is known of.
void BodyEmitter::emitMethodLooks(std::span<const ir::FloatStep> steps) {
  std::set<std::string> looks;
  for (const ir::FloatStep& step : steps) {
    const std::string look = methodLook(step);
    if (look.empty() || !looks.insert(look).second) continue;
    const std::string state = step.kind == ir::FloatStep::Kind::kAsFloat
                                  ? "(global.get $plain_as_float)"
                                  : floatMethodState(step);
    out_.line("(if (i32.eqz {}) (then {}))", state, look);
  }
}

std::string BodyEmitter::methodLook(const ir::FloatStep& step) {
  using Kind = ir::FloatStep::Kind;
  if (step.kind != Kind::kMethod && step.kind != Kind::kAsFloat) return "";
  const ir::Instruction& send = body_.instructions[static_cast<size_t>(step.instruction)];
  const image::ObjectId selector = selectorOf(send);
  const SelectorId id = constants_.selector(selector);
  if (step.kind == Kind::kAsFloat)
    return fmt::format("(call $look_at_as_float (i32.const {}))", id);
  if (model_.selectorText(selector) == kSquareRoot)
    return fmt::format("(call $look_at_square_root (i32.const {}))", id);
  floatMethodState(step);
  const uint32_t word = context_.program.floatMethods.at(id);
  if (const auto primitive = floatFunction(selector); primitive && send.b == 0)
    return fmt::format(
        "(call $look_at_float_primitive (i32.const {}) (i32.const {}) (i32.const {}))", id,
        *primitive, word);
  return fmt::format("(call $look_at_float_method (i32.const {}) (i32.const {}) (i32.const {}))",
                     id, floatTarget(selector, send.b)->code, word);
}

// The general form of a run has inlined the accessor: the other form can use the site's words.
void BodyEmitter::noteAccessor(const TargetedSend& send, const Candidate& candidate,
                               uint32_t site) {
  if (!answeredVariable(*candidate.target->plan)) return;
  const auto index = static_cast<int32_t>(&send.instruction - body_.instructions.data());
  accessors_.try_emplace(index, Accessor{candidate.target->plan, site, candidate.classes});
}

// All that the run wants.
bool BodyEmitter::hasAccessors(const ir::FloatRun& run) const {
  return std::ranges::all_of(run.steps, [this](const ir::FloatStep& step) {
    return step.kind != ir::FloatStep::Kind::kAccessor || accessors_.contains(step.instruction);
  });
}

// The local with the leaf, which has to have all the variables that accessors in the run read of
// it.
std::string BodyEmitter::accessedObject(const ir::FloatRun& run, const ir::FloatStep& step,
                                        const std::vector<Operand>& before) {
  RequiredShape shape = accessors_.at(step.instruction).plan->shape;
  for (const ir::FloatStep& other : run.steps)
    if (other.kind == ir::FloatStep::Kind::kAccessor && other.a == step.a && shape > 0)
      shape = std::max(shape, accessors_.at(other.instruction).plan->shape);
  const std::string type = receiverType(shape);
  const ir::FloatLeaf& leaf = run.leaves[static_cast<size_t>(step.a)];
  if (isReceiver(leaf) && hasMe_ && (plan_.shape == shape || (shape > 0 && plan_.shape > shape)))
    return me_;
  const std::string local = fmt::format("$o{}.{}", step.a, type.substr(1));
  if (scope_.accessedObjects.insert(local).second)
    declare(local, fmt::format("(ref null {})", type));
  if (!accessed_.insert(local).second) return local;
  const std::string object = leafCode(leaf, before);
  out_.line("(br_if {} (i32.eqz (ref.test (ref {}) {})))", slow_, type, object);
  out_.line("(local.set {} (ref.cast (ref {}) {}))", local, type, object);
  return local;
}

bool BodyEmitter::isReceiver(const ir::FloatLeaf& leaf) const {
  return leaf.source == ir::FloatLeaf::Source::kPush &&
         body_.instructions[static_cast<size_t>(leaf.instruction)].opcode ==
             ir::Opcode::kPushReceiver;
}

bool BodyEmitter::readsFloatSlot(const ir::FloatStep& step) const {
  const MethodPlan& accessor = *accessors_.at(step.instruction).plan;
  return accessor.isFloatSlot(*answeredVariable(accessor));
}

void BodyEmitter::emitAccessorRead(const ir::FloatRun& run, const ir::FloatStep& step,
                                   const std::vector<Operand>& before) {
  const Accessor& accessor = accessors_.at(step.instruction);
  const RequiredShape shape = accessor.plan->shape;
  const int32_t variable = *answeredVariable(*accessor.plan);
  const std::string object = accessedObject(run, step, before);
  emitClassTest(fmt::format("(struct.get $Object $classIndex (local.get {}))", object),
                accessor.site, accessor.classes, slow_);
  const std::string value =
      shape == kIndexedShape
          ? fmt::format(
                "(array.get $Slots (struct.get $Indexed $slots (local.get {})) (i32.const {}))",
                object, variable)
          : fmt::format("(struct.get {} $slot{} (local.get {}))", receiverType(shape), variable,
                        object);
  out_.line("(local.set $e{} {})", run.leaves[static_cast<size_t>(step.target)].element, value);
}

}  // namespace stwasm::emit
