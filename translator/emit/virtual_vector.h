// A temp vector (ir/temp_vectors.h) whose elements are locals: its Array is made only if something
// asks for it. See body_vectors.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stwasm::emit {

class BodyEmitter;

// What is known of a vector at some place of the code of the activation that makes it.
// kCopied: of a block's own function, which got the Array from its closure. Unboxed Floats in
// locals are newer than what is in the Array.
enum class VectorState : uint8_t { kNone, kVirtual, kObject, kEither, kCopied };

struct VirtualVector {
  const BodyEmitter* home = nullptr;  // the activation that makes it
  size_t number = 0;                  // in its function
  int slot = 0;                       // of the home's frame
  int size = 0;
  int lastCreation = 0;  // basic block, the last in the order of blocks
  int lastUse = 0;       // likewise: the last that hands it to a closure
  std::string local;     // the Array, or kVirtualMark
  VectorState state = VectorState::kNone;
  bool isCaptured = false;           // a frame may be captured while it is virtual
  std::vector<bool> unboxable = {};  // by element: there is a local for an unboxed Float
  std::vector<bool> likelyFloat = {};

  std::string element(int index) const { return local + "." + std::to_string(index); }

  // Stand in the text of a function for code that is known at its end: how elements are read
  // depends on whether any are unboxed.
  std::string object() const;          // the Array, made if need be
  std::string value(int index) const;  // an element, as an object
};

// What the local holds while there is no Array.
inline constexpr std::string_view kVirtualMark = "(ref.i31 (i32.const 0))";

// Puts what is newer in locals into the Arrays; empty where there are none.
std::string writeBack(const std::vector<std::unique_ptr<VirtualVector>>& vectors);

// The text with that in each call of what may look at the Arrays.
std::string withWriteBacks(std::string_view text,
                           const std::vector<std::unique_ptr<VirtualVector>>& vectors);

VectorState merged(VectorState one, VectorState other);

// The text with code in place of what stands for it.
std::string withVectors(std::string_view text,
                        const std::vector<std::unique_ptr<VirtualVector>>& vectors);

}  // namespace stwasm::emit
