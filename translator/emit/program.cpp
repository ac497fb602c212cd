// The constant pool: see program.h.
#include "translator/emit/program.h"

namespace stwasm::emit {

uint32_t ConstantPool::literal(image::Value value) {
  auto [position, added] =
      literalIndex_.try_emplace(value, static_cast<uint32_t>(literals_.size()));
  if (added) literals_.push_back(value);
  return position->second;
}

SelectorId ConstantPool::selector(image::ObjectId symbol) {
  auto [position, added] =
      selectorIndex_.try_emplace(symbol, static_cast<SelectorId>(selectors_.size()));
  if (added) selectors_.push_back(symbol);
  return position->second;
}

}  // namespace stwasm::emit
