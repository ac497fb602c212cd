// Random methods for the bytecode libraries, and what is done with each: listed, verified, built,
// structured. Run by tests/unit/ir/fuzz_test.cpp; all in one header, so that any test may use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <span>
#include <vector>

#include "translator/bytecode/instruction_printer.h"
#include "translator/ir/build.h"
#include "translator/ir/structure.h"

namespace stwasm::fuzz {

using Bytes = std::vector<uint8_t>;

inline constexpr int kNumTemps = 4;

inline Bytes bytesOf(std::initializer_list<int> values) {
  Bytes bytes;
  for (int value : values) bytes.push_back(static_cast<uint8_t>(value));
  return bytes;
}

inline void append(Bytes& bytes, const Bytes& more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

// A conditional jump over `distance` bytes.
inline Bytes jumpIf(bool condition, size_t distance) {
  const int first = condition ? 168 : 172;
  return bytesOf({first + static_cast<int>(distance >> 8), static_cast<int>(distance & 255)});
}

inline Bytes jumpBy(int distance) {
  const int offset = distance + 4 * 256;
  return bytesOf({160 + (offset >> 8), offset & 255});
}

// The distances that jumpIf and jumpBy can tell.
inline bool isShort(const Bytes& bytes) { return bytes.size() < 900; }

class MethodGenerator {
 public:
  explicit MethodGenerator(uint32_t seed) : random_(seed) {}

  // Noise, or a well-formed method that may have a few bytes changed.
  Bytes next();

 private:
  int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  uint8_t byte() { return static_cast<uint8_t>(random_()); }

  Bytes noise();
  Bytes statements(int fuel);
  Bytes statement(int fuel);
  Bytes expression(int fuel);
  Bytes conditional(int fuel);
  Bytes loop(int fuel);
  Bytes block(int fuel);

  std::mt19937 random_;
};

inline Bytes MethodGenerator::next() {
  if (pick(3) == 0) return noise();
  Bytes method = statements(1 + pick(7));
  method.push_back(static_cast<uint8_t>(120 + pick(4)));
  for (int changes = pick(4); changes > 0; --changes) {
    method[static_cast<size_t>(pick(static_cast<int>(method.size())))] = byte();
  }
  return method;
}

inline Bytes MethodGenerator::noise() {
  const int longest[] = {16, 64, 64, 64, 64, 64, 64, 512};
  Bytes bytes(static_cast<size_t>(pick(pick(500) == 0 ? 65536 : longest[pick(8)])));
  // Of all 256 or of a few only: then jumps and blocks pile up.
  const Bytes few = {byte(), byte(), byte(), byte(), 0x8F, 0xA4, 0x7C, 0x00};
  const bool fewOnly = pick(2) == 0;
  for (uint8_t& b : bytes) b = fewOnly ? few[static_cast<size_t>(pick(8))] : byte();
  return bytes;
}

inline Bytes MethodGenerator::statements(int fuel) {
  Bytes bytes;
  for (int i = pick(3) + 1; i > 0; --i) append(bytes, statement(fuel));
  return bytes;
}

inline Bytes MethodGenerator::statement(int fuel) {
  const int kind = fuel == 0 ? 0 : pick(6);
  if (kind == 4) return loop(fuel - 1);
  Bytes bytes = expression(fuel);
  if (kind == 5) {
    append(bytes, jumpIf(pick(2) == 0, 1));
    bytes.push_back(static_cast<uint8_t>(120 + pick(4)));
  } else {
    append(bytes, pick(2) == 0 ? bytesOf({135}) : bytesOf({104 + pick(kNumTemps)}));
  }
  return bytes;
}

inline Bytes MethodGenerator::expression(int fuel) {
  switch (fuel == 0 ? pick(3) : pick(7)) {
    case 0:
      return bytesOf({16 + pick(kNumTemps)});
    case 1:
      return bytesOf({112 + pick(8)});
    case 2:
      return bytesOf({pick(112) < 16 ? 137 : pick(16)});
    case 3: {
      Bytes bytes = expression(fuel - 1);
      append(bytes, expression(fuel - 1));
      bytes.push_back(static_cast<uint8_t>(pick(2) == 0 ? 176 + pick(16) : 224 + pick(16)));
      return bytes;
    }
    case 4:
    case 5:
      return conditional(fuel - 1);
    default:
      return block(fuel - 1);
  }
}

inline Bytes MethodGenerator::conditional(int fuel) {
  const Bytes whenTrue = expression(fuel);
  const Bytes whenFalse = expression(fuel);
  Bytes bytes = expression(fuel);
  if (!isShort(whenTrue) || !isShort(whenFalse)) return bytes;
  append(bytes, jumpIf(pick(2) == 0, whenTrue.size() + 2));
  append(bytes, whenTrue);
  append(bytes, jumpBy(static_cast<int>(whenFalse.size())));
  append(bytes, whenFalse);
  return bytes;
}

inline Bytes MethodGenerator::loop(int fuel) {
  Bytes bytes = expression(fuel);
  Bytes body = statements(fuel);
  if (!isShort(bytes) || bytes.size() + body.size() > 900) return body;
  append(bytes, jumpIf(pick(2) == 0, body.size() + 2));
  append(bytes, body);
  append(bytes, jumpBy(-static_cast<int>(bytes.size()) - 2));
  return bytes;
}

inline Bytes MethodGenerator::block(int fuel) {
  const int numArgs = pick(3);
  Bytes code;
  // The block's own temps, so that the method's temp indices are good here too.
  for (int i = numArgs; i < kNumTemps; ++i) code.push_back(115);
  append(code, statements(fuel));
  append(code, expression(fuel));
  code.push_back(static_cast<uint8_t>(124 + pick(2)));
  const auto size = static_cast<int>(code.size());
  Bytes bytes = bytesOf({143, numArgs, size >> 8, size & 255});
  append(bytes, code);
  return bytes;
}

struct Outcomes {
  size_t refused = 0;       // by the verifier
  size_t unstructured = 0;  // irreducible or nested too deeply, from any entry
  size_t translated = 0;
};

// Each block that can be reached must be in the tree once; from the first block all can.
inline bool coversBody(const ir::Body& body, const ir::StructuredTree& tree) {
  std::vector<int> seen(body.blocks.size(), 0);
  for (const ir::Node& node : tree.nodes) {
    if (node.kind == ir::NodeKind::kLeaf) ++seen[static_cast<size_t>(node.block)];
  }
  for (int times : seen) {
    if (times > 1 || (times == 0 && tree.entryBlock == 0)) return false;
  }
  return true;
}

// Answers whether all went well; `structured` tells whether it went at all.
inline bool exerciseBody(const ir::Body& body, bool& structured) {
  size_t entries = 0;
  for (size_t i = 0; i < body.blocks.size() && entries < 10; ++i) {
    if (i != 0 && !body.blocks[i].isLoopHead) continue;
    ++entries;
    auto tree = ir::structurize(body, static_cast<int>(i));
    if (!tree) {
      render(tree.takeError());
      structured = false;
    } else if (!coversBody(body, *tree) || printTree(*tree).empty()) {
      return false;
    }
  }
  return !printBody(body).empty();
}

// Must come back, whatever the bytes are. Answers false when something contradicts itself; a
// sanitizer sees the rest.
inline bool exercise(std::span<const uint8_t> bytecodes, Outcomes& outcomes) {
  auto listing = bytecode::printInstructions(bytecodes, {});
  if (!listing) render(listing.takeError());
  analysis::MethodShape shape;
  shape.numTemps = kNumTemps;
  auto method = ir::buildMethodIr(bytecodes, shape);
  if (!method) {
    ++outcomes.refused;
    return !render(method.takeError()).empty();
  }
  bool structured = true;
  for (const ir::Body& body : method->bodies) {
    if (!exerciseBody(body, structured)) return false;
  }
  ++(structured ? outcomes.translated : outcomes.unstructured);
  return true;
}

}  // namespace stwasm::fuzz
