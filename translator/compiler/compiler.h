// Compiles methods: the entry point of this library.
#pragma once

#include <optional>

#include "translator/compiler/compiled_code.h"
#include "translator/compiler/environment.h"
#include "translator/compiler/options.h"
#include "translator/syntax/ast.h"

namespace stwasm::compiler {

// Nothing when there are mistakes, which `mistakes` has then got.
std::optional<CompiledCode> compileMethod(const syntax::MethodNode& method,
                                          const Environment& environment, const Options& options,
                                          syntax::Mistakes& mistakes);

}  // namespace stwasm::compiler
