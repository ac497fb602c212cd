// The V3PlusClosures bytecode set, instruction by instruction: Squeak's (Blue Book chapter 28 as
// amended), with the closure bytecodes 138 to 143. 126 and 127 have no meaning: their activation is
// told. Stores into literals (129 and 130 with kind 2) end the run: see exemplars_test.mjs.
#include <fmt/format.h>

#include "tests/exemplars/instruction_cases.h"
#include "tests/exemplars/table.h"

namespace stwasm::exemplars {

namespace {

constexpr int kPushSelf = 0x70;
constexpr int kReturnSelf = 0x78;
constexpr int kReturnTop = 0x7C;
constexpr int kPop = 0x87;

// The keys of all instructions: the bytecode, and which kind where one bytecode has several.
void addKeys(Table& table) {
  for (int bytecode = 0; bytecode < 256; ++bytecode) {
    std::vector<int> kinds;
    if (bytecode == 128) kinds = {0, 1, 2, 3};
    if (bytecode == 129 || bytecode == 130) kinds = {0, 1, 3};
    if (bytecode == 132) kinds = {0, 1, 2, 3, 4, 5, 6, 7};
    if (bytecode == 138) kinds = {0, 1};
    if (kinds.empty()) table.keys.push_back(fmt::format("V3 {}", bytecode));
    for (const int kind : kinds) table.keys.push_back(fmt::format("V3 {}.{}", bytecode, kind));
  }
}

InstructionCases instruction(Table& table, int bytecode, int kind = -1) {
  return {table, CodeSet::kV3PlusClosures,
          kind < 0 ? fmt::format("V3 {}", bytecode) : fmt::format("V3 {}.{}", bytecode, kind)};
}

void addShortPushes(Table& table) {
  for (int n = 0; n < 16; ++n) {
    instruction(table, n).gives("receiver variable", {n, kReturnTop}, integer(100 + n));
  }
  for (int n = 0; n < 16; ++n) {
    instruction(table, 16 + n)
        .temporaries(16)
        .literals({integer(7000 + n)})
        .gives("temporary", {0x20, 0x82, 0x40 | n, 16 + n, kReturnTop}, integer(7000 + n));
  }
  for (int n = 0; n < 32; ++n) {
    instruction(table, 32 + n)
        .literals(numbered(3000, 32))
        .gives("literal", {32 + n, kReturnTop}, integer(3000 + n));
  }
  for (int n = 0; n < 32; ++n) {
    instruction(table, 64 + n)
        .literals(variables(4000, 32))
        .gives("literal variable", {64 + n, kReturnTop}, integer(4000 + n));
  }
}

void addShortPops(Table& table) {
  for (int n = 0; n < 8; ++n) {
    instruction(table, 96 + n)
        .literals({string("new")})
        .gives("receiver variable", {0x20, 96 + n, n, kReturnTop}, string("new"));
  }
  for (int n = 0; n < 8; ++n) {
    instruction(table, 104 + n)
        .temporaries(8)
        .literals({string("new")})
        .gives("temporary", {0x20, 104 + n, 16 + n, kReturnTop}, string("new"));
  }
}

void addConstantsAndReturns(Table& table) {
  const Item constants[] = {exemplar(),  boolean(true), boolean(false), nil(),
                            integer(-1), integer(0),    integer(1),     integer(2)};
  for (int i = 0; i < 8; ++i) {
    instruction(table, 112 + i).gives("push", {112 + i, kReturnTop}, constants[i]);
  }
  for (int i = 0; i < 4; ++i) instruction(table, 120 + i).gives("return", {120 + i}, constants[i]);
  instruction(table, 124).literals({string("top")}).gives("return", {0x20, 124}, string("top"));
  // [ 'top' ] value
  instruction(table, 125)
      .literals({string("top")})
      .gives("block return", {0x8F, 0, 0, 2, 0x20, 125, 0xC9, kReturnTop}, string("top"));
}

// What Context>>unusedBytecode answers takes the bytecode's place.
void addUnused(Table& table) {
  for (const int bytecode : {126, 127}) {
    instruction(table, bytecode)
        .gives("sends", {bytecode, kReturnTop}, symbol("unused"))
        .gives("on a stack with something on it", {0x70, 0x75, bytecode, 0x8A, 0x83, kReturnTop},
               array({exemplar(), integer(0), symbol("unused")}))
        .gives("in a block", {0x8F, 0, 0, 2, bytecode, 125, 0xC9, kReturnTop}, symbol("unused"));
  }
}

void addExtendedPushes(Table& table) {
  for (const int index : {0, 15, 39, 40, 63}) {
    const std::string path = fmt::format("index {}", index);
    instruction(table, 128, 0)
        .receiver(wide(table.format))
        .gives(path, {128, index, kReturnTop}, integer(1000 + index));
    instruction(table, 128, 2)
        .literals(numbered(3000, 64))
        .gives(path, {128, 0x80 | index, kReturnTop}, integer(3000 + index));
    instruction(table, 128, 3)
        .literals(variables(4000, 64))
        .gives(path, {128, 0xC0 | index, kReturnTop}, integer(4000 + index));
  }
  for (const int index : {0, 15, 49}) {
    instruction(table, 128, 1)
        .temporaries(50)
        .literals({integer(7)})
        .gives(fmt::format("index {}", index),
               {0x20, 0x82, 0x40 | index, 128, 0x40 | index, kReturnTop}, integer(7));
  }
}

// Stores leave the value on the stack, pops do not: below it stands 5.
void addStores(Table& table, int bytecode, int pops) {
  const auto code = [&](int operand) {
    Bytes bytes = {0x21, 0x20, bytecode, operand};
    if (pops == 0) bytes.push_back(kPop);
    bytes.insert(bytes.end(), {128, operand, 0x8A, 0x82, kReturnTop});
    return bytes;
  };
  const Item both = array({integer(5), integer(7)});
  const Items literals = {integer(7), integer(5)};
  for (const int index : {0, 39, 40, 63}) {
    const std::string path = fmt::format("index {}", index);
    instruction(table, bytecode, 0)
        .receiver(wide(table.format))
        .literals(literals)
        .gives(path, code(index), both);
    Items many = variables(4000, 64);
    many[0] = integer(7);
    many[1] = integer(5);
    if (index < 2) continue;
    instruction(table, bytecode, 3).literals(many).gives(path, code(0xC0 | index), both);
  }
  for (const int index : {0, 15, 49}) {
    instruction(table, bytecode, 1)
        .temporaries(50)
        .literals(literals)
        .gives(fmt::format("index {}", index), code(0x40 | index), both);
  }
  if (pops != 0) return;
  for (const int kind : {0, 1, 3}) {
    instruction(table, bytecode, kind)
        .temporaries(1)
        .literals({integer(7), association(nil(), nil())})
        .gives("the value stays", {0x20, bytecode, kind << 6 | (kind == 3 ? 1 : 0), kReturnTop},
               integer(7));
  }
}

// Pushes self and the arguments 1, 1, ...; the last one is 2.
Bytes pushArguments(int count) {
  Bytes code = {kPushSelf};
  for (int i = 1; i < count; ++i) code.push_back(0x76);
  if (count > 0) code.push_back(0x77);
  return code;
}

void addSend(Table& table, int bytecode, int kind, const Bytes& bytes, int selector, int arguments,
             const char* who) {
  Bytes code = pushArguments(arguments);
  code.insert(code.end(), bytes.begin(), bytes.end());
  code.push_back(kReturnTop);
  instruction(table, bytecode, kind)
      .large()
      .literals(selectorAt(selector, arguments))
      .gives(fmt::format("selector {}, {} arguments", selector, arguments), code,
             taken(who, arguments));
}

void addSends(Table& table) {
  for (int n = 0; n < 48; ++n) addSend(table, 208 + n, -1, {208 + n}, n & 15, n >> 4, "own");
  for (int arguments = 0; arguments < 8; ++arguments) {
    for (const int selector : {0, 31}) {
      const int operand = arguments << 5 | selector;
      addSend(table, 131, -1, {131, operand}, selector, arguments, "own");
      addSend(table, 133, -1, {133, operand}, selector, arguments, "parent");
    }
  }
  for (int arguments = 0; arguments < 4; ++arguments) {
    for (const int selector : {0, 63}) {
      addSend(table, 134, -1, {134, arguments << 6 | selector}, selector, arguments, "own");
    }
  }
  for (const int arguments : {0, 1, 8, 15}) {
    for (const int selector : {0, 252}) {
      addSend(table, 132, 0, {132, arguments, selector}, selector, arguments, "own");
      addSend(table, 132, 1, {132, 0x20 | arguments, selector}, selector, arguments, "parent");
    }
  }
  for (const int arguments : {0, 1, 2}) {
    Bytes code = pushArguments(arguments);
    code.insert(code.end(), {208 + 16 * arguments, kReturnTop});
    Items passed(static_cast<size_t>(arguments), integer(1));
    if (arguments > 0) passed.back() = integer(2);
    const std::string selector =
        std::string("unknown") + (arguments == 2 ? "with:" : "") + (arguments > 0 ? "with:" : "");
    instruction(table, 208 + 16 * arguments)
        .literals({symbol(selector)})
        .gives("not understood", code,
               array({symbol("notUnderstood"), symbol(selector), array(passed)}));
  }
}

void addDoubleExtended(Table& table) {
  for (const int index : {0, 39, 40, table.format.lastWideSlot()}) {
    const std::string path = fmt::format("index {}", index);
    instruction(table, 132, 2)
        .receiver(wide(table.format))
        .gives(path, {132, 0x40, index, kReturnTop}, integer(1000 + index));
    const Item both = array({integer(7), integer(7)});
    instruction(table, 132, 5)
        .receiver(wide(table.format))
        .literals({integer(7)})
        .gives(path, {0x20, 132, 0xA0, index, 132, 0x40, index, 0x8A, 0x82, kReturnTop}, both);
    instruction(table, 132, 6)
        .receiver(wide(table.format))
        .literals({integer(7), integer(5)})
        .gives(path, {0x21, 0x20, 132, 0xC0, index, 132, 0x40, index, 0x8A, 0x82, kReturnTop},
               array({integer(5), integer(7)}));
  }
  for (const int index : {1, 63, 64, 252}) {
    const std::string path = fmt::format("index {}", index);
    instruction(table, 132, 3)
        .literals(numbered(3000, 253))
        .gives(path, {132, 0x60, index, kReturnTop}, integer(3000 + index));
    Items literals = variables(4000, 253);
    instruction(table, 132, 4)
        .literals(literals)
        .gives(path, {132, 0x80, index, kReturnTop}, integer(4000 + index));
    literals[0] = integer(7);
    instruction(table, 132, 7)
        .literals(literals)
        .gives(path, {0x20, 132, 0xE0, index, 132, 0x80, index, 0x8A, 0x82, kReturnTop},
               array({integer(7), integer(7)}));
  }
}

void addStackOperations(Table& table) {
  instruction(table, 135).gives("pop", {0x76, 0x77, 135, kReturnTop}, integer(1));
  instruction(table, 136)
      .gives("duplicate", {0x77, 136, 0x8A, 0x82, kReturnTop}, array({integer(2), integer(2)}));
  // thisContext: its class, and the same one each time
  instruction(table, 137)
      .gives("its class", {137, 0xC7, kReturnTop}, classNamed("Context"))
      .gives("one activation has one", {137, 137, 0xC6, kReturnTop}, boolean(true));
  for (const int size : {0, 1, 3, 127}) {
    instruction(table, 138, 0)
        .gives(fmt::format("new Array of {}", size), {138, size, kReturnTop},
               array(Items(static_cast<size_t>(size))));
  }
  Bytes fifty;
  Items ones(50, integer(1));
  for (int i = 0; i < 50; ++i) fifty.push_back(0x76);
  fifty.insert(fifty.end(), {138, 0x80 | 50, kReturnTop});
  instruction(table, 138, 1)
      .large()
      .gives("Array of no elements", {138, 0x80, kReturnTop}, array({}))
      .gives("Array of two elements", {0x76, 0x77, 138, 0x82, kReturnTop},
             array({integer(1), integer(2)}))
      .gives("Array of 50 elements", fifty, array(ones));
}

// The primitive call is the method's first instruction. One that fails goes on behind it, where a
// store begins that gets to know why.
void addPrimitiveCalls(Table& table) {
  constexpr int kClass = 111;
  constexpr int kSize = 62;
  instruction(table, 139)
      .primitive(kClass)
      .gives("succeeds", {kPushSelf, kReturnTop}, classNamed("Exemplar"));
  instruction(table, 139)
      .primitive(kSize)
      .temporaries(2)
      .gives("fails", {0x77, kReturnTop}, integer(2))
      .gives("fails and tells why", {129, 0x41, 0x11, kReturnTop}, symbol("bad receiver"));
}

// Vectors of the sizes and temporaries at the edges.
void addTemporaryVectors(Table& table) {
  for (const auto& [index, vector] : std::vector<std::pair<int, int>>{{0, 0}, {5, 3}, {126, 49}}) {
    const std::string path = fmt::format("element {} of temporary {}", index, vector);
    const Bytes begin = {138, 127, 0x82, 0x40 | vector, 0x20};
    const auto code = [&](const Bytes& rest) {
      Bytes bytes = begin;
      bytes.insert(bytes.end(), rest.begin(), rest.end());
      return bytes;
    };
    const auto with = [&](int bytecode) {
      InstructionCases cases = instruction(table, bytecode);
      cases.temporaries(50).literals({integer(7), integer(5)});
      return cases;
    };
    with(140).gives(path, code({142, index, vector, 140, index, vector, kReturnTop}), integer(7));
    with(141).gives(path, code({141, index, vector, 140, index, vector, 0x8A, 0x82, kReturnTop}),
                    array({integer(7), integer(7)}));
    with(142).gives(
        path,
        code({kPop, 0x21, 0x20, 142, index, vector, 140, index, vector, 0x8A, 0x82, kReturnTop}),
        array({integer(5), integer(7)}));
  }
}

void addClosures(Table& table) {
  InstructionCases closure = instruction(table, 143);
  closure.literals({integer(30), integer(4), symbol("value:value:"), symbol("valueWithArguments:")})
      .temporaries(2)
      .large();
  // [ 30 ] value, [ :x | x ] value: 4, [ :x :y | x + y ] value: 30 value: 4
  closure.gives("no argument", {143, 0, 0, 2, 0x20, 0x7D, 0xC9, kReturnTop}, integer(30))
      .gives("one argument", {143, 1, 0, 2, 0x10, 0x7D, 0x21, 0xCA, kReturnTop}, integer(4))
      .gives("two arguments", {143, 2, 0, 4, 0x10, 0x11, 0xB0, 0x7D, 0x20, 0x21, 0xF2, kReturnTop},
             integer(34))
      .gives("a copied value", {0x20, 143, 0x10, 0, 2, 0x10, 0x7D, 0xC9, kReturnTop}, integer(30))
      .gives(
          "an argument and two copied values",
          {0x20, 0x21, 143, 0x21, 0, 6, 0x10, 0x11, 0xB0, 0x12, 0xB0, 0x7D, 0x76, 0xCA, kReturnTop},
          integer(35))
      .gives("fifteen copied values",
             {0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76,      0x76,
              0x76, 0x76, 0x77, 143,  0xF0, 0,    2,    0x1E, 0x7D, 0xC9, kReturnTop},
             integer(2))
      .gives("receiver variables", {143, 0, 0, 2, 0x03, 0x7D, 0xC9, kReturnTop}, integer(103))
      .gives("self", {143, 0, 0, 2, 0x70, 0x7D, 0xC9, 0x70, 0xC6, kReturnTop}, boolean(true))
      .gives("a return from the method",
             {143, 0, 0, 2, 0x21, kReturnTop, 0xC9, kPop, 0x20, kReturnTop}, integer(4))
      .gives("wrong number of arguments", {143, 0, 0, 2, 0x20, 0x7D, 0x21, 0xCA, kReturnTop},
             symbol("failed"))
      .gives("arguments in an Array",
             {143, 2, 0, 4, 0x11, 0x10, 0xB1, 0x7D, 0x76, 0x77, 138, 0x82, 0xE3, kReturnTop},
             integer(1));
  Bytes longBlock = {143, 0, 2, 0};
  for (int i = 0; i < 255; ++i) longBlock.insert(longBlock.end(), {0x77, kPop});
  longBlock.insert(longBlock.end(), {0x20, 0x7D, 0xC9, kReturnTop});
  closure.gives("512 bytes", longBlock, integer(30));
}

// `jump` goes over `distance` bytes, each of which would answer self.
Bytes jumpOver(int distance, Bytes jump) {
  jump.insert(jump.end(), static_cast<size_t>(distance), kReturnSelf);
  jump.insert(jump.end(), {0x77, kReturnTop});
  return jump;
}

// A conditional jump with each kind of condition.
void addConditionalJump(Table& table, int bytecode, bool condition, int distance,
                        const Bytes& jump) {
  const auto code = [&](int push) { return jumpOver(distance, joined({push}, jump)); };
  const int takes = condition ? 0x71 : 0x72;
  const int passes = condition ? 0x72 : 0x71;
  instruction(table, bytecode)
      .gives("taken", code(takes), integer(2))
      .gives("not taken", code(passes), exemplar())
      .gives("no Boolean", code(kPushSelf), noted());
}

void addShortJumps(Table& table) {
  for (int n = 0; n < 8; ++n) {
    instruction(table, 144 + n).gives("jump", jumpOver(n + 1, {144 + n}), integer(2));
    addConditionalJump(table, 152 + n, false, n + 1, {152 + n});
  }
}

// Back to what stands behind the first jump, over as many bytes as the second one takes.
Bytes jumpBack(int bytecode, int distance) {
  Bytes code = {0, 0, 0x77, kReturnTop};
  code.resize(static_cast<size_t>(distance), kReturnSelf);
  const int forward = distance - 2;
  code[0] = 164 + (forward >> 8);
  code[1] = forward & 255;
  code.insert(code.end(), {bytecode, -distance & 255});
  return code;
}

void addLongJumps(Table& table) {
  for (int n = 0; n < 4; ++n) {
    for (const int low : {1, 200}) {
      const int forward = n * 256 + low;
      instruction(table, 164 + n)
          .gives(fmt::format("forward by {}", forward), jumpOver(forward, {164 + n, low}),
                 integer(2));
      const int back = (4 - n) * 256 - low;
      instruction(table, 160 + n)
          .gives(fmt::format("back by {}", back), jumpBack(160 + n, back), integer(2));
      addConditionalJump(table, 168 + n, true, forward, {168 + n, low});
      addConditionalJump(table, 172 + n, false, forward, {172 + n, low});
    }
  }
}

}  // namespace

void addV3Instructions(Table& table) {
  table.ofInstructions = true;
  addKeys(table);
  addShortPushes(table);
  addShortPops(table);
  addConstantsAndReturns(table);
  addUnused(table);
  addExtendedPushes(table);
  addStores(table, 129, 0);
  addStores(table, 130, 1);
  addSends(table);
  addDoubleExtended(table);
  addStackOperations(table);
  addPrimitiveCalls(table);
  addTemporaryVectors(table);
  addClosures(table);
  addShortJumps(table);
  addLongJumps(table);
  addSpecialSends(table, CodeSet::kV3PlusClosures);
}

}  // namespace stwasm::exemplars
