// What the emitters of all bodies share, and what is asked of them.
#pragma once

#include "translator/emit/call_targets.h"
#include "translator/emit/debug_info.h"
#include "translator/emit/element_kinds.h"
#include "translator/emit/program.h"
#include "translator/profile/profile.h"

namespace stwasm::emit {

// A function that starts at a loop head instead of the beginning.
struct LoopEntryPoint {
  int block = 0;
};

struct EmitOptions {
  bool comments = false;  // each bytecode's pc and meaning before its code
  DebugInfo debug;
  const profile::Profile* profile = nullptr;  // null: nothing is known of earlier runs
  bool instrument = false;                    // see body_counts.cpp
  bool inlines = true;   // callees into their callers; not where a debugger is to step
  bool records = false;  // activations can be told after a trap, see body_records.cpp
};

// What the emitter of a body shares with those of all others.
struct EmitContext {
  const image::ImageModel& model;
  const CallTargets& targets;
  ElementClasses elements;
  Program& program;  // its pools and counts grow
  EmitOptions options;
  int inliningLimit = 0;  // see inlining_limit.h
};

}  // namespace stwasm::emit
