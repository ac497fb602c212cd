// stwasm info: what an image is and what is in it.
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/image_file.h"
#include "cli/primitive_states.h"
#include "translator/image/image_summary.h"
#include "translator/listing/value_text.h"
#include "translator/pipeline/pipeline.h"
#include "translator/support/text.h"

namespace stwasm::cli {

namespace {

using image::ImageHeader;
using image::ImageModel;
using image::ObjectId;
using image::Summary;
using image::Value;

void row(std::string_view label, std::string_view value) {
  fmt::print("{:<18} {}\n", label, value);
}

// Where a class of the Squeak family keeps the names of its instance variables.
constexpr std::size_t kInstanceVariablesSlot = 3;

std::string instanceVariableName(const ImageModel& model, ObjectId behavior, std::size_t index) {
  const auto slots = model.graph().slots(behavior);
  if (slots.size() <= kInstanceVariablesSlot || !slots[kInstanceVariablesSlot].isObject())
    return "";
  const auto names = model.graph().slots(slots[kInstanceVariablesSlot].objectId());
  if (index >= names.size() || !names[index].isObject()) return "";
  return std::string(model.byteString(names[index].objectId()).value_or(""));
}

// What a SystemVersion says in numbers and strings: "versionMajor 5, versionMinor 0".
std::string versionText(const ImageModel& model, ObjectId version) {
  std::string text;
  const auto slots = model.graph().slots(version);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const bool plain =
        slots[i].isSmallInteger() || (slots[i].isObject() && model.byteString(slots[i].objectId()));
    if (!plain) continue;
    const std::string name = instanceVariableName(model, model.classOf(Value::object(version)), i);
    if (!text.empty()) text += ", ";
    text += name + (name.empty() ? "" : " ") + listing::valueText(model, slots[i]);
  }
  return text;
}

// Images name their version in instances of SystemVersion; the smallest have none.
std::set<std::string> versions(const ImageModel& model) {
  std::set<std::string> found;
  const ObjectId versionClass = model.findClass("SystemVersion");
  if (versionClass == image::kNoObject) return found;
  for (ObjectId id = 0; id < model.graph().objectCount(); ++id) {
    if (model.graph().object(id).classId != versionClass) continue;
    std::string text = versionText(model, id);
    if (!text.empty()) found.insert(std::move(text));
  }
  return found;
}

void printHeader(const ImageFile& file) {
  const ImageHeader& header = file.graph().header();
  row("image", file.graph().fileName());
  row("format",
      fmt::format("{} ({})", header.formatNumber, header.isSpur() ? "Spur" : "before Spur"));
  row("word size", fmt::format("{} bits", 8 * header.wordSize));
  row("byte order", header.bigEndian ? "big endian" : "little endian");
  row("heap", fmt::format("{} at {:#x}", readableSize(header.dataSize), header.oldBaseAddress));
  for (const std::string& version : versions(file.model())) row("version", version);
}

void printSummary(const Summary& summary) {
  row("objects", groupedDigits(summary.objects));
  row("classes", groupedDigits(summary.classes));
  row("metaclasses", groupedDigits(summary.metaclasses));
  row("selectors", groupedDigits(summary.selectors));
  row("methods", fmt::format("{} installed, {} in all", groupedDigits(summary.installedMethods),
                             groupedDigits(summary.compiledCode)));
  if (summary.compiledBlocks > 0) row("blocks", groupedDigits(summary.compiledBlocks));
  if (summary.unreadableMethods > 0) row("unreadable", groupedDigits(summary.unreadableMethods));
  for (const auto& [set, count] : summary.bytecodeSets) {
    row("bytecode set", fmt::format("{}: {} methods", bytecodeSetName(set), groupedDigits(count)));
  }
  row("quick returns", groupedDigits(summary.quickReturns));
  row("primitives", fmt::format("{} numbers, {} named", summary.primitives.size(),
                                summary.namedPrimitives.size()));
}

// What stands in front of the state: the primitive and how many methods call it.
std::string useText(const PrimitiveUse& use) {
  const std::string name = use.function.empty()
                               ? fmt::format("{:>5}", use.number)
                               : (use.module.empty() ? "VM" : use.module) + ">>" + use.function;
  return fmt::format("{}  {}", name, use.methodCount());
}

Status printPrimitives(const ImageModel& model) {
  auto implemented = pipeline::implementedPrimitives(model.graph().header().wordSize);
  if (!implemented) return implemented.takeError();
  const PrimitiveUses uses = primitiveUses(model);
  fmt::print("\nprimitives by number (methods, state)\n");
  for (const PrimitiveUse& use : uses.numbered)
    fmt::print("  {}  {}\n", useText(use), primitiveState(use, *implemented));
  fmt::print("\nprimitives by name (methods, state)\n");
  for (const PrimitiveUse& use : uses.named)
    fmt::print("  {}  {}\n", useText(use), primitiveState(use, *implemented));
  return Status::success();
}

Result<int> run(const Arguments& arguments) {
  Result<ImageFile> file = ImageFile::open(arguments.positional(0));
  if (!file) return file.takeError();
  const Summary summary = image::summarize(file->model());
  printHeader(*file);
  printSummary(summary);
  if (arguments.has("--primitives"))
    if (Status status = printPrimitives(file->model())) return status;
  return 0;
}

}  // namespace

Command infoCommand() {
  CommandSpec spec;
  spec.name = "info";
  spec.summary = "tell what an image is and what is in it";
  spec.arguments = "IMAGE [options]";
  spec.description =
      "Tells an image's format, word size and byte order, the versions it names, and how many\n"
      "objects, classes, methods and primitives it has, and in which bytecode sets.";
  spec.minArguments = 1;
  spec.maxArguments = 1;
  spec.options = {{"--primitives", "", "", "also list each primitive with its methods and state"}};
  spec.examples = {{"stwasm info cuis.image", "the figures of one image"},
                   {"stwasm info cuis.image --primitives", "and what it needs from its VM"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
