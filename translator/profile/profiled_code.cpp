// See profiled_code.h.
#include "translator/profile/profiled_code.h"

#include <set>

#include <fmt/core.h>

namespace stwasm::profile {
namespace {

constexpr uint32_t kBlockSlot = 1;  // of a FullBlockClosure: its CompiledBlock
constexpr int kMaxNesting = 64;     // blocks in blocks; in a damaged image they may hold each other

// FNV-1a.
class Hash {
 public:
  void add(uint8_t byte) { value_ = (value_ ^ byte) * 0x100000001B3; }
  void add(uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) add(static_cast<uint8_t>(number >> shift));
  }
  uint64_t value() const { return value_; }

 private:
  uint64_t value_ = 0xCBF29CE484222325;
};

class Collector {
 public:
  explicit Collector(const image::ImageModel& model) : model_(model) {}

  void add(image::ObjectId code, const std::string& name, int nesting) {
    if (nesting > kMaxNesting || !seen_.insert(code).second) return;
    auto view = image::CompiledMethodView::create(model_.graph(), code);
    if (!view) return llvm::consumeError(view.takeError());
    found_.push_back({code, name, codeHash(model_, *view), view->initialPc(),
                      static_cast<uint32_t>(view->bytecodes().size())});
    const auto literals = view->literals();
    for (size_t i = 0; i < literals.size(); ++i) {
      const image::ObjectId block = blockOf(literals[i]);
      if (block != image::kNil) add(block, fmt::format("{} [block {}]", name, i), nesting + 1);
    }
  }
  std::vector<ProfiledCode> take() { return std::move(found_); }

 private:
  bool isCode(image::Value value) const {
    return value.isObject() &&
           model_.graph().object(value.objectId()).format == image::Format::kCompiledMethod;
  }
  // The CompiledBlock that a literal is, or that a closure among the literals has.
  image::ObjectId blockOf(image::Value literal) const {
    if (!literal.isObject()) return image::kNil;
    if (model_.isFullClosure(literal.objectId()))
      literal = model_.graph().slots(literal.objectId())[kBlockSlot];
    if (!isCode(literal)) return image::kNil;
    auto view = image::CompiledMethodView::create(model_.graph(), literal.objectId());
    if (view) return view->isCompiledBlock() ? literal.objectId() : image::kNil;
    llvm::consumeError(view.takeError());
    return image::kNil;
  }

  const image::ImageModel& model_;
  std::set<image::ObjectId> seen_;
  std::vector<ProfiledCode> found_;
};

}  // namespace

std::vector<ProfiledCode> profiledCode(const image::ImageModel& model) {
  Collector collector(model);
  for (const image::MethodEntry& entry : model.methods())
    collector.add(
        entry.method,
        fmt::format("{}>>{}", model.className(entry.behavior), model.selectorText(entry.selector)),
        0);
  return collector.take();
}

uint64_t codeHash(const image::ImageModel& model, const image::CompiledMethodView& view) {
  Hash hash;
  const image::MethodHeader& header = view.header();
  hash.add(uint64_t{header.argumentCount});
  hash.add(uint64_t{header.temporaryCount});
  hash.add(static_cast<uint8_t>(header.bytecodeSet));
  hash.add(uint64_t{view.primitiveNumber()});
  for (const uint8_t byte : view.bytecodes()) hash.add(byte);
  for (const image::Value literal : view.literals()) {
    if (literal.isSmallInteger()) hash.add(static_cast<uint64_t>(literal.smallInteger()));
    if (!literal.isObject()) continue;
    const auto text = model.byteString(literal.objectId());
    hash.add(uint64_t{text ? text->size() : 0});
    for (const char c : text.value_or("")) hash.add(static_cast<uint8_t>(c));
  }
  return hash.value();
}

}  // namespace stwasm::profile
