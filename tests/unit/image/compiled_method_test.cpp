// CompiledMethods taken apart: headers, primitives, trailers, pcs.
#include "translator/image/compiled_method.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "translator/image/method_trailer.h"

namespace stwasm::image {
namespace {

constexpr int64_t kHasPrimitive = 1 << 16;
constexpr int64_t kSista = -(int64_t{1} << 30);  // the sign bit of a 31-bit SmallInteger

// A graph of nil and CompiledMethods only.
class MethodGraph {
 public:
  explicit MethodGraph(uint32_t wordSize = 4) : builder_("methods") {
    ImageHeader header;
    header.wordSize = wordSize;
    builder_.setHeader(header);
    builder_.addObject({});
  }

  ObjectId add(int64_t header, std::initializer_list<Value> literals, std::vector<uint8_t> code) {
    Object object;
    object.format = Format::kCompiledMethod;
    const ObjectId id = builder_.addObject(object);
    builder_.addSlot(Value::smallInteger(header));
    for (const Value literal : literals) builder_.addSlot(literal);
    builder_.addBytes(code);
    return id;
  }
  ObjectId addObject(Format format, std::initializer_list<Value> slots, const std::string& text) {
    Object object;
    object.format = format;
    const ObjectId id = builder_.addObject(object);
    for (const Value slot : slots) builder_.addSlot(slot);
    builder_.addBytes({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
    return id;
  }

  CompiledMethodView view(ObjectId id) {
    return llvm::cantFail(CompiledMethodView::create(builder_.graph(), id));
  }
  std::string failure(ObjectId id) {
    Result<CompiledMethodView> view = CompiledMethodView::create(builder_.graph(), id);
    return view ? "no failure" : render(view.takeError());
  }

 private:
  ObjectGraphBuilder builder_;
};

TEST_CASE("the fields of a method header") {
  const MethodHeader header =
      MethodHeader::decodeSpur(1234 | 1 << 15 | 1 << 17 | 37 << 18 | 9 << 24 | 2 << 28);
  CHECK(header.literalCount == 1234);
  CHECK(header.optimized);
  CHECK_FALSE(header.hasPrimitive);
  CHECK(header.largeFrame);
  CHECK(header.frameSize() == 56);
  CHECK(header.temporaryCount == 37);
  CHECK(header.argumentCount == 9);
  CHECK(header.accessModifier == 2);
  CHECK(header.bytecodeSet == BytecodeSet::kV3PlusClosures);
  const MethodHeader sista = MethodHeader::decodeSpur(kSista | kHasPrimitive | 3 << 18 | 1 << 24);
  CHECK(sista.bytecodeSet == BytecodeSet::kSistaV1);
  CHECK(sista.hasPrimitive);
  CHECK(sista.literalCount == 0);
  CHECK(sista.temporaryCount == 3);
  CHECK(sista.frameSize() == 16);
}

TEST_CASE("bytecodes, trailer and pcs") {
  MethodGraph graph;
  const CompiledMethodView method =
      graph.view(graph.add(2, {Value(), Value()}, {0x70, 0x87, 0x78, 1, 2, 3, 0xFC}));
  CHECK(method.literalCount() == 2);
  CHECK(method.bytecodes().size() == 3);
  CHECK(method.trailer().size() == 4);
  CHECK(method.initialPc() == 13);
  CHECK(method.endPc() == 15);
  CHECK(method.pcOfOffset(2) == 15);
  CHECK(method.offsetOfPc(15) == 2);
  MethodGraph graph64(8);
  CHECK(graph64.view(graph64.add(2, {Value(), Value()}, {0x78})).initialPc() == 25);
}

TEST_CASE("primitive numbers come from the primitive call") {
  MethodGraph graph;
  const auto primitive = [&](int64_t header, std::vector<uint8_t> code) {
    const CompiledMethodView method = graph.view(graph.add(header, {}, std::move(code)));
    CHECK(method.primitiveCallSize() == (method.primitiveNumber() == 0 ? 0 : 3));
    return method.primitiveNumber();
  };
  CHECK(primitive(kHasPrimitive, {139, 60, 0, 0x78, 0}) == 60);
  CHECK(primitive(kHasPrimitive, {139, 8, 1, 0x78, 0}) == 264);
  CHECK(primitive(0, {139, 60, 0, 0x78, 0}) == 0);
  CHECK(primitive(kHasPrimitive, {0x78, 0}) == 0);
  CHECK(primitive(kHasPrimitive, {139}) == 0);
  CHECK(primitive(kSista | kHasPrimitive, {248, 60, 0, 0x58, 0}) == 60);
  CHECK(primitive(kSista | kHasPrimitive, {248, 60, 0x80, 0x58, 0}) == 0);
  CHECK(primitive(kSista | kHasPrimitive, {139, 60, 0, 0x58, 0}) == 0);
}

TEST_CASE("quick returns") {
  MethodGraph graph;
  const auto quick = [&](uint32_t number) {
    const auto low = static_cast<uint8_t>(number & 0xFF);
    const auto high = static_cast<uint8_t>(number >> 8);
    return graph.view(graph.add(kHasPrimitive, {}, {139, low, high, 0x78, 0})).quickReturn();
  };
  using Kind = QuickReturn::Kind;
  CHECK(quick(256)->kind == Kind::kReturnSelf);
  CHECK(quick(257)->kind == Kind::kReturnTrue);
  CHECK(quick(259)->kind == Kind::kReturnNil);
  CHECK(quick(260)->kind == Kind::kReturnInteger);
  CHECK(quick(260)->operand == -1);
  CHECK(quick(263)->operand == 2);
  CHECK(quick(264)->kind == Kind::kReturnSlot);
  CHECK(quick(264)->operand == 0);
  CHECK(quick(519)->operand == 255);
  CHECK_FALSE(quick(255));
  CHECK_FALSE(quick(520));
}

TEST_CASE("named primitives") {
  MethodGraph graph;
  const ObjectId module = graph.addObject(Format::kBytes8, {}, "FloatArrayPlugin");
  const ObjectId function = graph.addObject(Format::kBytes8, {}, "primitiveAt");
  const ObjectId names = graph.addObject(Format::kIndexedPointers,
                                         {Value::object(module), Value::object(function)}, "");
  const ObjectId builtIn =
      graph.addObject(Format::kIndexedPointers, {Value(), Value::object(function)}, "");
  const std::vector<uint8_t> code = {139, 117, 0, 0x78, 0};
  const auto named = graph.view(graph.add(kHasPrimitive | 1, {Value::object(names)}, code));
  REQUIRE(named.namedPrimitive());
  CHECK(named.namedPrimitive()->module == "FloatArrayPlugin");
  CHECK(named.namedPrimitive()->function == "primitiveAt");
  const auto vmOwn = graph.view(graph.add(kHasPrimitive | 1, {Value::object(builtIn)}, code));
  CHECK(vmOwn.namedPrimitive()->module.empty());
  CHECK_FALSE(graph.view(graph.add(kHasPrimitive, {}, code)).namedPrimitive());
  CHECK_FALSE(graph.view(graph.add(kHasPrimitive | 1, {Value()}, code)).namedPrimitive());
}

TEST_CASE("CompiledBlocks have no trailer") {
  MethodGraph graph;
  const ObjectId outer = graph.add(kSista, {}, {0x5C, 0, 0, 0, 0});
  const auto block = graph.view(graph.add(kSista | 1, {Value::object(outer)}, {0x4C, 0x5E}));
  CHECK(block.isCompiledBlock());
  CHECK(block.methodClassAssociation() == outer);
  CHECK(block.bytecodes().size() == 2);
  const auto padded =
      graph.view(graph.add(kSista | 1, {Value::object(outer)}, {0x4C, 0x5E, 0, 0, 0, 0}));
  CHECK(padded.bytecodes().size() == 2);
  CHECK_FALSE(graph.view(outer).isCompiledBlock());
}

TEST_CASE("what is no sound method is refused") {
  MethodGraph graph;
  CHECK(graph.failure(kNil) == "methods: the object at byte 0 is no CompiledMethod");
  CHECK(graph.failure(graph.add(1, {}, {0x78})).find("do not agree") != std::string::npos);
  CHECK(graph.failure(graph.add(1 << 24, {}, {0x78})).find("more arguments") != std::string::npos);
  CHECK(graph.failure(graph.addObject(Format::kCompiledMethod, {}, "x"))
            .find("without a method header") != std::string::npos);
}

TEST_CASE("trailers whose last byte is a length") {
  const auto size = [](std::vector<uint8_t> bytes) {
    return methodTrailerSize(bytes, TrailerEncoding::kLengthByte);
  };
  CHECK(size({}) == 0);
  CHECK(size({0x78, 0, 0, 0, 0}) == 4);
  CHECK(size({0, 0, 0, 0, 0}) == 4);
  CHECK(size({0x78, 0}) == 1);
  CHECK(size({0x78, 1, 2, 3, 0xFC}) == 4);
  CHECK(size({0x78, 1, 2, 3, 0xFF}) == 4);
  CHECK(size({0x78, 'a', 'b', 2}) == 3);
  CHECK(size({0x78, 'a', 1, 128}) == 3);
  CHECK(size({0x78, 127}) == 2);
  CHECK(size({130}) == 1);
}

TEST_CASE("trailers whose last byte is a kind") {
  const auto size = [](std::vector<uint8_t> bytes) {
    return methodTrailerSize(bytes, TrailerEncoding::kFlagKinds);
  };
  CHECK(size({0x78, 0, 0, 0, 0}) == 4);
  CHECK(size({0x78, 1, 2, 3, 0xFD}) == 4);
  CHECK(size({0x78, 4 << 2}) == 1);
  CHECK(size({0x78, 'a', 'b', 2, 2 << 2}) == 4);
  CHECK(size({0x78, 'a', 1, 0, 3 << 2 | 1}) == 4);
  CHECK(size({0x78, 0x12, 0x81, 0x82, 8 << 2}) == 4);
  CHECK(size({0x78, 200, 6 << 2}) == 3);
  CHECK(size({0x78, 20 << 2}) == 1);
}

}  // namespace
}  // namespace stwasm::image
