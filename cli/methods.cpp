// stwasm methods: the installed methods of an image, by pattern.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/image_file.h"
#include "translator/support/text.h"

namespace stwasm::cli {

namespace {

using image::MethodEntry;

std::string details(const ImageFile& file, const MethodEntry& entry) {
  Result<image::CompiledMethodView> method =
      image::CompiledMethodView::create(file.graph(), entry.method);
  if (!method) return render(method.takeError());
  std::string text = fmt::format("{} bytes, {} literals, {}", method->bytecodes().size(),
                                 method->literalCount(), bytecodeSetName(method->bytecodeSet()));
  if (auto named = method->namedPrimitive()) {
    text += fmt::format(", primitive {}>>{}", named->module.empty() ? "VM" : named->module,
                        named->function);
  } else if (method->primitiveNumber() != 0) {
    text += fmt::format(", primitive {}", method->primitiveNumber());
  }
  return text;
}

Result<int> run(const Arguments& arguments) {
  Result<ImageFile> file = ImageFile::open(arguments.positional(0));
  if (!file) return file.takeError();
  const std::string pattern = arguments.positionalCount() > 1 ? arguments.positional(1) : "*";
  std::vector<std::pair<std::string, MethodEntry>> found;
  for (const MethodEntry& entry : file->model().methods()) {
    std::string name = file->nameOf(entry);
    if (globMatches(pattern, name)) found.emplace_back(std::move(name), entry);
  }
  if (found.empty()) {
    return fail(
        Diagnostic(fmt::format("no method is named like '{}'", pattern))
            .inFile(arguments.positional(0))
            .withHint("patterns match the whole of 'Class>>selector'; * stands for any text"));
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [name, entry] : found) {
    if (arguments.has("--long")) {
      fmt::print("{}  ({})\n", name, details(*file, entry));
    } else {
      fmt::print("{}\n", name);
    }
  }
  return 0;
}

}  // namespace

Command methodsCommand() {
  CommandSpec spec;
  spec.name = "methods";
  spec.summary = "list the methods of an image, by pattern";
  spec.arguments = "IMAGE [PATTERN] [options]";
  spec.description =
      "Lists the methods installed in an image's classes, sorted by name. PATTERN is matched\n"
      "against the whole of 'Class>>selector' or 'Class class>>selector': * stands for any text,\n"
      "? for one character.";
  spec.minArguments = 1;
  spec.maxArguments = 2;
  spec.options = {{"--long", "-l", "", "also sizes, bytecode set and primitive of each method"}};
  spec.examples = {
      {"stwasm methods cuis.image 'Integer>>*'", "the methods of one class"},
      {"stwasm methods cuis.image '*>>printOn:'", "the implementors of a selector"},
      {"stwasm methods cuis.image 'Integer class>>*' -l", "of a metaclass, with sizes"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
