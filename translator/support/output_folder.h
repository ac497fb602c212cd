// An output folder that appears whole or not at all: everything is written into a sibling, which
// takes the folder's place on commit and is removed if there is none.
#pragma once

#include <string>
#include <string_view>

#include "translator/support/result.h"

namespace stwasm {

class OutputFolder {
 public:
  // An existing folder is replaced only if it is empty or holds `marker`, that is, if it is an
  // earlier output: nobody's files are lost by a wrong name.
  static Result<OutputFolder> create(const std::string& path,
                                     const std::string& marker = "stwasm.mjs");

  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;
  OutputFolder& operator=(OutputFolder&&) = delete;
  ~OutputFolder();

  // Where the files go until commit.
  const std::string& staging() const { return staging_; }

  // The staging path of `name`, which may have folders in it ("host/heap.mjs").
  Result<std::string> pathFor(std::string_view name);
  Status write(std::string_view name, std::string_view bytes);
  // Copies a file or a whole folder.
  Status copy(const std::string& from, std::string_view name);

  // Puts the staging folder in place. Nothing may be written after it.
  Status commit();

 private:
  OutputFolder(std::string path, std::string staging);

  std::string path_;
  std::string staging_;  // empty: committed, or moved from
};

}  // namespace stwasm
