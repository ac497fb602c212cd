// Which instructions a method has, as the keys of the tables name them. So a case cannot claim to
// cover what its bytes do not contain.
#include <fmt/format.h>

#include "tests/exemplars/table.h"

namespace stwasm::exemplars {

namespace {

int v3Length(int bytecode) {
  if (bytecode >= 160 && bytecode < 176) return 2;
  if (bytecode < 128 || bytecode > 143) return 1;
  static constexpr int kLengths[16] = {2, 2, 2, 2, 3, 2, 2, 1, 1, 1, 2, 3, 3, 3, 3, 4};
  return kLengths[bytecode - 128];
}

std::string v3Key(int bytecode, int operand) {
  if (bytecode >= 128 && bytecode <= 130) return fmt::format("V3 {}.{}", bytecode, operand >> 6);
  if (bytecode == 132) return fmt::format("V3 132.{}", operand >> 5);
  if (bytecode == 138) return fmt::format("V3 138.{}", operand >> 7);
  return fmt::format("V3 {}", bytecode);
}

std::set<std::string> v3Keys(const std::vector<int>& code) {
  std::set<std::string> keys;
  for (size_t pc = 0; pc < code.size(); pc += static_cast<size_t>(v3Length(code[pc]))) {
    keys.insert(v3Key(code[pc], pc + 1 < code.size() ? code[pc + 1] : 0));
  }
  return keys;
}

// Each with the prefixes before it: "+A", "+B".
std::set<std::string> sistaKeys(const std::vector<int>& code) {
  std::set<std::string> keys;
  std::string prefixes;
  for (size_t pc = 0; pc < code.size();) {
    const int bytecode = code[pc];
    if (bytecode == 224 || bytecode == 225) {
      const char* prefix = bytecode == 224 ? "+A" : "+B";
      if (prefixes.find(prefix) == std::string::npos) prefixes += prefix;
      pc += 2;
      continue;
    }
    const bool counted = bytecode == 231;
    keys.insert(counted ? fmt::format("Sista 231.{}", code[pc + 1] >> 7)
                        : fmt::format("Sista {}{}", bytecode, prefixes));
    prefixes.clear();
    pc += bytecode < 224 || bytecode > 253 ? 1 : bytecode < 248 ? 2 : 3;
  }
  return keys;
}

}  // namespace

std::set<std::string> instructionKeys(const Method& method) {
  const bool sista = method.set == CodeSet::kSistaV1;
  std::set<std::string> keys = sista ? sistaKeys(method.code) : v3Keys(method.code);
  if (method.primitive != 0) keys.insert(sista ? "Sista 248" : "V3 139");
  return keys;
}

}  // namespace stwasm::exemplars
