// What `stwasm inspect` shows of one method: the stages that it goes through on the way to Wasm.
#pragma once

#include <string>

#include "translator/image/image_model.h"
#include "translator/profile/profile.h"
#include "translator/support/result.h"

namespace stwasm::inspection {

// The IR of the method and each of its blocks: basic blocks, structured control flow, and what is
// known of SmallIntegers.
Result<std::string> irText(const image::ImageModel& model, const image::MethodEntry& entry);

// The control flow of the method and its blocks for Graphviz, a cluster for each.
Result<std::string> controlFlowGraph(const image::ImageModel& model,
                                     const image::MethodEntry& entry);

// The WAT of the method's functions before optimisation, its bytecodes as comments.
// `profile`: what a build for it makes of them; may be null.
Result<std::string> watText(const image::ImageModel& model, const image::MethodEntry& entry,
                            const profile::Profile* profile = nullptr);

// What is left of them when the whole image has been translated and optimised.
Result<std::string> optimisedText(const image::ImageModel& model, const image::MethodEntry& entry,
                                  const profile::Profile* profile = nullptr);

}  // namespace stwasm::inspection
