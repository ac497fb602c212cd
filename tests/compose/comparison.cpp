// Compares methods: see comparison.h.
#include "tests/compose/comparison.h"

#include <algorithm>

#include <fmt/format.h>

namespace stwasm::recompile {

using compiler::CompiledCode;
using compiler::FrameLiteral;
using image::ImageModel;
using image::ObjectId;
using image::Value;
using syntax::Literal;

namespace {

bool sameInteger(const ImageModel& model, Value value, const syntax::Integer& expected) {
  if (value.isSmallInteger()) return expected == syntax::Integer::of(value.smallInteger());
  if (!value.isObject()) return false;
  const std::string name = model.className(model.classOf(value));
  const bool negative = name == "LargeNegativeInteger";
  if (!negative && name != "LargePositiveInteger") return false;
  return negative == expected.negative &&
         std::ranges::equal(model.graph().bytes(value.objectId()), expected.magnitude);
}

bool sameText(const ImageModel& model, Value value, const Literal& expected) {
  if (!value.isObject()) return false;
  const std::string name = model.className(model.classOf(value));
  const bool rightClass = expected.kind == Literal::Kind::kSymbol ? name == "Symbol"
                          : expected.kind == Literal::Kind::kByteArray
                              ? name == "ByteArray"
                              : name == "String" || name == "ByteString";
  return rightClass && model.byteString(value.objectId()) == expected.text;
}

bool sameValue(const ImageModel& model, Value value, const Literal& expected);

bool sameArray(const ImageModel& model, Value value, const Literal& expected) {
  if (!value.isObject()) return false;
  return std::ranges::equal(
      model.graph().slots(value.objectId()), expected.elements,
      [&](Value each, const Literal& literal) { return sameValue(model, each, literal); });
}

bool sameValue(const ImageModel& model, Value value, const Literal& expected) {
  switch (expected.kind) {
    case Literal::Kind::kNil:
      return value.isNil();
    case Literal::Kind::kTrue:
      return value == Value::object(image::kTrue);
    case Literal::Kind::kFalse:
      return value == Value::object(image::kFalse);
    case Literal::Kind::kInteger:
      return sameInteger(model, value, expected.integer);
    case Literal::Kind::kFloat:
      return value.isObject() && model.floatValue(value.objectId()) == expected.number;
    case Literal::Kind::kCharacter:
      return value.isCharacter() && value.character() == expected.codePoint;
    case Literal::Kind::kString:
    case Literal::Kind::kSymbol:
    case Literal::Kind::kByteArray:
      return sameText(model, value, expected);
    case Literal::Kind::kArray:
      return sameArray(model, value, expected);
    case Literal::Kind::kScaledDecimal:
      break;
  }
  return false;
}

bool sameProperties(const ImageModel& model, Value value, const CompiledCode& code) {
  if (!value.isObject()) return false;
  if (model.byteString(value.objectId()) == code.selector) return code.pragmas.empty();
  return model.className(model.classOf(value)) == "AdditionalMethodState";
}

bool sameLiteral(const ImageModel& model, Value value, const FrameLiteral& literal,
                 const CompiledCode& code) {
  switch (literal.kind) {
    case FrameLiteral::Kind::kValue:
      return sameValue(model, value, literal.value);
    case FrameLiteral::Kind::kBinding:
      return value == Value::object(literal.binding);
    case FrameLiteral::Kind::kProperties:
      return sameProperties(model, value, code);
    case FrameLiteral::Kind::kClass:
      return value.isObject();
    default:
      return false;
  }
}

// Selectors, or where there are too many of them one array with all.
bool isSelectorOrArray(const ImageModel& model, Value value) {
  if (!value.isObject()) return false;
  const std::string name = model.className(model.classOf(value));
  return name == "Symbol" || name == "Array";
}

std::string literalDifference(const ImageModel& model, const image::CompiledMethodView& method,
                              const CompiledCode& code) {
  constexpr size_t kLastLiterals = 2;  // properties and class
  const auto literals = method.literals();
  if (literals.size() < code.literals.size()) return "literals: too many";
  const size_t own = code.literals.size() - kLastLiterals;
  for (size_t i = 0; i < own; ++i) {
    if (!sameLiteral(model, literals[i], code.literals[i], code)) {
      return fmt::format("literal {}", i);
    }
  }
  for (size_t i = own; i + kLastLiterals < literals.size(); ++i) {
    if (!isSelectorOrArray(model, literals[i])) return "literals: too few";
  }
  for (size_t i = 0; i < kLastLiterals; ++i) {
    const Value value = literals[literals.size() - kLastLiterals + i];
    if (!sameLiteral(model, value, code.literals[own + i], code)) return "last literals";
  }
  return "";
}

}  // namespace

std::string difference(const ImageModel& model, const image::CompiledMethodView& method,
                       const CompiledCode& code) {
  const image::MethodHeader& header = method.header();
  if (header.argumentCount != code.argumentCount) return "arguments";
  if (header.hasPrimitive != (code.primitive != 0)) return "primitive";
  if (!std::ranges::equal(method.bytecodes(), code.bytecodes)) return "bytecodes";
  if (header.temporaryCount != code.temporaryCount) return "temporaries";
  if (header.largeFrame != code.largeFrame) return "size of the frame";
  return literalDifference(model, method, code);
}

}  // namespace stwasm::recompile
