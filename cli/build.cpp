// stwasm build: translates an image into an output folder.
#include <algorithm>
#include <chrono>
#include <string>

#include <fmt/core.h>

#include "cli/build_statistics.h"
#include "cli/command.h"
#include "cli/shown_progress.h"
#include "translator/pipeline/pipeline.h"
#include "translator/support/progress.h"
#include "translator/support/text.h"

namespace stwasm::cli {

namespace {

using pipeline::BuildOptions;
using pipeline::BuildReport;

constexpr int kMaxOptimizeLevel = 4;

Result<BuildOptions> readOptions(const Arguments& arguments) {
  BuildOptions options;
  options.imagePath = arguments.positional(0);
  options.outputPath = *arguments.value("--output");
  options.translate = !arguments.has("--interpreter");
  options.debugNames = arguments.has("--names");
  options.sourceMap = arguments.has("--debug");
  options.keepText = arguments.has("--keep-text");
  options.page = arguments.has("--page");
  options.measure = arguments.has("--stats") || arguments.has("--stats-json");
  options.instrument = arguments.has("--instrument");
  options.profilePath = arguments.value("--profile").value_or("");
  for (const auto& [option, value] : arguments.occurrences()) options.included.push_back(value);
  if (arguments.has("--size") && arguments.has("--speed"))
    return wrongUsage("--size and --speed exclude each other");
  if (arguments.has("--size")) options.goal = emit::Goal::kSize;
  if (arguments.has("--speed")) options.goal = emit::Goal::kSpeed;
  if (auto level = arguments.value("--optimize")) {
    if (level->size() != 1 || (*level)[0] < '0' || (*level)[0] > '0' + kMaxOptimizeLevel) {
      return wrongUsage(
          fmt::format("--optimize {} is no level from 0 to {}", *level, kMaxOptimizeLevel));
    }
    options.optimizeLevel = (*level)[0] - '0';
  }
  return options;
}

void printReport(const BuildOptions& options, const BuildReport& report, double seconds) {
  fmt::print("{}: {} of {} methods translated, {} functions\n", options.outputPath,
             groupedDigits(report.translatedMethods), groupedDigits(report.methods),
             groupedDigits(report.functions));
  fmt::print("wasm {}, heap {}, {:.1f} s\n", readableSize(report.wasmBytes),
             readableSize(report.heapBytes), seconds);
}

// A profile of another version of the image may have many; the first ones tell what happened.
void printProfile(const BuildReport& report) {
  constexpr size_t kShown = 5;
  const std::vector<std::string>& notices = report.profileNotices;
  fmt::print("profile of {} methods and blocks\n", groupedDigits(report.profiledMethods));
  for (size_t i = 0; i < std::min(notices.size(), kShown); ++i) fmt::print("{}\n", notices[i]);
  if (notices.size() > kShown)
    fmt::print("... and {} more\n", groupedDigits(notices.size() - kShown));
}

void printTimes(const BuildReport& report) {
  for (const auto& [stage, seconds] : report.stages) fmt::print("{:7.2f} s  {}\n", seconds, stage);
}

void printRefusals(const BuildReport& report) {
  for (const emit::Refusal& refusal : report.refusals) {
    fmt::print("left to the interpreter: {}: {}\n", refusal.method, refusal.reason);
  }
}

Result<int> run(const Arguments& arguments) {
  Result<BuildOptions> options = readOptions(arguments);
  if (!options) return options.takeError();
  const auto started = std::chrono::steady_clock::now();
  Progress progress;
  Result<BuildReport> report = pipeline::build(*options, showOn(progress));
  if (!report) return report.takeError();
  progress.end();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  printReport(*options, *report, took.count());
  if (!options->profilePath.empty()) printProfile(*report);
  if (arguments.has("--time-report")) printTimes(*report);
  if (arguments.has("--refusals")) printRefusals(*report);
  if (arguments.has("--stats")) fmt::print("{}", statisticsText(*report));
  if (auto file = arguments.value("--stats-json"))
    if (Status status = writeFile(*file, statisticsJson(*report))) return status;
  return 0;
}

}  // namespace

Command buildCommand() {
  CommandSpec spec;
  spec.name = "build";
  spec.summary = "translate an image to WebAssembly";
  spec.arguments = "IMAGE -o OUT [options]";
  spec.description =
      "Translates the CompiledMethods and blocks of a Smalltalk image to WebAssembly GC, links "
      "them\n"
      "with the runtime, optimises, and writes one folder: the .wasm, the image's heap, the\n"
      "JavaScript host (ES modules for Node and browsers) and a manifest. The image's changes and\n"
      "sources files are copied if they stand beside it.\n"
      "\n"
      "OUT is replaced if it is an earlier output. If anything is wrong with the image, OUT stays "
      "as\n"
      "it was.";
  spec.minArguments = 1;
  spec.maxArguments = 1;
  spec.options = {
      {"--output", "-o", "OUT", "the folder to write (required)"},
      {"--optimize", "-O", "LEVEL", "0 to 4, as wasm-opt's -O; 0 builds fastest (otherwise 2)"},
      {"--page", "", "",
       "also write index.html: the image in a browser, from any static\n"
       "host; page.json says what the image is permitted there"},
      {"--include", "", "DIR", "files that the image finds in its own folder", true},
      {"--instrument", "", "",
       "a slower build that counts what it does, for `stwasm profile` and\n"
       "`stwasm run --profile-report`"},
      {"--profile", "", "FILE", "what `stwasm profile` saw: what is worth inlining, what to guess"},
      {"--speed", "", "", "the fastest code, at the cost of its size and of time to build"},
      {"--size", "", "",
       "the smallest code; with --profile, what never ran is left to the\n"
       "interpreter"},
      {"--interpreter", "", "", "translate no method: the interpreter runs everything"},
      {"--names", "", "", "keep function names in the .wasm, for profilers and stack traces"},
      {"--debug", "", "",
       "names of everything, a source map and a record of activations:\n"
       "debuggers step through Smalltalk, traps tell all of the stack, the\n"
       "code is slower; with -O 0 temporaries keep places of their own"},
      {"--time-report", "", "", "print how long each stage took"},
      {"--stats", "", "",
       "print what was translated, what was not and why, and what the bytes of\n"
       "the .wasm are spent on: kinds of code, packages, classes, methods"},
      {"--stats-json", "", "FILE", "write the same to a file, with all classes and methods"},
      {"--keep-text", "", "", "also write the module as text, before it is optimised"},
      {"--refusals", "", "", "list the methods that were left to the interpreter, and why"}};
  spec.required = {"--output"};
  spec.exclusive = {{"--instrument", "--profile"}};
  spec.examples = {{"stwasm build cuis.image -o out", "then: stwasm run out --eval '3 + 4'"},
                   {"stwasm build cuis.image -o out --page", "then: stwasm serve out"},
                   {"stwasm build cuis.image -o out -O 0 --names", "a quick build to look into"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
