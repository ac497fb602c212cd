// Names for the types of functions: WAT gives none to a type that only a function's parameters and
// result tell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stwasm::link {

// A declaration "(type $eqref.i32->eqref (func ...))" for each signature among the functions and
// imports of these texts; the functions then have these types.
std::string signatureTypes(const std::vector<std::string_view>& texts);

}  // namespace stwasm::link
