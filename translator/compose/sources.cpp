// Finds and reads the source files: see composer.h.
#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "translator/compose/composer.h"
#include "translator/support/text.h"
#include "translator/syntax/chunk_reader.h"
#include "translator/syntax/tonel_reader.h"

namespace stwasm::compose {

namespace fs = std::filesystem;

namespace {

bool isTonel(const std::string& path) {
  return path.ends_with(".class.st") || path.ends_with(".extension.st") ||
         path.ends_with("package.st");
}

Status addFolder(const std::string& path, std::vector<std::string>& files) {
  std::set<std::string> found;
  std::error_code error;
  for (fs::recursive_directory_iterator each(path, error), end; !error && each != end;
       each.increment(error)) {
    if (each->is_regular_file(error) && each->path().extension() == ".st") {
      found.insert(each->path().string());
    }
  }
  if (error) return inFile(fail("{}", error.message()), path);
  if (found.empty()) {
    return inFile(fail(Diagnostic("there are no source files in this folder")
                           .withHint("their names end with .st")),
                  path);
  }
  files.insert(files.end(), found.begin(), found.end());
  return Status::success();
}

}  // namespace

Status readSources(const std::vector<std::string>& paths, syntax::Program& program,
                   syntax::Mistakes& mistakes) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
    } else if (Status status = addFolder(path, files)) {
      return status;
    }
  }
  for (const std::string& path : files) {
    auto text = readFile(path);
    if (!text) return text.takeError();
    const syntax::SourceFile& file =
        program.files.emplace_back(path, std::string((*text)->getBuffer()));
    if (isTonel(path)) {
      syntax::readTonel(file, program, mistakes);
    } else {
      syntax::readChunks(file, program, mistakes);
    }
  }
  return Status::success();
}

void addMainExpression(const std::string& expression, syntax::Program& program) {
  const syntax::SourceFile& file = program.files.emplace_back("--main", expression);
  program.startUp.push_back({&file, 0, static_cast<syntax::Position>(file.text().size()), false});
}

}  // namespace stwasm::compose
