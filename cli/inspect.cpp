// stwasm inspect: what one method becomes on its way to WebAssembly.
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include <fmt/core.h>

#include "cli/command.h"
#include "cli/image_file.h"
#include "translator/inspection/built_module.h"
#include "translator/inspection/inspection.h"
#include "translator/listing/method_listing.h"
#include "translator/profile/profile.h"
#include "translator/source/method_sources.h"

namespace stwasm::cli {

namespace {

namespace fs = std::filesystem;

using inspection::BuiltModule;
using profile::Profile;

// A stage of translation that can be shown. The profile may be null.
struct View {
  std::string_view option;
  std::string_view title;
  Result<std::string> (*text)(const ImageFile& file, const image::MethodEntry& entry,
                              const Profile* profile);
};

Result<std::string> sourceText(const ImageFile& file, const image::MethodEntry& entry,
                               const Profile* /*profile*/) {
  auto method = image::CompiledMethodView::create(file.graph(), entry.method);
  if (!method) return method.takeError();
  const auto text = source::MethodSources::besides(file.model()).textOf(*method);
  return text ? *text + '\n' : "(no source: there is no .changes or .sources beside the image)\n";
}

Result<std::string> bytecodeText(const ImageFile& file, const image::MethodEntry& entry,
                                 const Profile* /*profile*/) {
  auto method = image::CompiledMethodView::create(file.graph(), entry.method);
  if (!method) return method.takeError();
  return listing::listMethod(file.model(), *method);
}

Result<std::string> irText(const ImageFile& file, const image::MethodEntry& entry,
                           const Profile* /*profile*/) {
  return inspection::irText(file.model(), entry);
}

Result<std::string> watText(const ImageFile& file, const image::MethodEntry& entry,
                            const Profile* profile) {
  return inspection::watText(file.model(), entry, profile);
}

Result<std::string> optimisedText(const ImageFile& file, const image::MethodEntry& entry,
                                  const Profile* profile) {
  return inspection::optimisedText(file.model(), entry, profile);
}

Result<std::string> graphText(const ImageFile& file, const image::MethodEntry& entry,
                              const Profile* /*profile*/) {
  return inspection::controlFlowGraph(file.model(), entry);
}

constexpr View kViews[] = {
    {"--source", "source", sourceText},
    {"--bytecodes", "bytecodes", bytecodeText},
    {"--ir", "IR", irText},
    {"--wat", "WAT", watText},
    {"--optimised", "optimised WAT", optimisedText},
};
constexpr View kGraph = {"--dot", "control flow", graphText};

Result<int> show(const View& view, bool withTitle, const ImageFile& file,
                 const image::MethodEntry& entry, const std::string& name, const Profile* profile) {
  Result<std::string> text = view.text(file, entry, profile);
  if (!text) return inFile(inMethod(text.takeError(), name), file.graph().fileName());
  if (withTitle) fmt::print(";; --- {}\n", view.title);
  fmt::print("{}", *text);
  return 0;
}

Result<int> inspectImage(const Arguments& arguments) {
  if (arguments.positionalCount() < 2) return wrongUsage("which method?");
  Result<ImageFile> file = ImageFile::open(arguments.positional(0));
  if (!file) return file.takeError();
  const std::string& name = arguments.positional(1);
  Result<image::MethodEntry> entry = file->findMethod(name);
  if (!entry) return entry.takeError();
  if (arguments.has("--dot")) return show(kGraph, false, *file, *entry, name, nullptr);
  std::optional<Profile> profile;
  if (const auto path = arguments.value("--profile")) {
    Result<Profile> seen = Profile::read(*path, file->model());
    if (!seen) return seen.takeError();
    profile = std::move(*seen);
  }
  const Profile* known = profile ? &*profile : nullptr;
  std::vector<View> views;
  for (const View& view : kViews)
    if (arguments.has("--all") || arguments.has(view.option)) views.push_back(view);
  if (views.empty()) return show(kViews[3], false, *file, *entry, name, known);
  for (const View& view : views) {
    Result<int> shown = show(view, views.size() > 1, *file, *entry, name, known);
    if (!shown) return shown;
  }
  return 0;
}

Result<BuiltModule> openModule(const std::string& folder) {
  const std::string path = (fs::path(folder) / "image.wasm").string();
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  if (!(bytes << stream.rdbuf())) return fail(Diagnostic("cannot be read", path));
  auto module = BuiltModule::parse(bytes.str());
  if (!module) return inFile(module.takeError(), path);
  return module;
}

// What was built, not what would be.
Result<int> inspectFolder(const Arguments& arguments) {
  const std::string& folder = arguments.positional(0);
  for (const View& view : kViews)
    if (arguments.has(view.option) && view.option != "--optimised")
      return wrongUsage(fmt::format("{} wants an image: {} holds what is left after optimisation",
                                    view.option, folder));
  const auto pattern = arguments.value("--grep");
  if (!pattern && arguments.positionalCount() < 2) return wrongUsage("which method?");
  auto module = openModule(folder);
  if (!module) return module.takeError();
  if (pattern) {
    fmt::print("{}", module->functionsWith(*pattern));
    return 0;
  }
  auto text = module->functionsOf(arguments.positional(1));
  if (!text) return inFile(text.takeError(), folder);
  fmt::print("{}", *text);
  return 0;
}

Result<int> run(const Arguments& arguments) {
  if (fs::is_directory(arguments.positional(0))) return inspectFolder(arguments);
  if (arguments.has("--grep"))
    return wrongUsage("--grep searches a folder that has been built, not an image");
  return inspectImage(arguments);
}

}  // namespace

Command inspectCommand() {
  CommandSpec spec;
  spec.name = "inspect";
  spec.summary = "show what a method becomes: source, bytecodes, IR, WAT";
  spec.arguments = "IMAGE|OUT 'Class>>selector' [options]";
  spec.description =
      "Shows a method and its blocks on their way to WebAssembly. Of an image, the WAT before it "
      "is\n"
      "optimised if nothing else is asked for: each bytecode stands as a comment, with its pc and "
      "its\n"
      "meaning, before the code that was made of it. Of a folder that was built (with --names), "
      "the\n"
      "functions that it really holds.";
  spec.minArguments = 1;
  spec.maxArguments = 2;
  spec.options = {{"--source", "", "", "the method's source, from the files beside the image"},
                  {"--bytecodes", "", "", "header, literals and bytecodes"},
                  {"--ir", "", "", "basic blocks and structured control flow"},
                  {"--wat", "", "", "the WAT before optimisation"},
                  {"--optimised", "", "", "the WAT after it; translates the whole image: a minute"},
                  {"--all", "", "", "all of these"},
                  {"--profile", "", "FILE", "WAT as `build --profile FILE` makes it"},
                  {"--dot", "", "", "control flow as a graph for Graphviz"},
                  {"--grep", "", "TEXT", "of OUT: all functions whose name or text has TEXT"}};
  spec.exclusive = {{"--dot", "--all"}};
  spec.examples = {
      {"stwasm inspect cuis.image 'Integer>>benchFib'", "bytecodes and WAT together"},
      {"stwasm inspect cuis.image 'Integer>>benchFib' --all", "every stage"},
      {"stwasm inspect cuis.image 'Integer>>benchFib' --dot | dot -Tsvg > fib.svg", "a drawing"},
      {"stwasm inspect out 'Integer>>benchFib'", "what was built"},
      {"stwasm inspect out --grep special_add", "who calls a runtime function"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
