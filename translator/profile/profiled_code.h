// The methods and CompiledBlocks of an image under names that survive a rebuild, each with a hash
// that tells whether it is still the same.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "translator/image/image_model.h"

namespace stwasm::profile {

struct ProfiledCode {
  image::ObjectId code = image::kNil;
  // 'Class>>selector'; for a CompiledBlock its home's name and its literal there: ' [block 3]'.
  std::string name;
  uint64_t hash = 0;
  uint32_t initialPc = 0;  // Smalltalk's pc of the first bytecode
  uint32_t size = 0;       // of the bytecodes
};

// All installed methods in the order of the model, each with its CompiledBlocks behind it.
std::vector<ProfiledCode> profiledCode(const image::ImageModel& model);

// Of the bytecodes without trailer, the literals that are numbers or texts, and the header: a
// source that moves in its file changes nothing.
uint64_t codeHash(const image::ImageModel& model, const image::CompiledMethodView& view);

}  // namespace stwasm::profile
