// Decides where the temporaries of a method live. A temporary that a block uses is copied into its
// closure when nobody writes it afterwards; otherwise it goes to a vector that all share.
#pragma once

#include "translator/compiler/options.h"
#include "translator/compiler/tree.h"

namespace stwasm::compiler {

// Completes the tree: the temporaries of inlined blocks become those of the real block around
// them, vectors are added and the statements that make them.
void analyseClosures(Method& method, const Options& options);

// The outer temporaries (or their vectors) that a closure over `block` needs copies of, in the
// order of their indices.
std::vector<Temporary*> copiedValues(const Method& method, const Block& block);

}  // namespace stwasm::compiler
