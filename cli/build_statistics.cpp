// See build_statistics.h.
#include "cli/build_statistics.h"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <llvm/Support/FormatVariadic.h>
#include <llvm/Support/JSON.h>

#include "translator/sizes/size_report.h"
#include "translator/support/text.h"

namespace stwasm::cli {

namespace {

using pipeline::BuildReport;

constexpr size_t kMostLines = 20;

struct Reason {
  std::string text;
  std::vector<std::string> methods;
};

// Why methods stay with the interpreter, the most frequent reason first.
std::vector<Reason> reasonsOf(const BuildReport& report) {
  std::map<std::string, std::vector<std::string>> byText;
  for (const emit::Refusal& each : report.refusals) byText[each.reason].push_back(each.method);
  std::vector<Reason> reasons;
  for (auto& [text, methods] : byText) reasons.push_back({text, std::move(methods)});
  std::stable_sort(reasons.begin(), reasons.end(), [](const Reason& a, const Reason& b) {
    return a.methods.size() > b.methods.size();
  });
  return reasons;
}

double bytesPerBytecode(const BuildReport& report) {
  if (report.bytecodes == 0) return 0;
  return static_cast<double>(report.sizes.translatedBytes) / report.bytecodes;
}

}  // namespace

std::string statisticsText(const BuildReport& report) {
  std::string out =
      fmt::format("methods: {} of {} translated\n", groupedDigits(report.translatedMethods),
                  groupedDigits(report.methods));
  const std::vector<Reason> reasons = reasonsOf(report);
  if (!reasons.empty()) out += "left to the interpreter (--refusals lists the methods)\n";
  for (const Reason& each : reasons)
    out += fmt::format("{:>12}  {}\n", groupedDigits(each.methods.size()), each.text);
  out += fmt::format("{} bytes of bytecode became {} bytes of WebAssembly: {:.1f} for each\n",
                     groupedDigits(report.bytecodes), groupedDigits(report.sizes.translatedBytes),
                     bytesPerBytecode(report));
  return out + sizes::textOf(report.sizes, kMostLines);
}

std::string statisticsJson(const BuildReport& report) {
  llvm::json::Array refused;
  for (const Reason& each : reasonsOf(report)) {
    llvm::json::Array methods;
    for (const std::string& name : each.methods) methods.push_back(llvm::json::fixUTF8(name));
    refused.push_back(llvm::json::Object{{"reason", each.text}, {"methods", std::move(methods)}});
  }
  const llvm::json::Value all = llvm::json::Object{
      {"methods", static_cast<int64_t>(report.methods)},
      {"translatedMethods", static_cast<int64_t>(report.translatedMethods)},
      {"refused", std::move(refused)},
      {"bytecodes", static_cast<int64_t>(report.bytecodes)},
      {"bytesPerBytecode", bytesPerBytecode(report)},
      {"heapBytes", static_cast<int64_t>(report.heapBytes)},
      {"wasm", sizes::jsonOf(report.sizes)},
  };
  return llvm::formatv("{0:2}\n", all).str();
}

}  // namespace stwasm::cli
