// stwasm compose: makes an image of Smalltalk source.
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "cli/command.h"
#include "translator/compose/composer.h"
#include "translator/image/image_summary.h"
#include "translator/image_writer/image_writer.h"
#include "translator/support/text.h"

namespace stwasm::cli {

namespace {

constexpr std::string_view kChanges = ".changes";

using compose::ObjectFormat;
using compose::Target;

// The number of the value among the names; fails with all of them.
template <size_t kCount>
Result<size_t> choice(const Arguments& arguments, std::string_view option,
                      const std::array<std::string_view, kCount>& names) {
  const std::string value = arguments.value(option).value_or(std::string(names[0]));
  for (size_t i = 0; i < kCount; ++i) {
    if (names[i] == value) return i;
  }
  std::string all;
  for (size_t i = 0; i < kCount; ++i) {
    all += (i == 0 ? "" : i + 1 == kCount ? " or " : ", ") + std::string(names[i]);
  }
  return wrongUsage(fmt::format("{} is {}, not '{}'", option, all, value));
}

Result<Target> targetOf(const Arguments& arguments) {
  auto format =
      choice(arguments, "--format", std::array<std::string_view, 3>{"spur32", "spur64", "v3"});
  if (!format) return format.takeError();
  auto bytecodes = choice(arguments, "--bytecodes", std::array<std::string_view, 2>{"v3", "sista"});
  if (!bytecodes) return bytecodes.takeError();
  auto order = choice(arguments, "--byte-order", std::array<std::string_view, 2>{"little", "big"});
  if (!order) return order.takeError();
  const bool sista = *bytecodes == 1;
  auto closures = choice(arguments, "--closures",
                         sista ? std::array<std::string_view, 2>{"full", "embedded"}
                               : std::array<std::string_view, 2>{"embedded", "full"});
  if (!closures) return closures.takeError();
  Target target;
  target.format = static_cast<ObjectFormat>(*format);
  target.bigEndian = *order == 1;
  target.sista = sista;
  target.fullBlocks = (*closures == 0) == sista;
  if (target.fullBlocks && !sista) {
    return wrongUsage("full closures need --bytecodes sista");
  }
  if (sista && !target.isSpur()) {
    return wrongUsage("the format v3 has the bytecodes v3 only");
  }
  return target;
}

// Where an image looks for it.
std::string changesFile(const std::string& image) {
  return std::filesystem::path(image).replace_extension(kChanges).string();
}

Result<int> run(const Arguments& arguments) {
  Result<Target> target = targetOf(arguments);
  if (!target) return target.takeError();
  const std::string output = *arguments.value("--output");
  if (output.ends_with(kChanges)) {
    return wrongUsage(fmt::format("{} would be the name of the image's source", output));
  }
  std::vector<std::string> paths;
  for (size_t i = 0; i < arguments.positionalCount(); ++i) {
    paths.push_back(arguments.positional(i));
  }
  syntax::Program program;
  syntax::Mistakes mistakes;
  if (Status status = compose::readSources(paths, program, mistakes)) return status;
  if (const auto main = arguments.value("--main")) compose::addMainExpression(*main, program);
  Result<compose::Composition> made = compose::compose(program, mistakes, *target, output);
  if (!made) return made.takeError();
  const image::ObjectGraph& graph = made->graph;
  if (Status status = writeFile(changesFile(output), made->changes)) return status;
  if (Status status = image_writer::writeImageFile(graph, graph.header(), output)) return status;
  fmt::print("{}: {} classes, {} methods, {} objects\n", output, program.classes.size(),
             groupedDigits(program.methods.size()), groupedDigits(graph.objectCount()));
  return 0;
}

}  // namespace

Command composeCommand() {
  CommandSpec spec;
  spec.name = "compose";
  spec.summary = "make an image of Smalltalk source";
  spec.arguments = "PATH... -o NAME.image [options]";
  spec.description =
      "Compiles Smalltalk source and writes an image that runs it. A PATH is a file in chunk "
      "format\n"
      "(.st), a Tonel file (.class.st, .extension.st), or a folder of such files. A program needs "
      "the\n"
      "classes that the virtual machine knows; the folder examples/kernel of the project has "
      "them.\n"
      "\n"
      "In a chunk file, chunks end with '!'. A chunk can define a class:\n"
      "\n"
      "  Object subclass: #Counter\n"
      "    instanceVariableNames: 'count'\n"
      "    classVariableNames: '' poolDictionaries: '' category: 'Examples'!\n"
      "\n"
      "or announce methods, which follow it until an empty chunk:\n"
      "\n"
      "  !Counter methodsFor: 'counting'!\n"
      "  increment\n"
      "    count := (count ifNil: [0]) + 1! !\n"
      "\n"
      "Any other chunk is code that runs when the image starts. Smalltalk at: #Name put: value\n"
      "declares a global variable. After the last chunk the image quits. Classes can be used "
      "before\n"
      "their definition.\n"
      "\n"
      "The methods' text is written beside the image, to NAME.changes, as Squeak's tools and the\n"
      "other commands of stwasm expect it; delete it where the source is not to be given away.";
  spec.minArguments = 1;
  spec.maxArguments = 10000;
  spec.options = {
      {"--output", "-o", "NAME.image", "the image to write"},
      {"--format", "", "FORMAT", "object memory: spur32 (the default), spur64 or v3"},
      {"--bytecodes", "", "SET", "v3 (V3PlusClosures, the default) or sista (SistaV1)"},
      {"--closures", "", "KIND",
       "full (FullBlockClosure, the default of sista) or embedded (the only\n"
       "kind of v3): whether blocks are methods of their own"},
      {"--byte-order", "", "ORDER", "little (the default) or big endian"},
      {"--main", "", "EXPRESSION", "code that runs after that of the files"},
  };
  spec.required = {"--output"};
  spec.examples = {
      {"stwasm compose examples/kernel examples/hello/hello.st -o hello.image", "a program"},
      {"stwasm compose examples/kernel -o sum.image --main 'Transcript show: (3 + 4) printString; "
       "cr'",
       "an expression"},
      {"stwasm build hello.image -o hello && stwasm run hello", "then translate and run it"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
