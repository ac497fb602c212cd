// Tells the engine which branches of a function are rare, so that it lays out the common way in one
// piece and keeps values in registers there: the custom section metadata.code.branch_hint, as
// annotations in the text (Branch Hinting proposal). Three bytes a branch, so only for functions
// that matter.
#pragma once

#include <string>
#include <string_view>

namespace stwasm::emit {

// The text of functions, with an annotation before each branch to a label for what is rare
// ($general, $other, $unwound, $send, $slow) and before each `if` whose condition is known to be
// rare or common.
std::string withBranchHints(std::string_view text);

}  // namespace stwasm::emit
