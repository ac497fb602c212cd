// Composes an object memory from source: the entry point of this library.
#pragma once

#include <string>
#include <vector>

#include "translator/compose/target.h"
#include "translator/image/object_graph.h"
#include "translator/support/result.h"
#include "translator/syntax/program.h"

namespace stwasm::compose {

// Reads files and, below folders, all files whose names end with .st, in sorted order. A failure
// names every mistake that was found.
Status readSources(const std::vector<std::string>& paths, syntax::Program& program,
                   syntax::Mistakes& mistakes);

// The expression that runs last at the start.
void addMainExpression(const std::string& expression, syntax::Program& program);

struct Composition {
  image::ObjectGraph graph;
  std::string changes;  // the text of the file to which the methods' source pointers lead
};

// The image: its start-up process runs the program's expressions and quits. `name` is for
// diagnostics.
Result<Composition> compose(const syntax::Program& program, syntax::Mistakes& mistakes,
                            const Target& target, const std::string& name);

}  // namespace stwasm::compose
