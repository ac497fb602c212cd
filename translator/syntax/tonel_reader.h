// Reads files in Tonel format, as Pharo keeps packages: one class or extension a file, its
// definition as name-value pairs, then its methods with their bodies in brackets.
#pragma once

#include "translator/syntax/program.h"

namespace stwasm::syntax {

// `file` stands in `program`.
void readTonel(const SourceFile& file, Program& program, Mistakes& mistakes);

}  // namespace stwasm::syntax
