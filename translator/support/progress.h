// Progress of a long command: one line on a terminal, rewritten in place; nothing anywhere else.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace stwasm {

class Progress {
 public:
  enum class Mode { kAutomatic, kSilent };  // automatic: shown if standard error is a terminal

  explicit Progress(Mode mode = Mode::kAutomatic);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  // Ends the phase before, if any, whose line then stays with the time it took.
  void begin(std::string_view phase);
  // Cheap enough to be called for every method: it draws ten times a second at most.
  // `fraction` is what is done of the phase, 0 to 1.
  void update(double fraction);
  void end();

 private:
  using Clock = std::chrono::steady_clock;

  void draw(std::string_view detail);

  bool shown_;
  std::string phase_;  // empty: no phase runs
  Clock::time_point started_;
  Clock::time_point drawn_;
};

}  // namespace stwasm
