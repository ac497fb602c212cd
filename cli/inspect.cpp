// stwasm inspect: the WebAssembly text that one method becomes.
#include <string>

#include <fmt/core.h>

#include "cli/command.h"
#include "cli/image_file.h"
#include "translator/pipeline/pipeline.h"

namespace stwasm::cli {

namespace {

Result<int> run(const Arguments& arguments) {
  const std::string& path = arguments.positional(0);
  Result<ImageFile> file = ImageFile::open(path);
  if (!file) return file.takeError();
  Result<image::MethodEntry> entry = file->findMethod(arguments.positional(1));
  if (!entry) return entry.takeError();
  Result<std::string> text = pipeline::inspect(file->model(), *entry);
  if (!text) return inFile(inMethod(text.takeError(), arguments.positional(1)), path);
  fmt::print("{}", *text);
  return 0;
}

}  // namespace

Command inspectCommand() {
  CommandSpec spec;
  spec.name = "inspect";
  spec.summary = "print the WebAssembly text of a method";
  spec.arguments = "IMAGE 'Class>>selector'";
  spec.description =
      "Prints the WebAssembly functions that a method and its blocks are translated to, before "
      "they\n"
      "are optimised. Each bytecode stands as a comment, with its pc and its meaning, before the\n"
      "code that was made of it.";
  spec.minArguments = 2;
  spec.maxArguments = 2;
  spec.examples = {{"stwasm inspect cuis.image 'Integer>>benchFib'", "an instance method"},
                   {"stwasm disassemble cuis.image 'Integer>>benchFib'", "its bytecodes alone"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
