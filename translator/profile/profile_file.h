// A profile file as it is written: names, not objects. Reading checks its form only; profile.h says
// what it means for an image.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "translator/support/result.h"

namespace stwasm::profile {

inline constexpr uint32_t kProfileVersion = 1;

// pcs here are Smalltalk's own, as listings show them.
struct NamedReceiver {
  uint64_t count = 0;
  std::string className;
};

struct NamedBlock {
  uint64_t count = 0;
  uint32_t startPc = 0;
  std::string code;
};

struct ActivationLine {
  uint32_t pc = 0;
  uint64_t count = 0;
};

struct SendLines {
  uint32_t pc = 0;
  uint64_t count = 0;
  uint64_t general = 0;
  std::string selector;  // for people
  std::vector<NamedReceiver> receivers;
  std::vector<NamedBlock> blocks;
};

struct JumpLine {
  uint32_t pc = 0;
  uint64_t taken = 0;
  uint64_t notTaken = 0;
};

struct CodeLines {
  std::string name;
  uint64_t hash = 0;  // see profiled_code.h
  uint64_t bytecodes = 0;
  std::vector<ActivationLine> activations;
  std::vector<SendLines> sends;
  std::vector<JumpLine> jumps;
};

struct ProfileFile {
  std::vector<CodeLines> code;
};

// A failure names the file and the line.
Result<ProfileFile> parseProfile(std::string_view text, const std::string& fileName);

// Names stand at the end of a line; what would break it is written \xHH there.
std::string escapedName(std::string_view name);

}  // namespace stwasm::profile
