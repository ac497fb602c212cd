// See call_targets.h.
#include "translator/emit/call_targets.h"

#include <algorithm>

namespace stwasm::emit {
namespace {

// value, value: and so on, of a closure with that many arguments; valueNoContextSwitch and
// valueNoContextSwitch:.
constexpr uint32_t kFirstClosureValue = 201;
constexpr uint32_t kLastClosureValue = 205;
constexpr uint32_t kFirstUninterruptedValue = 221;
constexpr uint32_t kLastUninterruptedValue = 222;

bool evaluatesClosure(uint32_t primitive) {
  return (primitive >= kFirstClosureValue && primitive <= kLastClosureValue) ||
         (primitive >= kFirstUninterruptedValue && primitive <= kLastUninterruptedValue);
}

// Of a send with a profile: tests of the class that it may make, methods that it may reach.
constexpr int kMaxClasses = 4;
constexpr size_t kMaxCandidates = 3;
constexpr uint64_t kLeastShare = 20;  // a class is worth a test from 1/20 of the sends on
constexpr uint64_t kLeastCover = 2;   // all tests together from 1/2 on

}  // namespace

CallTargets::CallTargets(const image::ImageModel& model) : model_(model) {
  for (const image::MethodEntry& entry : model.methods()) {
    const auto [position, added] = likelyMethods_.try_emplace(entry.selector, entry.method);
    if (!added && position->second != entry.method) position->second = image::kNil;
    implementors_[entry.selector].push_back(entry.behavior);
  }
  // value:value: and its kin have other implementors, but nearly all receivers are closures.
  const image::ObjectId closures = model.special(image::SpecialObject::kClassBlockClosure);
  for (const image::MethodEntry& entry : model.methods())
    if (entry.behavior == closures && isClosureValue(entry.method))
      likelyMethods_[entry.selector] = entry.method;
}

bool CallTargets::isClosureValue(image::ObjectId method) const {
  auto view = image::CompiledMethodView::create(model_.graph(), method);
  if (!view) {
    llvm::consumeError(view.takeError());
    return false;
  }
  return evaluatesClosure(view->primitiveNumber());
}

bool CallTargets::isClosureValue(const CallTarget& target) {
  return evaluatesClosure(target.plan->view.primitiveNumber());
}

void CallTargets::add(const MethodPlan& plan, CodeIndex code) {
  targets_.emplace(plan.entry.method,
                   CallTarget{nullptr, plan.bodyNames[0], code, plan.ir.numArgs});
}

void CallTargets::setPlans(const std::vector<MethodPlan>& plans) {
  for (const MethodPlan& plan : plans) targets_.at(plan.entry.method).plan = &plan;
}

const CallTarget* CallTargets::ofMethod(image::ObjectId method, int numArgs) const {
  const auto found = targets_.find(method);
  if (found == targets_.end() || found->second.numArgs != numArgs) return nullptr;
  return &found->second;
}

const CallTarget* CallTargets::ofSend(image::ObjectId selector, int numArgs) const {
  const auto likely = likelyMethods_.find(selector);
  if (likely == likelyMethods_.end() || likely->second == image::kNil) return nullptr;
  return ofMethod(likely->second, numArgs);
}

const CallTarget* CallTargets::ofClass(image::ObjectId behavior, image::ObjectId selector,
                                       int numArgs) const {
  const auto entry = model_.lookup(behavior, selector);
  return entry ? ofMethod(entry->method, numArgs) : nullptr;
}

const CallTarget* CallTargets::ofSelfSend(image::ObjectId behavior, image::ObjectId selector,
                                          int numArgs) const {
  const CallTarget* target = ofClass(behavior, selector, numArgs);
  return target != nullptr && !isOverridden(behavior, selector) ? target : nullptr;
}

std::vector<Candidate> CallTargets::ofProfile(const profile::SendProfile& send,
                                              image::ObjectId selector, int numArgs) const {
  std::vector<Candidate> candidates;
  int classes = 0;
  uint64_t covered = 0;
  for (const profile::ReceiverCount& receiver : send.receivers) {
    if (receiver.count * kLeastShare < send.count || classes == kMaxClasses) break;
    const CallTarget* target = ofClass(receiver.behavior, selector, numArgs);
    if (target == nullptr) continue;
    const auto same = std::ranges::find(candidates, target, &Candidate::target);
    if (same != candidates.end()) {
      ++same->classes;
      if (same->behaviors.empty()) same->behaviors.push_back(same->behavior);
      same->behaviors.push_back(receiver.behavior);
      same->behavior = image::kNil;
    } else if (candidates.size() < kMaxCandidates) {
      candidates.push_back({target, receiver.behavior, 1});
    } else {
      continue;
    }
    ++classes;
    covered += receiver.count;
  }
  if (covered * kLeastCover < send.count) return {};
  return candidates;
}

bool CallTargets::isOverridden(image::ObjectId behavior, image::ObjectId selector) const {
  return std::ranges::any_of(implementors_.at(selector), [&](image::ObjectId implementor) {
    return implementor != behavior && inherits(implementor, behavior);
  });
}

bool CallTargets::inherits(image::ObjectId behavior, image::ObjectId ancestor) const {
  while (behavior != ancestor && behavior != image::kNil) behavior = model_.superclass(behavior);
  return behavior == ancestor;
}

const CallTarget* CallTargets::ofSuperSend(image::ObjectId behavior, image::ObjectId selector,
                                           int numArgs) const {
  const image::ObjectId above = model_.superclass(behavior);
  if (above == image::kNil) return nullptr;
  const auto entry = model_.lookup(above, selector);
  return entry ? ofMethod(entry->method, numArgs) : nullptr;
}

}  // namespace stwasm::emit
