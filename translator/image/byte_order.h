// Loads and stores of unsigned integers in either byte order, bytes at any alignment.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace stwasm::image {

constexpr uint16_t swapBytes(uint16_t v) { return __builtin_bswap16(v); }
constexpr uint32_t swapBytes(uint32_t v) { return __builtin_bswap32(v); }
constexpr uint64_t swapBytes(uint64_t v) { return __builtin_bswap64(v); }

// The caller has checked that sizeof(T) bytes are there.
template <class T, std::endian kOrder>
T load(const uint8_t* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return kOrder == std::endian::native ? value : swapBytes(value);
}

template <class T>
T load(const uint8_t* bytes, bool bigEndian) {
  return bigEndian ? load<T, std::endian::big>(bytes) : load<T, std::endian::little>(bytes);
}

template <class T, std::endian kOrder>
void store(uint8_t* bytes, T value) {
  if constexpr (kOrder != std::endian::native) value = swapBytes(value);
  std::memcpy(bytes, &value, sizeof value);
}

template <class T>
void store(uint8_t* bytes, T value, bool bigEndian) {
  return bigEndian ? store<T, std::endian::big>(bytes, value)
                   : store<T, std::endian::little>(bytes, value);
}

}  // namespace stwasm::image
