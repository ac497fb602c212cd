// One line of text per instruction. The wording is that of Squeak's symbolic listings.
#include "translator/bytecode/instruction_printer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "translator/bytecode/instruction_stream.h"
#include "translator/bytecode/special_selectors.h"

namespace stwasm::bytecode {
namespace {

// Turns the verb it gets into `text()`.
class DescribingClient final : public InstructionClient {
 public:
  DescribingClient(const InstructionStream& stream, const PrinterOptions& options)
      : stream_(stream), options_(options) {}

  const std::string& text() const { return text_; }
  // End of the block that the instruction opens, -1 when it opens none.
  int blockEnd() const { return blockEnd_; }

  void pushReceiver() override { text_ = "self"; }
  void pushActiveContext() override { text_ = "pushThisContext"; }
  void pushReceiverVariable(int index) override { set("pushRcvr: {}", index); }
  void pushTemporary(int index) override { set("pushTemp: {}", index); }
  void pushTemporaryInVector(int index, int vectorTemp) override {
    set("pushTemp: {} inVectorAt: {}", index, vectorTemp);
  }
  void pushLiteralConstant(int literal) override {
    set("pushConstant: {}", describe(LiteralUse::kConstant, literal));
  }
  void pushLiteralVariable(int literal) override {
    set("pushLit: {}", describe(LiteralUse::kVariable, literal));
  }
  void pushConstant(Constant constant) override { set("pushConstant: {}", constantName(constant)); }
  void pushInteger(int value) override { set("pushConstant: {}", value); }
  void pushCharacter(int codePoint) override {
    set("pushConstant: (Character value: {})", codePoint);
  }
  void pushActiveProcess() override { text_ = "pushThisProcess"; }
  void pushNewArray(int size) override { set("push: (Array new: {})", size); }
  void pushConsArray(int size) override { set("pop {0} into (Array new: {0})", size); }
  void pushClosureCopy(int numCopied, int numArgs, int blockSize) override {
    blockEnd_ = stream_.nextPc() + blockSize;
    set("closureNumCopied: {} numArgs: {} bytes {} to {}", numCopied, numArgs,
        shown(stream_.nextPc()), shown(blockEnd_ - 1));
  }

  void pushFullClosure(int literal, int numCopied, bool receiverOnStack,
                       bool ignoresOuterContext) override {
    set("pushFullClosure: {} numCopied: {}{}{}", describe(LiteralUse::kConstant, literal),
        numCopied, receiverOnStack ? " receiverOnStack" : "",
        ignoresOuterContext ? " noOuterContext" : "");
  }

  void pushBlockCopy(int numArgs, int numArgsLiteral, int blockSize) override {
    blockEnd_ = stream_.nextPc() + blockSize;
    set("blockCopy: {} bytes {} to {}",
        numArgs >= 0 ? std::to_string(numArgs) : describe(LiteralUse::kConstant, numArgsLiteral),
        shown(stream_.nextPc()), shown(blockEnd_ - 1));
  }

  void popIntoReceiverVariable(int index) override { set("popIntoRcvr: {}", index); }
  void popIntoTemporary(int index) override { set("popIntoTemp: {}", index); }
  void popIntoTemporaryInVector(int index, int vectorTemp) override {
    set("popIntoTemp: {} inVectorAt: {}", index, vectorTemp);
  }
  void popIntoLiteralVariable(int literal) override {
    set("popIntoLit: {}", describe(LiteralUse::kVariable, literal));
  }
  void storeIntoReceiverVariable(int index) override { set("storeIntoRcvr: {}", index); }
  void storeIntoTemporary(int index) override { set("storeIntoTemp: {}", index); }
  void storeIntoTemporaryInVector(int index, int vectorTemp) override {
    set("storeIntoTemp: {} inVectorAt: {}", index, vectorTemp);
  }
  void storeIntoLiteralVariable(int literal) override {
    set("storeIntoLit: {}", describe(LiteralUse::kVariable, literal));
  }

  void returnReceiver() override { text_ = "returnSelf"; }
  void returnConstant(Constant constant) override { set("return: {}", constantName(constant)); }
  void returnTop() override { text_ = "returnTop"; }
  void blockReturnTop() override { text_ = "blockReturn"; }
  void blockReturnNil() override { text_ = "blockReturn: nil"; }

