// Adds up the sizes of functions: see size_report.h. What a function is, its name tells.
#include "translator/sizes/size_report.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

namespace stwasm::sizes {

namespace {

constexpr std::string_view kMethodMark = ">>";

// "Point.class>>x:@block31" and the like; the runtime's own functions have no ">>".
struct FunctionName {
  bool translated = false;
  std::string className;
  std::string method;
  std::string_view kind;
};

// Blocks and loop entries are named after their method, of two methods of one name the second has
// a number: see the emitter.
std::string_view methodPart(std::string_view name) {
  const size_t selector = name.find(kMethodMark) + kMethodMark.size();
  return name.substr(0, name.find_first_of("@#", selector + 1));
}

std::string_view translatedKind(std::string_view name) {
  if (name.ends_with("@general")) return "general versions of functions that guess";
  if (name.find("@loop") != name.npos) return "loop entries of methods and blocks";
  if (name.find("@resume") != name.npos) return "entries behind sends that switch processes";
  if (name.find("@block") != name.npos || name.find("@full") != name.npos) return "blocks";
  return "methods";
}

std::string_view runtimeKind(std::string_view name) {
  if (name.empty()) return "functions without a name";
  if (name.starts_with("interpret")) return "runtime: interpreter";
  if (name.starts_with("primitive_")) return "runtime: primitives";
  return "runtime: the rest";
}

FunctionName parsed(const std::string& name) {
  constexpr std::string_view kClassSide = ".class";
  FunctionName result;
  result.translated = name.find(kMethodMark) != std::string::npos;
  result.kind = result.translated ? translatedKind(name) : runtimeKind(name);
  if (!result.translated) return result;
  const std::string_view method = methodPart(name);
  result.className = method.substr(0, method.find(kMethodMark));
  const std::string_view selector = method.substr(result.className.size());
  if (result.className.ends_with(kClassSide))
    result.className[result.className.size() - kClassSide.size()] = ' ';
  result.method = result.className + std::string(selector);
  return result;
}

// What translated code calls a function for.
std::string_view purposeOf(std::string_view called) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kPurposes{{
      {"lookup_", "sends: the look-up of a method"},
      {"send_", "sends: of one of the likely methods, or looked up"},
      {"special_", "sends: special selectors whose fast way failed"},
      {"block_value_", "sends: blocks evaluated"},
      {"class_index_of", "guards: the class of a receiver"},
      {"check_entry", "polls at entries"},
      {"refuel", "polls at loop heads"},
      {"capture_", "captures: what makes a Context of a frame"},
      {"begin_capture", "captures: what makes a Context of a frame"},
      {"primitive_", "primitives"},
      {"variable_value", "variables of classes and pools"},
      {"new_token", "blocks: what tells their home"},
      {"new_block_token", "blocks: what tells their home"},
  }};
  if (called.find(kMethodMark) != called.npos)
    return "sends: a known method, and other parts of it";
  for (const auto& [beginning, purpose] : kPurposes)
    if (called.starts_with(beginning)) return purpose;
  return "other functions of the runtime";
}

std::string_view purposeOf(const ModuleSizes& sizes, uint32_t index) {
  if (index == kAnyFunction) return "sends: the method that was looked up";
  if (index < sizes.importedFunctions) return "functions of the host";
  return purposeOf(sizes.functions[index - sizes.importedFunctions].name);
}

class Sums {
 public:
  void add(const std::string& name, uint64_t bytes, uint64_t count = 1) {
    SizeEntry& entry = entries_[name];
    entry.bytes += bytes;
    entry.count += count;
  }

  // Biggest first, of equal ones by name.
  std::vector<SizeEntry> sorted() const {
    std::vector<SizeEntry> all;
    for (const auto& [name, entry] : entries_) all.push_back({name, entry.bytes, entry.count});
    std::stable_sort(all.begin(), all.end(),
                     [](const SizeEntry& a, const SizeEntry& b) { return a.bytes > b.bytes; });
    return all;
  }

 private:
  std::map<std::string, SizeEntry> entries_;
};

void addGroups(const std::array<uint64_t, kInstructionGroups>& groups, uint64_t sizeFields,
               std::vector<SizeEntry>& entries) {
  for (size_t i = 0; i < groups.size(); ++i)
    entries.push_back({std::string(groupName(static_cast<InstructionGroup>(i))), groups[i], 0});
  entries.push_back({"sizes of functions", sizeFields, 0});
  std::stable_sort(entries.begin(), entries.end(),
                   [](const SizeEntry& a, const SizeEntry& b) { return a.bytes > b.bytes; });
}

}  // namespace

SizeReport reportOf(const ModuleSizes& sizes, const PackageOf& packageOf) {
  SizeReport report;
  report.bytes = sizes.bytes;
  report.hasNames = sizes.hasNames;
  for (const SectionSize& each : sizes.sections)
    report.sections.push_back({each.name, each.bytes, 0});
  Sums kinds;
  Sums packages;
  Sums classes;
  Sums methods;
  Sums calls;
  std::array<uint64_t, kInstructionGroups> groups{};
  uint64_t sizeFields = 0;
  for (const FunctionSize& function : sizes.functions) {
    const FunctionName name = parsed(function.name);
    kinds.add(std::string(name.kind), function.bytes);
    if (!name.translated) continue;
    report.translatedBytes += function.bytes;
    report.handlerBytes += function.code.handler;
    uint64_t instructions = 0;
    for (size_t i = 0; i < groups.size(); ++i) {
      groups[i] += function.code.groups[i];
      instructions += function.code.groups[i];
    }
    sizeFields += function.bytes - instructions;
    for (const auto& [index, called] : function.code.calls)
      calls.add(std::string(purposeOf(sizes, index)), called.bytes, called.count);
    classes.add(name.className, function.bytes);
    methods.add(name.method, function.bytes);
    if (packageOf) packages.add(packageOf(name.className), function.bytes);
  }
  report.kinds = kinds.sorted();
  report.packages = packages.sorted();
  report.classes = classes.sorted();
  report.methods = methods.sorted();
  report.calls = calls.sorted();
  addGroups(groups, sizeFields, report.groups);
  return report;
}

}  // namespace stwasm::sizes
