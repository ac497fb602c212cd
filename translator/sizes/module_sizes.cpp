// See module_sizes.h.
#include "translator/sizes/module_sizes.h"

#include <array>
#include <map>

#include "translator/sizes/wasm_reader.h"

namespace stwasm::sizes {

namespace {

constexpr std::string_view kMagic("\0asm\1\0\0\0", 8);

constexpr uint8_t kCustomSection = 0;
constexpr uint8_t kImportSection = 2;
constexpr uint8_t kCodeSection = 10;
constexpr uint8_t kFunctionNames = 1;

constexpr std::array<std::string_view, 14> kSectionNames = {
    "custom",  "types", "imports",  "functions", "tables", "memory",     "globals",
    "exports", "start", "elements", "code",      "data",   "data count", "tags"};

std::string_view sectionName(uint8_t id) {
  return id < kSectionNames.size() ? kSectionNames[id] : "unknown";
}

class ModuleReader {
 public:
  explicit ModuleReader(std::string_view wasm) : reader_(wasm.substr(kMagic.size())) {
    sizes_.bytes = wasm.size();
  }

  Result<ModuleSizes> read();

 private:
  void section();
  void custom(std::string_view contents, uint64_t bytes);
  void imports(std::string_view contents);
  void code(std::string_view contents);
  void names(WasmReader names);

  WasmReader reader_;
  ModuleSizes sizes_;
  std::map<uint32_t, std::string> names_;
};

Result<ModuleSizes> ModuleReader::read() {
  while (!reader_.atEnd()) section();
  if (reader_.failed()) return fail("the module breaks off in the middle of a section");
  for (size_t i = 0; i < sizes_.functions.size(); ++i) {
    const auto name = names_.find(sizes_.importedFunctions + static_cast<uint32_t>(i));
    if (name != names_.end()) sizes_.functions[i].name = name->second;
  }
  sizes_.hasNames = !names_.empty();
  return std::move(sizes_);
}

void ModuleReader::section() {
  const size_t start = reader_.position();
  const uint8_t id = reader_.byte();
  const std::string_view contents = reader_.part(reader_.number());
  const uint64_t bytes = reader_.position() - start;
  if (id == kCustomSection) return custom(contents, bytes);
  sizes_.sections.push_back({std::string(sectionName(id)), bytes});
  if (id == kImportSection) imports(contents);
  if (id == kCodeSection) code(contents);
}

void ModuleReader::custom(std::string_view contents, uint64_t bytes) {
  WasmReader reader(contents);
  const std::string name(reader.name());
  sizes_.sections.push_back({name == "name" ? "names" : name, bytes});
  if (name == "name") names(reader);
}

// Only functions are counted: they come first among those that have an index.
void ModuleReader::imports(std::string_view contents) {
  WasmReader reader(contents);
  for (uint64_t left = reader.number(); left > 0 && !reader.failed(); --left) {
    reader.name();
    reader.name();
    const uint8_t kind = reader.byte();
    if (kind != 0) return;  // the module imports functions only
    reader.number();
    ++sizes_.importedFunctions;
  }
}

void ModuleReader::code(std::string_view contents) {
  WasmReader reader(contents);
  for (uint64_t left = reader.number(); left > 0 && !reader.failed(); --left) {
    const size_t start = reader.position();
    const std::string_view body = reader.part(reader.number());
    FunctionSize function;
    function.bytes = reader.position() - start;
    function.code = sizesOfCode(body);
    sizes_.functions.push_back(std::move(function));
  }
}

void ModuleReader::names(WasmReader names) {
  while (!names.atEnd()) {
    const uint8_t kind = names.byte();
    WasmReader map(names.part(names.number()));
    if (kind != kFunctionNames) continue;
    for (uint64_t left = map.number(); left > 0 && !map.failed(); --left) {
      const uint32_t index = map.index();
      names_[index] = std::string(map.name());
    }
  }
}

}  // namespace

Result<ModuleSizes> ModuleSizes::of(std::string_view wasm) {
  if (!wasm.starts_with(kMagic)) return fail("this is no WebAssembly module");
  return ModuleReader(wasm).read();
}

}  // namespace stwasm::sizes
