// What translation makes of an image, free of text and of Binaryen: numbered methods, code
// entries, literals and selectors. The emitter fills it, the linker and the heap writer read it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "translator/image/image_model.h"

namespace stwasm::emit {

using MethodId = uint32_t;
using SelectorId = uint32_t;
using CodeIndex = uint32_t;  // in the module's table $code; 0: no code

// What a receiver has to look like for translated code to accept it.
// 0: anything; k > 0: $Fixed<k> or a subtype; -1: $Indexed. Of the first kind bits 6 to 30 say
// which slots hold Floats that are changed in place (float_slots.h), once all methods are
// translated.
using RequiredShape = int32_t;
inline constexpr RequiredShape kAnyShape = 0;
inline constexpr RequiredShape kIndexedShape = -1;

// Linear memory: the transfer area, then a word per predicting call site with the class index it
// has seen, then the heap file while it is loaded.
inline constexpr uint32_t kCallSitesAddress = 65536;

// The most named slots that are kept inline in a $Fixed struct (types/objects.wat).
inline constexpr uint32_t kMaxFixedSlots = 40;

struct TranslatedMethod {
  image::ObjectId method = image::kNil;
  CodeIndex code = 0;
  RequiredShape shape = kAnyShape;
};

// A primitive in the runtime: the function's name behind "$primitive_", whether it may have to be
// run again after a capture, so that it has to know its method, and whether it calls the host,
// which may fail.
struct PrimitiveFunction {
  std::string name;
  uint32_t index = 0;  // in the tables $primitives_<n>
  bool retries = false;
  bool callsHost = false;
};

enum class EntryKind : uint8_t { kBlock = 0, kLoopHead = 1, kResume = 2 };

// A function that starts in the middle of a method: a block, a loop head, or behind a send at which
// processes are switched; of the last, pc is a position (types/README.md, "Unwinding").
struct CodeEntry {
  MethodId method = 0;
  uint32_t pc = 0;
  EntryKind kind = EntryKind::kBlock;
  CodeIndex code = 0;
};

// Why a method stays with the interpreter.
struct Refusal {
  std::string method;
  std::string reason;
};

// The SmallIntegers that are i31 references in the runtime; 64-bit images have wider ones.
constexpr bool isI31(image::Value value) {
  constexpr int64_t kLimit = int64_t{1} << 30;
  return value.isSmallInteger() && value.smallInteger() >= -kLimit && value.smallInteger() < kLimit;
}

// Numbers literals and selectors in the order of first use, so that equal input gives equal output.
class ConstantPool {
 public:
  uint32_t literal(image::Value value);
  SelectorId selector(image::ObjectId symbol);

  const std::vector<image::Value>& literals() const { return literals_; }
  const std::vector<image::ObjectId>& selectors() const { return selectors_; }

 private:
  std::vector<image::Value> literals_;
  std::map<image::Value, uint32_t> literalIndex_;
  std::vector<image::ObjectId> selectors_;
  std::map<image::ObjectId, SelectorId> selectorIndex_;
};

struct Program {
  ConstantPool constants;
  std::vector<TranslatedMethod> methods;  // by method id: methods and full blocks
  uint32_t translatedMethods = 0;         // of them, installed methods
  std::vector<CodeEntry> entries;
  std::vector<std::string> functionNames;  // by code index; [0] is unused
  std::string functions;                   // WAT of all translated functions
  bool isV3 = false;                       // the image is from before Spur
  bool makesBlockContexts = false;         // it has no closures
  uint32_t callSites = 0;                  // sends that predict their target
  // The words that say whether Floats reach the method that translated code knows, by selector.
  std::map<SelectorId, uint32_t> floatMethods;
  std::vector<Refusal> refusals;
  uint32_t translatedBytecodes = 0;
  bool checksStores = false;   // the image has immutable objects or can make some
  bool hasFloatSlots = false;  // instance variables may hold Floats that are changed in place
};

}  // namespace stwasm::emit
