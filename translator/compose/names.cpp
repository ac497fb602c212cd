// What names mean: see names.h.
#include "translator/compose/names.h"

#include <algorithm>

namespace stwasm::compose {

namespace {

std::optional<compiler::BindingId> inPool(const ClassInfo& info, std::string_view name) {
  const auto found = info.classVariables.find(name);
  if (found == info.classVariables.end()) return std::nullopt;
  return found->second;
}

bool isOrInherits(const ClassInfo* info, const ClassInfo& ancestor) {
  while (info != nullptr && info != &ancestor) info = info->superclass;
  return info != nullptr;
}

// How many of the first slots are those of Contexts: in Context itself, below and above it.
size_t contextSlots(const ClassInfo& info, const ClassInfo* context) {
  if (context == nullptr) return 0;
  if (isOrInherits(&info, *context)) return context->allInstanceVariables().size();
  return isOrInherits(context, info) ? info.allInstanceVariables().size() : 0;
}

}  // namespace

ClassNames::ClassNames(const Hierarchy& hierarchy, const ClassInfo* info, bool classSide,
                       const Globals& globals)
    : info_(info), globals_(globals) {
  if (info == nullptr) return;
  if (!classSide) {
    contextSlots_ = contextSlots(*info, hierarchy.find("Context"));
    slots_ = info->allInstanceVariables();
    return;
  }
  const ClassInfo* classClass = hierarchy.find("Class");
  if (classClass != nullptr) slots_ = classClass->allInstanceVariables();
  const std::vector<std::string> own = info->allClassInstanceVariables();
  slots_.insert(slots_.end(), own.begin(), own.end());
}

std::optional<uint32_t> ClassNames::slotOf(std::string_view name) const {
  const auto found = std::ranges::find(slots_, name);
  if (found == slots_.end()) return std::nullopt;
  return static_cast<uint32_t>(found - slots_.begin());
}

std::optional<compiler::BindingId> ClassNames::bindingOf(std::string_view name) const {
  for (const ClassInfo* each = info_; each != nullptr; each = each->superclass) {
    if (auto binding = inPool(*each, name)) return binding;
    for (const ClassInfo* pool : each->pools) {
      if (auto binding = inPool(*pool, name)) return binding;
    }
  }
  const auto global = globals_.find(name);
  if (global == globals_.end()) return std::nullopt;
  return global->second;
}

std::vector<std::string> ClassNames::names() const {
  std::vector<std::string> names = slots_;
  for (const ClassInfo* each = info_; each != nullptr; each = each->superclass) {
    for (const auto& [name, id] : each->classVariables) names.push_back(name);
  }
  for (const auto& [name, id] : globals_) names.push_back(name);
  return names;
}

}  // namespace stwasm::compose
