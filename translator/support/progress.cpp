// The progress line: see progress.h.
#include "translator/support/progress.h"

#include <cstdio>

#include <fmt/core.h>
#include <llvm/Support/Process.h>

namespace stwasm {

Progress::Progress(Mode mode)
    : shown_(mode == Mode::kAutomatic && llvm::sys::Process::StandardErrIsDisplayed()) {}

Progress::~Progress() { end(); }

void Progress::begin(std::string_view phase) {
  end();
  phase_ = phase;
  started_ = Clock::now();
  drawn_ = {};
  if (shown_) draw("...");
}

void Progress::update(double fraction) {
  if (!shown_ || phase_.empty()) return;
  const Clock::time_point now = Clock::now();
  if (now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  draw(fmt::format("{:.0f} %", 100 * fraction));
}

void Progress::end() {
  if (shown_ && !phase_.empty()) {
    const std::chrono::duration<double> took = Clock::now() - started_;
    draw(fmt::format("{:.1f} s\n", took.count()));
  }
  phase_.clear();
}

void Progress::draw(std::string_view detail) {
  // Carriage return and "erase to the end of the line".
  fmt::print(stderr, "\r\x1b[K{:<24} {}", phase_, detail);
  std::fflush(stderr);
}

}  // namespace stwasm
