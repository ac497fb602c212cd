// Numbers that only some virtual machines have: what is a named primitive today, cosines, writable
// or not; and before Spur files by number. Most paths begin with "here": reference VMs have other
// primitives there.
#include "tests/exemplars/primitive_cases.h"

namespace stwasm::exemplars {

namespace {

constexpr int kBytes = 256;

std::vector<uint64_t> table(uint64_t first, uint64_t step) {
  std::vector<uint64_t> values;
  for (uint64_t i = 0; i < kBytes; ++i) values.push_back(first + step * i);
  return values;
}

Assembler scenario() { return {"Exemplar", "scenario", 0, 0}; }

// A case whose primitive changes an argument: what that is afterwards.
void changesArgument(PrimitiveCases& cases, int number, const std::string& path,
                     const Items& arguments, size_t which, const Item& expected) {
  Assembler code = scenario();
  code.self();
  for (const Item& each : arguments) code.literal(each);
  code.send(cases.message(number, arguments.size()), static_cast<int>(arguments.size())).pop();
  cases.script(number, path, code.literal(arguments[which]).returnTop(), expected);
}

void addStrings(PrimitiveCases& cases) {
  const Item order = byteArray(table(0, 1));
  const Items others = {string("abd"), string("abc"), string("abb")};
  for (size_t i = 0; i < others.size(); ++i) {
    cases.answers(235, "here: an order", exemplar(), {string("abc"), others[i], order},
                  integer(static_cast<int64_t>(i) + 1));
  }
  changesArgument(cases, 243, "here: by a table",
                  {shared("translated", string("abcd")), integer(2), integer(3),
                   bytesOf("String", table('x', 0))},
                  0, string("axxd"));
  std::vector<uint64_t> onlyC = table(0, 0);
  onlyC['c'] = 1;
  cases.answers(244, "here: found", exemplar(), {string("abcc"), byteArray(onlyC), integer(1)},
                integer(3));
  cases.answers(244, "here: not found", exemplar(), {string("abd"), byteArray(onlyC), integer(1)},
                integer(0));
  cases.answers(245, "here: found", exemplar(), {integer('a'), string("abca"), integer(2)},
                integer(4));
  cases.answers(245, "here: not found", exemplar(), {integer('x'), string("abca"), integer(1)},
                integer(0));
  cases.answers(246, "here: found", exemplar(), {string("bc"), string("abcbc"), integer(3), order},
                integer(4));
  cases.answers(246, "here: not found", exemplar(),
                {string("bd"), string("abcbc"), integer(1), order}, integer(0));
}

// Four equal words: their count, a run of four with all bytes alike, that byte.
void addBitmaps(PrimitiveCases& cases) {
  const auto bitmap = [](const char* name, uint64_t word) {
    return shared(name, words({word, word, word, word}));
  };
  changesArgument(cases, 237, "here: a run",
                  {bitmap("compressed", 0x05050505), shared("runs", byteArray({0, 0, 0, 0}))}, 1,
                  byteArray({4, 4 * 4 + 1, 5, 0}));
  changesArgument(cases, 234, "here: a run",
                  {bitmap("decompressed", 0), byteArray({4, 4 * 4 + 1, 5}), integer(2)}, 0,
                  bitmap("expected of 234", 0x05050505));
  changesArgument(cases, 236, "here: two samples",
                  {byteArray({0xFF, 0xFF}), shared("samples", words({0}))}, 1, words({0xFF00FF00}));
}

void addFailures(PrimitiveCases& cases) {
  for (const auto& [number, arguments] : std::initializer_list<std::pair<int, size_t>>{
           {234, 3}, {235, 3}, {236, 2}, {237, 2}, {243, 4}, {244, 3}, {245, 3}, {246, 4}}) {
    cases.fails(number, "here: no arguments for it", exemplar(), Items(arguments));
  }
}

void addMutability(PrimitiveCases& cases) {
  cases.failsFor(164, "no Boolean", string("abc"), {nil()}, "bad argument");
  cases.fails(164, "an immediate", integer(3), {boolean(true)});
  const Item text = shared("read-only", string("abc"));
  cases.script(164, "here: what it was before, and again",
               scenario()
                   .literal(text)
                   .literal(boolean(true))
                   .send(cases.message(164, 1), 1)
                   .literal(text)
                   .send(cases.message(163, 0), 0)
                   .literal(text)
                   .literal(boolean(false))
                   .send(cases.message(164, 1), 1)
                   .consArray(3)
                   .returnTop(),
               array({boolean(false), boolean(true), boolean(true)}));
}

void addSnapshot(PrimitiveCases& cases) {
  cases.answers(97, "the memory that goes on", exemplar(), {}, boolean(false));
}

// The cases before have written what later ones read.
void addFiles(PrimitiveCases& cases) {
  const Item name = string("exemplar");
  cases.helper(Assembler("Exemplar", "opened", 0, 0)
                   .self()
                   .literal(name)
                   .literal(boolean(true))
                   .send(cases.message(153, 2), 2)
                   .returnTop());
  const auto withFile = [&](int number, const std::string& path, const Items& arguments,
                            const Item& expected) {
    Assembler code = scenario();
    code.self().self().send("opened", 0);
    for (const Item& each : arguments) code.literal(each);
    const size_t count = arguments.size() + 1;
    code.send(cases.message(number, count), static_cast<int>(count));
    cases.script(number, path, code.returnTop(), expected);
  };
  cases.answersThen(153, "here: a handle", exemplar(), {name, boolean(true)}, "class",
                    classNamed("ByteArray"));
  const Item buffer = shared("read", string("..."));
  withFile(158, "here: three bytes", {string("abc"), integer(1), integer(3)}, integer(3));
  withFile(157, "here: three bytes", {}, integer(3));
  withFile(152, "here: the beginning", {}, integer(0));
  withFile(155, "here: answers its receiver", {integer(2)}, exemplar());
  withFile(154, "here: two bytes", {buffer, integer(2), integer(2)}, integer(2));
  cases.script(154, "here: into the buffer", scenario().literal(buffer).returnTop(), string(".ab"));
  withFile(150, "here: not at the end", {}, boolean(false));
  withFile(151, "here: answers its receiver", {}, exemplar());
  cases.answers(159, "here: another name", exemplar(), {name, string("renamed")}, exemplar());
  cases.answers(156, "here: by the new name", exemplar(), {string("renamed")}, exemplar());
  cases.fails(156, "here: it is not there", exemplar(), {name});
}

void addFolders(PrimitiveCases& cases) {
  const Item name = string("folder");
  cases.answers(161, "here: between names", exemplar(), {}, character('/'));
  cases.answers(160, "here: a new folder", exemplar(), {name}, exemplar());
  cases.answers(162, "here: no entry", exemplar(), {name, integer(1)}, nil());
  cases.answers(163, "here: an empty folder", exemplar(), {name}, exemplar());
  cases.fails(163, "here: it is not there", exemplar(), {name});
  for (const auto& [number, arguments] : std::initializer_list<std::pair<int, size_t>>{{150, 1},
                                                                                       {151, 1},
                                                                                       {152, 1},
                                                                                       {153, 2},
                                                                                       {154, 4},
                                                                                       {155, 2},
                                                                                       {156, 1},
                                                                                       {157, 1},
                                                                                       {158, 4},
                                                                                       {159, 2},
                                                                                       {160, 1},
                                                                                       {162, 2}}) {
    cases.fails(number, "here: no file and no name", exemplar(), Items(arguments));
  }
}

}  // namespace

void addOlderPrimitives(PrimitiveCases& cases) {
  addStrings(cases);
  addBitmaps(cases);
  addFailures(cases);
  addSnapshot(cases);
  cases.answers(150, "here: cosine of 0", real(0.0), {}, real(1.0));
  cases.fails(150, "no Float", exemplar(), {});
  if (cases.format().isSpur) {
    cases.answers(560, "here: cosine of 0", real(0.0), {}, real(1.0));
    cases.fails(560, "no Float", exemplar(), {});
    addMutability(cases);
  } else {
    addFiles(cases);
    addFolders(cases);
  }
}

}  // namespace stwasm::exemplars
