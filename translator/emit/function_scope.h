// What all activations in one Wasm function share: the function's own, and those inlined into it.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "translator/emit/virtual_block.h"
#include "translator/emit/virtual_vector.h"

namespace stwasm::emit {

struct FunctionScope {
  int activations = 0;         // inlined so far
  int slots = 0;               // frame slots of all activations
  int instructions = 0;        // of the methods and blocks inlined
  bool polls = false;          // it has a loop
  bool usesElements = false;   // of an Array
  bool usesBytes = false;      // of a String or ByteArray
  bool usesWords = false;      // of an array of Floats
  bool usesWide = false;       // some product or shift needs more than 32 bits
  bool blocksUseSelf = false;  // blocks in place have the receiver of the function's activation
  int floatRegisters = 0;      // f64 locals that runs of Float arithmetic use, one run at a time
  int elements = 0;            // likewise, of elements that they read
  std::set<std::string> accessedObjects;  // locals with what such runs read variables of
  int blocks = 0;                         // virtual ones so far
  std::set<int> calledClosures;           // argument counts for which there is a local $closure<n>
  uint32_t exitWord = 0;                  // counts how often a speculation failed; 0: it has none
  std::vector<std::unique_ptr<const VirtualBlock>> virtualBlocks;
  std::vector<std::unique_ptr<VirtualVector>> vectors;
  std::string locals;  // declarations of the inlined activations'
};

// Stands in the text of a function for its weight in native stack, which is known at its end.
inline constexpr char kWeightMark = '\x01';

// The text with the weight in place of the marks.
std::string withWeight(std::string_view text, int weight);

}  // namespace stwasm::emit
