// Sends behind which a captured activation goes on in translated code at once: those at which
// processes are switched, and evaluations of blocks at the end of a loop. Elsewhere the interpreter
// takes it to the next send or loop head.
#pragma once

#include <set>
#include <vector>

#include "translator/emit/method_plan.h"
#include "translator/image/image_model.h"

namespace stwasm::emit {

// The selectors of methods whose primitive may switch to another process.
std::set<image::ObjectId> switchingSelectors(const image::ImageModel& model);

// pcs behind sends of one of the selectors and behind such evaluations, ascending.
std::vector<int> resumePoints(const MethodPlan& plan, const std::set<image::ObjectId>& selectors);

}  // namespace stwasm::emit
