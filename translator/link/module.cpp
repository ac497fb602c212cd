// The text of the module: see module.h. Tables are made here because they depend on both the
// runtime's primitives and the translated functions.
#include "translator/link/module.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "translator/link/instrumentation.h"
#include "translator/link/signature_types.h"

namespace stwasm::link {
namespace {

void appendElement(std::string& out, int arity, uint32_t index, const std::string& function) {
  fmt::format_to(std::back_inserter(out),
                 "(elem (table $primitives_{0}) (i32.const {1}) (ref null $Primitive{0}) "
                 "(ref.func $primitive_{2}))\n",
                 arity, index, function);
}

// One table of primitives per argument count; the names of the named ones in index order.
std::string primitiveTables(const Runtime& runtime) {
  std::string out;
  for (int arity = 0; arity <= kMaxArguments; ++arity)
    fmt::format_to(std::back_inserter(out),
                   "(table $primitives_{0} {1} (ref null $Primitive{0}))\n", arity,
                   kPrimitiveTableSize);
  for (const auto& [primitive, function] : runtime.primitives())
    appendElement(out, primitive.second, runtime.primitiveIndex(primitive.first), function);
  const std::vector<std::string>& names = runtime.namedPrimitives();
  size_t bytes = 0;
  for (const std::string& name : names) bytes += name.size() + 1;
  fmt::format_to(std::back_inserter(out),
                 "(global $named_primitive_count i32 (i32.const {}))\n"
                 "(global $named_primitive_names_size i32 (i32.const {}))\n"
                 "(data $named_primitive_names \"{}\")\n",
                 names.size(), bytes, fmt::format("{}\\00", fmt::join(names, "\\00")));
  return out;
}

std::string codeTable(const emit::Program& program) {
  const size_t size = std::max<size_t>(program.functionNames.size(), 1);
  std::string out = fmt::format("(table $code {} funcref)\n", size);
  if (size == 1) return out;
  out += "(elem (table $code) (i32.const 1) func";
  for (size_t i = 1; i < size; ++i) {
    out += "\n  $";
    out += program.functionNames[i];
  }
  out += ")\n";
  return out;
}

// Where the heap file may be put: behind the words of the call sites.
std::string callSiteMemory(const emit::Program& program) {
  return fmt::format(
      "(global $call_sites_size i32 (i32.const {}))\n"
      "(global $heap_base (export \"heapBase\") i32 (i32.const {}))\n",
      4 * program.callSites, (emit::kCallSitesAddress + 4 * program.callSites + 15) / 16 * 16);
}

// Constants, so that the engine leaves out what only immutable objects need, or Floats that are
// changed in place.
std::string needs(const emit::Program& program) {
  return fmt::format(
      "(global $immutability i32 (i32.const {}))\n"
      "(global $float_slots i32 (i32.const {}))\n",
      program.checksStores ? 1 : 0, program.hasFloatSlots ? 1 : 0);
}

// What the object memory is, as a constant: the optimiser leaves out what is for the other one.
std::string objectMemory(const emit::Program& program) {
  return fmt::format(
      "(global $v3 i32 (i32.const {}))\n"
      "(global $makes_block_contexts i32 (i32.const {}))\n",
      program.isV3 ? 1 : 0, program.makesBlockContexts ? 1 : 0);
}

}  // namespace

Result<std::string> moduleText(const Runtime& runtime, const emit::Program& program,
                               const ModuleOptions& options) {
  std::string out;
  out.reserve(program.functions.size() + runtime.functions().size() + (size_t{4} << 20));
  out += "(module\n";
  out += runtime.arrayTypes();
  out += "(rec\n";
  out += runtime.structTypes();
  out += ")\n";
  out += runtime.imports();
  out += runtime.globals();
  for (const std::string* functions : {&runtime.functions(), &program.functions}) {
    if (!options.instrumented) {
      out += *functions;
      continue;
    }
    auto counting = countAllocations(*functions, runtime.structTypes());
    if (!counting) return counting.takeError();
    out += *counting;
  }
  out += primitiveTables(runtime);
  out += codeTable(program);
  out += callSiteMemory(program);
  out += needs(program);
  out += objectMemory(program);
  if (options.namesTypes)
    out += signatureTypes({runtime.imports(), runtime.functions(), program.functions});
  out += ")\n";
  return out;
}

}  // namespace stwasm::link
