// Values as text: see value_text.h.
#include "translator/listing/value_text.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <string_view>

#include <fmt/format.h>

namespace stwasm::listing {

using image::Format;
using image::ImageModel;
using image::kNil;
using image::ObjectId;
using image::SpecialObject;
using image::Value;

namespace {

constexpr std::size_t kMaxStringLength = 60;
constexpr std::size_t kMaxArraySize = 8;
constexpr int kMaxDepth = 3;

// Quoted as in source, on one line; what is not printable ASCII becomes a dot.
std::string quoted(std::string_view text) {
  std::string result = "'";
  for (char c : text.substr(0, kMaxStringLength)) {
    if (c == '\'') result += '\'';
    result += c >= ' ' && c <= '~' ? c : '.';
  }
  result += text.size() > kMaxStringLength ? "...'" : "'";
  return result;
}

std::string characterText(uint32_t codePoint) {
  if (codePoint > ' ' && codePoint <= '~') return {'$', static_cast<char>(codePoint)};
  return fmt::format("Character value: {}", codePoint);
}

std::string anInstanceOf(const std::string& className) {
  const bool vowel =
      !className.empty() && std::string_view("AEIOU").find(className[0]) != std::string_view::npos;
  return (vowel ? "an " : "a ") + className;
}

class ValuePrinter {
 public:
  explicit ValuePrinter(const ImageModel& model) : model_(model) {}

  std::string print(Value value, int depth) const {
    if (value.isSmallInteger()) return std::to_string(value.smallInteger());
    if (value.isCharacter()) return characterText(value.character());
    if (value.isSmallFloat()) return fmt::format("{}", value.smallFloat());
    return printObject(value.objectId(), depth);
  }

  // By its shape: two fixed slots, a Symbol or nil (as metaclasses have it) first.
  bool isAssociation(ObjectId id) const {
    const std::span<const Value> slots = model_.graph().slots(id);
    if (model_.graph().object(id).format != Format::kFixed || slots.size() != 2) return false;
    return slots[0].isObject() && (slots[0].isNil() || model_.byteString(slots[0].objectId()));
  }

 private:
  bool isClass(ObjectId id, SpecialObject which) const {
    return model_.graph().object(id).classId == model_.special(which);
  }

  std::string printObject(ObjectId id, int depth) const {
    if (id == kNil) return "nil";
    if (id == image::kTrue) return "true";
    if (id == image::kFalse) return "false";
    if (model_.isBehavior(id)) return model_.className(id);
    if (auto number = model_.floatValue(id)) return fmt::format("{}", *number);
    if (isClass(id, SpecialObject::kClassArray)) return printArray(id, depth);
    if (isClass(id, SpecialObject::kClassCharacter)) return printCharacter(id);
    if (isLargeInteger(id)) return printLargeInteger(id);
    const std::string className = model_.className(model_.graph().object(id).classId);
    if (auto bytes = model_.byteString(id)) {
      if (className.find("Symbol") != std::string::npos) return '#' + std::string(*bytes);
      if (className.find("String") != std::string::npos) return quoted(*bytes);
      return fmt::format("{} ({} bytes)", anInstanceOf(className), bytes->size());
    }
    if (isAssociation(id)) return printAssociation(id, depth);
    return anInstanceOf(className);
  }

  std::string printAssociation(ObjectId id, int depth) const {
    const std::span<const Value> slots = model_.graph().slots(id);
    // No deeper: a global may hold anything, itself included.
    const std::string value = depth < kMaxDepth ? print(slots[1], kMaxDepth) : "...";
    return print(slots[0], kMaxDepth) + " -> " + value;
  }

  bool isLargeInteger(ObjectId id) const {
    return isClass(id, SpecialObject::kClassLargePositiveInteger) ||
           isClass(id, SpecialObject::kClassLargeNegativeInteger);
  }

  // Hexadecimal, for the bytes are at hand in that form.
  std::string printLargeInteger(ObjectId id) const {
    const std::span<const uint8_t> magnitude = model_.graph().bytes(id);
    std::string digits;
    for (std::size_t i = magnitude.size(); i > 0; --i) {
      if (!digits.empty() || magnitude[i - 1] != 0) {
        digits += fmt::format("{:0{}X}", magnitude[i - 1], digits.empty() ? 1 : 2);
      }
      if (digits.size() > kMaxStringLength) return "16r" + digits + "...";
    }
    const bool negative = isClass(id, SpecialObject::kClassLargeNegativeInteger);
    return (negative ? "-16r" : "16r") + (digits.empty() ? "0" : digits);
  }

  // Images older than Spur: an object whose first slot is the code point.
  std::string printCharacter(ObjectId id) const {
    const std::span<const Value> slots = model_.graph().slots(id);
    if (slots.empty() || !slots[0].isSmallInteger()) return "a Character";
    return characterText(static_cast<uint32_t>(slots[0].smallInteger()));
  }

  std::string printArray(ObjectId id, int depth) const {
    const std::span<const Value> elements = model_.graph().slots(id);
    if (depth >= kMaxDepth) return fmt::format("an Array ({} elements)", elements.size());
    std::string text = "#(";
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (i > 0) text += ' ';
      if (i == kMaxArraySize) return text + fmt::format("... {} elements)", elements.size());
      text += print(elements[i], depth + 1);
    }
    return text + ')';
  }

  const ImageModel& model_;
};

}  // namespace

std::string valueText(const ImageModel& model, Value value) {
  return ValuePrinter(model).print(value, 0);
}

std::string variableName(const ImageModel& model, Value association) {
  if (!association.isObject() || !ValuePrinter(model).isAssociation(association.objectId())) {
    return valueText(model, association);
  }
  const std::span<const Value> slots = model.graph().slots(association.objectId());
  if (slots[0].isNil()) return valueText(model, slots[1]);
  return std::string(*model.byteString(slots[0].objectId()));
}

}  // namespace stwasm::listing
