// The runtime's text, ready for linking, and what it implements.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "translator/emit/program.h"
#include "translator/link/template.h"
#include "translator/support/result.h"

namespace stwasm::link {

// Index of the first named primitive in the tables $primitives_<n>; numbered ones stand at their
// number, quick returns above this are handled without a table.
inline constexpr uint32_t kFirstNamedPrimitive = 1024;
inline constexpr uint32_t kPrimitiveTableSize = 2048;
inline constexpr int kMaxArguments = 15;

class Runtime {
 public:
  // Expands the embedded files for such a module and finds the primitives.
  static Result<Runtime> load(const TemplateConditions& conditions);

  const std::string& imports() const { return imports_; }
  const std::string& arrayTypes() const { return arrayTypes_; }
  const std::string& structTypes() const { return structTypes_; }
  const std::string& globals() const { return globals_; }
  const std::string& functions() const { return functions_; }

  // "60" or "Module_name", and the argument count without the receiver -> the function's name
  // behind "$primitive_". A primitive that methods of several argument counts call has a function
  // for each, with the count as a suffix: $primitive_121, $primitive_121_0.
  using Primitives = std::map<std::pair<std::string, int>, std::string>;
  const Primitives& primitives() const { return primitives_; }
  const std::vector<std::string>& namedPrimitives() const { return namedPrimitives_; }
  // In the tables $primitives_<n>.
  uint32_t primitiveIndex(const std::string& primitive) const;
  // Nothing when the runtime does not have that primitive for methods with so many arguments.
  std::optional<emit::PrimitiveFunction> primitiveFunction(const std::string& primitive,
                                                           int numArgs) const;

 private:
  void findPrimitives();
  void findReaching();

  std::string imports_;
  std::string arrayTypes_;
  std::string structTypes_;
  std::string globals_;
  std::string functions_;
  Primitives primitives_;
  std::vector<std::string> namedPrimitives_;  // sorted; their order gives their indices
  std::set<std::string> retrying_;            // functions that may start a capture and be run again
  std::set<std::string> callingHost_;         // functions in which the host may fail
};

}  // namespace stwasm::link
