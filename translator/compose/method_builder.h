// Makes CompiledMethod and CompiledBlock objects of compiled code.
#pragma once

#include "translator/compiler/compiled_code.h"
#include "translator/compose/changes_writer.h"
#include "translator/compose/objects.h"

namespace stwasm::compose {

class MethodBuilder {
 public:
  MethodBuilder(Heap& heap, Objects& objects) : heap_(heap), objects_(objects) {}

  // `classAssociation`: the last literal. `source`: the trailer.
  ObjectId method(const compiler::CompiledCode& code, ObjectId classAssociation,
                  const SourcePointer& source);

 private:
  ObjectId build(const compiler::CompiledCode& code, std::string_view className,
                 ObjectId classAssociation, ObjectId outer);
  Value literal(const compiler::FrameLiteral& literal, const compiler::CompiledCode& code,
                ObjectId method, ObjectId classAssociation, ObjectId outer);
  Value properties(const compiler::CompiledCode& code, ObjectId method);
  Value pragma(const syntax::Pragma& pragma, ObjectId method);
  int64_t header(const compiler::CompiledCode& code) const;

  Heap& heap_;
  Objects& objects_;
};

}  // namespace stwasm::compose
