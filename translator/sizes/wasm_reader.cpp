// See wasm_reader.h.
#include "translator/sizes/wasm_reader.h"

namespace stwasm::sizes {

uint8_t WasmReader::byte() {
  const std::string_view one = part(1);
  return one.empty() ? 0 : static_cast<uint8_t>(one.front());
}

uint64_t WasmReader::number() {
  constexpr unsigned kBits = 64;
  constexpr unsigned kGroup = 7;
  uint64_t value = 0;
  for (unsigned shift = 0; shift < kBits; shift += kGroup) {
    const uint8_t next = byte();
    value |= static_cast<uint64_t>(next & 0x7F) << shift;
    if ((next & 0x80) == 0) return value;
  }
  failed_ = true;
  return 0;
}

std::string_view WasmReader::part(uint64_t size) {
  if (failed_ || size > bytes_.size() - at_) {
    failed_ = true;
    return {};
  }
  const std::string_view found = bytes_.substr(at_, static_cast<size_t>(size));
  at_ += static_cast<size_t>(size);
  return found;
}

}  // namespace stwasm::sizes
