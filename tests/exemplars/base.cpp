// Receivers and methods that the cases rely on: see table.h.
#include "tests/exemplars/assembler.h"
#include "tests/exemplars/table.h"

namespace stwasm::exemplars {

namespace {

constexpr int kExemplarSlots = 16;
constexpr int kMostArguments = 15;

Items numbersFrom(int first, int count) {
  Items items;
  for (int i = 0; i < count; ++i) items.push_back(integer(first + i));
  return items;
}

// A primitive that answers the symbol `failed` when it fails.
void addPrimitive(Memory& memory, const char* className, const char* selector, int arguments,
                  int number) {
  memory.addMethod(Assembler(className, selector, arguments, 0)
                       .primitive(number)
                       .literal(symbol("failed"))
                       .returnTop()
                       .method());
}

void addTakers(Memory& memory) {
  for (const char* className : {"Exemplar", "Parent"}) {
    const Item who = symbol(className == std::string("Parent") ? "parent" : "own");
    for (int count = 0; count <= kMostArguments; ++count) {
      Method method{.className = className, .selector = takeSelector(count), .arguments = count};
      method.largeFrame = true;
      method.literals = {who};
      method.code = {0x20};
      for (int i = 0; i < count; ++i) method.code.push_back(0x10 + i);
      method.code.insert(method.code.end(), {0x8A, 0x80 | (count + 1), 0x7C});
      memory.addMethod(method);
    }
  }
}

// What a VM sends of its own accord, each answering something that can be expected.
void addHooks(Memory& memory) {
  Method notUnderstood{.className = "Object", .selector = "doesNotUnderstand:", .arguments = 1};
  notUnderstood.literals = {symbol("notUnderstood"), symbol("selector"), symbol("arguments")};
  notUnderstood.code = {0x20, 0x10, 0xD1, 0x10, 0xD2, 0x8A, 0x83, 0x7C};
  memory.addMethod(notUnderstood);
  memory.addMethod(Assembler("Message", "selector", 0, 0).slot(0).returnTop().method());
  memory.addMethod(Assembler("Message", "arguments", 0, 0).slot(1).returnTop().method());
  memory.addMethod(Assembler("Exemplar", "mustBeBoolean", 0, 0)
                       .literal(symbol("mustBeBoolean"))
                       .popSlot(0)
                       .returnSelf()
                       .method());
}

// A virtual machine tells an activation of a bytecode without a meaning. Its pc is there still, so
// this method moves it on. In the long form: the virtual machine takes notice of these.
void addUnusedBytecode(Memory& memory) {
  Method unused{.className = "Context", .selector = "unusedBytecode"};
  unused.literals = {symbol("unused")};
  unused.code = {0x84, 0x40, 1, 0x76, 0xB0, 0x84, 0xC0, 1, 0x20, 0x7C};
  memory.addMethod(unused);
}

void addSpecialMessages(Memory& memory) {
  const std::pair<const char*, int> arithmetic[] = {
      {"+", 1},        {"-", 2},       {"<", 3},          {">", 4},  {"<=", 5},    {">=", 6},
      {"=", 7},        {"~=", 8},      {"*", 9},          {"/", 10}, {"\\\\", 11}, {"//", 12},
      {"bitAnd:", 14}, {"bitOr:", 15}, {"bitShift:", 17}, {"@", 18}};
  for (const auto& [selector, number] : arithmetic) {
    addPrimitive(memory, "SmallInteger", selector, 1, number);
  }
  const std::pair<const char*, int> floating[] = {{"+", 41},  {"-", 42},  {"<", 43}, {">", 44},
                                                  {"<=", 45}, {">=", 46}, {"=", 47}, {"~=", 48},
                                                  {"*", 49},  {"/", 50}};
  for (const auto& [selector, number] : floating) {
    addPrimitive(memory, "AbstractFloat", selector, 1, number);
  }
  addPrimitive(memory, "Object", "at:", 1, 60);
  addPrimitive(memory, "Object", "at:put:", 2, 61);
  addPrimitive(memory, "String", "at:", 1, 63);
  addPrimitive(memory, "String", "at:put:", 2, 64);
  addPrimitive(memory, "Object", "size", 0, 62);
  addPrimitive(memory, "Object", "==", 1, 110);
  addPrimitive(memory, "Object", "~~", 1, 169);
  addPrimitive(memory, "Object", "class", 0, 111);
  addPrimitive(memory, "Behavior", "new", 0, 70);
  addPrimitive(memory, "Behavior", "new:", 1, 71);
  addPrimitive(memory, "Point", "x", 0, 264);
  addPrimitive(memory, "Point", "y", 0, 265);
}

// The VM's reasons for failures, by their numbers.
void addErrorCodes(Memory& memory) {
  memory.setSpecial(image::SpecialObject::kPrimitiveErrorTable,
                    array({nil(), symbol("bad receiver"), symbol("bad argument"),
                           symbol("bad index"), symbol("bad number of arguments"),
                           symbol("inappropriate operation"), symbol("unsupported operation"),
                           symbol("no modification"), symbol("insufficient object memory")}));
}

// BlockClosures and FullBlockClosures.
void addValueMessages(Memory& memory) {
  const std::pair<const char*, std::pair<int, int>> messages[] = {
      {"value", {201, 207}},
      {"value:", {202, 207}},
      {"value:value:", {203, 207}},
      {"value:value:value:", {204, 207}},
      {"value:value:value:value:", {205, 207}},
      {"valueWithArguments:", {206, 208}}};
  int arguments = 0;
  for (const auto& [selector, numbers] : messages) {
    const bool inArray = numbers.first == 206;
    addPrimitive(memory, "BlockClosure", selector, inArray ? 1 : arguments, numbers.first);
    if (memory.format().isSpur) {
      addPrimitive(memory, "FullBlockClosure", selector, inArray ? 1 : arguments, numbers.second);
    }
    ++arguments;
  }
}

}  // namespace

std::string takeSelector(int arguments) {
  if (arguments == 0) return "take";
  std::string selector = "take:";
  for (int i = 1; i < arguments; ++i) selector += "and:";
  return selector;
}

Item exemplar() { return instance("Exemplar", numbersFrom(100, kExemplarSlots)); }
Item wide(const MemoryFormat& format) {
  return instance("Wide", numbersFrom(1000, format.lastWideSlot() + 1));
}

void addBase(Memory& memory) {
  memory.addClass("Parent", "Object", 0, 1);
  memory.addClass("Exemplar", "Parent", kExemplarSlots, 1);
  memory.addClass("Child", "Exemplar", kExemplarSlots, 1);
  memory.addClass("Single", "Object", 1, 1);
  memory.addClass("Mutex", "LinkedList", 3, 1);
  memory.addClass("None", "Object", 1, 1);
  memory.addClass("Wide", "Object", static_cast<uint32_t>(memory.format().lastWideSlot()) + 1, 1);
  addTakers(memory);
  addHooks(memory);
  addUnusedBytecode(memory);
  addSpecialMessages(memory);
  addValueMessages(memory);
  addErrorCodes(memory);
}

}  // namespace stwasm::exemplars
