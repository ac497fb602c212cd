// The literals of one method or block, in the order in which its code first needs them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "translator/compiler/compiled_code.h"

namespace stwasm::compiler {

class LiteralFrame {
 public:
  // All answer the entry's 0-based index. Equal constants share an entry; a selector also shares
  // that of an equal symbol.
  int constant(const syntax::Literal& value);
  int selector(const std::string& text);
  int binding(BindingId id);
  int block(std::shared_ptr<const CompiledCode> code);
  int append(FrameLiteral::Kind kind);  // one of those that a frame has once

  std::vector<FrameLiteral> take() { return std::move(entries_); }

 private:
  int add(FrameLiteral literal);

  std::vector<FrameLiteral> entries_;
  std::vector<bool> isConstant_;  // by entry: a literal of the source and no selector
};

}  // namespace stwasm::compiler
