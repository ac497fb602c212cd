// Runs cases inside a memory: see runner.h. Instance variables of Runner: the handle of standard
// output, and the ByteArray from which one byte is written.
#include "tests/exemplars/runner.h"

#include "tests/exemplars/assembler.h"

namespace stwasm::exemplars {

namespace {

constexpr int kHandle = 0;
constexpr int kBuffer = 1;
constexpr int kDescriptionDepth = 4;

Method primitiveMethod(const char* className, const char* selector, int arguments, int number,
                       const Item& onFailure) {
  return Assembler(className, selector, arguments, 0)
      .primitive(number)
      .literal(onFailure)
      .returnTop()
      .method();
}

Method filePrimitive(const char* selector, int arguments, const char* function) {
  Method method = primitiveMethod("Runner", selector, arguments, 117, nil());
  const Item name = array({symbol("FilePlugin"), symbol(function), integer(0), integer(0)});
  method.literals.insert(method.literals.begin(), name);
  ++method.code[0];
  return method;
}

// Of the instances of an object's class. Before Spur the class's format has their size, with a word
// for the header, in two parts.
Method namedSlots(const MemoryFormat& format) {
  Assembler code("Runner", "namedSlots:", 1, 1);
  code.temporary(0).special(kClass).number(3).send("runnerSlotAt:", 1).popTemporary(1);
  if (format.isSpur) {
    return code.temporary(1).number(0xFFFF).special(kBitAnd).returnTop().method();
  }
  code.temporary(1).number(2).send("runnerQuo:", 1).number(0x3F).special(kBitAnd);
  code.temporary(1).number(1024).send("runnerQuo:", 1).number(0xC0).special(kBitAnd);
  return code.special(kAdd).number(1).special(kSubtract).returnTop().method();
}

// What the runner asks of any object, and the named slots of a class's instances.
void addReflection(Memory& memory) {
  memory.addMethod(primitiveMethod("Object", "runnerSize", 0, 62, integer(0)));
  memory.addMethod(primitiveMethod("Object", "runnerAt:", 1, 60, nil()));
  memory.addMethod(primitiveMethod("Object", "runnerSlotAt:", 1, 73, nil()));
  memory.addMethod(primitiveMethod("Object", "runnerPerform:", 1, 83, symbol("notPerformed")));
  memory.addMethod(primitiveMethod("SmallInteger", "runnerQuo:", 1, 13, nil()));
  memory.addMethod(namedSlots(memory.format()));
  memory.addMethod(Assembler("Runner", "count:", 1, 0)
                       .self()
                       .temporary(0)
                       .send("namedSlots:", 1)
                       .temporary(0)
                       .send("runnerSize", 0)
                       .special(kAdd)
                       .returnTop()
                       .method());
  memory.addMethod(Assembler("Runner", "element:of:", 2, 1)
                       .self()
                       .temporary(1)
                       .send("namedSlots:", 1)
                       .popTemporary(2)
                       .temporary(0)
                       .temporary(2)
                       .special(kLessOrEqual)
                       .jumpIfFalse("indexed")
                       .temporary(1)
                       .temporary(0)
                       .send("runnerSlotAt:", 1)
                       .returnTop()
                       .label("indexed")
                       .temporary(1)
                       .temporary(0)
                       .temporary(2)
                       .special(kSubtract)
                       .send("runnerAt:", 1)
                       .returnTop()
                       .method());
}

// same: a as: b
void addComparison(Memory& memory) {
  memory.addMethod(Assembler("Runner", "same:as:", 2, 1)
                       .temporary(0)
                       .temporary(1)
                       .special(kIdentical)
                       .jumpIfFalse("classes")
                       .returnTrue()
                       .label("classes")
                       .temporary(0)
                       .special(kClass)
                       .temporary(1)
                       .special(kClass)
                       .special(kIdentical)
                       .jumpIfFalse("different")
                       .self()
                       .temporary(0)
                       .send("count:", 1)
                       .self()
                       .temporary(1)
                       .send("count:", 1)
                       .special(kIdentical)
                       .jumpIfFalse("different")
                       .self()
                       .temporary(0)
                       .send("count:", 1)
                       .popTemporary(2)
                       .label("next")
                       .number(1)
                       .temporary(2)
                       .special(kLessOrEqual)
                       .jumpIfFalse("same")
                       .self()
                       .self()
                       .temporary(2)
                       .temporary(0)
                       .send("element:of:", 2)
                       .self()
                       .temporary(2)
                       .temporary(1)
                       .send("element:of:", 2)
                       .send("same:as:", 2)
                       .jumpIfFalse("different")
                       .temporary(2)
                       .number(1)
                       .special(kSubtract)
                       .popTemporary(2)
                       .jump("next")
                       .label("same")
                       .returnTrue()
                       .label("different")
                       .returnFalse()
                       .method());
}

void addOutput(Memory& memory) {
  memory.addMethod(filePrimitive("standardHandles", 0, "primitiveFileStdioHandles"));
  memory.addMethod(filePrimitive("write:from:at:count:", 4, "primitiveFileWrite"));
  memory.addMethod(Assembler("Runner", "put:", 1, 0)
                       .slot(kBuffer)
                       .number(1)
                       .temporary(0)
                       .special(kAtPut)
                       .pop()
                       .self()
                       .slot(kHandle)
                       .slot(kBuffer)
                       .number(1)
                       .number(1)
                       .send("write:from:at:count:", 4)
                       .returnSelf()
                       .method());
  memory.addMethod(Assembler("Runner", "text:", 1, 1)
                       .number(1)
                       .popTemporary(1)
                       .label("next")
                       .temporary(1)
                       .temporary(0)
                       .send("runnerSize", 0)
                       .special(kLessOrEqual)
                       .jumpIfFalse("done")
                       .self()
                       .temporary(0)
                       .temporary(1)
                       .send("runnerAt:", 1)
                       .send("put:", 1)
                       .pop()
                       .temporary(1)
                       .number(1)
                       .special(kAdd)
                       .popTemporary(1)
                       .jump("next")
                       .label("done")
                       .returnSelf()
                       .method());
}

// digits: is for numbers that are not positive.
void addNumberOutput(Memory& memory) {
  memory.addMethod(Assembler("Runner", "digits:", 1, 1)
                       .temporary(0)
                       .number(10)
                       .send("runnerQuo:", 1)
                       .popTemporary(1)
                       .temporary(0)
                       .number(-9)
                       .special(kLess)
                       .jumpIfFalse("last")
                       .self()
                       .temporary(1)
                       .send("digits:", 1)
                       .pop()
                       .label("last")
                       .self()
                       .number(48)
                       .temporary(1)
                       .number(10)
                       .special(kMultiply)
                       .special(kAdd)
                       .temporary(0)
                       .special(kSubtract)
                       .send("put:", 1)
                       .returnSelf()
                       .method());
  memory.addMethod(Assembler("Runner", "number:", 1, 0)
                       .temporary(0)
                       .number(0)
                       .special(kLess)
                       .jumpIfFalse("positive")
                       .self()
                       .number('-')
                       .send("put:", 1)
                       .pop()
                       .self()
                       .temporary(0)
                       .send("digits:", 1)
                       .returnSelf()
                       .label("positive")
                       .self()
                       .number(0)
                       .temporary(0)
                       .special(kSubtract)
                       .send("digits:", 1)
                       .returnSelf()
                       .method());
}

// describe: a depth: n
void addDescription(Memory& memory) {
  memory.addMethod(Assembler("Runner", "describe:depth:", 2, 1)
                       .temporary(0)
                       .special(kClass)
                       .literal(classNamed("SmallInteger"))
                       .special(kIdentical)
                       .jumpIfFalse("object")
                       .self()
                       .temporary(0)
                       .send("number:", 1)
                       .returnSelf()
                       .label("object")
                       .temporary(0)
                       .special(kClass)
                       .special(kClass)
                       .literal(classNamed("Metaclass"))
                       .special(kIdentical)
                       .jumpIfFalse("instance")
                       .self()
                       .temporary(0)
                       .number(7)
                       .send("runnerSlotAt:", 1)
                       .send("text:", 1)
                       .returnSelf()
                       .label("instance")
                       .self()
                       .temporary(0)
                       .special(kClass)
                       .number(7)
                       .send("runnerSlotAt:", 1)
                       .send("text:", 1)
                       .pop()
                       .self()
                       .number('(')
                       .send("put:", 1)
                       .pop()
                       .number(1)
                       .popTemporary(2)
                       .label("next")
                       .number(1)
                       .temporary(1)
                       .special(kLessOrEqual)
                       .jumpIfFalse("done")
                       .temporary(2)
                       .self()
                       .temporary(0)
                       .send("count:", 1)
                       .special(kLessOrEqual)
                       .jumpIfFalse("done")
                       .self()
                       .self()
                       .temporary(2)
                       .temporary(0)
                       .send("element:of:", 2)
                       .temporary(1)
                       .number(1)
                       .special(kSubtract)
                       .send("describe:depth:", 2)
                       .pop()
                       .self()
                       .number(' ')
                       .send("put:", 1)
                       .pop()
                       .temporary(2)
                       .number(1)
                       .special(kAdd)
                       .popTemporary(2)
                       .jump("next")
                       .label("done")
                       .self()
                       .number(')')
                       .send("put:", 1)
                       .returnSelf()
                       .method());
}

}  // namespace

void addRunner(Memory& memory) {
  memory.addClass("Runner", "Object", 2, 1);
  addReflection(memory);
  addComparison(memory);
  addOutput(memory);
  addNumberOutput(memory);
  addDescription(memory);
  memory.addMethod(primitiveMethod("Runner", "quit:", 1, 113, nil()));
  memory.addMethod(Assembler("Runner", "judge:", 1, 1)
                       .temporary(0)
                       .number(1)
                       .special(kAt)
                       .temporary(0)
                       .number(2)
                       .special(kAt)
                       .send("runnerPerform:", 1)
                       .popTemporary(1)
                       .self()
                       .temporary(1)
                       .temporary(0)
                       .number(3)
                       .special(kAt)
                       .send("same:as:", 2)
                       .jumpIfFalse("wrong")
                       .self()
                       .literal(string("ok\n"))
                       .send("text:", 1)
                       .returnSelf()
                       .label("wrong")
                       .self()
                       .literal(string("got "))
                       .send("text:", 1)
                       .pop()
                       .self()
                       .temporary(1)
                       .number(kDescriptionDepth)
                       .send("describe:depth:", 2)
                       .pop()
                       .self()
                       .number('\n')
                       .send("put:", 1)
                       .returnSelf()
                       .method());
}

Item runner() { return instance("Runner", {nil(), byteArray({0})}); }

Method startMethod(const std::vector<Message>& messages) {
  Items cases;
  for (const Message& message : messages) {
    cases.push_back(array({message.receiver, symbol(message.selector), message.expected}));
  }
  const Item all = shared("cases", array(cases));
  return Assembler("Runner", "run", 0, 1)
      .self()
      .send("standardHandles", 0)
      .number(2)
      .special(kAt)
      .popSlot(kHandle)
      .number(1)
      .popTemporary(0)
      .label("next")
      .temporary(0)
      .literal(all)
      .special(kSize)
      .special(kLessOrEqual)
      .jumpIfFalse("done")
      .self()
      .literal(all)
      .temporary(0)
      .special(kAt)
      .send("judge:", 1)
      .pop()
      .temporary(0)
      .number(1)
      .special(kAdd)
      .popTemporary(0)
      .jump("next")
      .label("done")
      .self()
      .number(0)
      .send("quit:", 1)
      .returnSelf()
      .method();
}

}  // namespace stwasm::exemplars
