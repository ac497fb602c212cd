// The objects that a table's values and methods become: the part of Memory that makes them.
#include <bit>
#include <cassert>

#include "tests/exemplars/memory.h"

namespace stwasm::exemplars {

using image::Format;
using image::ObjectId;
using image::Value;

namespace {

Format formatOf(uint32_t kind) {
  switch (kind) {
    case 2:
    case 3:
      return Format::kIndexedPointers;
    case 4:
      return Format::kWeak;
    case 9:
      return Format::kWords64;
    case 10:
      return Format::kWords32;
    case 12:
      return Format::kShorts16;
    case 16:
      return Format::kBytes8;
    default:
      return Format::kFixed;
  }
}

void appendLittleEndian(std::vector<uint8_t>& bytes, uint64_t value, uint32_t size) {
  for (uint32_t i = 0; i < size; ++i) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

}  // namespace

int64_t Memory::methodHeader(const Method& method, size_t literals) const {
  const auto temporaries =
      uint64_t{static_cast<unsigned>(method.arguments)} + static_cast<unsigned>(method.temporaries);
  const uint64_t frame = uint64_t{method.largeFrame} << 17 | temporaries << 18 |
                         static_cast<uint64_t>(method.arguments) << 24;
  if (!format_.isSpur) {
    const auto number = static_cast<uint64_t>(method.primitive);
    return static_cast<int64_t>(frame | literals << 9 | (number & 511) | number >> 9 << 28);
  }
  const uint64_t header = frame | literals | uint64_t{method.primitive != 0} << 16;
  const int64_t sign = method.set == CodeSet::kSistaV1 ? format_.minSmallInteger() : 0;
  return static_cast<int64_t>(header) + sign;
}

Value Memory::make(const Item& item) {
  switch (item.kind) {
    case Item::Kind::kNil:
      return {};
    case Item::Kind::kTrue:
      return reference(image::kTrue);
    case Item::Kind::kFalse:
      return reference(image::kFalse);
    case Item::Kind::kInteger:
      return makeInteger(item.number);
    case Item::Kind::kLarge:
      return makeLarge(item.number < 0, {item.numbers.begin(), item.numbers.end()});
    case Item::Kind::kCharacter:
      return makeCharacter(static_cast<uint32_t>(item.number));
    case Item::Kind::kFloat:
      return makeFloat(item.real);
    case Item::Kind::kBytes:
      return makeUnits(item, 1);
    case Item::Kind::kShorts:
      return makeUnits(item, 2);
    case Item::Kind::kWords:
      return makeUnits(item, 4);
    case Item::Kind::kDoubleWords:
      return makeUnits(item, 8);
    case Item::Kind::kPointers:
      return makePointers(item);
    case Item::Kind::kClass:
      return reference(classId(item.name));
    case Item::Kind::kSymbol:
      return makeSymbol(item.name);
    case Item::Kind::kShared: {
      const auto known = shared_.find(item.name);
      if (known != shared_.end()) return known->second;
      return shared_[item.name] = make(item.slots.front());
    }
    case Item::Kind::kBlock:
      return reference(makeBlock(*item.code));
    case Item::Kind::kContext:
      return makeContext(item.slots.front(), *item.code);
    case Item::Kind::kMethod:
      return reference(makeMethod(*item.code));
  }
  return {};
}

ObjectId Memory::addBytes(const std::string& className, std::vector<uint8_t> bytes) {
  return addNode({.classId = classId(className),
                  .format = formatOf(kinds_.at(className)),
                  .bytes = std::move(bytes)});
}

Value Memory::makeInteger(int64_t value) {
  if (value >= format_.minSmallInteger() && value <= format_.maxSmallInteger()) {
    return Value::smallInteger(value);
  }
  std::vector<uint8_t> magnitude;
  uint64_t rest = value < 0 ? ~static_cast<uint64_t>(value) + 1 : static_cast<uint64_t>(value);
  for (; rest != 0; rest >>= 8) magnitude.push_back(static_cast<uint8_t>(rest));
  return makeLarge(value < 0, std::move(magnitude));
}

Value Memory::makeLarge(bool negative, std::vector<uint8_t> magnitude) {
  return reference(
      addBytes(negative ? "LargeNegativeInteger" : "LargePositiveInteger", std::move(magnitude)));
}

// On 64 bits a Float is an immediate where its exponent allows it.
Value Memory::makeFloat(double value) {
  const auto bits = std::bit_cast<uint64_t>(value);
  if (format_.wordSize == 8) {
    constexpr uint64_t kOffset = uint64_t{896} << 53;
    const uint64_t rotated = std::rotl(bits, 1);
    if (rotated <= 1) return Value::smallFloatFromSpur(rotated);
    if (rotated > kOffset + 1 && rotated - kOffset < uint64_t{1} << 61) {
      return Value::smallFloatFromSpur(rotated - kOffset);
    }
  }
  std::vector<uint8_t> bytes;
  appendLittleEndian(bytes, bits, 8);
  return reference(addBytes("Float", std::move(bytes)));
}

Value Memory::makeUnits(const Item& item, uint32_t unit) {
  std::vector<uint8_t> bytes;
  for (const uint64_t value : item.numbers) appendLittleEndian(bytes, value, unit);
  return reference(addBytes(item.name, std::move(bytes)));
}

Value Memory::makePointers(const Item& item) {
  std::vector<Value> slots;
  for (const Item& slot : item.slots) slots.push_back(make(slot));
  return reference(addNode({.classId = classId(item.name),
                            .format = formatOf(kinds_.at(item.name)),
                            .slots = std::move(slots)}));
}

Value Memory::makeSymbol(const std::string& text) {
  const auto known = symbols_.find(text);
  if (known != symbols_.end()) return known->second;
  const ObjectId id = addNode({.classId = classId("Symbol"),
                               .format = Format::kBytes8,
                               .hash = ++lastHash_ & format_.maxHash(),
                               .bytes = {text.begin(), text.end()}});
  return symbols_[text] = reference(id);
}

// The last two literals are the selector and the class.
ObjectId Memory::makeMethod(const Method& method) {
  const bool toMetaclass = method.className.ends_with(" class");
  const Item owner = classNamed(
      toMetaclass ? method.className.substr(0, method.className.size() - 6) : method.className);
  return addCode("CompiledMethod", method, {symbol(method.selector), association(nil(), owner)});
}

// The last literal is the code around the block, which puts itself there.
ObjectId Memory::makeBlock(const Method& block) { return addCode("CompiledBlock", block, {nil()}); }

// Four zeros behind the bytecodes say that there is no source.
ObjectId Memory::addCode(const char* className, const Method& method, const Items& lastLiterals) {
  const bool sista = method.set == CodeSet::kSistaV1;
  Node node{.classId = classId(className), .format = Format::kCompiledMethod};
  node.slots.emplace_back();
  for (const Item& literal : method.literals) node.slots.push_back(make(literal));
  for (const Item& literal : lastLiterals) node.slots.push_back(make(literal));
  if (method.primitive != 0 && format_.isSpur) {
    for (const int byte : {sista ? 248 : 139, method.primitive & 255, method.primitive >> 8}) {
      node.bytes.push_back(static_cast<uint8_t>(byte));
    }
  }
  for (const int byte : method.code) node.bytes.push_back(static_cast<uint8_t>(byte));
  node.bytes.insert(node.bytes.end(), 4, 0);
  node.slots[0] = Value::smallInteger(methodHeader(method, node.slots.size() - 1));
  const ObjectId id = addNode(std::move(node));
  for (size_t i = 0; i < method.literals.size(); ++i) {
    if (method.literals[i].kind != Item::Kind::kBlock) continue;
    nodes_[nodes_[id].slots[i + 1].objectId()].slots.back() = reference(id);
  }
  return id;
}

}  // namespace stwasm::exemplars
