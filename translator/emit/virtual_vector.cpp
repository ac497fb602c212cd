// See virtual_vector.h.
#include "translator/emit/virtual_vector.h"

#include <charconv>

#include <fmt/format.h>

namespace stwasm::emit {
namespace {

constexpr char kObjectMark = '\x02';   // then the vector's number, and the mark again
constexpr char kElementMark = '\x03';  // then number.index, and the mark again

std::string elementCode(const VirtualVector& vector, int index) {
  const std::string local = vector.element(index);
  if (!vector.unboxable[static_cast<size_t>(index)]) return fmt::format("(local.get {})", local);
  return fmt::format(
      "(block (result eqref) (if (ref.eq (local.get {}) (global.get $unboxed)) (then (local.set {} "
      "(call $new_float (local.get {}.f))))) (local.get {}))",
      local, local, local, local);
}

std::string objectCode(const VirtualVector& vector) {
  std::string elements;
  for (int i = 0; i < vector.size; ++i) elements += " " + elementCode(vector, i);
  return fmt::format(
      "(block (result eqref) (if (ref.eq (local.get {}) {}) (then (local.set {} (call "
      "$new_array_with (array.new_fixed $Slots {}{}))))) (local.get {}))",
      vector.local, kVirtualMark, vector.local, vector.size, elements, vector.local);
}

size_t numberAt(std::string_view text, size_t& at) {
  size_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number);
  at = static_cast<size_t>(end - text.data());
  return number;
}

}  // namespace

std::string VirtualVector::object() const {
  return fmt::format("{}{}{}", kObjectMark, number, kObjectMark);
}

std::string VirtualVector::value(int index) const {
  return fmt::format("{}{}.{}{}", kElementMark, number, index, kElementMark);
}

VectorState merged(VectorState one, VectorState other) {
  if (one == other || other == VectorState::kNone) return one;
  return one == VectorState::kNone ? other : VectorState::kEither;
}

std::string withVectors(std::string_view text,
                        const std::vector<std::unique_ptr<VirtualVector>>& vectors) {
  constexpr std::string_view kMarks = "\x02\x03";
  if (vectors.empty()) return std::string(text);
  std::string out;
  out.reserve(text.size() + text.size() / 4);
  size_t done = 0;
  for (size_t mark = text.find_first_of(kMarks); mark != std::string_view::npos;
       mark = text.find_first_of(kMarks, done)) {
    out.append(text, done, mark - done);
    size_t at = mark + 1;
    const VirtualVector& vector = *vectors[numberAt(text, at)];
    if (text[mark] == kObjectMark)
      out += objectCode(vector);
    else
      out += elementCode(vector, static_cast<int>(numberAt(text, ++at)));
    done = at + 1;
  }
  return out.append(text, done);
}

}  // namespace stwasm::emit
