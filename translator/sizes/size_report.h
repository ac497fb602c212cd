// What makes a module big: its bytes by package and class, by kind of code, and the biggest
// methods. As tables for people and as JSON.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <llvm/Support/JSON.h>

#include "translator/sizes/module_sizes.h"

namespace stwasm::sizes {

// A line of a table.
struct SizeEntry {
  std::string name;
  uint64_t bytes = 0;
  uint64_t count = 0;  // of functions or calls; 0: they are not counted
};

struct SizeReport {
  uint64_t bytes = 0;
  bool hasNames = false;
  std::vector<SizeEntry> sections;
  std::vector<SizeEntry> kinds;     // of functions, all code
  uint64_t translatedBytes = 0;     // the code of methods: the following are parts of it
  uint64_t handlerBytes = 0;        // what leaves Contexts behind when frames are left
  std::vector<SizeEntry> groups;    // by group of instructions
  std::vector<SizeEntry> calls;     // instructions that call, by what they are for; counted
  std::vector<SizeEntry> packages;  // biggest first; empty where nobody knows them
  std::vector<SizeEntry> classes;   // biggest first
  std::vector<SizeEntry> methods;   // biggest first, with their blocks and loop entries
};

// The package of a class by its name ("Point class"); may be empty.
using PackageOf = std::function<std::string(const std::string& className)>;

SizeReport reportOf(const ModuleSizes& sizes, const PackageOf& packageOf = {});

// Tables with at most `most` lines each; 0: all lines.
std::string textOf(const SizeReport& report, size_t most);
llvm::json::Object jsonOf(const SizeReport& report);

// One such table: bytes, share of `whole`, count, name.
std::string tableOf(const std::string& title, const std::vector<SizeEntry>& entries, uint64_t whole,
                    size_t most);
llvm::json::Array jsonOf(const std::vector<SizeEntry>& entries,
                         llvm::StringRef counted = "functions");

}  // namespace stwasm::sizes
