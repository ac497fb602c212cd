// Compiles methods: see compiler.h.
#include "translator/compiler/compiler.h"

#include <utility>

#include <fmt/format.h>
#include <llvm/Support/Casting.h>

#include "translator/compiler/assembly.h"
#include "translator/compiler/binder.h"
#include "translator/compiler/closure_analysis.h"
#include "translator/compiler/generator.h"
#include "translator/compiler/primitive.h"

namespace stwasm::compiler {

namespace {

constexpr uint32_t kQuickReturnSelf = 256;
constexpr uint32_t kQuickReturnTrue = 257;
constexpr uint32_t kQuickReturnFalse = 258;
constexpr uint32_t kQuickReturnNil = 259;
constexpr uint32_t kQuickReturnZero = 261;  // -1 before it, 1 and 2 behind
constexpr uint32_t kQuickReturnSlot = 264;
constexpr uint32_t kQuickSlots = 256;

void ensureReturn(Block& body) {
  if (!body.statements.empty() && returns(body)) return;
  auto result = std::make_unique<Return>(std::make_unique<SelfReference>(false));
  const bool endsWithSelf =
      !body.statements.empty() && body.statements.back()->kind == Expression::Kind::kSelf;
  if (endsWithSelf) body.statements.pop_back();
  body.statements.push_back(std::move(result));
}

uint32_t quickReturnOfConstant(const syntax::Literal& literal) {
  using Kind = syntax::Literal::Kind;
  switch (literal.kind) {
    case Kind::kTrue:
      return kQuickReturnTrue;
    case Kind::kFalse:
      return kQuickReturnFalse;
    case Kind::kNil:
      return kQuickReturnNil;
    case Kind::kInteger: {
      const auto value = literal.integer.value();
      if (!value || *value < -1 || *value > 2) return 0;
      return static_cast<uint32_t>(kQuickReturnZero + *value);
    }
    default:
      return 0;
  }
}

// The number of the primitive that stands for a method that is a simple return; 0 for any other.
uint32_t quickReturn(const Method& method) {
  if (!method.body->arguments.empty() || method.body->statements.size() != 1) return 0;
  const auto* result = llvm::dyn_cast<Return>(method.body->statements.front().get());
  if (result == nullptr) return 0;
  const Expression& value = *result->value;
  if (value.kind == Expression::Kind::kSelf) return kQuickReturnSelf;
  if (const auto* constant = llvm::dyn_cast<Constant>(&value)) {
    return quickReturnOfConstant(constant->value);
  }
  const auto* slot = llvm::dyn_cast<SlotReference>(&value);
  const bool quick = slot != nullptr && slot->slot < kQuickSlots && !slot->inContext;
  return quick ? kQuickReturnSlot + slot->slot : 0;
}

Code primitiveCall(uint32_t number, const Options& options) {
  if (number == 0 || options.primitiveInHeader) return {};
  return {{Operation::kCallPrimitive, static_cast<int>(number)}};
}

CompiledCode compiledQuickReturn(uint32_t number, const Options& options) {
  CompiledCode compiled;
  compiled.primitive = number;
  LiteralFrame literals;
  literals.append(FrameLiteral::Kind::kProperties);
  literals.append(FrameLiteral::Kind::kClass);
  compiled.literals = literals.take();
  std::string mistake;
  finish(primitiveCall(number, options), options, compiled, mistake);
  return compiled;
}

CompiledCode generate(const Method& method, const Primitive& primitive, const Options& options,
                      std::string& mistake) {
  Generator generator(method, options);
  CompiledCode compiled;
  if (primitive.name) generator.literals().constant(*primitive.name);
  Code code = primitiveCall(primitive.number, options);
  if (method.errorCode != nullptr) {
    code.push_back({Operation::kStoreErrorCode, static_cast<int>(method.errorCode->index)});
  }
  append(code, generator.methodBody());
  generator.literals().append(FrameLiteral::Kind::kProperties);
  generator.literals().append(FrameLiteral::Kind::kClass);
  const Block& body = *method.body;
  compiled.argumentCount = static_cast<uint32_t>(body.arguments.size());
  compiled.temporaryCount = static_cast<uint32_t>(body.arguments.size() + body.temporaries.size() +
                                                  (method.errorCode == nullptr ? 0 : 1));
  compiled.primitive = primitive.number;
  compiled.literals = generator.literals().take();
  compiled.frames = generator.takeFrames();
  mistake = generator.mistake();
  finish(code, options, compiled, mistake);
  return compiled;
}

// What the headers of all formats have in the same place.
int64_t frameBits(const CompiledCode& code) {
  return int64_t{code.largeFrame} << 17 | int64_t{code.temporaryCount} << 18 |
         int64_t{code.argumentCount} << 24;
}

}  // namespace

int64_t CompiledCode::spurHeader() const {
  constexpr int64_t kSistaBit = int64_t{1} << 30;  // the sign of a 31-bit SmallInteger
  int64_t header = static_cast<int64_t>(literals.size());
  header |= int64_t{primitive != 0} << 16;
  header |= frameBits(*this);
  return sista ? header - kSistaBit : header;
}

int64_t CompiledCode::v3Header() const {
  int64_t header = static_cast<int64_t>(literals.size()) << 9;
  header |= primitive & 0x1FF;
  header |= int64_t{primitive >> 9} << 28;
  return header | frameBits(*this);
}

std::optional<CompiledCode> compileMethod(const syntax::MethodNode& method,
                                          const Environment& environment, const Options& options,
                                          syntax::Mistakes& mistakes) {
  const std::optional<Primitive> primitive = primitiveOf(method, mistakes);
  if (!primitive) return std::nullopt;
  const std::unique_ptr<Method> bound =
      Binder(environment, options, mistakes).bind(method, primitive->errorCode);
  if (!bound) return std::nullopt;
  ensureReturn(*bound->body);
  const uint32_t quick = primitive->number == 0 ? quickReturn(*bound) : 0;
  CompiledCode compiled;
  if (quick != 0) {
    compiled = compiledQuickReturn(quick, options);
  } else {
    std::string mistake;
    analyseClosures(*bound, options);
    compiled = generate(*bound, *primitive, options, mistake);
    if (!mistake.empty()) {
      mistakes.add(*method.file, method.position,
                   fmt::format("{} cannot be compiled: {}", method.selector, mistake),
                   "make several methods of it");
      return std::nullopt;
    }
  }
  compiled.selector = method.selector;
  compiled.pragmas = method.pragmas;
  return compiled;
}

}  // namespace stwasm::compiler
