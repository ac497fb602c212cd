// stwasm disassemble: one method's header, literals and bytecodes.
#include <fmt/core.h>

#include "cli/command.h"
#include "cli/image_file.h"
#include "translator/listing/method_listing.h"

namespace stwasm::cli {

namespace {

Result<int> run(const Arguments& arguments) {
  Result<ImageFile> file = ImageFile::open(arguments.positional(0));
  if (!file) return file.takeError();
  Result<image::MethodEntry> entry = file->findMethod(arguments.positional(1));
  if (!entry) return entry.takeError();
  const std::string& path = arguments.positional(0);
  Result<image::CompiledMethodView> method =
      image::CompiledMethodView::create(file->graph(), entry->method);
  if (!method) return inFile(inMethod(method.takeError(), arguments.positional(1)), path);
  Result<std::string> listing = listing::listMethod(file->model(), *method);
  if (!listing) return inFile(listing.takeError(), path);
  fmt::print("{}", *listing);
  return 0;
}

}  // namespace

Command disassembleCommand() {
  CommandSpec spec;
  spec.name = "disassemble";
  spec.summary = "print the bytecodes of a method";
  spec.arguments = "IMAGE 'Class>>selector'";
  spec.description =
      "Prints a CompiledMethod: arguments, temporaries, primitive and frame size from its header,\n"
      "its literals, and its bytecodes, each with its pc, its bytes and its meaning. The pcs are\n"
      "those that the image itself knows; blocks are indented.";
  spec.minArguments = 2;
  spec.maxArguments = 2;
  spec.examples = {{"stwasm disassemble cuis.image 'Integer>>benchFib'", "an instance method"},
                   {"stwasm disassemble cuis.image 'Point class>>x:y:'", "a class method"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
