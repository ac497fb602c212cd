// Helps to write tables of instructions: see instruction_cases.h.
#include "tests/exemplars/instruction_cases.h"

namespace stwasm::exemplars {

Items numbered(int first, int count) {
  Items items;
  for (int i = 0; i < count; ++i) items.push_back(integer(first + i));
  return items;
}

Items variables(int first, int count) {
  Items items;
  for (int i = 0; i < count; ++i) items.push_back(association(symbol("key"), integer(first + i)));
  return items;
}

Items selectorAt(int place, int arguments) {
  Items literals = numbered(0, place);
  literals.push_back(symbol(takeSelector(arguments)));
  return literals;
}

Item taken(const char* who, int count) {
  Items elements = {symbol(who)};
  for (int i = 1; i < count; ++i) elements.push_back(integer(1));
  if (count > 0) elements.push_back(integer(2));
  return array(elements);
}

Item noted() {
  Item item = exemplar();
  item.slots[0] = symbol("mustBeBoolean");
  return item;
}

Bytes joined(Bytes first, const Bytes& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace stwasm::exemplars
