// An image opened by a subcommand, and its methods by name.
#pragma once

#include <memory>
#include <string>

#include "translator/image/image_model.h"
#include "translator/image/object_graph.h"
#include "translator/support/result.h"

namespace stwasm::cli {

class ImageFile {
 public:
  static Result<ImageFile> open(const std::string& path);

  const image::ObjectGraph& graph() const { return *graph_; }
  const image::ImageModel& model() const { return *model_; }

  // 'Integer>>factorial'. A name that is not found is answered with those that come close.
  Result<image::MethodEntry> findMethod(const std::string& name) const;

  // 'Class>>selector' of an installed method.
  std::string nameOf(const image::MethodEntry& entry) const;

 private:
  ImageFile(std::unique_ptr<image::ObjectGraph> graph, std::unique_ptr<image::ImageModel> model)
      : graph_(std::move(graph)), model_(std::move(model)) {}

  // On the heap, for the model points to the graph.
  std::unique_ptr<image::ObjectGraph> graph_;
  std::unique_ptr<image::ImageModel> model_;
};

}  // namespace stwasm::cli
