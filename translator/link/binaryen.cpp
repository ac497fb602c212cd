// The only place that calls Binaryen. See module.h.
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include <binaryen-c.h>
#include <fmt/format.h>

#include "translator/link/module.h"

namespace stwasm::link {
namespace {

// What the module needs of an engine. Not "all": Binaryen would then use features that no engine
// has shipped.
BinaryenFeatures features() {
  return BinaryenFeatureGC() | BinaryenFeatureReferenceTypes() | BinaryenFeatureMultivalue() |
         BinaryenFeatureBulkMemory() |
#if BINARYEN_VERSION > 120
         BinaryenFeatureBulkMemoryOpt() |
#endif
         BinaryenFeatureTailCall() | BinaryenFeatureSignExt() |
         BinaryenFeatureNontrappingFPToInt() | BinaryenFeatureMutableGlobals();
}

BinaryenModuleRef parse(const char* text) {
#ifdef BINARYEN_HAS_PARSE_WITH_FEATURES
  return BinaryenModuleParseWithFeatures(text, features());
#else
  const BinaryenModuleRef module = BinaryenModuleParse(text);
  BinaryenModuleSetFeatures(module, features());
  return module;
#endif
}

std::string localName(BinaryenFunctionRef function, BinaryenIndex index) {
  if (!BinaryenFunctionHasLocalName(function, index)) return "";
  return BinaryenFunctionGetLocalName(function, index);
}

// Locals that the optimiser has made, and parameters that the text gives none, get a name with
// their index.
void nameLocals(BinaryenFunctionRef function) {
  const BinaryenIndex count = BinaryenFunctionGetNumLocals(function);
  const BinaryenIndex parameters = count - BinaryenFunctionGetNumVars(function);
  std::set<std::string> known;
  for (BinaryenIndex i = 0; i < count; ++i) known.insert(localName(function, i));
  for (BinaryenIndex i = 0; i < count; ++i) {
    if (!localName(function, i).empty()) continue;
    std::string name = fmt::format("{}{}", i < parameters ? "parameter" : "local", i);
    while (!known.insert(name).second) name += '\'';
    BinaryenFunctionSetLocalName(function, i, name.c_str());
  }
}

std::string shortName(BinaryenType type) {
  if (type == BinaryenTypeInt32()) return "i32";
  if (type == BinaryenTypeInt64()) return "i64";
  if (type == BinaryenTypeFloat64()) return "f64";
  return type == BinaryenTypeFloat32() ? "f32" : "ref";
}

std::string shortNames(BinaryenType type) {
  std::vector<BinaryenType> types(BinaryenTypeArity(type));
  BinaryenTypeExpand(type, types.data());
  std::string names;
  for (const BinaryenType each : types) names += (names.empty() ? "" : ".") + shortName(each);
  return names;
}

using FunctionTypes = std::set<BinaryenHeapType>;

FunctionTypes functionTypes(BinaryenModuleRef module) {
  FunctionTypes types;
  const BinaryenIndex count = BinaryenGetNumFunctions(module);
  for (BinaryenIndex i = 0; i < count; ++i)
    types.insert(BinaryenFunctionGetType(BinaryenGetFunctionByIndex(module, i)));
  return types;
}

// Those of functions that the optimiser has given other parameters or results, in the order of the
// functions.
void nameFunctionTypes(BinaryenModuleRef module, FunctionTypes named) {
  const BinaryenIndex count = BinaryenGetNumFunctions(module);
  size_t number = 0;
  for (BinaryenIndex i = 0; i < count; ++i) {
    const BinaryenHeapType type = BinaryenFunctionGetType(BinaryenGetFunctionByIndex(module, i));
    if (!named.insert(type).second) continue;
    const std::string name = fmt::format("optimised{}:{}->{}", ++number,
                                         shortNames(BinaryenSignatureTypeGetParams(type)),
                                         shortNames(BinaryenSignatureTypeGetResults(type)));
    BinaryenModuleSetTypeName(module, type, name.c_str());
  }
}

class Module {
 public:
  explicit Module(const std::string& text) : module_(parse(text.c_str())) {}
  explicit Module(BinaryenModuleRef module) : module_(module) {}
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;
  Module(Module&&) = delete;
  Module& operator=(Module&&) = delete;
  ~Module() {
    if (module_ != nullptr) BinaryenModuleDispose(module_);
  }

  Status prepare(const BinaryOptions& options) {
    if (module_ == nullptr) return fail("internal error: the generated module does not parse");
    BinaryenSetDebugInfo(options.names);
    if (!BinaryenModuleValidate(module_))
      return fail("internal error: the generated module is not valid");
    if (!options.sourceMap.empty()) {
      const char* pass = "propagate-debug-locs";
      BinaryenModuleRunPasses(module_, &pass, 1);
    }
    for (const std::string& pattern : options.notInlined) {
      const char* pass = "no-inline";
      BinaryenSetPassArgument(pass, pattern.c_str());
      BinaryenModuleRunPasses(module_, &pass, 1);
    }
    const FunctionTypes types = functionTypes(module_);
    if (options.optimizeLevel > 0) {
      BinaryenSetOptimizeLevel(options.optimizeLevel);
      BinaryenSetShrinkLevel(options.shrinkLevel);
      BinaryenModuleOptimize(module_);
    }
    if (options.names) {
      nameAllLocals();
      nameFunctionTypes(module_, types);
    }
    return Status::success();
  }

  BinaryenModuleRef get() const { return module_; }

 private:
  void nameAllLocals() {
    const BinaryenIndex count = BinaryenGetNumFunctions(module_);
    for (BinaryenIndex i = 0; i < count; ++i) nameLocals(BinaryenGetFunctionByIndex(module_, i));
  }

  BinaryenModuleRef module_;
};

}  // namespace

Result<Binary> encodeModule(const std::string& text, const BinaryOptions& options) {
  Module module(text);
  if (Status status = module.prepare(options)) return status;
  const BinaryenModuleAllocateAndWriteResult result = BinaryenModuleAllocateAndWrite(
      module.get(), options.sourceMap.empty() ? nullptr : options.sourceMap.c_str());
  Binary binary;
  binary.wasm.assign(static_cast<const char*>(result.binary), result.binaryBytes);
  if (result.sourceMap != nullptr) binary.sourceMap = result.sourceMap;
  std::free(result.binary);     // NOLINT(cppcoreguidelines-no-malloc): allocated by Binaryen
  std::free(result.sourceMap);  // NOLINT(cppcoreguidelines-no-malloc)
  if (options.measured) {
    BinaryenSetDebugInfo(true);
    const BinaryenModuleAllocateAndWriteResult named =
        BinaryenModuleAllocateAndWrite(module.get(), nullptr);
    binary.named.assign(static_cast<const char*>(named.binary), named.binaryBytes);
    std::free(named.binary);  // NOLINT(cppcoreguidelines-no-malloc)
  }
  return binary;
}

Result<std::string> textOf(const std::string& wasm) {
  std::string bytes = wasm;
  const Module module(BinaryenModuleReadWithFeatures(bytes.data(), bytes.size(), features()));
  if (module.get() == nullptr) return fail("this is no WebAssembly module");
  char* text = BinaryenModuleAllocateAndWriteText(module.get());
  std::string result(text);
  std::free(text);  // NOLINT(cppcoreguidelines-no-malloc): allocated by Binaryen
  return result;
}

}  // namespace stwasm::link