  void send(int selectorLiteral, int numArgs, bool toSuper) override {
    set("{}: {}", toSuper ? "superSend" : "send", describeSelector(selectorLiteral, numArgs));
  }
  void sendDirectedSuper(int selectorLiteral, int numArgs) override {
    set("directedSuperSend: {}", describeSelector(selectorLiteral, numArgs));
  }
  void sendSpecial(int index) override {
    set("send: {}", describe(LiteralUse::kSpecialSelector, index));
  }

  void jump(int target) override { set("jumpTo: {}", shown(target)); }
  void jumpIf(bool condition, int target) override {
    set("{}: {}", condition ? "jumpTrue" : "jumpFalse", shown(target));
  }

  void compareNotIdentical() override { text_ = "send: ~~"; }
  void pop() override { text_ = "pop"; }
  void duplicate() override { text_ = "dup"; }
  void callPrimitive(int number) override { set("callPrimitive: {}", number); }
  void callInlinedPrimitive(int operations, int number) override {
    set("callInlinedPrimitive: {} set: {}", number, operations);
  }
  void noOperation() override { text_ = "nop"; }
  void trap() override { text_ = "trap"; }
  void undefinedBytecode(uint8_t bytecode) override { set("undefinedBytecode: {}", bytecode); }

 private:
  template <class... Args>
  void set(fmt::format_string<Args...> format, Args&&... args) {
    text_ = fmt::format(format, std::forward<Args>(args)...);
  }

  int shown(int pc) const { return pc + options_.firstPc; }

  std::string described(LiteralUse use, int index) const {
    return options_.describeLiteral ? options_.describeLiteral(use, index) : std::string();
  }

  std::string describe(LiteralUse use, int index) const {
    std::string text = described(use, index);
    if (!text.empty()) return text;
    if (use == LiteralUse::kSpecialSelector) return std::string(specialSelector(index).name);
    return fmt::format("lit{}", index);
  }

  // A selector without a name would hide how many arguments are sent.
  std::string describeSelector(int literal, int numArgs) const {
    std::string text = described(LiteralUse::kSelector, literal);
    return text.empty() ? fmt::format("lit{} numArgs: {}", literal, numArgs) : text;
  }

  const InstructionStream& stream_;
  const PrinterOptions& options_;
  std::string text_;
  int blockEnd_ = -1;
};

// Blocks nest a few levels in real code; bytes that claim thousands should not fill the listing.
constexpr size_t kMaxIndentedBlocks = 20;

std::string hexBytes(std::span<const uint8_t> bytes) {
  std::string text;
  for (uint8_t byte : bytes) text += fmt::format("{}{:02X}", text.empty() ? "<" : " ", byte);
  return text + ">";
}

}  // namespace

Result<std::string> describeInstruction(std::span<const uint8_t> bytecodes, int pc,
                                        const PrinterOptions& options, int* nextPc) {
  InstructionStream stream(bytecodes, options.bytecodeSet, pc);
  DescribingClient client(stream, options);
  if (Status status = stream.interpretNext(client)) return status;
  if (nextPc != nullptr) *nextPc = stream.nextPc();
  return client.text();
}

Result<std::string> printInstructions(std::span<const uint8_t> bytecodes,
                                      const PrinterOptions& options, int endPc) {
  const int end = endPc < 0 ? static_cast<int>(bytecodes.size()) : endPc;
  InstructionStream stream(bytecodes, options.bytecodeSet);
  std::vector<int> openBlocks;  // ends of the blocks around the next instruction
  std::string listing;
  while (stream.nextPc() < end) {
    while (!openBlocks.empty() && stream.nextPc() >= openBlocks.back()) openBlocks.pop_back();
    DescribingClient client(stream, options);
    if (Status status = stream.interpretNext(client)) return status;
    listing += fmt::format("{:>4} {:<14}{:>{}}{}\n", stream.pc() + options.firstPc,
                           hexBytes(stream.instructionBytes()), "",
                           2 * std::min(openBlocks.size(), kMaxIndentedBlocks), client.text());
    if (client.blockEnd() >= 0) openBlocks.push_back(client.blockEnd());
  }
  return listing;
}

}  // namespace stwasm::bytecode
