// See inspection.h.
#include "translator/inspection/inspection.h"

#include <fmt/format.h>

#include "translator/emit/function_text.h"
#include "translator/emit/image_translator.h"
#include "translator/inspection/built_module.h"
#include "translator/inspection/control_flow.h"
#include "translator/ir/build.h"
#include "translator/ir/structure.h"
#include "translator/link/module.h"
#include "translator/pipeline/pipeline.h"

namespace stwasm::inspection {

namespace {

std::string bodyText(const CodeBodies& code, const ir::Body& body) {
  std::string text = code.nameOf(body) + '\n' + ir::printBody(body);
  auto tree = ir::structurize(body);
  if (tree) return text + ir::printTree(*tree) + '\n';
  llvm::consumeError(tree.takeError());
  return text + "(no structured control flow)\n";
}

}  // namespace

Result<std::string> irText(const image::ImageModel& model, const image::MethodEntry& entry) {
  auto bodies = codeBodies(model, entry);
  if (!bodies) return bodies.takeError();
  std::string text;
  for (const CodeBodies& code : *bodies)
    for (const ir::Body& body : code.method.bodies) text += bodyText(code, body) + '\n';
  text.pop_back();
  return text;
}

Result<std::string> watText(const image::ImageModel& model, const image::MethodEntry& entry,
                            const profile::Profile* profile) {
  auto runtime = link::Runtime::load({model.graph().header().wordSize});
  if (!runtime) return runtime.takeError();
  emit::TranslationOptions options = pipeline::translationOptions(*runtime);
  options.comments = true;
  options.profile = profile;
  return emit::ImageTranslator(model, std::move(options)).translateOne(entry);
}

Result<std::string> optimisedText(const image::ImageModel& model, const image::MethodEntry& entry,
                                  const profile::Profile* profile) {
  auto runtime = link::Runtime::load({model.graph().header().wordSize});
  if (!runtime) return runtime.takeError();
  emit::TranslationOptions translation = pipeline::translationOptions(*runtime);
  translation.profile = profile;
  auto program = emit::ImageTranslator(model, std::move(translation)).translateAll();
  if (!program) return program.takeError();
  link::BinaryOptions options;
  options.names = true;
  auto text = link::moduleText(*runtime, *program);
  if (!text) return text.takeError();
  auto binary = link::encodeModule(*text, options);
  if (!binary) return binary.takeError();
  auto module = BuiltModule::parse(binary->wasm);
  if (!module) return module.takeError();
  return module->functionsOf(model.methodName(entry.method));
}

}  // namespace stwasm::inspection
