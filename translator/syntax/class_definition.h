// The messages that define classes: Object subclass: #Foo instanceVariableNames: '...' ...
#pragma once

#include <optional>
#include <string>

#include "translator/syntax/program.h"

namespace stwasm::syntax {

// Foo, or Foo class.
struct ClassReference {
  std::string name;
  bool classSide = false;
  Position position = 0;
};
std::optional<ClassReference> classReference(const Node& node);

// Adds what the message declares to `program`. False when it is no definition.
bool readClassDefinition(const MessageNode& message, const SourceFile& file, Program& program,
                         Mistakes& mistakes);

}  // namespace stwasm::syntax
