// Literal frames: see literal_frame.h.
#include "translator/compiler/literal_frame.h"

#include <utility>

namespace stwasm::compiler {

int LiteralFrame::add(FrameLiteral literal) {
  entries_.push_back(std::move(literal));
  isConstant_.resize(entries_.size());
  return static_cast<int>(entries_.size()) - 1;
}

int LiteralFrame::constant(const syntax::Literal& value) {
  for (size_t i = 0; i < entries_.size(); ++i) {
    if (isConstant_[i] && entries_[i].value.sameAs(value)) return static_cast<int>(i);
  }
  FrameLiteral literal;
  literal.value = value;
  const int index = add(std::move(literal));
  isConstant_.back() = true;
  return index;
}

int LiteralFrame::selector(const std::string& text) {
  const syntax::Literal symbol = syntax::Literal::ofSymbol(text);
  for (size_t i = 0; i < entries_.size(); ++i) {
    const bool isValue = entries_[i].kind == FrameLiteral::Kind::kValue;
    if (isValue && entries_[i].value.sameAs(symbol)) return static_cast<int>(i);
  }
  FrameLiteral literal;
  literal.value = symbol;
  return add(std::move(literal));
}

int LiteralFrame::binding(BindingId id) {
  for (size_t i = 0; i < entries_.size(); ++i) {
    const bool isBinding = entries_[i].kind == FrameLiteral::Kind::kBinding;
    if (isBinding && entries_[i].binding == id) return static_cast<int>(i);
  }
  FrameLiteral literal;
  literal.kind = FrameLiteral::Kind::kBinding;
  literal.binding = id;
  return add(std::move(literal));
}

int LiteralFrame::block(std::shared_ptr<const CompiledCode> code) {
  FrameLiteral literal;
  literal.kind = FrameLiteral::Kind::kBlock;
  literal.block = std::move(code);
  return add(std::move(literal));
}

int LiteralFrame::append(FrameLiteral::Kind kind) {
  FrameLiteral literal;
  literal.kind = kind;
  return add(std::move(literal));
}

}  // namespace stwasm::compiler
