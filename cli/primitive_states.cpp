// The states of primitives: see primitive_states.h.
#include "cli/primitive_states.h"

#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/primitive_notes.h"
#include "translator/image/compiled_method.h"

namespace stwasm::cli {

namespace {

using image::CompiledMethodView;

// A primitive that is called by name has this number as well.
constexpr uint32_t kCallNamedPrimitive = 117;

// Number (0 for what is called by name), module, function.
using UseKey = std::tuple<uint32_t, std::string, std::string>;

void addUse(const CompiledMethodView& method, std::map<UseKey, PrimitiveUse>& uses) {
  const uint32_t number = method.primitiveNumber();
  const auto name = method.namedPrimitive();
  if (number == 0 || method.isQuickReturn() || (!name && number == kCallNamedPrimitive)) return;
  UseKey key{number, "", ""};
  if (name) key = UseKey(0, name->module, name->function);
  PrimitiveUse& use = uses[key];
  use.number = number;
  std::tie(std::ignore, use.module, use.function) = key;
  ++use.methods[method.header().argumentCount];
}

// The argument counts for which the runtime has no form of the primitive.
std::vector<uint32_t> countsWithoutForm(const PrimitiveUse& use,
                                        const link::Runtime::Primitives& implemented) {
  std::vector<uint32_t> counts;
  for (const auto& [count, methods] : use.methods)
    if (!implemented.contains({use.runtimeName(), static_cast<int>(count)}))
      counts.push_back(count);
  return counts;
}

// Of several notes the longest name wins: a primitive's own note before its module's.
const PrimitiveNote* noteFor(const PrimitiveUse& use) {
  const std::string name = use.runtimeName();
  const PrimitiveNote* best = nullptr;
  for (const PrimitiveNote& note : primitiveNotes()) {
    const bool fits = note.name.ends_with('*')
                          ? name.starts_with(note.name.substr(0, note.name.size() - 1))
                          : name == note.name;
    if (fits && (best == nullptr || note.name.size() > best->name.size())) best = &note;
  }
  return best;
}

}  // namespace

std::string PrimitiveUse::runtimeName() const {
  return function.empty() ? std::to_string(number) : module + "_" + function;
}

uint32_t PrimitiveUse::methodCount() const {
  uint32_t sum = 0;
  for (const auto& [count, callers] : methods) sum += callers;
  return sum;
}

PrimitiveUses primitiveUses(const image::ImageModel& model) {
  std::map<UseKey, PrimitiveUse> uses;
  for (const image::ObjectId id : model.allCompiledCode()) {
    Result<CompiledMethodView> method = CompiledMethodView::create(model.graph(), id);
    if (method) {
      addUse(*method, uses);
    } else {
      llvm::consumeError(method.takeError());
    }
  }
  PrimitiveUses result;
  for (auto& [key, use] : uses)
    (use.function.empty() ? result.numbered : result.named).push_back(std::move(use));
  return result;
}

std::string primitiveState(const PrimitiveUse& use, const link::Runtime::Primitives& implemented) {
  const PrimitiveNote* note = noteFor(use);
  if (note != nullptr && note->state == PrimitiveNote::State::kElsewhere)
    return fmt::format("implemented: {}", note->text);
  const std::vector<uint32_t> without = countsWithoutForm(use, implemented);
  if (without.empty())
    return note != nullptr && note->state == PrimitiveNote::State::kHost
               ? fmt::format("host: {}", note->text)
               : "implemented";
  const auto other = implemented.lower_bound({use.runtimeName(), 0});
  if (other != implemented.end() && other->first.first == use.runtimeName())
    return fmt::format("implemented, but not for methods with {} arguments",
                       fmt::join(without, ", "));
  if (note == nullptr || note->state == PrimitiveNote::State::kHost) return "missing";
  const bool refused = note->state == PrimitiveNote::State::kRefused;
  return fmt::format("{}: {}", refused ? "refused" : "missing", note->text);
}

}  // namespace stwasm::cli
