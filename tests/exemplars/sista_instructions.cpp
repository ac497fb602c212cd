// The SistaV1 bytecode set, instruction by instruction, with and without the prefixes that extend
// the operands. Inlined primitives belong to an optimising VM's own code.
#include <fmt/format.h>

#include "tests/exemplars/instruction_cases.h"
#include "tests/exemplars/table.h"

namespace stwasm::exemplars {

namespace {

constexpr int kPushSelf = 76;
constexpr int kPushTrue = 77;
constexpr int kPushFalse = 78;
constexpr int kPushOne = 81;
constexpr int kReturnSelf = 88;
constexpr int kReturnTop = 92;
constexpr int kPop = 216;
constexpr int kExtendA = 224;
constexpr int kExtendB = 225;
constexpr int kIdentical = 96 + 22;
constexpr int kClass = 96 + 23;
constexpr int kValue = 96 + 25;
constexpr int kValueWithArgument = 96 + 26;

InstructionCases instruction(Table& table, int bytecode, const std::string& prefixes = "") {
  return {table, CodeSet::kSistaV1, fmt::format("Sista {}{}", bytecode, prefixes)};
}

// What these do is for the code of an optimising virtual machine; others differ.
bool inlinesPrimitives(int bytecode) { return bytecode == 236; }

void addKeys(Table& table) {
  for (int bytecode = 0; bytecode < 256; ++bytecode) {
    const bool prefixed = bytecode == 224 || bytecode == 225 || bytecode == 231;
    if (!prefixed && !inlinesPrimitives(bytecode)) {
      table.keys.push_back(fmt::format("Sista {}", bytecode));
    }
  }
  for (const char* key : {"82+B",  "226+A", "227+A",   "228+A", "231.0", "231.1", "232+B", "233+B",
                          "234+A", "234+B", "234+A+B", "235+A", "235+B", "237+B", "238+B", "239+B",
                          "240+A", "241+A", "243+A",   "244+A", "249+A", "250+A", "250+B"}) {
    table.keys.push_back(fmt::format("Sista {}", key));
  }
}

void addShortPushes(Table& table) {
  for (int n = 0; n < 16; ++n) {
    instruction(table, n).gives("receiver variable", {n, kReturnTop}, integer(100 + n));
    instruction(table, 16 + n)
        .literals(variables(4000, 16))
        .gives("literal variable", {16 + n, kReturnTop}, integer(4000 + n));
  }
  for (int n = 0; n < 32; ++n) {
    instruction(table, 32 + n)
        .literals(numbered(3000, 32))
        .gives("literal", {32 + n, kReturnTop}, integer(3000 + n));
  }
  for (int n = 0; n < 12; ++n) {
    instruction(table, 64 + n)
        .temporaries(12)
        .literals({integer(7000 + n)})
        .gives("temporary", {32, 242, n, 64 + n, kReturnTop}, integer(7000 + n));
  }
}

// The pc that Context>>unusedBytecode moves on by 1 is that of the bytecode, however long it is.
void addUnused(Table& table) {
  constexpr int kNoOperation = 95;
  // 217 is a trap where an optimising virtual machine knows it.
  for (const int bytecode : {84, 85, 86, 87, 217, 218, 219, 220, 221, 222, 223, 254, 255}) {
    instruction(table, bytecode)
        .gives("sends", {bytecode, kReturnTop}, symbol("unused"))
        .gives("in a block", {250, 0, 2, bytecode, 94, kValue, kReturnTop}, symbol("unused"));
  }
  for (const int bytecode : {230, 246, 247}) {
    instruction(table, bytecode)
        .gives("sends", {bytecode, kNoOperation, kReturnTop}, symbol("unused"));
  }
}

void addConstantsAndReturns(Table& table) {
  const Item constants[] = {exemplar(), boolean(true), boolean(false),
                            nil(),      integer(0),    integer(1)};
  for (int i = 0; i < 6; ++i) {
    instruction(table, 76 + i).gives("push", {76 + i, kReturnTop}, constants[i]);
  }
  instruction(table, 82)
      .gives("its class", {82, kClass, kReturnTop}, classNamed("Context"))
      .gives("one activation has one", {82, 82, kIdentical, kReturnTop}, boolean(true));
  instruction(table, 82, "+B")
      .gives("the active process", {kExtendB, 1, 82, kClass, kReturnTop}, classNamed("Process"));
  instruction(table, 83).gives("duplicate", {kPushOne, 83, 231, 0x82, kReturnTop},
                               array({integer(1), integer(1)}));
  for (int i = 0; i < 4; ++i) instruction(table, 88 + i).gives("return", {88 + i}, constants[i]);
  instruction(table, 92).literals({string("top")}).gives("return", {32, 92}, string("top"));
  instruction(table, 93).gives("[] value", {250, 0, 1, 93, kValue, kReturnTop}, nil());
  instruction(table, 94)
      .literals({string("top")})
      .gives("['top'] value", {250, 0, 2, 32, 94, kValue, kReturnTop}, string("top"));
  instruction(table, 95).gives("nothing happens", {kPushOne, 95, kReturnTop}, integer(1));
}

void addShortPops(Table& table) {
  for (int n = 0; n < 8; ++n) {
    instruction(table, 200 + n)
        .literals({string("new")})
        .gives("receiver variable", {32, 200 + n, n, kReturnTop}, string("new"));
    instruction(table, 208 + n)
        .temporaries(8)
        .literals({string("new")})
        .gives("temporary", {32, 208 + n, 64 + n, kReturnTop}, string("new"));
  }
  instruction(table, 216).gives("pop", {80, kPushOne, 216, kReturnTop}, integer(0));
}

// An operand of a byte, and with a prefix where it does not fit.
Bytes extended(int bytecode, int operand) {
  if (operand < 256) return {bytecode, operand};
  return {kExtendA, operand >> 8, bytecode, operand & 255};
}

void addLongPushes(Table& table) {
  for (const int index : {0, 39, 40, 255}) {
    const std::string path = fmt::format("index {}", index);
    instruction(table, 226)
        .receiver(wide(table.format))
        .gives(path, {226, index, kReturnTop}, integer(1000 + index));
    instruction(table, 227)
        .literals(variables(4000, 256))
        .gives(path, {227, index, kReturnTop}, integer(4000 + index));
    instruction(table, 228)
        .literals(numbered(3000, 256))
        .gives(path, {228, index, kReturnTop}, integer(3000 + index));
  }
  for (const int index : {0, 15, 49}) {
    instruction(table, 229)
        .temporaries(50)
        .literals({integer(7)})
        .gives(fmt::format("index {}", index), {32, 242, index, 229, index, kReturnTop},
               integer(7));
  }
  for (const int index : {256, 513}) {
    const std::string path = fmt::format("index {}", index);
    instruction(table, 227, "+A")
        .literals(variables(4000, 514))
        .gives(path, joined(extended(227, index), {kReturnTop}), integer(4000 + index));
    instruction(table, 228, "+A")
        .literals(numbered(3000, 514))
        .gives(path, joined(extended(228, index), {kReturnTop}), integer(3000 + index));
  }
  instruction(table, 226, "+A")
      .receiver(wide(table.format))
      .gives("extended by 0", {kExtendA, 0, 226, 255, kReturnTop}, integer(1255));
}

void addArrays(Table& table) {
  const auto cases = [&](int kind) {
    return InstructionCases(table, CodeSet::kSistaV1, fmt::format("Sista 231.{}", kind));
  };
  for (const int size : {0, 1, 3, 127}) {
    cases(0).gives(fmt::format("new Array of {}", size), {231, size, kReturnTop},
                   array(Items(static_cast<size_t>(size))));
  }
  cases(1)
      .large()
      .gives("Array of no elements", {231, 0x80, kReturnTop}, array({}))
      .gives("Array of two elements", {80, kPushOne, 231, 0x82, kReturnTop},
             array({integer(0), integer(1)}))
      .gives("Array of 50 elements", joined(Bytes(50, kPushOne), {231, 0x80 | 50, kReturnTop}),
             array(Items(50, integer(1))));
}

void addIntegersAndCharacters(Table& table) {
  for (const int value : {0, 1, 127, 255}) {
    instruction(table, 232)
        .gives(fmt::format("{}", value), {232, value, kReturnTop}, integer(value));
    instruction(table, 233)
        .gives(fmt::format("{}", value), {233, value, kReturnTop},
               character(static_cast<uint32_t>(value)));
  }
  instruction(table, 232, "+B")
      .gives("256", {kExtendB, 1, 232, 0, kReturnTop}, integer(256))
      .gives("32767", {kExtendB, 127, 232, 255, kReturnTop}, integer(32767))
      .gives("-1", {kExtendB, 255, 232, 255, kReturnTop}, integer(-1))
      .gives("-32768", {kExtendB, 128, 232, 0, kReturnTop}, integer(-32768))
      .gives("70000, two prefixes", {kExtendB, 1, kExtendB, 17, 232, 112, kReturnTop},
             integer(70000))
      .gives("-70000, two prefixes", {kExtendB, 254, kExtendB, 238, 232, 144, kReturnTop},
             integer(-70000));
  instruction(table, 233, "+B")
      .gives("256", {kExtendB, 1, 233, 0, kReturnTop}, character(256))
      .gives("16r1F600, two prefixes", {kExtendB, 1, kExtendB, 0xF6, 233, 0, kReturnTop},
             character(0x1F600));
}

Bytes pushArguments(int count) {
  Bytes code = {kPushSelf};
  for (int i = 1; i < count; ++i) code.push_back(kPushOne);
  if (count > 0) code.insert(code.end(), {232, 2});
  return code;
}

void addSend(Table& table, int bytecode, const std::string& prefixes, const Bytes& bytes,
             int selector, int arguments, const char* who) {
  instruction(table, bytecode, prefixes)
      .large()
      .literals(selectorAt(selector, arguments))
      .gives(fmt::format("selector {}, {} arguments", selector, arguments),
             joined(pushArguments(arguments), joined(bytes, {kReturnTop})), taken(who, arguments));
}

// Sends 234 and 235: five bits of selector and three of the number of arguments, each extended.
void addLongSend(Table& table, int bytecode, int selector, int arguments, const char* who) {
  std::string prefixes;
  Bytes bytes;
  if (selector > 31) {
    prefixes += "+A";
    bytes.insert(bytes.end(), {kExtendA, selector >> 5});
  }
  if (arguments > 7) {
    prefixes += "+B";
    bytes.insert(bytes.end(), {kExtendB, arguments >> 3});
  }
  bytes.insert(bytes.end(), {bytecode, (selector & 31) << 3 | (arguments & 7)});
  addSend(table, bytecode, prefixes, bytes, selector, arguments, who);
}

void addSends(Table& table) {
  for (int n = 0; n < 48; ++n) addSend(table, 128 + n, "", {128 + n}, n & 15, n >> 4, "own");
  for (const int arguments : {0, 1, 2, 3, 7, 8, 15}) {
    for (const int selector : {0, 31, 32, 300}) {
      addLongSend(table, 234, selector, arguments, "own");
      addLongSend(table, 235, selector, arguments, "parent");
    }
  }
  for (const int arguments : {0, 1, 2, 3}) {
    Items literals = selectorAt(0, arguments);
    literals.push_back(classNamed("Exemplar"));
    literals.push_back(classNamed("Child"));
    for (const int directed : {1, 2}) {
      instruction(table, 235, "+B")
          .literals(literals)
          .gives(fmt::format("above a class, {} arguments", arguments),
                 joined(pushArguments(arguments),
                        {32 + directed, kExtendB, 64, 235, arguments, kReturnTop}),
                 taken(directed == 1 ? "parent" : "own", arguments));
    }
  }
  for (const int arguments : {0, 1, 2}) {
    Items passed(static_cast<size_t>(arguments), integer(1));
    if (arguments > 0) passed.back() = integer(2);
    instruction(table, 128 + 16 * arguments)
        .literals({symbol("unknown")})
        .gives("not understood",
               joined(pushArguments(arguments), {128 + 16 * arguments, kReturnTop}),
               array({symbol("notUnderstood"), symbol("unknown"), array(passed)}));
  }
}

// Stores leave the value on the stack, pops do not: below it stands 5.
void addStore(Table& table, int pop, int store, int push, const Item& receiver, Items literals,
              int index) {
  literals[0] = integer(7);
  literals[1] = integer(5);
  const std::string prefixes = index > 255 ? "+A" : "";
  const std::string path = fmt::format("index {}", index);
  const Bytes end = joined(extended(push, index), {231, 0x82, kReturnTop});
  const auto cases = [&](int bytecode) {
    InstructionCases made = instruction(table, bytecode, prefixes);
    made.receiver(receiver).literals(literals);
    if (push == 229) made.temporaries(50);
    return made;
  };
  cases(pop).gives(path, joined({33, 32}, joined(extended(pop, index), end)),
                   array({integer(5), integer(7)}));
  cases(store).gives(path, joined({32}, joined(extended(store, index), end)),
                     array({integer(7), integer(7)}));
}

void addStores(Table& table) {
  for (const int index : {0, 39, 40, 255}) {
    addStore(table, 240, 243, 226, wide(table.format), {nil(), nil()}, index);
  }
  for (const int index : {2, 255, 256, 513}) {
    addStore(table, 241, 244, 227, exemplar(), variables(4000, 514), index);
  }
  for (const int index : {0, 15, 49}) {
    addStore(table, 242, 245, 229, exemplar(), {nil(), nil()}, index);
  }
  instruction(table, 240, "+A")
      .receiver(wide(table.format))
      .gives("extended by 0", {kPushOne, kExtendA, 0, 240, 255, 226, 255, kReturnTop}, integer(1));
  instruction(table, 243, "+A")
      .receiver(wide(table.format))
      .gives("extended by 0", {kPushOne, kExtendA, 0, 243, 255, kPop, 226, 255, kReturnTop},
             integer(1));
}

void addPrimitiveCalls(Table& table) {
  instruction(table, 248)
      .primitive(111)
      .gives("succeeds", {kPushSelf, kReturnTop}, classNamed("Exemplar"));
  instruction(table, 248)
      .primitive(62)
      .temporaries(2)
      .gives("fails", {kPushOne, kReturnTop}, integer(1))
      .gives("fails and tells why", {245, 1, 65, kReturnTop}, symbol("bad receiver"));
}

void addTemporaryVectors(Table& table) {
  for (const auto& [index, vector] : std::vector<std::pair<int, int>>{{0, 0}, {5, 3}, {126, 49}}) {
    const std::string path = fmt::format("element {} of temporary {}", index, vector);
    const Bytes begin = {231, 127, 242, vector};
    const auto cases = [&, to = vector](int bytecode) {
      static_cast<void>(to);
      InstructionCases made = instruction(table, bytecode);
      made.temporaries(50).literals({integer(7), integer(5)});
      return made;
    };
    cases(251).gives(path, joined(begin, {32, 253, index, vector, 251, index, vector, kReturnTop}),
                     integer(7));
    cases(252).gives(
        path, joined(begin, {32, 252, index, vector, 251, index, vector, 231, 0x82, kReturnTop}),
        array({integer(7), integer(7)}));
    cases(253).gives(
        path,
        joined(begin, {33, 32, 253, index, vector, 251, index, vector, 231, 0x82, kReturnTop}),
        array({integer(5), integer(7)}));
  }
}

// Closures whose code stands in the method: 250, copied values and arguments, length.
void addEmbeddedClosures(Table& table) {
  InstructionCases closure = instruction(table, 250);
  closure.literals({integer(30), integer(4), symbol("value:value:"), symbol("valueWithArguments:")})
      .temporaries(2)
      .large();
  closure.gives("no argument", {250, 0, 2, 32, 94, kValue, kReturnTop}, integer(30))
      .gives("one argument", {250, 1, 2, 64, 94, 33, kValueWithArgument, kReturnTop}, integer(4))
      .gives("two arguments", {250, 2, 4, 64, 65, 96, 94, 32, 33, 162, kReturnTop}, integer(34))
      .gives("a copied value", {32, 250, 8, 2, 64, 94, kValue, kReturnTop}, integer(30))
      .gives(
          "an argument and two copied values",
          {32, 33, 250, 0x11, 6, 64, 65, 96, 66, 96, 94, kPushOne, kValueWithArgument, kReturnTop},
          integer(35))
      .gives("receiver variables", {250, 0, 2, 3, 94, kValue, kReturnTop}, integer(103))
      .gives("self", {250, 0, 2, kPushSelf, 94, kValue, kPushSelf, kIdentical, kReturnTop},
             boolean(true))
      .gives("a return from the method", {250, 0, 2, 33, kReturnTop, kValue, kPop, 32, kReturnTop},
             integer(4))
      .gives("wrong number of arguments", {250, 0, 2, 32, 94, 33, kValueWithArgument, kReturnTop},
             symbol("failed"))
      .gives("arguments in an Array",
             {250, 2, 4, 65, 64, 97, 94, 80, kPushOne, 231, 0x82, 147, kReturnTop}, integer(1));
  instruction(table, 250, "+A")
      .large()
      .literals({integer(7), integer(8), symbol("valueWithArguments:")})
      .gives("nine arguments",
             joined(joined({kExtendA, 1, 250, 1, 2, 72, 94}, Bytes(8, kPushOne)),
                    {33, 231, 0x89, 146, kReturnTop}),
             integer(8))
      .gives("nine copied values",
             joined(Bytes(8, kPushOne), {33, kExtendA, 16, 250, 8, 2, 72, 94, kValue, kReturnTop}),
             integer(8));
  Bytes body;
  for (int i = 0; i < 150; ++i) body.insert(body.end(), {kPushOne, kPop});
  body.insert(body.end(), {32, 94});
  instruction(table, 250, "+B")
      .literals({integer(30)})
      .gives("302 bytes", joined({kExtendB, 1, 250, 0, 46}, joined(body, {kValue, kReturnTop})),
             integer(30));
}

Item block(Bytes code, Items literals, int arguments, int copied, int temporaries = 0) {
  Method made{.set = CodeSet::kSistaV1, .arguments = arguments};
  made.temporaries = copied + temporaries;
  made.literals = std::move(literals);
  made.code = std::move(code);
  return compiledBlock(std::make_shared<const Method>(std::move(made)));
}

// Closures over a CompiledBlock in the literals: 249, literal, copied values and two flags.
void addFullClosures(Table& table) {
  constexpr int kNoOuter = 64;
  constexpr int kReceiverOnStack = 128;
  const Item constant = block({32, 94}, {integer(30)}, 0, 0);
  const Item identity = block({64, 94}, {}, 1, 0);
  const Item sum = block({64, 65, 96, 66, 96, 94}, {}, 1, 2);
  const Item own = block({3, 94}, {}, 0, 0);
  const Item self = block({kPushSelf, 94}, {}, 0, 0);
  const Item leaving = block({32, kReturnTop}, {integer(4)}, 0, 0);
  const Item nested = block({64, 249, 0, 1, kValue, 94}, {block({64, 94}, {}, 0, 1)}, 1, 0);
  const Item temporary = block({32, 209, 65, 94}, {integer(9)}, 1, 0, 1);
  const auto cases = [&](const Item& literal) {
    InstructionCases made = instruction(table, 249);
    made.literals({literal, integer(4), string("receiver")});
    return made;
  };
  cases(constant).gives("no argument", {249, 0, 0, kValue, kReturnTop}, integer(30));
  cases(identity).gives("one argument", {249, 0, 0, 33, kValueWithArgument, kReturnTop},
                        integer(4));
  cases(sum).gives("an argument and two copied values",
                   {33, 33, 249, 0, 2, kPushOne, kValueWithArgument, kReturnTop}, integer(9));
  cases(own).gives("receiver variables", {249, 0, 0, kValue, kReturnTop}, integer(103));
  cases(self)
      .gives("self", {249, 0, 0, kValue, kPushSelf, kIdentical, kReturnTop}, boolean(true))
      .gives("a receiver from the stack", {34, 249, 0, kReceiverOnStack, kValue, kReturnTop},
             string("receiver"));
  cases(sum).gives(
      "a receiver from the stack and copied values",
      {34, 33, 33, 249, 0, kReceiverOnStack | 2, kPushOne, kValueWithArgument, kReturnTop},
      integer(9));
  cases(constant).gives("without an outer context", {249, 0, kNoOuter, kValue, kReturnTop},
                        integer(30));
  cases(leaving).gives("a return from the method", {249, 0, 0, kValue, kPop, 33, kReturnTop},
                       integer(4));
  cases(nested).gives("a block in a block", {249, 0, 0, 33, kValueWithArgument, kReturnTop},
                      integer(4));
  cases(temporary).gives("a temporary", {249, 0, 0, 33, kValueWithArgument, kReturnTop},
                         integer(9));
  cases(constant).gives("wrong number of arguments",
                        {249, 0, 0, 33, kValueWithArgument, kReturnTop}, symbol("failed"));
  Items many = numbered(0, 300);
  many[299] = constant;
  instruction(table, 249, "+A")
      .literals(many)
      .gives("literal 299", {kExtendA, 1, 249, 43, 0, kValue, kReturnTop}, integer(30));
}

// `jump` goes over `distance` bytes, each of which would answer self.
Bytes jumpOver(int distance, Bytes jump) {
  jump.insert(jump.end(), static_cast<size_t>(distance), kReturnSelf);
  jump.insert(jump.end(), {kPushOne, kReturnTop});
  return jump;
}

void addConditionalJump(Table& table, int bytecode, const std::string& prefixes, bool condition,
                        int distance, const Bytes& jump) {
  const auto code = [&](int push) { return jumpOver(distance, joined({push}, jump)); };
  instruction(table, bytecode, prefixes)
      .gives(fmt::format("taken, by {}", distance), code(condition ? kPushTrue : kPushFalse),
             integer(1))
      .gives("not taken", code(condition ? kPushFalse : kPushTrue), exemplar())
      .gives("no Boolean", code(kPushSelf), noted());
}

// Back to what stands behind the first jump, over as many bytes as the second one takes.
Bytes jumpBack(int distance) {
  const int forward = distance - 4;
  Bytes code = {kExtendB, forward >> 8, 237, forward & 255, kPushOne, kReturnTop};
  code.resize(static_cast<size_t>(distance), kReturnSelf);
  return joined(code, {kExtendB, (-distance >> 8) & 255, 237, -distance & 255});
}

void addJumps(Table& table) {
  for (int n = 0; n < 8; ++n) {
    instruction(table, 176 + n).gives("jump", jumpOver(n + 1, {176 + n}), integer(1));
    addConditionalJump(table, 184 + n, "", true, n + 1, {184 + n});
    addConditionalJump(table, 192 + n, "", false, n + 1, {192 + n});
  }
  for (const int distance : {1, 255}) {
    instruction(table, 237)
        .gives(fmt::format("by {}", distance), jumpOver(distance, {237, distance}), integer(1));
    addConditionalJump(table, 238, "", true, distance, {238, distance});
    addConditionalJump(table, 239, "", false, distance, {239, distance});
  }
  for (const int distance : {256, 700}) {
    const Bytes prefix = {kExtendB, distance >> 8};
    const int low = distance & 255;
    instruction(table, 237, "+B")
        .gives(fmt::format("by {}", distance), jumpOver(distance, joined(prefix, {237, low})),
               integer(1))
        .gives(fmt::format("back by {}", distance), jumpBack(distance), integer(1));
    addConditionalJump(table, 238, "+B", true, distance, joined(prefix, {238, low}));
    addConditionalJump(table, 239, "+B", false, distance, joined(prefix, {239, low}));
  }
}

}  // namespace

void addSistaInstructions(Table& table) {
  table.ofInstructions = true;
  addKeys(table);
  addShortPushes(table);
  addConstantsAndReturns(table);
  addUnused(table);
  addShortPops(table);
  addLongPushes(table);
  addArrays(table);
  addIntegersAndCharacters(table);
  addSends(table);
  addStores(table);
  addPrimitiveCalls(table);
  addTemporaryVectors(table);
  addEmbeddedClosures(table);
  addFullClosures(table);
  addJumps(table);
  addSpecialSends(table, CodeSet::kSistaV1);
}

}  // namespace stwasm::exemplars
