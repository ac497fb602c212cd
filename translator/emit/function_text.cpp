// See function_text.h.
#include "translator/emit/function_text.h"

#include <algorithm>
#include <cctype>

namespace stwasm::emit {

std::string watName(std::string_view name) {
  constexpr std::string_view kAllowed = "!#$%&'*+-./:<=>?@^_`|~";
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ') {
      out += '.';
    } else if (byte < 128 && (std::isalnum(byte) != 0 || kAllowed.find(c) != kAllowed.npos)) {
      out += c;
    } else {
      out += fmt::format("\\{:02x}", byte);
    }
  }
  return out;
}

std::string indented(std::string_view lines) {
  std::string out;
  for (size_t end = 0; !lines.empty(); lines.remove_prefix(end)) {
    end = std::min(lines.find('\n'), lines.size() - 1) + 1;
    out += "  ";
    out += lines.substr(0, end);
  }
  return out;
}

}  // namespace stwasm::emit
