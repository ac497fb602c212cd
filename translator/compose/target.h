// What an image is composed for.
#pragma once

#include <cstdint>

namespace stwasm::compose {

enum class ObjectFormat : uint8_t { kSpur32, kSpur64, kV3 };

struct Target {
  ObjectFormat format = ObjectFormat::kSpur32;
  bool bigEndian = false;
  bool sista = false;
  bool fullBlocks = false;

  bool isSpur() const { return format != ObjectFormat::kV3; }
  uint32_t wordSize() const { return format == ObjectFormat::kSpur64 ? 8 : 4; }
  int64_t maxSmallInteger() const {
    return wordSize() == 8 ? (int64_t{1} << 60) - 1 : (int64_t{1} << 30) - 1;
  }
  int64_t minSmallInteger() const { return -maxSmallInteger() - 1; }
};

}  // namespace stwasm::compose
