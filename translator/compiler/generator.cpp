// Generates instructions: see generator.h. Inlined messages are in generate_inlined.cpp.
#include "translator/compiler/generator.h"

#include <algorithm>
#include <utility>

#include <llvm/Support/Casting.h>

#include "translator/bytecode/special_selectors.h"
#include "translator/compiler/assembly.h"
#include "translator/compiler/closure_analysis.h"
#include "translator/syntax/scanner.h"

namespace stwasm::compiler {

using syntax::Literal;

namespace {

constexpr int kNoSpecialSelector = -1;

// In SistaV1 the place of blockCopy: means something else.
int specialSelectorIndex(const std::string& selector) {
  for (int i = 0; i < bytecode::kSpecialSelectorCount; ++i) {
    if (bytecode::specialSelector(i).name == selector && i != bytecode::kSelectorBlockCopy)
      return i;
  }
  return kNoSpecialSelector;
}

std::optional<Special> specialOf(const Literal& literal) {
  switch (literal.kind) {
    case Literal::Kind::kTrue:
      return Special::kTrue;
    case Literal::Kind::kFalse:
      return Special::kFalse;
    case Literal::Kind::kNil:
      return Special::kNil;
    default:
      return std::nullopt;
  }
}

Instruction slotAccess(Operation operation, const SlotReference& slot) {
  return {operation, static_cast<int>(slot.slot), slot.inContext ? 1 : 0};
}

// What has no position of its own belongs to the expression around it.
void stamp(Code& code, const Expression& expression) {
  if (!expression.position) return;
  for (Instruction& instruction : code)
    if (instruction.position < 0) instruction.position = static_cast<int>(*expression.position);
}

// In the order of the frame: arguments, copied values, temporaries.
std::vector<std::string> namesOf(const Block& block, const std::vector<Temporary*>& copied) {
  std::vector<std::string> names;
  for (const auto* group : {&block.arguments, &copied, &block.temporaries})
    for (const Temporary* each : *group)
      names.push_back(each->kind == Temporary::Kind::kVector ? "" : each->name);
  return names;
}

}  // namespace

Code Generator::methodBody() {
  frames_[0].names = namesOf(*method_.body, {});
  return evaluatedValue(*method_.body);
}

Code Generator::value(const Expression& expression) {
  Code code = valueOfKind(expression);
  stamp(code, expression);
  return code;
}

Code Generator::effect(const Expression& expression) {
  Code code = effectOfKind(expression);
  stamp(code, expression);
  return code;
}

Code Generator::valueOfKind(const Expression& expression) {
  switch (expression.kind) {
    case Expression::Kind::kConstant:
      return constant(llvm::cast<Constant>(expression));
    case Expression::Kind::kSelf:
      return {{Operation::kPushReceiver}};
    case Expression::Kind::kContext:
      return {{Operation::kPushContext}};
    case Expression::Kind::kSlot:
      return {slotAccess(Operation::kPushSlot, llvm::cast<SlotReference>(expression))};
    case Expression::Kind::kTemporary:
      return temporary(*llvm::cast<TemporaryReference>(expression).temporary);
    case Expression::Kind::kBinding:
      return {{Operation::kPushBinding,
               literals_.binding(llvm::cast<BindingReference>(expression).binding)}};
    case Expression::Kind::kAssignment:
      return assignment(llvm::cast<Assignment>(expression), true);
    case Expression::Kind::kSend:
      return send(llvm::cast<Send>(expression));
    case Expression::Kind::kCascade:
      return cascade(llvm::cast<Cascade>(expression));
    case Expression::Kind::kReturn:
      return returnOf(*llvm::cast<Return>(expression).value);
    case Expression::Kind::kBrace:
      return brace(llvm::cast<Brace>(expression));
    case Expression::Kind::kNewVector:
      return {{Operation::kPushNewVector,
               static_cast<int>(llvm::cast<NewVector>(expression).vector->members.size())}};
    case Expression::Kind::kBlock:
      return closure(llvm::cast<Block>(expression));
    case Expression::Kind::kIf:
      return ifValue(llvm::cast<If>(expression));
    case Expression::Kind::kIfNil:
      return ifNil(llvm::cast<IfNil>(expression), true);
    case Expression::Kind::kWhile:
      return whileLoop(llvm::cast<While>(expression), true);
    case Expression::Kind::kToDo:
      return toDo(llvm::cast<ToDo>(expression), true);
    case Expression::Kind::kRepeat:
      return repeat(llvm::cast<Repeat>(expression), true);
    case Expression::Kind::kCase:
      return caseOf(llvm::cast<Case>(expression));
  }
  return {};
}

Code Generator::effectOfKind(const Expression& expression) {
  switch (expression.kind) {
    case Expression::Kind::kConstant:
    case Expression::Kind::kSelf:
    case Expression::Kind::kContext:
    case Expression::Kind::kSlot:
    case Expression::Kind::kTemporary:
    case Expression::Kind::kBinding:
      return {};
    case Expression::Kind::kAssignment:
      return assignment(llvm::cast<Assignment>(expression), false);
    case Expression::Kind::kReturn:
      return value(expression);
    case Expression::Kind::kIf:
      return ifEffect(llvm::cast<If>(expression));
    case Expression::Kind::kIfNil:
      return ifNil(llvm::cast<IfNil>(expression), false);
    case Expression::Kind::kWhile:
      return whileLoop(llvm::cast<While>(expression), false);
    case Expression::Kind::kToDo:
      return toDo(llvm::cast<ToDo>(expression), false);
    case Expression::Kind::kRepeat:
      return repeat(llvm::cast<Repeat>(expression), false);
    default:
      break;
  }
  Code code = value(expression);
  code.push_back({Operation::kPop});
  return code;
}

Code Generator::statementsButLast(const Block& block) {
  Code code;
  for (size_t i = 0; i + 1 < block.statements.size(); ++i) {
    append(code, effect(*block.statements[i]));
  }
  return code;
}

Code Generator::evaluatedValue(const Block& block) {
  Code code = statementsButLast(block);
  append(code, value(*block.statements.back()));
  return code;
}

Code Generator::evaluatedEffect(const Block& block) {
  if (returns(block)) return evaluatedValue(block);
  Code code = statementsButLast(block);
  append(code, effect(*block.statements.back()));
  return code;
}

Code Generator::constant(const Constant& constant) {
  const Literal& literal = constant.value;
  if (const auto special = specialOf(literal)) {
    return {{Operation::kPushConstant, static_cast<int>(*special)}};
  }
  if (literal.kind == Literal::Kind::kInteger) {
    const auto number = literal.integer.value();
    if (number && encoder_.hasIntegerPush(*number)) {
      return {{Operation::kPushInteger, static_cast<int>(*number)}};
    }
  }
  if (literal.kind == Literal::Kind::kCharacter && encoder_.hasCharacterPush(literal.codePoint)) {
    return {{Operation::kPushCharacter, static_cast<int>(literal.codePoint)}};
  }
  return {{Operation::kPushLiteral, literals_.constant(literal)}};
}

Code Generator::temporary(const Temporary& temporary) {
  if (temporary.vector == nullptr) {
    return {{Operation::kPushTemporary, static_cast<int>(temporary.index)}};
  }
  return {{Operation::kPushInVector, indexInVector(temporary),
           static_cast<int>(temporary.vector->index)}};
}

Instruction Generator::store(const Expression& variable, bool forValue) {
  if (const auto* slot = llvm::dyn_cast<SlotReference>(&variable)) {
    return slotAccess(forValue ? Operation::kStoreIntoSlot : Operation::kPopIntoSlot, *slot);
  }
  if (const auto* binding = llvm::dyn_cast<BindingReference>(&variable)) {
    return {forValue ? Operation::kStoreIntoBinding : Operation::kPopIntoBinding,
            literals_.binding(binding->binding)};
  }
  const Temporary& temporary = *llvm::cast<TemporaryReference>(variable).temporary;
  if (temporary.vector == nullptr) {
    return {forValue ? Operation::kStoreIntoTemporary : Operation::kPopIntoTemporary,
            static_cast<int>(temporary.index)};
  }
  return {forValue ? Operation::kStoreIntoVector : Operation::kPopIntoVector,
          indexInVector(temporary), static_cast<int>(temporary.vector->index)};
}

Code Generator::assignment(const Assignment& assignment, bool forValue) {
  const Instruction last = store(*assignment.variable, forValue);
  Code code = value(*assignment.value);
  code.push_back(last);
  return code;
}

int Generator::selectorIndex(const std::string& selector, bool toSuper) {
  const bool special = !toSuper && specialSelectorIndex(selector) != kNoSpecialSelector;
  return special ? 0 : literals_.selector(selector);
}

Instruction Generator::sendOf(const std::string& selector, int index, bool toSuper) {
  const int arguments = static_cast<int>(syntax::argumentCountOf(selector));
  if (toSuper) return {Operation::kSuperSend, index, arguments};
  const int special = specialSelectorIndex(selector);
  if (special != kNoSpecialSelector) return {Operation::kSpecialSend, special, arguments};
  return {Operation::kSend, index, arguments};
}

Code Generator::send(const Send& send) {
  const int index = selectorIndex(send.selector, send.toSuper);
  Code code;
  if (send.receiver) append(code, value(*send.receiver));
  for (const ExpressionPtr& argument : send.arguments) append(code, value(*argument));
  if (send.toSuper && isFullBlock_) {
    append(code, directedSend(send.selector, index));
  } else {
    code.push_back(sendOf(send.selector, index, send.toSuper));
  }
  stamp(code, send);
  return code;
}

// A virtual machine looks for the class of a super send in the last literal, where a CompiledBlock
// has its outer code.
Code Generator::directedSend(const std::string& selector, int index) {
  if (classLiteral_ < 0) classLiteral_ = literals_.append(FrameLiteral::Kind::kClass);
  return {
      {Operation::kPushBinding, classLiteral_},
      {Operation::kDirectedSuperSend, index, static_cast<int>(syntax::argumentCountOf(selector))}};
}

Code Generator::cascade(const Cascade& cascade) {
  Code code = value(*cascade.receiver);
  for (const auto& message : cascade.messages) {
    const bool last = message == cascade.messages.back();
    if (!last) code.push_back({Operation::kDuplicate});
    append(code, send(*message));
    if (!last) code.push_back({Operation::kPop});
  }
  return code;
}

Code Generator::brace(const Brace& brace) {
  Code code;
  for (const ExpressionPtr& element : brace.elements) append(code, value(*element));
  code.push_back({Operation::kConsArray, static_cast<int>(brace.elements.size())});
  return code;
}

Code Generator::returnOf(const Expression& result) {
  if (result.kind == Expression::Kind::kSelf) return {{Operation::kReturnReceiver}};
  if (const auto* constant = llvm::dyn_cast<Constant>(&result)) {
    if (const auto special = specialOf(constant->value)) {
      return {{Operation::kReturnConstant, static_cast<int>(*special)}};
    }
  }
  Code code = value(result);
  code.push_back({Operation::kReturnTop});
  return code;
}

Code Generator::closure(const Block& block) {
  const std::vector<Temporary*> copied = copiedValues(method_, block);
  return options_.fullBlocks ? fullClosure(block, copied) : embeddedClosure(block, copied);
}

Code Generator::blockBody(const Block& block) {
  Code code = evaluatedValue(block);
  if (!returns(block)) code.push_back({Operation::kBlockReturnTop});
  return code;
}

// The code of the block follows the instruction that makes the closure.
Code Generator::embeddedClosure(const Block& block, const std::vector<Temporary*>& copied) {
  Code body(block.temporaries.size(),
            Instruction{Operation::kPushConstant, static_cast<int>(Special::kNil)});
  {
    const FrameIndices indices(block, copied);
    append(body, blockBody(block));
  }
  const int end = newLabel();
  Code code;
  for (const Temporary* each : copied) {
    code.push_back({Operation::kPushTemporary, static_cast<int>(each->index)});
  }
  code.push_back({Operation::kPushClosure, static_cast<int>(copied.size()),
                  static_cast<int>(block.arguments.size()), end, -1,
                  static_cast<int>(frames_.size())});
  frames_.push_back({0, namesOf(block, copied)});
  append(code, std::move(body));
  code.push_back({Operation::kLabel, end});
  return code;
}

Code Generator::fullClosure(const Block& block, const std::vector<Temporary*>& copied) {
  auto compiled = std::make_shared<CompiledCode>();
  {
    const FrameIndices indices(block, copied);
    Generator generator(method_, options_);
    generator.isFullBlock_ = true;
    const Code body = generator.blockBody(block);
    generator.frames_[0].names = namesOf(block, copied);
    compiled->selector = method_.selector;
    compiled->argumentCount = static_cast<uint32_t>(block.arguments.size());
    compiled->temporaryCount =
        static_cast<uint32_t>(block.arguments.size() + copied.size() + block.temporaries.size());
    generator.literals_.append(FrameLiteral::Kind::kOuterCode);
    compiled->literals = generator.literals_.take();
    compiled->frames = generator.takeFrames();
    finish(body, options_, *compiled, generator.mistake_);
    if (mistake_.empty()) mistake_ = generator.mistake_;
  }
  Code code;
  for (const Temporary* each : copied) {
    code.push_back({Operation::kPushTemporary, static_cast<int>(each->index)});
  }
  const int literal = literals_.block(std::move(compiled));
  code.push_back({Operation::kPushFullClosure, literal, static_cast<int>(copied.size())});
  return code;
}

}  // namespace stwasm::compiler
