// The classes of a program: see hierarchy.h.
#include "translator/compose/hierarchy.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "translator/support/text.h"

namespace stwasm::compose {

using syntax::ClassDeclaration;
using syntax::ClassKind;
using syntax::Declaration;

std::vector<std::string> ClassInfo::allInstanceVariables() const {
  std::vector<std::string> names;
  if (superclass != nullptr) names = superclass->allInstanceVariables();
  for (const Declaration& each : declaration->instanceVariables) names.push_back(each.name);
  return names;
}

std::vector<std::string> ClassInfo::allClassInstanceVariables() const {
  std::vector<std::string> names;
  if (superclass != nullptr) names = superclass->allClassInstanceVariables();
  names.insert(names.end(), classInstanceVariables.begin(), classInstanceVariables.end());
  return names;
}

Hierarchy::Hierarchy(const syntax::Program& program, syntax::Mistakes& mistakes)
    : program_(program), mistakes_(mistakes) {
  addClasses();
  linkSuperclasses();
  breakCycles();
  addClassSideVariables();
  resolvePools();
  for (ClassInfo& info : classes_) {
    inheritKind(info);
    checkVariables(info);
    if (info.superclass != nullptr) info.superclass->subclasses.push_back(&info);
  }
}

void Hierarchy::mistake(const syntax::SourceFile& file, syntax::Position at,
                        const std::string& message, const std::string& hint) {
  mistakes_.add(file, at, message, hint);
}

ClassInfo* Hierarchy::find(std::string_view name) {
  const auto found = byName_.find(name);
  return found == byName_.end() ? nullptr : found->second;
}

const ClassInfo* Hierarchy::find(std::string_view name) const {
  const auto found = byName_.find(name);
  return found == byName_.end() ? nullptr : found->second;
}

std::vector<std::string> Hierarchy::names() const {
  std::vector<std::string> names;
  for (const auto& [name, info] : byName_) names.push_back(name);
  return names;
}

std::string Hierarchy::nearHint(std::string_view name) const {
  const std::vector<std::string> near = closestNames(name, names());
  return near.empty() ? "is the file that defines it among the arguments?" : suggestion(near);
}

void Hierarchy::addClasses() {
  for (const ClassDeclaration& declaration : program_.classes) {
    if (const ClassInfo* other = find(declaration.name)) {
      const syntax::SourceFile& file = *other->declaration->file;
      mistake(
          *declaration.file, declaration.position,
          fmt::format("class {} is defined a second time; first in {} line {}", declaration.name,
                      file.name(), file.placeOf(other->declaration->position).line));
      continue;
    }
    ClassInfo info;
    info.declaration = &declaration;
    info.kind = declaration.kind;
    for (const Declaration& each : declaration.classInstanceVariables) {
      info.classInstanceVariables.push_back(each.name);
    }
    classes_.push_back(std::move(info));
    byName_[declaration.name] = &classes_.back();
  }
}

void Hierarchy::linkSuperclasses() {
  for (ClassInfo& info : classes_) {
    const std::string& name = info.declaration->superclass;
    if (name.empty()) continue;
    info.superclass = find(name);
    if (info.superclass != nullptr) continue;
    mistake(*info.declaration->file, info.declaration->position,
            fmt::format("there is no class {} that {} could inherit from", name, info.name()),
            nearHint(name));
  }
}

void Hierarchy::breakCycles() {
  for (ClassInfo& info : classes_) {
    size_t steps = 0;
    const ClassInfo* each = info.superclass;
    for (; each != nullptr && each != &info && steps < classes_.size(); ++steps) {
      each = each->superclass;
    }
    if (each != &info) continue;
    mistake(*info.declaration->file, info.declaration->position,
            fmt::format("class {} inherits from itself", info.name()));
    info.superclass = nullptr;
  }
}

void Hierarchy::addClassSideVariables() {
  for (const syntax::ClassSideVariables& each : program_.classSideVariables) {
    ClassInfo* info = find(each.className);
    if (info == nullptr) {
      mistake(*each.file, each.position, fmt::format("there is no class {}", each.className),
              nearHint(each.className));
      continue;
    }
    info->classInstanceVariables.clear();
    for (const Declaration& name : each.names) info->classInstanceVariables.push_back(name.name);
  }
}

void Hierarchy::resolvePools() {
  for (ClassInfo& info : classes_) {
    for (const Declaration& pool : info.declaration->pools) {
      ClassInfo* found = find(pool.name);
      if (found == nullptr) {
        mistake(*info.declaration->file, pool.position,
                fmt::format("there is no class {} with pool variables", pool.name),
                nearHint(pool.name));
        continue;
      }
      info.pools.push_back(found);
    }
  }
}

// Below a class with indexed variables all classes have them.
void Hierarchy::inheritKind(ClassInfo& info) {
  const ClassInfo* each = &info;
  while (each->declaration->kind == ClassKind::kFixed && each->superclass != nullptr) {
    each = each->superclass;
  }
  info.kind = each->declaration->kind;
  if (each == &info || info.kind != ClassKind::kImmediate) return;
  mistake(*info.declaration->file, info.declaration->position,
          fmt::format("{} has immediate instances: it cannot have subclasses", each->name()));
}

void Hierarchy::checkVariables(const ClassInfo& info) {
  std::set<std::string> seen;
  if (info.superclass != nullptr) {
    const std::vector<std::string> inherited = info.superclass->allInstanceVariables();
    seen.insert(inherited.begin(), inherited.end());
  }
  for (const Declaration& each : info.declaration->instanceVariables) {
    if (seen.insert(each.name).second) continue;
    mistake(*info.declaration->file, each.position,
            fmt::format("the instance variable '{}' is declared already", each.name));
  }
  const bool hasBits = info.kind == ClassKind::kBytes || info.kind == ClassKind::kShorts ||
                       info.kind == ClassKind::kWords || info.kind == ClassKind::kDoubleWords;
  if (hasBits && !seen.empty()) {
    mistake(*info.declaration->file, info.declaration->position,
            fmt::format("{} has instances of bits: they have no instance variables", info.name()));
  }
}

}  // namespace stwasm::compose
