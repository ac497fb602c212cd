// Reads the bytes of a WebAssembly module: numbers, names, vectors. Never reads behind the end; a
// reader that had to has failed and answers zeros.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stwasm::sizes {

class WasmReader {
 public:
  explicit WasmReader(std::string_view bytes) : bytes_(bytes) {}

  bool failed() const { return failed_; }
  bool atEnd() const { return failed_ || at_ >= bytes_.size(); }
  size_t position() const { return at_; }

  uint8_t byte();
  // LEB128 of up to 64 bits; the sign of a signed one does not matter to who only skips it.
  uint64_t number();
  uint32_t index() { return static_cast<uint32_t>(number()); }
  std::string_view name() { return part(number()); }
  // The next bytes, which are skipped.
  std::string_view part(uint64_t size);
  void skip(uint64_t size) { part(size); }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace stwasm::sizes
