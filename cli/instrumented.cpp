// See instrumented.h.
#include "cli/instrumented.h"

#include <filesystem>

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>

#include "cli/host.h"
#include "cli/shown_progress.h"
#include "translator/pipeline/pipeline.h"
#include "translator/support/progress.h"

namespace stwasm::cli {

namespace {

namespace fs = std::filesystem;

// A folder that goes away with this object.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> create() {
    llvm::SmallString<128> path;
    if (std::error_code problem = llvm::sys::fs::createUniqueDirectory("stwasm-profile", path))
      return fail("cannot make a temporary folder: {}", problem.message());
    return TemporaryFolder(path.str().str());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, "")) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }

  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

Status buildInstrumented(const std::string& image, const std::string& folder) {
  pipeline::BuildOptions options;
  options.imagePath = image;
  options.outputPath = folder;
  options.optimizeLevel = 0;
  options.instrument = true;
  Progress progress;
  auto report = pipeline::build(options, showOn(progress));
  if (!report) return report.takeError();
  progress.end();
  return Status::success();
}

}  // namespace

Result<int> startInstrumented(const Arguments& arguments, const std::vector<std::string>& words) {
  const std::string& target = arguments.positional(0);
  if (fs::is_directory(target)) return startHost(arguments, words);
  auto temporary = TemporaryFolder::create();
  if (!temporary) return temporary.takeError();
  const std::string folder = temporary->path() + "/out";
  if (Status status = buildInstrumented(target, folder)) return status;
  return runHost(arguments, folder, words);
}

}  // namespace stwasm::cli
