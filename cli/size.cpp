// stwasm size: what makes a built module big.
#include <string>

#include <fmt/core.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/Support/Compression.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/FormatVariadic.h>
#include <llvm/Support/raw_ostream.h>

#include "cli/command.h"
#include "translator/sizes/size_report.h"
#include "translator/support/text.h"

namespace stwasm::cli {

namespace {

constexpr size_t kMostLines = 20;

// What a web server sends that compresses with gzip; 0 where the build has no zlib.
uint64_t deflatedSize(std::string_view bytes) {
  if (!llvm::compression::zlib::isAvailable()) return 0;
  llvm::SmallVector<uint8_t, 0> out;
  llvm::compression::zlib::compress({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()},
                                    out, llvm::compression::zlib::BestSizeCompression);
  return out.size();
}

Result<int> run(const Arguments& arguments) {
  const std::string& folder = arguments.positional(0);
  const std::string path = folder + "/image.wasm";
  if (!llvm::sys::fs::exists(path)) {
    return fail(Diagnostic("is no translated image", folder)
                    .withHint(fmt::format("make one with `stwasm build IMAGE -o {}`", folder)));
  }
  auto wasm = readFile(path);
  if (!wasm) return wasm.takeError();
  const std::string_view bytes((*wasm)->getBufferStart(), (*wasm)->getBufferSize());
  auto sizes = sizes::ModuleSizes::of(bytes);
  if (!sizes) return inFile(sizes.takeError(), path);
  const sizes::SizeReport report = sizes::reportOf(*sizes);
  const uint64_t deflated = deflatedSize(bytes);
  if (arguments.has("--json")) {
    llvm::json::Object all = sizes::jsonOf(report);
    all["deflatedBytes"] = static_cast<int64_t>(deflated);
    llvm::outs() << llvm::formatv("{0:2}\n", llvm::json::Value(std::move(all)));
    return 0;
  }
  if (deflated != 0) fmt::print("compressed with gzip: about {} bytes\n", groupedDigits(deflated));
  fmt::print("{}", sizes::textOf(report, arguments.has("--all") ? 0 : kMostLines));
  if (!report.hasNames) {
    fmt::print(
        "The module has no names, so that its code belongs to nobody: build it with --names, or "
        "with\n--stats for the same tables while it is built.\n");
  }
  return 0;
}

}  // namespace

Command sizeCommand() {
  CommandSpec spec;
  spec.name = "size";
  spec.summary = "tell what makes a built module big";
  spec.arguments = "OUT [options]";
  spec.description =
      "Adds up the bytes of the .wasm that `stwasm build` wrote into the folder OUT: by section; "
      "its\n"
      "code by kind (methods, blocks, loop entries, the runtime's parts), by instruction and by "
      "class;\n"
      "and its biggest methods. Classes and methods are told apart by name: build with --names.";
  spec.minArguments = 1;
  spec.maxArguments = 1;
  spec.options = {{"--all", "", "", "all classes and methods, not only the biggest"},
                  {"--json", "", "", "everything as JSON"}};
  spec.examples = {{"stwasm build cuis.image -o out --names && stwasm size out", ""},
                   {"stwasm size out --json | jq '.classes[:5]'", "the five biggest classes"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
