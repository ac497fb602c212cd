// A growing WAT text with indentation, and names that WAT accepts.
#pragma once

#include <iterator>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace stwasm::emit {

class FunctionText {
 public:
  explicit FunctionText(int indentation = 2) : indentation_(indentation) {}

  // One line.
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    text_.append(static_cast<size_t>(indentation_), ' ');
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_ += '\n';
  }
  void raw(std::string_view lines) { text_ += lines; }  // indented already
  void open(std::string_view head) {
    line("{}", head);
    indentation_ += 2;
  }
  void reopen(std::string_view middle) {  // "else"
    indentation_ -= 2;
    open(middle);
  }
  void close(std::string_view tail = "end") {
    indentation_ -= 2;
    line("{}", tail);
  }

  const std::string& str() const { return text_; }
  int indentation() const { return indentation_; }

 private:
  std::string text_;
  int indentation_;
};

// The lines, further inside.
std::string indented(std::string_view lines);

// 'Integer class>>+' as a WAT identifier: spaces become dots, what WAT does not take is escaped.
std::string watName(std::string_view name);

}  // namespace stwasm::emit
