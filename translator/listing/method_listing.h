// The listing of a CompiledMethod: what its header says, its literals, its bytecodes with the
// literals they use. Reads the image only.
#pragma once

#include <string>

#include "translator/bytecode/instruction_printer.h"
#include "translator/image/compiled_method.h"
#include "translator/image/image_model.h"
#include "translator/support/result.h"

namespace stwasm::listing {

// The options with which the instruction printer shows a method as the image itself would: its own
// pcs, names of literals instead of their indices. Model and method have to outlive them.
bytecode::PrinterOptions printerOptions(const image::ImageModel& model,
                                        const image::CompiledMethodView& method);

Result<std::string> listMethod(const image::ImageModel& model,
                               const image::CompiledMethodView& method);

}  // namespace stwasm::listing
