// The instructions that code is generated in, the same for both bytecode sets, and what encodes
// them as bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "translator/compiler/options.h"

namespace stwasm::compiler {

enum class Operation : uint8_t {
  kLabel,  // a: its number
  kPushReceiver,
  kPushContext,
  kPushSlot,            // a: index, b: 1 for the long form
  kPushTemporary,       // a: index
  kPushInVector,        // a: index, b: the vector's index
  kPushLiteral,         // a: index
  kPushBinding,         // a: index of the literal
  kPushConstant,        // a: Special
  kPushInteger,         // a: value
  kPushCharacter,       // a: code point
  kPushNewVector,       // a: size
  kConsArray,           // a: size
  kPushClosure,         // a: copied values, b: arguments; the code up to label `target`
  kPushFullClosure,     // a: index of the literal, b: copied values
  kStoreIntoSlot,       // a: index, b: 1 for the long form
  kStoreIntoTemporary,  // a: index
  kStoreIntoVector,     // a: index, b: the vector's index
  kStoreIntoBinding,    // a: index of the literal
  kPopIntoSlot,         // a: index, b: 1 for the long form
  kPopIntoTemporary,    // a: index
  kPopIntoVector,       // a: index, b: the vector's index
  kPopIntoBinding,      // a: index of the literal
  kReturnReceiver,
  kReturnConstant,  // a: Special
  kReturnTop,
  kBlockReturnTop,
  kSend,       // a: index of the selector, b: arguments
  kSuperSend,  // a: index of the selector, b: arguments
  // The same with the class that sends, on top of the stack.
  kDirectedSuperSend,
  kSpecialSend,  // a: index of the special selector, b: arguments
  kJump,         // to label `target`
  kJumpIfTrue,   // to label `target`
  kJumpIfFalse,  // to label `target`
  kPop,
  kDuplicate,
  kCallPrimitive,   // a: number
  kStoreErrorCode,  // a: index of the temporary
};

enum class Special : uint8_t { kTrue, kFalse, kNil };

struct Instruction {
  Operation operation = Operation::kPop;
  int a = 0;
  int b = 0;
  int target = -1;
  int position = -1;  // in the source; -1: nothing stands for it there
  int frame = -1;     // of kPushClosure: the block's names in CompiledCode::frames
};

using Code = std::vector<Instruction>;

class Encoder {
 public:
  virtual ~Encoder() = default;

  // Appends the instruction. `distance`: of a jump, from behind it to its target; of an embedded
  // closure the size of its code. Fails with a message when an operand is too large.
  virtual std::optional<std::string> encode(const Instruction& instruction, int distance,
                                            std::vector<uint8_t>& bytes) const = 0;
  // Constants that need no literal.
  virtual bool hasIntegerPush(int64_t value) const = 0;
  virtual bool hasCharacterPush(uint32_t codePoint) const = 0;
};

const Encoder& encoderFor(const Options& options);

// The bytes of all instructions, jumps as short as they can be, and where each instruction went:
// `ends` has the offset behind it. Fails with a message.
std::optional<std::string> assemble(const Code& code, const Encoder& encoder,
                                    std::vector<uint8_t>& bytes, std::vector<uint32_t>& ends);

// The deepest that temporaries and operand stack get, in a frame that begins with `depth` values.
int deepestStack(const Code& code, int depth);

}  // namespace stwasm::compiler
