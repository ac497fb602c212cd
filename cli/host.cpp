// See host.h.
#include "cli/host.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <unistd.h>

#include <fmt/core.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>

#include "cli/engine.h"

namespace stwasm::cli {

namespace {

constexpr const char* kHost = "stwasm.mjs";
// Room for the engine's heap beyond the image's own budget (runtime-wat/host/memory.mjs), so that
// the image hears of low space before the engine gives up.
constexpr const char* kEngineHeap = "--max-old-space-size=4096";

Status execute(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  std::fflush(nullptr);
  execv(pointers[0], pointers.data());
  return fail("cannot start {}: {}", words[0], std::strerror(errno));
}

// The engine and its arguments.
Result<std::vector<std::string>> hostCommand(const Arguments& arguments, const std::string& folder,
                                             const std::vector<std::string>& words) {
  const std::string host = folder + "/" + kHost;
  if (!llvm::sys::fs::exists(host)) {
    return fail(Diagnostic("is no translated image", folder)
                    .withHint(fmt::format("make one with `stwasm build IMAGE -o {}`", folder)));
  }
  Result<std::string> engine = findEngine(arguments.value("--engine"));
  if (!engine) return engine.takeError();
  std::vector<std::string> all{*engine};
  // Deno runs nothing without permission to read files.
  if (llvm::sys::path::stem(*engine) == "deno") {
    all.insert(all.end(), {"run", "--allow-all", std::string("--v8-flags=") + kEngineHeap});
  } else {
    all.emplace_back(kEngineHeap);
  }
  all.push_back(host);
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

}  // namespace

Result<int> startHost(const Arguments& arguments, const std::vector<std::string>& words) {
  auto command = hostCommand(arguments, arguments.positional(0), words);
  if (!command) return command.takeError();
  return execute(*command);
}

Result<int> runHost(const Arguments& arguments, const std::string& folder,
                    const std::vector<std::string>& words) {
  auto command = hostCommand(arguments, folder, words);
  if (!command) return command.takeError();
  const std::vector<llvm::StringRef> all(command->begin(), command->end());
  std::string problem;
  std::fflush(nullptr);
  bool failed = false;
  const auto started =
      llvm::sys::ExecuteNoWait(all[0], all, std::nullopt, {}, 0, &problem, &failed);
  if (failed) return fail("cannot run {}: {}", (*command)[0], problem);
  // An interrupt ends the engine; who started it has to clear up behind it.
  const auto before = std::signal(SIGINT, SIG_IGN);
  const auto ended = llvm::sys::Wait(started, std::nullopt, &problem);
  std::signal(SIGINT, before);
  if (ended.ReturnCode < 0) return fail("{} was ended: {}", (*command)[0], problem);
  return ended.ReturnCode;
}

void appendGiven(const Arguments& arguments, const std::vector<std::string>& valueOptions,
                 const std::vector<std::string>& flags, std::vector<std::string>& words) {
  for (const std::string& option : valueOptions) {
    if (auto value = arguments.value(option)) words.insert(words.end(), {option, *value});
  }
  for (const std::string& flag : flags) {
    if (arguments.has(flag)) words.emplace_back(flag);
  }
  for (const auto& [option, value] : arguments.occurrences()) {
    words.insert(words.end(), {option, value});
  }
}

}  // namespace stwasm::cli
