// What the instances of a class are, as the exemplars' classes are declared: Spur's instance
// formats, of which older memories know the first five by the same numbers.
#pragma once

#include <cstdint>

namespace stwasm::exemplars {

inline constexpr uint32_t kFixed = 1;
inline constexpr uint32_t kArray = 2;
inline constexpr uint32_t kFixedAndIndexed = 3;
inline constexpr uint32_t kWeak = 4;
inline constexpr uint32_t kImmediate = 7;
inline constexpr uint32_t kWords64 = 9;
inline constexpr uint32_t kWords32 = 10;
inline constexpr uint32_t kShorts16 = 12;
inline constexpr uint32_t kBytes8 = 16;
inline constexpr uint32_t kCompiledMethod = 24;

}  // namespace stwasm::exemplars
