// Generates the instructions of one method or, with full blocks, of one block.
//
// Code is put together from pieces. The order in which the pieces are generated is that in which
// literals get their places; the order in which they are joined is that of evaluation.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "translator/compiler/compiled_code.h"
#include "translator/compiler/instruction.h"
#include "translator/compiler/literal_frame.h"
#include "translator/compiler/options.h"
#include "translator/compiler/tree.h"

namespace stwasm::compiler {

class Generator {
 public:
  Generator(const Method& method, const Options& options)
      : method_(method), options_(options), encoder_(encoderFor(options)), frames_(1) {}

  LiteralFrame& literals() { return literals_; }
  std::vector<FrameNames> takeFrames() { return std::move(frames_); }

  // The statements of a method, which has a return at its end.
  Code methodBody();
  // The first limit that the code exceeds; empty if there is none.
  const std::string& mistake() const { return mistake_; }

 private:
  // For its value on the stack, or only for what it does.
  Code value(const Expression& expression);
  Code valueOfKind(const Expression& expression);
  Code effect(const Expression& expression);
  Code effectOfKind(const Expression& expression);
  Code evaluatedValue(const Block& block);
  Code evaluatedEffect(const Block& block);
  Code statementsButLast(const Block& block);

  Code constant(const Constant& constant);
  Code temporary(const Temporary& temporary);
  Code assignment(const Assignment& assignment, bool forValue);
  Instruction store(const Expression& variable, bool forValue);
  Code send(const Send& send);
  Code directedSend(const std::string& selector, int index);
  Code cascade(const Cascade& cascade);
  Code brace(const Brace& brace);
  Code returnOf(const Expression& value);
  Instruction sendOf(const std::string& selector, int index, bool toSuper);
  int selectorIndex(const std::string& selector, bool toSuper);

  Code closure(const Block& block);
  Code embeddedClosure(const Block& block, const std::vector<Temporary*>& copied);
  Code fullClosure(const Block& block, const std::vector<Temporary*>& copied);
  Code blockBody(const Block& block);

  Code ifValue(const If& choice);
  Code ifEffect(const If& choice);
  Code condition(const If& choice);
  Code ifNil(const IfNil& choice, bool forValue);
  Code whileLoop(const While& loop, bool forValue);
  Code toDo(const ToDo& loop, bool forValue);
  Code repeat(const Repeat& loop, bool forValue);
  Code caseOf(const Case& choices);

  int newLabel() { return labels_++; }

  const Method& method_;
  const Options& options_;
  const Encoder& encoder_;
  LiteralFrame literals_;
  std::vector<FrameNames> frames_;
  std::string mistake_;
  int labels_ = 0;
  bool isFullBlock_ = false;
  int classLiteral_ = -1;  // in a full block's own frame
};

}  // namespace stwasm::compiler
