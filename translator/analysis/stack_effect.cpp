// An InstructionClient that reduces each verb to its StackEffect.
#include "translator/analysis/stack_effect.h"

#include <utility>

#include "translator/bytecode/special_selectors.h"

namespace stwasm::analysis {
namespace {

using bytecode::Constant;

class EffectClient final : public bytecode::InstructionClient {
 public:
  const StackEffect& effect() const { return effect_; }

  void pushReceiver() override { push(); }
  void pushActiveContext() override { push(); }
  void pushReceiverVariable(int /*index*/) override { push(); }
  void pushTemporary(int index) override {
    push();
    effect_.temp = index;
  }
  void pushTemporaryInVector(int /*index*/, int vectorTemp) override { pushTemporary(vectorTemp); }
  void pushLiteralConstant(int literal) override {
    push();
    effect_.literal = literal;
  }
  void pushLiteralVariable(int literal) override {
    push();
    effect_.literal = literal;
  }
  void pushConstant(Constant /*constant*/) override { push(); }
  void pushInteger(int /*value*/) override { push(); }
  void pushCharacter(int /*codePoint*/) override { push(); }
  void pushActiveProcess() override { push(); }
  void pushNewArray(int /*size*/) override { push(); }
  void pushConsArray(int size) override { replace(size); }
  void pushClosureCopy(int numCopied, int numArgs, int blockSize) override {
    replace(numCopied);
    effect_.createsBlock = true;
    effect_.numCopied = numCopied;
    effect_.numArgs = numArgs;
    effect_.blockSize = blockSize;
  }

  void pushFullClosure(int literal, int numCopied, bool receiverOnStack,
                       bool /*ignoresOuterContext*/) override {
    replace(numCopied + (receiverOnStack ? 1 : 0));
    effect_.literal = literal;
  }

  void pushBlockCopy(int numArgs, int numArgsLiteral, int blockSize) override {
    push();
    effect_.createsBlock = true;
    effect_.isBlockCopy = true;
    effect_.numArgs = numArgs;
    effect_.numArgsLiteral = numArgsLiteral;
    effect_.literal = numArgsLiteral;
    effect_.blockSize = blockSize;
  }

  void popIntoReceiverVariable(int /*index*/) override { pop(); }
  void popIntoTemporary(int index) override {
    pop();
    effect_.temp = index;
  }
  void popIntoTemporaryInVector(int /*index*/, int vectorTemp) override {
    popIntoTemporary(vectorTemp);
  }
  void popIntoLiteralVariable(int literal) override {
    pop();
    effect_.literal = literal;
  }
  void storeIntoReceiverVariable(int /*index*/) override { replace(1); }
  void storeIntoTemporary(int index) override {
    replace(1);
    effect_.temp = index;
    effect_.storesTemp = true;
  }
  void storeIntoTemporaryInVector(int /*index*/, int vectorTemp) override {
    replace(1);
    effect_.temp = vectorTemp;
  }
  void storeIntoLiteralVariable(int literal) override {
    replace(1);
    effect_.literal = literal;
  }

  void returnReceiver() override { effect_.flow = Flow::kReturn; }
  void returnConstant(Constant /*constant*/) override { effect_.flow = Flow::kReturn; }
  void returnTop() override {
    pop();
    effect_.flow = Flow::kReturn;
  }
  void blockReturnTop() override {
    pop();
    effect_.flow = Flow::kBlockReturn;
  }

  void blockReturnNil() override { effect_.flow = Flow::kBlockReturn; }

  void send(int selectorLiteral, int numArgs, bool /*toSuper*/) override {
    replace(numArgs + 1);
    effect_.literal = selectorLiteral;
  }
  void sendDirectedSuper(int selectorLiteral, int numArgs) override {
    replace(numArgs + 2);
    effect_.literal = selectorLiteral;
  }
  void sendSpecial(int index) override { replace(bytecode::specialSelector(index).numArgs + 1); }

  void jump(int target) override {
    effect_.flow = Flow::kJump;
    effect_.target = target;
  }
  void jumpIf(bool /*condition*/, int target) override {
    pop();
    effect_.flow = Flow::kConditionalJump;
    effect_.target = target;
  }

  void compareNotIdentical() override { replace(2); }
  void pop() override { effect_.pops = 1; }
  void duplicate() override {
    effect_.pops = 1;
    effect_.pushes = 2;
  }
  void callPrimitive(int number) override { effect_.primitive = number; }
  void callInlinedPrimitive(int set, int number) override {
    effect_.flow = Flow::kUndefined;
    effect_.inlinedSet = set;
    effect_.inlinedPrimitive = number;
  }
  void noOperation() override {}
  void trap() override {
    effect_.flow = Flow::kUndefined;
    effect_.isTrap = true;
  }
  void undefinedBytecode(uint8_t /*bytecode*/) override { effect_.flow = Flow::kUndefined; }

 private:
  void push() { effect_.pushes = 1; }
  void replace(int pops) {
    effect_.pops = pops;
    effect_.pushes = 1;
  }

  StackEffect effect_;
};

}  // namespace

Result<StackEffect> nextStackEffect(bytecode::InstructionStream& stream) {
  EffectClient client;
  if (Status status = stream.interpretNext(client)) return status;
  return client.effect();
}

}  // namespace stwasm::analysis
