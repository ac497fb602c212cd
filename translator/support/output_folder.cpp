// The all-or-nothing output folder: see output_folder.h.
#include "translator/support/output_folder.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <signal.h>
#include <utility>

#include <llvm/Support/Process.h>

#include "translator/support/text.h"

namespace stwasm {

namespace fs = std::filesystem;

namespace {

Status failAt(const std::string& path, const char* what, const std::error_code& error) {
  return fail(Diagnostic(fmt::format("{}: {}", what, error.message())).inFile(path));
}

Status checkReplaceable(const std::string& path, const std::string& marker) {
  std::error_code error;
  if (!fs::exists(path, error)) return Status::success();
  if (!fs::is_directory(path, error)) {
    return fail(Diagnostic("exists and is no folder").inFile(path).withHint("name another output"));
  }
  if (fs::is_empty(path, error) || fs::exists(fs::path(path) / marker, error)) {
    return Status::success();
  }
  return fail(Diagnostic("exists and is not an earlier output of stwasm, it is left as it is")
                  .inFile(path)
                  .withHint("name a new folder, or remove this one first"));
}

constexpr std::string_view kPartial = ".partial-";

// Staging folders of runs that were killed: their names end with the id of a process that is gone.
void removeAbandoned(const fs::path& whole) {
  const std::string prefix = whole.filename().string() + std::string(kPartial);
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(whole.parent_path(), ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix)) continue;
    const int process = std::atoi(name.c_str() + prefix.size());
    if (process > 0 && kill(process, 0) != 0 && errno == ESRCH) {
      fs::remove_all(entry.path(), ignored);
    }
  }
}

}  // namespace

OutputFolder::OutputFolder(std::string path, std::string staging)
    : path_(std::move(path)), staging_(std::move(staging)) {}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : path_(std::move(other.path_)), staging_(std::exchange(other.staging_, {})) {}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!staging_.empty()) fs::remove_all(staging_, ignored);
}

Result<OutputFolder> OutputFolder::create(const std::string& path, const std::string& marker) {
  // "out/" and "out" are the same folder, and the sibling must not land inside it.
  std::error_code error;
  fs::path whole = fs::absolute(path, error).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  if (Status status = checkReplaceable(whole.string(), marker)) return status;
  fs::create_directories(whole.parent_path(), error);
  if (error) return failAt(whole.parent_path().string(), "cannot make the folder", error);
  removeAbandoned(whole);
  const std::string staging =
      fmt::format("{}{}{}", whole.string(), kPartial, llvm::sys::Process::getProcessId());
  fs::remove_all(staging, error);
  fs::create_directory(staging, error);
  if (error) return failAt(staging, "cannot make the folder", error);
  return OutputFolder(whole.string(), staging);
}

Result<std::string> OutputFolder::pathFor(std::string_view name) {
  const fs::path whole = fs::path(staging_) / name;
  std::error_code error;
  fs::create_directories(whole.parent_path(), error);
  if (error) return failAt(whole.parent_path().string(), "cannot make the folder", error);
  return whole.string();
}

Status OutputFolder::write(std::string_view name, std::string_view bytes) {
  Result<std::string> path = pathFor(name);
  if (!path) return path.takeError();
  return writeFile(*path, bytes);
}

Status OutputFolder::copy(const std::string& from, std::string_view name) {
  Result<std::string> path = pathFor(name);
  if (!path) return path.takeError();
  std::error_code error;
  fs::copy(from, *path, fs::copy_options::recursive | fs::copy_options::overwrite_existing, error);
  if (error) return failAt(from, "cannot copy", error);
  return Status::success();
}

Status OutputFolder::commit() {
  // The earlier output steps aside first: if the last rename fails it is put back.
  const std::string aside = staging_ + ".old";
  std::error_code error;
  const bool replaces = fs::exists(path_, error);
  if (replaces) fs::rename(path_, aside, error);
  if (error) return failAt(path_, "cannot replace the folder", error);
  fs::rename(staging_, path_, error);
  if (error) {
    std::error_code ignored;
    if (replaces) fs::rename(aside, path_, ignored);
    return failAt(path_, "cannot put the output in place", error);
  }
  staging_.clear();
  if (replaces) fs::remove_all(aside, error);
  return Status::success();
}

}  // namespace stwasm
