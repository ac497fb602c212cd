// Primitives from pragmas: see primitive.h.
#include "translator/compiler/primitive.h"

#include <string_view>
#include <utility>

namespace stwasm::compiler {

using syntax::Literal;

namespace {

constexpr uint32_t kNamedPrimitive = 117;
constexpr int64_t kMaxPrimitive = 8191;  // what SistaV1's instruction can hold

// The arguments by keyword.
class PragmaReader {
 public:
  PragmaReader(const syntax::MethodNode& method, const syntax::Pragma& pragma,
               syntax::Mistakes& mistakes)
      : method_(method), pragma_(pragma), mistakes_(mistakes) {}

  bool read(Primitive& primitive) {
    std::string_view rest = pragma_.selector;
    for (const Literal& argument : pragma_.arguments) {
      const size_t end = rest.find(':') + 1;
      if (!readPart(rest.substr(0, end), argument, primitive)) return false;
      rest.remove_prefix(end);
    }
    if (primitive.number == kNamedPrimitive && hasName_) {
      Literal name(Literal::Kind::kArray);
      name.elements = {module_, function_, Literal::ofInteger(0), Literal::ofInteger(0)};
      primitive.name = std::move(name);
    }
    return true;
  }

 private:
  bool readPart(std::string_view keyword, const Literal& argument, Primitive& primitive) {
    const bool isText =
        argument.kind == Literal::Kind::kString || argument.kind == Literal::Kind::kSymbol;
    if (keyword == "primitive:") return readWhich(argument, isText, primitive);
    if (keyword == "module:" && isText) return module_ = Literal::ofSymbol(argument.text), true;
    if (keyword == "module:" && argument.kind == Literal::Kind::kNil) return true;
    if (keyword == "error:" && isText) return primitive.errorCode = argument.text, true;
    return wrong("expected <primitive: ...>, with module: and error: where they are needed");
  }

  bool readWhich(const Literal& argument, bool isText, Primitive& primitive) {
    if (isText) {
      primitive.number = kNamedPrimitive;
      function_ = Literal::ofSymbol(argument.text);
      hasName_ = true;
      return true;
    }
    const auto number = argument.integer.value();
    const bool isNumber = argument.kind == Literal::Kind::kInteger && number && *number > 0;
    if (!isNumber || *number > kMaxPrimitive) {
      return wrong("expected the primitive's number (1 to 8191) or name");
    }
    primitive.number = static_cast<uint32_t>(*number);
    return true;
  }

  bool wrong(const std::string& message) {
    mistakes_.add(*method_.file, pragma_.position, message);
    return false;
  }

  const syntax::MethodNode& method_;
  const syntax::Pragma& pragma_;
  syntax::Mistakes& mistakes_;
  Literal module_;
  Literal function_;
  bool hasName_ = false;
};

}  // namespace

std::optional<Primitive> primitiveOf(const syntax::MethodNode& method, syntax::Mistakes& mistakes) {
  Primitive primitive;
  for (const syntax::Pragma& pragma : method.pragmas) {
    if (!pragma.selector.starts_with("primitive:")) continue;
    if (primitive.number != 0) {
      mistakes.add(*method.file, pragma.position, "a method has one primitive only");
      return std::nullopt;
    }
    if (!PragmaReader(method, pragma, mistakes).read(primitive)) return std::nullopt;
  }
  return primitive;
}

}  // namespace stwasm::compiler
