// Opening an image, and finding methods in it: see image_file.h.
#include "cli/image_file.h"

#include <vector>

#include <fmt/format.h>

#include "translator/image/image_reader.h"
#include "translator/support/text.h"

namespace stwasm::cli {

using image::ImageModel;
using image::MethodEntry;
using image::ObjectGraph;
using image::ObjectId;

Result<ImageFile> ImageFile::open(const std::string& path) {
  Result<ObjectGraph> graph = image::readImage(path);
  if (!graph) return inFile(graph.takeError(), path);
  auto held = std::make_unique<ObjectGraph>(std::move(*graph));
  Result<ImageModel> model = ImageModel::create(*held);
  if (!model) return inFile(model.takeError(), path);
  return ImageFile(std::move(held), std::make_unique<ImageModel>(std::move(*model)));
}

std::string ImageFile::nameOf(const MethodEntry& entry) const {
  return fmt::format("{}>>{}", model_->className(entry.behavior),
                     model_->selectorText(entry.selector));
}

namespace {

Status noSuchClass(const ImageModel& model, const std::string& file, const std::string& name) {
  std::vector<std::string> names;
  for (const ObjectId behavior : model.behaviors()) names.push_back(model.className(behavior));
  return fail(Diagnostic(fmt::format("there is no class {}", name), file)
                  .withHint(suggestion(closestNames(name, names))));
}

}  // namespace

Result<MethodEntry> ImageFile::findMethod(const std::string& name) const {
  const std::string& file = graph_->fileName();
  const std::size_t arrow = name.find(">>");
  if (arrow == std::string::npos) {
    return fail(Diagnostic(fmt::format("'{}' is no method name", name), file)
                    .withHint("methods are named 'Class>>selector' or 'Class class>>selector'"));
  }
  const std::string className = name.substr(0, arrow);
  const std::string selector = name.substr(arrow + 2);
  const ObjectId behavior = model_->findClass(className);
  if (behavior == image::kNoObject) return noSuchClass(*model_, file, className);
  std::vector<std::string> selectors;
  for (const MethodEntry& entry : model_->methodsOf(behavior)) {
    if (model_->selectorText(entry.selector) == selector) return entry;
    selectors.emplace_back(model_->selectorText(entry.selector));
  }
  // Close names in the class itself, otherwise the class that inherits it from above.
  std::string hint = suggestion(closestNames(selector, selectors));
  for (ObjectId above = model_->superclass(behavior); hint.empty() && above != image::kNil;
       above = model_->superclass(above)) {
    for (const MethodEntry& entry : model_->methodsOf(above)) {
      if (model_->selectorText(entry.selector) == selector) hint = "it inherits " + nameOf(entry);
    }
  }
  return fail(
      Diagnostic(fmt::format("{} has no method {}", className, selector), file).withHint(hint));
}

}  // namespace stwasm::cli
