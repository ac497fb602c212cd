// Temp vectors: Arrays that compilers make for temporaries which blocks share and assign. Such an
// Array is in a frame slot of its own, and no instruction does anything with it but read and write
// its elements and hand it to closures. So as long as these closures are no objects themselves it
// need not be one.
#pragma once

#include <cstdint>
#include <vector>

#include "translator/ir/method_ir.h"

namespace stwasm::ir {

inline constexpr int kMaxVectorSize = 16;  // larger ones stay Arrays

struct TempVector {
  int slot = 0;
  int size = 0;
  std::vector<int32_t> creations;  // the kPushNewArrays; a store into the slot is behind each
};

// Those that the body makes: nothing else is ever in the slot, and there is one on all ways to each
// use.
std::vector<TempVector> tempVectors(const Body& body);

// Whether an argument or copied value in the slot is used as such a vector, and never assigned.
bool isUsedAsVector(const Body& body, int slot, int size);

// How many elements the body reads and writes of the vector that a block has got in the slot, 0 if
// it does anything else with it.
int copiedVectorSize(const Body& body, int slot);

}  // namespace stwasm::ir
