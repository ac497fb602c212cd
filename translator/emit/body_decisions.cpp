// Sends whose answer decides a jump. An inlined method then answers true or false by $c, without
// an object: it branches to the end of the send's block `truth`, behind the test of what other
// methods answer.
#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

using ir::Opcode;
using ir::TerminatorKind;

bool BodyEmitter::maySendDecide(const ir::Instruction& instruction) const {
  if (counts() || !context_.options.inlines) return false;
  return instruction.opcode == Opcode::kSend || instruction.opcode == Opcode::kSendSuper ||
         instruction.opcode == Opcode::kSendSpecial;
}

// The last instruction of a block, with what is done with its answer. True: that is done. A run of
// Float operations sees to it itself.
bool BodyEmitter::emitDecision(const ir::Instruction& instruction, const ir::Terminator& end) {
  const bool returns =
      end.kind == TerminatorKind::kMethodReturn || end.kind == TerminatorKind::kBlockReturn;
  if (end.kind == TerminatorKind::kConditionalJump)
    return emitFusedComparison(instruction, end) ||
           (!inFloatRun_ && emitDecidingSend(instruction, end));
  if (inFloatRun_ || truth_.empty() || !returns || end.value != ir::ReturnValue::kTop) return false;
  if (emitFusedComparison(instruction, end)) {
    out_.line("br {}", truth_);
    return true;
  }
  if (!maySendDecide(instruction)) return false;
  sendTruth_ = truth_;
  emitInstruction(instruction);
  sendTruth_.clear();
  emitTerminator(*currentBlock_);
  return true;
}

bool BodyEmitter::emitDecidingSend(const ir::Instruction& instruction, const ir::Terminator& jump) {
  if (!maySendDecide(instruction)) return false;
  materialize(stack_.size() - static_cast<size_t>(instruction.b) - 1);
  const std::string truth = fmt::format("${}truth", prefix_);
  sendTruth_ = truth;
  FunctionText before = std::exchange(out_, FunctionText(out_.indentation()));
  emitInstruction(instruction);
  sendTruth_.clear();
  comment(jump.pc);
  if (out_.str().find(fmt::format("br {}\n", truth)) == std::string::npos) {
    emitCondition(jump);
    const FunctionText code = std::exchange(out_, std::move(before));
    out_.raw(code.str());
    return true;
  }
  const Operand answer = pop();
  materialize(stack_.size());
  emitTruth(answer, jump, depth());
  const FunctionText code = std::exchange(out_, std::move(before));
  out_.open(fmt::format("block {}", truth));
  out_.raw(indented(code.str()));
  out_.close();
  return true;
}

// What an inlined activation answers goes to the jump that it decides, where it is known.
bool BodyEmitter::emitAnsweredTruth(const Operand& value) {
  if (truth_.empty() || (value.code != kTrueCode && value.code != kFalseCode)) return false;
  out_.line("(local.set $c (i32.const {}))", value.code == kTrueCode ? 1 : 0);
  out_.line("br {}", truth_);
  return true;
}

}  // namespace stwasm::emit
