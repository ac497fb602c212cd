// Reads files in chunk format, as Squeak files out: chunks end with '!'; definitions of classes,
// methods behind '!Foo methodsFor: ...!', and expressions.
#pragma once

#include "translator/syntax/program.h"

namespace stwasm::syntax {

// `file` stands in `program`.
void readChunks(const SourceFile& file, Program& program, Mistakes& mistakes);

}  // namespace stwasm::syntax
