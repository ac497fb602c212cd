// What a run of an instrumented build has seen, for whoever translates the image again: which
// classes of receivers each send had, which blocks ran, which way jumps went, how often methods
// ran. See README.md for the file.
//
// All pcs are 0-based offsets from the first bytecode, as in ir::Instruction. Nothing in a profile
// is certain for another run: what is made of it needs a guard.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "translator/image/image_model.h"
#include "translator/profile/profile_file.h"
#include "translator/support/result.h"

namespace stwasm::profile {

struct ReceiverCount {
  image::ObjectId behavior = image::kNil;  // class or metaclass
  uint64_t count = 0;
};

// A block, by the CompiledMethod (or CompiledBlock) that holds its bytecodes and the offset of its
// first one: 0 is a CompiledBlock as a whole.
struct BlockCount {
  image::ObjectId code = image::kNil;
  uint32_t startPc = 0;
  uint64_t count = 0;
};

// A send, those of special selectors included. `==` and `class` are no sends.
struct SendProfile {
  uint64_t count = 0;    // all, also with receivers that are not listed
  uint64_t general = 0;  // arithmetic of SmallIntegers with something else, or with such an answer
  std::vector<ReceiverCount> receivers;  // most frequent first
  std::vector<BlockCount> blocks;        // of the receivers that were closures, most frequent first
};

// A conditional jump by the Boolean that it popped.
struct JumpProfile {
  uint64_t taken = 0;
  uint64_t notTaken = 0;
};

// Of a CompiledMethod or CompiledBlock.
struct CodeProfile {
  uint64_t bytecodes = 0;                    // executed, those of embedded blocks included
  std::map<uint32_t, uint64_t> activations;  // by first pc: 0, and embedded blocks
  std::map<uint32_t, SendProfile> sends;
  std::map<uint32_t, JumpProfile> jumps;

  // How often the code, or the embedded block that begins at startPc, ran. Where a primitive
  // answered, the method's code did not run.
  uint64_t activationsOf(uint32_t startPc = 0) const;
  const SendProfile* sendAt(uint32_t pc) const;  // null: never executed
  const JumpProfile* jumpAt(uint32_t pc) const;
};

class Profile {
 public:
  // Reads the file and finds its methods and classes in the image. Fails when the file is no
  // profile; a method that has changed or is not there is left out with a notice.
  static Result<Profile> read(const std::string& path, const image::ImageModel& model);
  static Profile resolve(const ProfileFile& file, const image::ImageModel& model);

  // Null when the code was never seen, or has changed since.
  const CodeProfile* of(image::ObjectId code) const;
  size_t size() const { return code_.size(); }

  const std::vector<std::string>& notices() const { return notices_; }

 private:
  std::map<image::ObjectId, CodeProfile> code_;
  std::vector<std::string> notices_;
};

}  // namespace stwasm::profile
