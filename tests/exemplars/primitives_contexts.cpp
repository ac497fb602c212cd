// Primitives that search and change chains of Contexts.
#include "tests/exemplars/primitive_cases.h"

namespace stwasm::exemplars {

namespace {

constexpr int kStorePointer = 76;
constexpr int kFindUnwind = 195;
constexpr int kTerminate = 196;
constexpr int kFindHandler = 197;
constexpr int kMarkUnwind = 198;
constexpr int kMarkHandler = 199;
constexpr int kContextSize = 212;

Assembler scenario() { return {"Exemplar", "scenario", 0, 0}; }

void addStackPointer(PrimitiveCases& cases) {
  const auto method = std::make_shared<const Method>(scenario().returnSelf().method());
  const Item fresh = shared("fresh", context(method, exemplar()));
  cases.script(kStorePointer, "the size follows",
               scenario()
                   .literal(fresh)
                   .number(2)
                   .send(cases.message(kStorePointer, 1), 1)
                   .pop()
                   .literal(fresh)
                   .send(cases.message(kContextSize, 0), 0)
                   .returnTop(),
               integer(2));
  cases.fails(kStorePointer, "negative", fresh, {integer(-1)});
  cases.fails(kStorePointer, "beyond the frame", fresh, {integer(1000)});
  cases.fails(kStorePointer, "no integer", fresh, {nil()});
}

void addHandlerSearch(PrimitiveCases& cases) {
  cases.helper(Assembler("Exemplar", "marked", 0, 0)
                   .primitive(kMarkHandler)
                   .self()
                   .thisContext()
                   .send("isMarked:", 1)
                   .returnTop());
  cases.helper(Assembler("Exemplar", "isMarked:", 1, 0)
                   .thisContext()
                   .send(cases.message(kFindHandler, 0), 0)
                   .temporary(0)
                   .special(kIdentical)
                   .returnTop());
  cases.script(kFindHandler, "a sender is marked", scenario().self().send("marked", 0).returnTop(),
               boolean(true));
  cases.script(kFindHandler, "none",
               scenario().thisContext().send(cases.message(kFindHandler, 0), 0).returnTop(), nil());
}

// What a method that was called by one that is marked, and got its Context, does. The method in
// between hands on what it is answered, or has an answer of its own.
void addUnwindCase(PrimitiveCases& cases, int number, const std::string& path,
                   const std::string& selector, const Assembler& inner, bool handsOn,
                   const Item& expected) {
  Assembler between("Exemplar", "between" + selector, 1, 0);
  between.self().temporary(0).send(selector, 1);
  if (!handsOn) between.pop().literal(symbol("between"));
  cases.helper(Assembler("Exemplar", "marks" + selector, 0, 0)
                   .primitive(kMarkUnwind)
                   .self()
                   .thisContext()
                   .send("between" + selector, 1)
                   .returnTop());
  cases.helper(between.returnTop());
  cases.helper(inner);
  cases.script(number, path, scenario().self().send("marks" + selector, 0).returnTop(), expected);
}

void addUnwindSearch(PrimitiveCases& cases) {
  const auto search = [&](const char* selector, bool bounded) {
    Assembler code("Exemplar", selector, 1, 0);
    code.thisContext();
    if (bounded) code.temporary(0);
    if (!bounded) code.literal(nil());
    code.send(cases.message(kFindUnwind, 1), 1);
    return code;
  };
  Assembler found = search("finds:", false);
  addUnwindCase(cases, kFindUnwind, "a sender is marked",
                "finds:", found.temporary(0).special(kIdentical).returnTop(), true, boolean(true));
  Assembler bounded = search("findsNone:", true);
  addUnwindCase(cases, kFindUnwind, "none above the end",
                "findsNone:", bounded.literal(nil()).special(kIdentical).returnTop(), true,
                boolean(true));
}

void addTermination(PrimitiveCases& cases) {
  Assembler inner("Exemplar", "terminates:", 1, 0);
  inner.thisContext()
      .temporary(0)
      .send(cases.message(kTerminate, 1), 1)
      .pop()
      .literal(symbol("direct"))
      .returnTop();
  addUnwindCase(cases, kTerminate, "what is between is over", "terminates:", inner, false,
                symbol("direct"));
  cases.script(kTerminate, "fails: no Context",
               scenario().thisContext().number(3).send(cases.message(kTerminate, 1), 1).returnTop(),
               failed());
  cases.script(
      kFindUnwind, "fails: no Context",
      scenario().thisContext().number(3).send(cases.message(kFindUnwind, 1), 1).returnTop(),
      failed());
}

}  // namespace

void addContextPrimitives(PrimitiveCases& cases) {
  addStackPointer(cases);
  addHandlerSearch(cases);
  addUnwindSearch(cases);
  addTermination(cases);
}

}  // namespace stwasm::exemplars
