// What there is to say about single primitives, or about all of a module.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace stwasm::cli {

struct PrimitiveNote {
  enum class State : uint8_t {
    kElsewhere,  // done by the translator and the interpreter, not by a function of the runtime
    kHost,       // implemented; what it does depends on what the host grants
    kRefused,    // makes no sense on this VM, or is meant to fail
    kMissing,    // not written yet
  };
  std::string_view name;  // as the runtime has it, see PrimitiveUse; a `*` at the end: any rest
  State state = State::kMissing;
  std::string_view text;
};

std::span<const PrimitiveNote> primitiveNotes();

}  // namespace stwasm::cli
