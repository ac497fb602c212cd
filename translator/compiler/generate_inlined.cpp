// The code of inlined control messages.
#include <utility>

#include "translator/compiler/assembly.h"
#include "translator/compiler/generator.h"

namespace stwasm::compiler {

namespace {

Instruction pushNil() { return {Operation::kPushConstant, static_cast<int>(Special::kNil)}; }

Instruction jump(Operation operation, int label) { return {operation, 0, 0, label}; }

Instruction label(int number) { return {Operation::kLabel, number}; }

}  // namespace

Code Generator::condition(const If& choice) {
  Code code = value(*choice.receiver);
  if (!choice.identity) return code;
  code.push_back(pushNil());
  code.push_back(sendOf("==", 0, false));
  return code;
}

Code Generator::ifValue(const If& choice) {
  Code elseCode = evaluatedValue(*choice.elseBlock);
  Code thenCode = evaluatedValue(*choice.thenBlock);
  const int otherwise = newLabel();
  const int end = newLabel();
  Code code = condition(choice);
  code.push_back(jump(Operation::kJumpIfFalse, otherwise));
  append(code, std::move(thenCode));
  if (!returns(*choice.thenBlock)) code.push_back(jump(Operation::kJump, end));
  code.push_back(label(otherwise));
  append(code, std::move(elseCode));
  code.push_back(label(end));
  return code;
}

// With two arms that do something their values share a pop.
Code Generator::ifEffect(const If& choice) {
  const bool noElse = isJustNil(*choice.elseBlock);
  if (!noElse && !isJustNil(*choice.thenBlock)) {
    Code code = ifValue(choice);
    code.push_back({Operation::kPop});
    return code;
  }
  Code arm = evaluatedEffect(noElse ? *choice.thenBlock : *choice.elseBlock);
  const int end = newLabel();
  Code code = condition(choice);
  code.push_back(jump(noElse ? Operation::kJumpIfFalse : Operation::kJumpIfTrue, end));
  append(code, std::move(arm));
  code.push_back(label(end));
  return code;
}

Code Generator::ifNil(const IfNil& choice, bool forValue) {
  Code arm = forValue ? evaluatedValue(*choice.block) : evaluatedEffect(*choice.block);
  const int end = newLabel();
  Code code = value(*choice.receiver);
  if (forValue) code.push_back({Operation::kDuplicate});
  code.push_back(pushNil());
  code.push_back(sendOf("==", 0, false));
  code.push_back(jump(Operation::kJumpIfFalse, end));
  if (forValue) code.push_back({Operation::kPop});
  append(code, std::move(arm));
  code.push_back(label(end));
  return code;
}

Code Generator::whileLoop(const While& loop, bool forValue) {
  Code body = evaluatedEffect(*loop.body);
  Code test = evaluatedValue(*loop.condition);
  const int start = newLabel();
  const int end = newLabel();
  Code code{label(start)};
  append(code, std::move(test));
  code.push_back(jump(loop.until ? Operation::kJumpIfTrue : Operation::kJumpIfFalse, end));
  append(code, std::move(body));
  code.push_back(jump(Operation::kJump, start));
  code.push_back(label(end));
  if (forValue) code.push_back(pushNil());
  return code;
}

// The value is that of the receiver.
Code Generator::toDo(const ToDo& loop, bool forValue) {
  Code init = forValue ? value(*loop.init) : effect(*loop.init);
  Code code;
  if (loop.limitInit) append(code, effect(*loop.limitInit));
  Code body = evaluatedEffect(*loop.body);
  Code increment = effect(*loop.increment);
  Code test = value(*loop.test);
  const int start = newLabel();
  const int end = newLabel();
  append(code, std::move(init));
  code.push_back(label(start));
  append(code, std::move(test));
  code.push_back(jump(Operation::kJumpIfFalse, end));
  append(code, std::move(body));
  append(code, std::move(increment));
  code.push_back(jump(Operation::kJump, start));
  code.push_back(label(end));
  return code;
}

Code Generator::repeat(const Repeat& loop, bool forValue) {
  const int start = newLabel();
  Code code{label(start)};
  append(code, evaluatedEffect(*loop.body));
  code.push_back(jump(Operation::kJump, start));
  if (forValue) code.push_back(pushNil());
  return code;
}

// Each case compares a duplicate of the receiver, the last one the receiver itself. A jump leads
// around the last part even when no case needs it.
Code Generator::caseOf(const Case& choices) {
  Code otherwise;
  if (choices.otherwise) {
    otherwise = evaluatedValue(*choices.otherwise);
  } else {
    const int index = selectorIndex("caseError", false);
    otherwise = {{Operation::kPushReceiver}, sendOf("caseError", index, false)};
  }
  const int end = newLabel();
  bool allReturn = true;
  for (const auto& [key, arm] : choices.cases) allReturn = allReturn && returns(*arm);
  Code code;
  for (size_t i = choices.cases.size(); i-- > 0;) {
    const auto& [key, arm] = choices.cases[i];
    const bool last = i + 1 == choices.cases.size();
    const int next = newLabel();
    Code armCode = evaluatedValue(*arm);
    Code part;
    if (!last) part.push_back({Operation::kDuplicate});
    append(part, evaluatedValue(*key));
    part.push_back(sendOf("=", 0, false));
    part.push_back(jump(Operation::kJumpIfFalse, next));
    if (!last) part.push_back({Operation::kPop});
    append(part, std::move(armCode));
    if (!returns(*arm) || (last && allReturn)) part.push_back(jump(Operation::kJump, end));
    part.push_back(label(next));
    append(part, std::move(code));
    code = std::move(part);
  }
  Code whole = value(*choices.receiver);
  append(whole, std::move(code));
  append(whole, std::move(otherwise));
  whole.push_back(label(end));
  return whole;
}

}  // namespace stwasm::compiler
