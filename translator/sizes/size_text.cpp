// Sizes as tables and as JSON: see size_report.h.
#include <algorithm>

#include <fmt/format.h>

#include "translator/sizes/size_report.h"
#include "translator/support/text.h"

namespace stwasm::sizes {

namespace {

double percentOf(uint64_t bytes, uint64_t whole) {
  constexpr double kHundred = 100;
  return whole == 0 ? 0 : kHundred * static_cast<double>(bytes) / static_cast<double>(whole);
}

std::string lineOf(const SizeEntry& entry, uint64_t whole) {
  const std::string count = entry.count == 0 ? "" : groupedDigits(entry.count);
  return fmt::format("{:>12} {:5.1f} % {:>7}  {}\n", groupedDigits(entry.bytes),
                     percentOf(entry.bytes, whole), count, entry.name);
}

}  // namespace

std::string tableOf(const std::string& title, const std::vector<SizeEntry>& entries, uint64_t whole,
                    size_t most) {
  if (entries.empty()) return "";
  const size_t shown = most == 0 ? entries.size() : std::min(most, entries.size());
  std::string out = title + "\n";
  for (size_t i = 0; i < shown; ++i) out += lineOf(entries[i], whole);
  if (shown == entries.size()) return out;
  SizeEntry rest;
  rest.name = fmt::format("{} more", groupedDigits(entries.size() - shown));
  for (size_t i = shown; i < entries.size(); ++i) {
    rest.bytes += entries[i].bytes;
    rest.count += entries[i].count;
  }
  return out + lineOf(rest, whole);
}

std::string textOf(const SizeReport& report, size_t most) {
  std::string out = fmt::format("the module: {} bytes\n", groupedDigits(report.bytes));
  out += tableOf("by section", report.sections, report.bytes, 0);
  out +=
      tableOf("code by kind: bytes, share of the module, functions", report.kinds, report.bytes, 0);
  if (report.translatedBytes == 0) return out;
  out += fmt::format(
      "translated code: {} bytes, {:.1f} % of them for leaving a Context when a frame is left\n",
      groupedDigits(report.translatedBytes),
      percentOf(report.handlerBytes, report.translatedBytes));
  out += tableOf("translated code by instruction", report.groups, report.translatedBytes, 0);
  out += tableOf("calls in translated code: bytes, share, calls", report.calls,
                 report.translatedBytes, 0);
  out += tableOf("translated code by package", report.packages, report.translatedBytes, most);
  out += tableOf("translated code by class", report.classes, report.translatedBytes, most);
  out += tableOf("the biggest methods, with their blocks and loop entries", report.methods,
                 report.translatedBytes, most);
  return out;
}

llvm::json::Array jsonOf(const std::vector<SizeEntry>& entries, llvm::StringRef counted) {
  llvm::json::Array array;
  for (const SizeEntry& each : entries) {
    llvm::json::Object object{{"name", llvm::json::fixUTF8(each.name)},
                              {"bytes", static_cast<int64_t>(each.bytes)}};
    if (each.count != 0) object[counted] = static_cast<int64_t>(each.count);
    array.push_back(std::move(object));
  }
  return array;
}

llvm::json::Object jsonOf(const SizeReport& report) {
  return llvm::json::Object{
      {"bytes", static_cast<int64_t>(report.bytes)},
      {"sections", jsonOf(report.sections)},
      {"kinds", jsonOf(report.kinds)},
      {"translatedBytes", static_cast<int64_t>(report.translatedBytes)},
      {"handlerBytes", static_cast<int64_t>(report.handlerBytes)},
      {"instructions", jsonOf(report.groups)},
      {"calls", jsonOf(report.calls, "calls")},
      {"packages", jsonOf(report.packages)},
      {"classes", jsonOf(report.classes)},
      {"methods", jsonOf(report.methods)},
  };
}

}  // namespace stwasm::sizes
