// A value of an image as one short line of text, in Smalltalk's notation where it has one: 3, $a,
// 'text', #selector:, #(1 2 3), Integer, "a Foo". For listings and comments; reads the graph only.
#pragma once

#include <string>

#include "translator/image/image_model.h"

namespace stwasm::listing {

std::string valueText(const image::ImageModel& model, image::Value value);

// For a literal variable: the key of its Association, or its own text if it is none.
std::string variableName(const image::ImageModel& model, image::Value association);

}  // namespace stwasm::listing
