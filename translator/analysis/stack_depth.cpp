// The worklist behind stack_depth.h. Bodies are analysed one after the other, parents first; a body
// never steps into a block that it creates, and what it does reach is checked for overlaps before
// its blocks are looked at. So each byte is interpreted at most once.
#include "translator/analysis/stack_depth.h"

#include <algorithm>
#include <utility>

#include "translator/analysis/stack_effect.h"
#include "translator/bytecode/instruction_stream.h"
#include "translator/bytecode/quick_return.h"

namespace stwasm::analysis {
namespace {

template <class... Args>
Status failAt(int pc, fmt::format_string<Args...> format, Args&&... args) {
  return fail(Diagnostic(fmt::format(format, std::forward<Args>(args)...)).atPc(pc));
}

// Sista sorts its operations by the count of their operands, a thousand for each.
std::string operationGroup(const StackEffect& effect) {
  constexpr int kSista = 0;
  constexpr int kLowcode = 1;
  constexpr int kGroupSize = 1000;
  if (effect.inlinedSet == kLowcode) return "Lowcode";
  if (effect.inlinedSet != kSista) return fmt::format("of set {}", effect.inlinedSet);
  const int operands = effect.inlinedPrimitive / kGroupSize;
  return fmt::format("with {} operand{}", operands, operands == 1 ? "" : "s");
}

}  // namespace

char ForInterpreter::ID = 0;

class StackDepthAnalysis {
 public:
  StackDepthAnalysis(std::span<const uint8_t> bytecodes, const MethodShape& shape)
      : bytecodes_(bytecodes), shape_(shape) {}

  Result<StackDepths> run();

 private:
  Status analyzeBody(int index);
  Status interpret(int pc);
  Status leaveToInterpreter(int pc, const StackEffect& effect) const;
  Status checkOperands(int pc, const StackEffect& effect) const;
  Status checkTemp(int pc, const StackEffect& effect) const;
  Status addSuccessors(int pc, const StackEffect& effect);
  Status addBlock(int pc, const StackEffect& effect);
  int argumentCount(int literal) const;
  Status reach(int fromPc, int pc, int depth, bool byJump);
  Status checkLayout(std::vector<int> pcs) const;
  Status checkBlockNesting() const;
  void adoptBlocks();

  int& depthAt(int pc) { return result_.depths_[static_cast<size_t>(pc)]; }
  int depthAt(int pc) const { return result_.depths_[static_cast<size_t>(pc)]; }
  bool isPrimitiveErrorStore(int pc, const StackEffect& effect) const {
    return pc == afterPrimitivePc_ && effect.storesTemp && depthAt(pc) == 0;
  }

