// Random methods through all bytecode libraries: no crash, an end, and both good and bad ones seen.
// STWASM_FUZZ_METHODS sets how many, STWASM_FUZZ_SEED where to start.
#include <chrono>
#include <cstdlib>

#include <doctest/doctest.h>

#include "tests/fuzz/bytecode_fuzz.h"

namespace {

uint32_t setting(const char* name, uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<uint32_t>(std::strtoul(text, nullptr, 10));
}

}  // namespace

TEST_CASE("random methods are refused or translated, never anything else") {
  using Clock = std::chrono::steady_clock;
  const uint32_t count = setting("STWASM_FUZZ_METHODS", 4000);
  const uint32_t first = setting("STWASM_FUZZ_SEED", 1);
  stwasm::fuzz::Outcomes outcomes;
  double slowest = 0;
  for (uint32_t seed = first; seed - first < count; ++seed) {
    const auto bytecodes = stwasm::fuzz::MethodGenerator(seed).next();
    const auto start = Clock::now();
    CHECK_MESSAGE(stwasm::fuzz::exercise(bytecodes, outcomes), "seed " << seed);
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (seconds > slowest) slowest = seconds;
  }
  MESSAGE(outcomes.refused << " refused, " << outcomes.unstructured << " unstructured, "
                           << outcomes.translated << " translated; slowest " << slowest << " s");
  CHECK(outcomes.refused > count / 10);
  CHECK(outcomes.translated > count / 10);
}
