// See function_scope.h.
#include "translator/emit/function_scope.h"

namespace stwasm::emit {

std::string withWeight(std::string_view text, int weight) {
  const std::string number = std::to_string(weight);
  std::string out;
  out.reserve(text.size());
  size_t done = 0;
  for (size_t mark = text.find(kWeightMark); mark != std::string_view::npos;
       mark = text.find(kWeightMark, done)) {
    out.append(text, done, mark - done).append(number);
    done = mark + 1;
  }
  return out.append(text, done);
}

}  // namespace stwasm::emit
