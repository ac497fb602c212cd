// Which temporaries of a loop's block are read before they are written in one turn of the loop.
#pragma once

#include <set>

#include "translator/compiler/tree.h"

namespace stwasm::compiler {

std::set<const Temporary*> readBeforeWritten(const Block& block);

}  // namespace stwasm::compiler