  std::span<const uint8_t> bytecodes_;
  MethodShape shape_;
  StackDepths result_;
  int afterPrimitivePc_ = StackDepths::kNone;  // behind a callPrimitive that opens the method
  // State of the body being analysed.
  int index_ = 0;
  BodyExtent body_;
  std::vector<int> reached_;  // pcs of its instructions, also the worklist
  std::vector<BodyExtent> blocks_;
};

Result<StackDepths> StackDepthAnalysis::run() {
  if (shape_.numArgs < 0 || shape_.numTemps < shape_.numArgs) {
    return fail("the method header says {} arguments but {} temps", shape_.numArgs,
                shape_.numTemps);
  }
  const size_t size = bytecodes_.size();
  if (shape_.primitive != 0) afterPrimitivePc_ = 0;
  result_.depths_.assign(size, StackDepths::kNone);
  result_.nextPcs_.assign(size, StackDepths::kNone);
  result_.created_.assign(size, StackDepths::kNone);
  BodyExtent method;
  method.endPc = static_cast<int>(size);
  method.numArgs = shape_.numArgs;
  method.numFixedSlots = shape_.numTemps;
  result_.bodies_.push_back(method);
  for (size_t i = 0; i < result_.bodies_.size(); ++i) {
    if (Status status = analyzeBody(static_cast<int>(i))) return status;
  }
  return std::move(result_);
}

Status StackDepthAnalysis::analyzeBody(int index) {
  index_ = index;
  body_ = result_.bodies_[static_cast<size_t>(index)];
  reached_.clear();
  blocks_.clear();
  const int entryDepth = body_.isBlockContext ? body_.numArgs : 0;
  if (Status status = reach(body_.creationPc, body_.startPc, entryDepth, false)) return status;
  for (size_t next = 0; next < reached_.size(); ++next) {
    if (Status status = interpret(reached_[next])) return status;
  }
  std::sort(blocks_.begin(), blocks_.end(),
            [](const BodyExtent& a, const BodyExtent& b) { return a.startPc < b.startPc; });
  if (Status status = checkBlockNesting()) return status;
  if (Status status = checkLayout(reached_)) return status;
  adoptBlocks();
  return Status::success();
}

Status StackDepthAnalysis::interpret(int pc) {
  bytecode::InstructionStream stream(bytecodes_, shape_.bytecodeSet, pc);
  Result<StackEffect> effect = nextStackEffect(stream);
  if (!effect) return effect.takeError();
  if (effect->flow == Flow::kUndefined) return leaveToInterpreter(pc, *effect);
  if (stream.nextPc() > body_.endPc) return failAt(pc, "an instruction crosses its block's end");
  result_.nextPcs_[static_cast<size_t>(pc)] = stream.nextPc();
  if (Status status = checkOperands(pc, *effect)) return status;
  if (effect->primitive >= 0 && pc == 0) {
    if (bytecode::isQuickReturn(effect->primitive)) return Status::success();
    afterPrimitivePc_ = stream.nextPc();
  }
  if (isPrimitiveErrorStore(pc, *effect)) result_.primitiveErrorStorePc_ = pc;
  return addSuccessors(pc, *effect);
}

Status StackDepthAnalysis::leaveToInterpreter(int pc, const StackEffect& effect) const {
  std::string reason = fmt::format("undefined bytecode {}", bytecodes_[static_cast<size_t>(pc)]);
  std::string hint;
  if (shape_.bytecodeSet == bytecode::BytecodeSet::kSistaV1 && effect.inlinedPrimitive < 0 &&
      !effect.isTrap) {
    hint = "the image's second bytecode set may be NewspeakV4, which is not supported";
  }
  if (effect.inlinedPrimitive >= 0) {
    reason = fmt::format("inlined primitive {}, {}, is an operation of an optimising VM's own code",
                         effect.inlinedPrimitive, operationGroup(effect));
  }
  if (effect.isTrap) reason = "a trap of an optimising VM's own code";
  return llvm::make_error<ForInterpreter>(std::move(reason), "", "", pc, std::move(hint));
}

Status StackDepthAnalysis::checkOperands(int pc, const StackEffect& effect) const {
  if (effect.flow == Flow::kBlockReturn && index_ == 0 && !shape_.isFullBlock) {
    return failAt(pc, "block return outside a block");
  }
  if (effect.literal >= shape_.numLiterals && shape_.numLiterals >= 0) {
    return failAt(pc, "literal {} of {} literals", effect.literal, shape_.numLiterals);
  }
  const int depth = depthAt(pc);
  if (effect.pops > depth && !isPrimitiveErrorStore(pc, effect)) {
    return failAt(pc, "stack underflow: {} values needed, {} there", effect.pops, depth);
  }
  return checkTemp(pc, effect);
}

// A temp is a fixed slot or a stack slot that stays alive below what the instruction pops.
Status StackDepthAnalysis::checkTemp(int pc, const StackEffect& effect) const {
  const bool hasOwnTemps = shape_.bytecodeSet != bytecode::BytecodeSet::kV3;
  const int numSlots =
      body_.numFixedSlots + (hasOwnTemps ? std::max(depthAt(pc) - effect.pops, 0) : 0);
  if (effect.temp < numSlots) return Status::success();
  return failAt(pc, "temp {} of {} temps", effect.temp, numSlots);
}

Status StackDepthAnalysis::addSuccessors(int pc, const StackEffect& effect) {
  const int depth = depthAt(pc) - effect.pops + effect.pushes;
  BodyExtent& body = result_.bodies_[static_cast<size_t>(index_)];
  body.maxDepth = std::max(body.maxDepth, depth);
  if (effect.flow == Flow::kReturn || effect.flow == Flow::kBlockReturn) return Status::success();
  if (effect.flow == Flow::kJump || effect.flow == Flow::kConditionalJump) {
    if (Status status = reach(pc, effect.target, depth, true)) return status;
    if (effect.flow == Flow::kJump) return Status::success();
  }
  const int nextPc = result_.nextPcOf(pc);
  if (!effect.createsBlock) return reach(pc, nextPc, depth, false);
  if (Status status = addBlock(pc, effect)) return status;
  return reach(pc, nextPc + effect.blockSize, depth, false);
}

Status StackDepthAnalysis::addBlock(int pc, const StackEffect& effect) {
  BodyExtent block;
  block.parent = index_;
  block.creationPc = pc;
  block.startPc = result_.nextPcOf(pc);
  block.endPc = block.startPc + effect.blockSize;
  block.numArgs = effect.numArgs;
  block.numCopied = effect.numCopied;
  block.numFixedSlots = effect.numArgs + effect.numCopied;
  if (effect.isBlockCopy) {
    block.isBlockContext = true;
    block.numFixedSlots = shape_.numTemps;
    if (effect.numArgs < 0) block.numArgs = argumentCount(effect.numArgsLiteral);
    if (block.numArgs < 0) return failAt(pc, "a block whose number of arguments is unknown");
    block.maxDepth = block.numArgs;
  }
  if (block.endPc > body_.endPc) return failAt(pc, "a block reaches beyond the code around it");
  blocks_.push_back(block);
  return Status::success();
}

int StackDepthAnalysis::argumentCount(int literal) const {
  const auto index = static_cast<size_t>(literal);
  return index < shape_.argumentCounts.size() ? shape_.argumentCounts[index] : -1;
}

Status StackDepthAnalysis::reach(int fromPc, int pc, int depth, bool byJump) {
  if (pc < body_.startPc || pc >= body_.endPc) {
    if (byJump)
      return failAt(fromPc, "jump to {}, outside {} to {}", pc, body_.startPc, body_.endPc - 1);
    return failAt(fromPc, "{} without a return",
                  index_ == 0 ? "the bytecodes run off their end" : "a block ends");
  }
  int& known = depthAt(pc);
  if (known == StackDepths::kNone) {
    known = depth;
    reached_.push_back(pc);
  } else if (known != depth) {
    return failAt(pc, "paths meet here with stack depths {} and {}", known, depth);
  }
  return Status::success();
}

Status StackDepthAnalysis::checkBlockNesting() const {
  for (size_t i = 1; i < blocks_.size(); ++i) {
    if (blocks_[i].startPc < blocks_[i - 1].endPc) {
      return failAt(blocks_[i].creationPc, "a block overlaps the one made at {}",
                    blocks_[i - 1].creationPc);
    }
  }
  return Status::success();
}

// Instructions must not overlap each other or stand inside a block of this body.
Status StackDepthAnalysis::checkLayout(std::vector<int> pcs) const {
  std::sort(pcs.begin(), pcs.end());
  size_t block = 0;
  for (size_t i = 0; i < pcs.size(); ++i) {
    const int pc = pcs[i];
    if (i > 0 && result_.nextPcOf(pcs[i - 1]) > pc) {
      return failAt(pc, "jump into the middle of the instruction at {}", pcs[i - 1]);
    }
    while (block < blocks_.size() && blocks_[block].endPc <= pc) ++block;
    if (block < blocks_.size() && result_.nextPcOf(pc) > blocks_[block].startPc) {
      return failAt(pc, "code outside a block runs into the block made at {}",
                    blocks_[block].creationPc);
    }
  }
  return Status::success();
}

void StackDepthAnalysis::adoptBlocks() {
  if (index_ == 0) {
    int& end = result_.bodies_.front().endPc;
    end = 0;
    for (int pc : reached_) end = std::max(end, result_.nextPcOf(pc));
  }
  for (const BodyExtent& block : blocks_) {
    result_.created_[static_cast<size_t>(block.creationPc)] =
        static_cast<int>(result_.bodies_.size());
    result_.bodies_.push_back(block);
  }
}

Result<StackDepths> analyzeStackDepth(std::span<const uint8_t> bytecodes,
                                      const MethodShape& shape) {
  return StackDepthAnalysis(bytecodes, shape).run();
}

}  // namespace stwasm::analysis
