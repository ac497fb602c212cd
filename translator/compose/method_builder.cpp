// Makes method objects: see method_builder.h.
#include "translator/compose/method_builder.h"

#include <utility>

namespace stwasm::compose {

using compiler::CompiledCode;
using compiler::FrameLiteral;

ObjectId MethodBuilder::method(const CompiledCode& code, ObjectId classAssociation,
                               const SourcePointer& source) {
  const ObjectId id = build(code, "CompiledMethod", classAssociation, image::kNil);
  std::vector<uint8_t>& bytes = heap_[id].bytes;
  bytes.insert(bytes.end(), source.begin(), source.end());
  return id;
}

ObjectId MethodBuilder::build(const CompiledCode& code, std::string_view className,
                              ObjectId classAssociation, ObjectId outer) {
  const ObjectId id = heap_.add(objects_.classNamed(className), image::Format::kCompiledMethod);
  std::vector<Value> slots{Value::smallInteger(header(code))};
  for (const FrameLiteral& each : code.literals) {
    slots.push_back(literal(each, code, id, classAssociation, outer));
  }
  HeapObject& object = heap_[id];
  object.slots = std::move(slots);
  object.bytes = code.bytecodes;
  return id;
}

// The sign of the header says that the bytecodes are those of SistaV1.
int64_t MethodBuilder::header(const CompiledCode& code) const {
  if (!heap_.target().isSpur()) return code.v3Header();
  const int64_t header = code.spurHeader();
  if (!code.sista || heap_.target().wordSize() == 4) return header;
  constexpr int64_t kSignOf31Bits = int64_t{1} << 30;
  return header + kSignOf31Bits + heap_.target().minSmallInteger();
}

Value MethodBuilder::literal(const FrameLiteral& literal, const CompiledCode& code, ObjectId method,
                             ObjectId classAssociation, ObjectId outer) {
  switch (literal.kind) {
    case FrameLiteral::Kind::kValue:
      return objects_.literal(literal.value);
    case FrameLiteral::Kind::kBinding:
      return Value::object(literal.binding);
    case FrameLiteral::Kind::kBlock:
      return Value::object(build(*literal.block, "CompiledBlock", classAssociation, method));
    case FrameLiteral::Kind::kProperties:
      return properties(code, method);
    case FrameLiteral::Kind::kClass:
      return Value::object(classAssociation);
    case FrameLiteral::Kind::kOuterCode:
      break;
  }
  return Value::object(outer);
}

// The selector alone, where the method has no pragmas.
Value MethodBuilder::properties(const CompiledCode& code, ObjectId method) {
  constexpr std::string_view kClass = "AdditionalMethodState";
  const Value selector = Value::object(objects_.symbol(code.selector));
  if (code.pragmas.empty() || !objects_.hasClass(kClass) || !objects_.hasClass("Pragma")) {
    return selector;
  }
  const ObjectId state = objects_.instance(kClass, code.pragmas.size());
  objects_.set(state, kClass, "method", Value::object(method));
  objects_.set(state, kClass, "selector", selector);
  const size_t first = heap_[state].slots.size() - code.pragmas.size();
  for (size_t i = 0; i < code.pragmas.size(); ++i) {
    const Value each = pragma(code.pragmas[i], method);
    heap_[state].slots[first + i] = each;
  }
  return Value::object(state);
}

Value MethodBuilder::pragma(const syntax::Pragma& pragma, ObjectId method) {
  std::vector<Value> arguments;
  for (const syntax::Literal& each : pragma.arguments) arguments.push_back(objects_.literal(each));
  const ObjectId id = objects_.instance("Pragma");
  objects_.set(id, "Pragma", "method", Value::object(method));
  objects_.set(id, "Pragma", "keyword", Value::object(objects_.symbol(pragma.selector)));
  objects_.set(id, "Pragma", "arguments", Value::object(objects_.array(arguments)));
  return Value::object(id);
}

}  // namespace stwasm::compose
