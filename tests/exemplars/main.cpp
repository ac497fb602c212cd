// Writes a memory that runs a table of exemplars, and a list of its cases:
//   stwasm_exemplars TABLE FORMAT IMAGE LIST [elsewhere]
// TABLE is v3, sista or primitives, or one that ends the run: store, pop, unused. FORMAT spur32,
// spur64 or v3 or one of these with -big behind it, LIST a file with a line for each case (key,
// path) and, behind an empty line, a line for each key that there is to cover.
//
// With "elsewhere", without the cases that are not for other virtual machines: their paths begin
// with "here".
#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "tests/exemplars/runner.h"
#include "tests/exemplars/table.h"
#include "translator/image_writer/image_writer.h"
#include "translator/support/text.h"

namespace {

using namespace stwasm::exemplars;

std::string listText(const Table& table) {
  std::string text;
  for (const Case& each : table.cases) text += fmt::format("{}\t{}\n", each.key, each.path);
  text += '\n';
  for (const std::string& key : table.keys) text += key + '\n';
  return text;
}

stwasm::Status write(Memory& memory, const Table& table, const std::string& imageFile,
                     const std::string& listFile) {
  for (const Method& method : table.methods) memory.addMethod(method);
  std::vector<Message> messages;
  for (const Case& each : table.cases) {
    if (table.ofInstructions && !instructionKeys(each.method).contains(each.key)) {
      return stwasm::fail("case '{}' of {} does not contain it", each.path, each.key);
    }
    Method method = each.method;
    method.selector = fmt::format("case{}", messages.size() + 1);
    memory.addMethod(method);
    messages.push_back({each.receiver, method.selector, each.expected});
  }
  const stwasm::image::ObjectGraph graph =
      memory.finish("exemplars", runner(), startMethod(messages));
  if (auto status = stwasm::image_writer::writeImageFile(graph, graph.header(), imageFile)) {
    return status;
  }
  return stwasm::writeFile(listFile, listText(table));
}

// One case, which no virtual machine gets through.
void addFatal(Table& table, std::vector<int> code) {
  Case fatal{.key = "fatal", .path = "ends the run", .receiver = exemplar(), .expected = nil()};
  fatal.method.className = "Exemplar";
  fatal.method.literals = {string("a literal")};
  fatal.method.code = std::move(code);
  table.add(std::move(fatal));
}

bool isOnlyForHere(const Case& each) {
  return each.path.starts_with("here") || each.path.starts_with("fails: here");
}

}  // namespace

int main(int argc, char** argv) {
  const std::map<std::string_view, MemoryFormat> formats = {
      {"spur32", {.wordSize = 4}},
      {"spur64", {.wordSize = 8}},
      {"spur32-big", {.wordSize = 4, .bigEndian = true}},
      {"spur64-big", {.wordSize = 8, .bigEndian = true}},
      {"v3", {.isSpur = false}},
      {"v3-big", {.bigEndian = true, .isSpur = false}}};
  const bool elsewhere = argc == 6 && std::string_view(argv[5]) == "elsewhere";
  if ((argc != 5 && !elsewhere) || !formats.contains(argv[2])) {
    fmt::print(stderr,
               "usage: stwasm_exemplars v3|sista|primitives|store|pop|unused "
               "spur32|spur64|v3[-big] IMAGE LIST [elsewhere]\n");
    return 2;
  }
  Memory memory(formats.at(argv[2]));
  addRunner(memory);
  addBase(memory);
  Table table{.format = memory.format(), .cases = {}, .keys = {}, .methods = {}};
  const std::string_view name = argv[1];
  if (name == "v3") addV3Instructions(table);
  if (name == "sista") addSistaInstructions(table);
  if (name == "primitives") addPrimitives(table);
  if (name == "store") addFatal(table, {0x70, 129, 0x80, 0x78});
  if (name == "pop") addFatal(table, {0x70, 130, 0x80, 0x78});
  if (name == "unused") {
    memory.setSpecial(stwasm::image::SpecialObject::kSelectorUnusedBytecode, nil());
    addFatal(table, {126, 0x78});
  }
  std::erase_if(table.cases, [&](const Case& each) {
    return (elsewhere && isOnlyForHere(each)) || !memory.hasAll(each.method) ||
           !memory.hasAll(each.receiver) || !memory.hasAll(each.expected);
  });
  std::erase_if(table.methods, [&](const Method& method) { return !memory.hasAll(method); });
  if (auto status = write(memory, table, argv[3], argv[4])) {
    fmt::print(stderr, "{}\n", stwasm::render(std::move(status)));
    return 1;
  }
  return 0;
}
