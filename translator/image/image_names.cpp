// Names of classes and methods, both ways: the part of ImageModel that deals with text.
#include <algorithm>
#include <string>
#include <vector>

#include "translator/image/image_model.h"
#include "translator/support/text.h"

namespace stwasm::image {

namespace {

constexpr std::string_view kSeparator = ">>";
// Blocks in blocks; more only in an image whose blocks contain each other.
constexpr int kMaxBlockNesting = 64;

}  // namespace

std::string ImageModel::describe(ObjectId id, std::string_view what) const {
  return fmt::format("({} at byte {})", what, graph_->object(id).imageOffset);
}

std::optional<std::string_view> ImageModel::nameString(ObjectId id) const {
  const std::optional<std::string_view> text = byteString(id);
  return text && text->size() <= kMaxNameLength ? text : std::nullopt;
}

ObjectId ImageModel::soleInstance(ObjectId metaclass) const {
  if (!isMetaclass(metaclass)) return kNil;
  const ObjectId id = slotObject(metaclass, soleInstanceSlot_);
  return isBehavior(id) ? id : kNil;
}

std::string ImageModel::className(ObjectId behavior) const {
  const bool isMeta = isMetaclass(behavior);
  const ObjectId named = isMeta ? soleInstance(behavior) : behavior;
  if (named == kNil) return describe(behavior, isMeta ? "metaclass" : "nil");
  const std::optional<std::string_view> name = nameString(slotObject(named, classNameSlot_));
  if (!name) return describe(behavior, isMeta ? "metaclass" : "class without name");
  return isMeta ? fmt::format("{} class", *name) : std::string(*name);
}

ObjectId ImageModel::findClass(std::string_view name) const {
  const auto found = classesByName_.find(name);
  return found == classesByName_.end() ? kNoObject : found->second;
}

std::string_view ImageModel::selectorText(ObjectId selector) const {
  return nameString(selector).value_or("?");
}

Result<MethodEntry> ImageModel::findMethod(std::string_view classAndSelector) const {
  const size_t separator = classAndSelector.find(kSeparator);
  if (separator == std::string_view::npos) {
    return inFile(fail(Diagnostic(fmt::format("'{}' does not name a method", classAndSelector))
                           .withHint("write it as Class>>selector or 'Class class>>selector'")),
                  graph_->fileName());
  }
  const std::string_view name = classAndSelector.substr(0, separator);
  const std::string_view selector = classAndSelector.substr(separator + kSeparator.size());
  const ObjectId behavior = findClass(name);
  if (behavior == kNoObject) return noSuchClass(name);
  for (const MethodEntry& entry : methodsOf(behavior)) {
    if (selectorText(entry.selector) == selector) return entry;
  }
  return noSuchMethod(name, behavior, selector);
}

Status ImageModel::noSuchClass(std::string_view name) const {
  std::vector<std::string> names;
  names.reserve(classesByName_.size());
  for (const auto& [known, id] : classesByName_) names.push_back(known);
  return fail(Diagnostic(fmt::format("there is no class '{}'", name))
                  .inFile(graph_->fileName())
                  .withHint(suggestion(closestNames(name, names))));
}

Status ImageModel::noSuchMethod(std::string_view name, ObjectId behavior,
                                std::string_view selector) const {
  std::string hint;
  ObjectId ancestor = superclass(behavior);
  while (ancestor != kNil && hint.empty()) {
    for (const MethodEntry& entry : methodsOf(ancestor)) {
      if (selectorText(entry.selector) != selector) continue;
      hint = fmt::format("it is inherited from {}", className(ancestor));
    }
    ancestor = superclass(ancestor);
  }
  if (hint.empty()) {
    std::vector<std::string> names;
    for (const MethodEntry& entry : methodsOf(behavior)) {
      names.emplace_back(selectorText(entry.selector));
    }
    hint = suggestion(closestNames(selector, names));
  }
  return fail(Diagnostic(fmt::format("class {} has no method '{}'", name, selector))
                  .inFile(graph_->fileName())
                  .withHint(hint));
}

std::string ImageModel::methodName(ObjectId method) const {
  std::string prefix;
  for (int i = 0; i < kMaxBlockNesting; ++i) {
    if (const std::optional<MethodEntry> entry = entryOf(method)) {
      return fmt::format("{}{}>>{}", prefix, className(entry->behavior),
                         selectorText(entry->selector));
    }
    Result<CompiledMethodView> code = CompiledMethodView::create(*graph_, method);
    if (!code) {
      llvm::consumeError(code.takeError());
      return prefix + describe(method, "CompiledMethod");
    }
    if (!code->isCompiledBlock()) break;
    prefix += "[] in ";
    method = code->methodClassAssociation();
  }
  return prefix + uninstalledName(method);
}

// The class stands in the association that is a method's last literal, the selector before it,
// there directly or in the method's properties.
std::string ImageModel::uninstalledName(ObjectId method) const {
  Result<CompiledMethodView> code = CompiledMethodView::create(*graph_, method);
  if (!code) {
    llvm::consumeError(code.takeError());
    return describe(method, "CompiledMethod");
  }
  const ObjectId behavior = slotObject(code->methodClassAssociation(), 1);
  const ObjectId selector = code->selectorOrProperties();
  if (!isBehavior(behavior)) return describe(method, "CompiledMethod");
  std::optional<std::string_view> text = nameString(selector);
  for (uint32_t slot = 0; !text && slot < 2; ++slot) {
    text = nameString(slotObject(selector, slot));
  }
  return fmt::format("{}>>{}", className(behavior), text.value_or("?"));
}

}  // namespace stwasm::image
