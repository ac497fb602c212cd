// Makes objects: see objects.h.
#include "translator/compose/objects.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace stwasm::compose {

using image::Format;
using syntax::Integer;
using syntax::Literal;

namespace {

// Spur's 64-bit immediate form, for numbers whose exponent is not far from 0.
std::optional<Value> smallFloat(double number) {
  constexpr uint64_t kExponentOffset = uint64_t{896} << 53;
  constexpr uint64_t kPayloadLimit = uint64_t{1} << 61;
  uint64_t rotated = std::rotl(std::bit_cast<uint64_t>(number), 1);
  if (rotated > 1) {
    if (rotated <= kExponentOffset + 1) return std::nullopt;
    rotated -= kExponentOffset;
  }
  if (rotated >= kPayloadLimit) return std::nullopt;
  return Value::smallFloatFromSpur(rotated);
}

}  // namespace

ObjectId Objects::classNamed(std::string_view name) {
  const ClassInfo* info = hierarchy_.find(name);
  if (info != nullptr) return info->id;
  if (std::ranges::find(missing_, name) == missing_.end()) missing_.emplace_back(name);
  return image::kNil;
}

ObjectId Objects::symbol(std::string_view text) {
  const auto known = symbols_.find(text);
  if (known != symbols_.end()) return known->second;
  const ObjectId id = heap_.addBytes(classNamed("Symbol"), text);
  heap_.hashOf(id);
  symbols_.emplace(text, id);
  return id;
}

ObjectId Objects::array(const std::vector<Value>& elements) {
  const ObjectId id = heap_.add(classNamed("Array"), Format::kIndexedPointers);
  heap_[id].slots = elements;
  return id;
}

ObjectId Objects::instance(std::string_view className, size_t indexedSlots) {
  const ClassInfo* info = hierarchy_.find(className);
  const ObjectId classId = classNamed(className);
  if (info == nullptr) return heap_.add(classId, Format::kFixed);
  const bool indexed = info->kind == syntax::ClassKind::kVariable;
  return heap_.add(classId, indexed ? Format::kIndexedPointers : Format::kFixed,
                   info->allInstanceVariables().size() + indexedSlots);
}

void Objects::set(ObjectId object, std::string_view className, std::string_view variable,
                  Value value) {
  const ClassInfo* info = hierarchy_.find(className);
  if (info == nullptr) return;
  const std::vector<std::string> names = info->allInstanceVariables();
  const auto found = std::ranges::find(names, variable);
  if (found == names.end()) return;
  heap_[object].slots[static_cast<size_t>(found - names.begin())] = value;
}

ObjectId Objects::association(std::string_view key, Value value) {
  const ObjectId id = instance("Association");
  set(id, "Association", "key", Value::object(symbol(key)));
  set(id, "Association", "value", value);
  return id;
}

Value Objects::integer(const Integer& value) {
  const std::optional<int64_t> small = value.value();
  const Target& target = heap_.target();
  if (small && *small >= target.minSmallInteger() && *small <= target.maxSmallInteger()) {
    return Value::smallInteger(*small);
  }
  const char* className = value.negative ? "LargeNegativeInteger" : "LargePositiveInteger";
  const ObjectId id = heap_.add(classNamed(className), Format::kBytes8);
  heap_[id].bytes = value.magnitude;
  return Value::object(id);
}

// Spur has them as immediates; before it there is one object for each.
Value Objects::character(uint32_t codePoint) {
  if (heap_.target().isSpur()) return Value::character(codePoint);
  const auto known = characters_.find(codePoint);
  if (known != characters_.end()) return Value::object(known->second);
  const ObjectId id = heap_.add(classNamed("Character"), Format::kFixed, 1);
  heap_[id].slots[0] = Value::smallInteger(codePoint);
  characters_.emplace(codePoint, id);
  return Value::object(id);
}

Value Objects::floatValue(double number) {
  if (heap_.target().format == ObjectFormat::kSpur64) {
    if (const auto immediate = smallFloat(number)) return *immediate;
  }
  const ObjectId id = heap_.add(classNamed("BoxedFloat64"), Format::kWords32);
  auto bits = std::bit_cast<uint64_t>(number);
  for (size_t i = 0; i < sizeof bits; ++i, bits >>= 8) {
    heap_[id].bytes.push_back(static_cast<uint8_t>(bits));
  }
  return Value::object(id);
}

Value Objects::fraction(const Integer& numerator, const Integer& denominator) {
  if (denominator == Integer::of(1)) return integer(numerator);
  const ObjectId id = instance("Fraction");
  set(id, "Fraction", "numerator", integer(numerator));
  set(id, "Fraction", "denominator", integer(denominator));
  return Value::object(id);
}

Value Objects::scaledDecimal(const Literal& literal) {
  const Value value = fraction(literal.integer, literal.denominator);
  const ObjectId id = instance("ScaledDecimal");
  set(id, "ScaledDecimal", "fraction", value);
  set(id, "ScaledDecimal", "scale", Value::smallInteger(literal.scale));
  return Value::object(id);
}

Value Objects::literal(const Literal& literal) {
  switch (literal.kind) {
    case Literal::Kind::kNil:
      return {};
    case Literal::Kind::kTrue:
      return Value::object(image::kTrue);
    case Literal::Kind::kFalse:
      return Value::object(image::kFalse);
    case Literal::Kind::kInteger:
      return integer(literal.integer);
    case Literal::Kind::kFloat:
      return floatValue(literal.number);
    case Literal::Kind::kScaledDecimal:
      return scaledDecimal(literal);
    case Literal::Kind::kCharacter:
      return character(literal.codePoint);
    case Literal::Kind::kString:
      return Value::object(string(literal.text));
    case Literal::Kind::kSymbol:
      return Value::object(symbol(literal.text));
    case Literal::Kind::kByteArray:
      return Value::object(heap_.addBytes(classNamed("ByteArray"), literal.text));
    case Literal::Kind::kArray:
      break;
  }
  std::vector<Value> elements;
  for (const Literal& element : literal.elements) elements.push_back(this->literal(element));
  return Value::object(array(elements));
}

}  // namespace stwasm::compose
