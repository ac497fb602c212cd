// What the compiler makes: a CompiledMethod or CompiledBlock before it becomes an object.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "translator/compiler/environment.h"
#include "translator/syntax/ast.h"
#include "translator/syntax/literal.h"

namespace stwasm::compiler {

struct CompiledCode;

// One entry of a literal frame.
struct FrameLiteral {
  enum class Kind : uint8_t {
    kValue,
    kBinding,
    kBlock,       // a CompiledBlock
    kProperties,  // the selector or, where there are pragmas, the method's properties
    kClass,       // the association of the method's class
    kOuterCode,   // of a CompiledBlock: the code that makes its closures
  };

  Kind kind = Kind::kValue;
  syntax::Literal value;
  BindingId binding = 0;
  std::shared_ptr<const CompiledCode> block;
};

// Where the bytecode at a pc (an offset in the bytecodes) comes from.
struct CodePosition {
  uint32_t pc = 0;
  syntax::Position position = 0;
};

// Names of the temporaries of the method or one of its embedded blocks, in the order of the frame;
// "" for vectors.
struct FrameNames {
  uint32_t startPc = 0;
  std::vector<std::string> names;
};

struct CompiledCode {
  bool sista = false;
  std::string selector;
  uint32_t argumentCount = 0;
  uint32_t temporaryCount = 0;  // with the arguments; of blocks also with the copied values
  bool largeFrame = false;
  uint32_t primitive = 0;  // its number
  std::vector<FrameLiteral> literals;
  std::vector<uint8_t> bytecodes;
  std::vector<syntax::Pragma> pragmas;
  std::vector<CodePosition> positions;  // by pc
  std::vector<FrameNames> frames;       // the method's (or full block's) first

  // The method header as a SmallInteger of 31 bits: as Spur images have it, where the sign tells
  // the bytecode set, and as images before Spur have it, with the primitive's number in it.
  int64_t spurHeader() const;
  int64_t v3Header() const;
};

}  // namespace stwasm::compiler
