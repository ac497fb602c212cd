// See virtual_vector.h.
#include "translator/emit/virtual_vector.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace stwasm::emit {
namespace {

constexpr char kObjectMark = '\x02';   // then the vector's number, and the mark again
constexpr char kElementMark = '\x03';  // then number.index, and the mark again

std::string slots(const VirtualVector& vector) {
  return fmt::format("(struct.get $Indexed $slots (ref.cast (ref $Indexed) (local.get {})))",
                     vector.local);
}

// Of one element.
std::string writeBack(const VirtualVector& vector, int index) {
  const std::string local = vector.element(index);
  return fmt::format(
      "(if (ref.eq (local.get {}) (global.get $unboxed)) (then (array.set $Slots {} (i32.const {}) "
      "(call $new_float (local.get {}.f))) (local.set {} (ref.null eq))))",
      local, slots(vector), index, local, local);
}

// Functions that neither call Smalltalk code nor look at Arrays.
bool looksAtNoArray(std::string_view function) {
  constexpr std::array<std::string_view, 21> kFunctions = {
      "new_float",       "new_array",        "new_array_with",
      "class_index_of",  "class_of",         "may_learn",
      "learn_class",     "is_immutable",     "variable_value",
      "refuel",          "character_for",    "check_entry",
      "is_integer_in",   "host_sin",         "host_atan",
      "host_log",        "host_exp",         "new_token",
      "new_block_token", "closure_receiver", "full_closure_receiver"};
  return std::ranges::find(kFunctions, function) != kFunctions.end();
}

std::string elementCode(const VirtualVector& vector, int index) {
  const std::string local = vector.element(index);
  const bool isUnboxable = vector.unboxable[static_cast<size_t>(index)];
  if (vector.state == VectorState::kCopied)
    return fmt::format("(block (result eqref){} (array.get $Slots {} (i32.const {})))",
                       isUnboxable ? " " + writeBack(vector, index) : "", slots(vector), index);
  if (!isUnboxable) return fmt::format("(local.get {})", local);
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

std::string writeBack(const std::vector<std::unique_ptr<VirtualVector>>& vectors) {
  std::string all;
  for (const auto& vector : vectors) {
    if (vector->state != VectorState::kCopied) continue;
    for (int i = 0; i < vector->size; ++i)
      if (vector->unboxable[static_cast<size_t>(i)]) all += " " + writeBack(*vector, i);
  }
  return all;
}

// An operand that leaves nothing on the stack may stand before all others.
std::string withWriteBacks(std::string_view text,
                           const std::vector<std::unique_ptr<VirtualVector>>& vectors) {
  constexpr std::string_view kCall = "(call";
  const std::string code = writeBack(vectors);
  if (code.empty()) return std::string(text);
  std::string out;
  size_t done = 0;
  for (size_t at = text.find(kCall); at != std::string_view::npos; at = text.find(kCall, done)) {
    const size_t lineStart = text.rfind('\n', at) + 1;
    const bool isComment = text.substr(text.find_first_not_of(' ', lineStart), 2) == ";;";
    const size_t name = text.find('$', at) + 1;  // of a function, or of a call_ref's type
    const size_t end = isComment ? text.find('\n', at) : text.find_first_of(" )\n", name);
    out += text.substr(done, end - done);
    if (!isComment && !looksAtNoArray(text.substr(name, end - name))) out += code;
    done = end;
  }
  return out.append(text.substr(done));
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
