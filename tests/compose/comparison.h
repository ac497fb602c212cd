// Compares what this compiler makes of a method with what the image's own compiler made of it.
#pragma once

#include <string>

#include "translator/compiler/compiled_code.h"
#include "translator/image/compiled_method.h"
#include "translator/image/image_model.h"

namespace stwasm::recompile {

// Empty when they are the same; else the first thing that differs. Literals that stand behind all
// others only so that senders of inlined messages are found do not count.
std::string difference(const image::ImageModel& model, const image::CompiledMethodView& method,
                       const compiler::CompiledCode& code);

}  // namespace stwasm::recompile
