// How large a callee may be to be inlined where nothing is known of how often it runs: large in a
// small program, small in an image whose code would grow by megabytes.
#pragma once

#include <string>
#include <vector>

#include "translator/emit/call_targets.h"
#include "translator/emit/method_plan.h"

namespace stwasm::emit {

inline constexpr int kMaxInlinedInstructions = 300;  // in one function

// What a body counts when it is inlined.
int inliningSize(const ir::Body& body);

// Whether the method's body can stand in a caller.
bool isInlinable(const MethodPlan& plan);

// The struct that a receiver with that shape is.
std::string receiverType(RequiredShape shape);

// The largest size with which all inlined callees together are not larger than maxAdded.
int inliningLimit(const std::vector<MethodPlan>& plans, const CallTargets& targets, int maxAdded);

}  // namespace stwasm::emit
