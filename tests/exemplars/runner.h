// The methods that run cases inside a memory: each case is a message to a receiver with the answer
// that is expected. The runner writes a line for each: "ok", or what it got instead.
#pragma once

#include "tests/exemplars/memory.h"

namespace stwasm::exemplars {

// One message. What is expected is compared with the answer by class and contents.
struct Message {
  Item receiver;
  std::string selector;
  Item expected;
};

// Adds the class Runner, and to Object what the runner needs of everybody.
void addRunner(Memory& memory);

// The receiver and the method of the process that the memory starts with.
Item runner();
Method startMethod(const std::vector<Message>& messages);

}  // namespace stwasm::exemplars
