// Compiles the methods of a real image again from their source and compares the result with what
// is in the image.
//   stwasm_recompile IMAGE SOURCES CHANGES [--known FILE] [--list] [--show Class>>selector]
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tests/compose/comparison.h"
#include "translator/compiler/compiler.h"
#include "translator/image/image_reader.h"
#include "translator/source/image_names.h"
#include "translator/support/text.h"
#include "translator/syntax/parser.h"

namespace stwasm::recompile {
namespace {

using image::BytecodeSet;
using image::CompiledMethodView;
using image::ImageModel;
using image::MethodEntry;

constexpr uint8_t kFirstPointerFlag = 252;
constexpr uint32_t kChangesFlag = 1U << 25;
constexpr uint32_t kPositionUnit = 32;

struct Options {
  std::string image;
  std::string sources;
  std::string changes;
  std::string known;
  std::string show;
  bool list = false;
};

class Recompiler {
 public:
  Recompiler(const ImageModel& model, syntax::SourceFile sources, syntax::SourceFile changes)
      : model_(model), sources_(std::move(sources)), changes_(std::move(changes)) {}

  void run(const std::string& show);
  int report(const Options& options) const;

 private:
  void recompile(const MethodEntry& entry, const std::string& name);
  std::optional<syntax::SourceRange> sourceOf(const CompiledMethodView& method) const;
  void differs(const std::string& name, const std::string& how) { differences_[name] = how; }

  const ImageModel& model_;
  syntax::SourceFile sources_;
  syntax::SourceFile changes_;
  std::string show_;
  uint32_t compared_ = 0;
  uint32_t withoutSource_ = 0;
  uint32_t outside_ = 0;  // with source that no compiler but the image's own can compile
  std::map<std::string, std::string> differences_;  // by method
};

// Four bytes hold a number: which of the files, and the position in units of 32 bytes.
std::optional<syntax::SourceRange> Recompiler::sourceOf(const CompiledMethodView& method) const {
  const auto trailer = method.trailer();
  if (trailer.size() != 4 || trailer[3] < kFirstPointerFlag) return std::nullopt;
  const uint32_t flag = trailer[3] - uint32_t{kFirstPointerFlag};
  const uint32_t pointer =
      flag << 24 | uint32_t{trailer[2]} << 16 | uint32_t{trailer[1]} << 8 | uint32_t{trailer[0]};
  const syntax::SourceFile& file = (pointer & kChangesFlag) == 0 ? sources_ : changes_;
  const uint32_t begin = (pointer & (kChangesFlag - 1)) * kPositionUnit;
  const std::string_view text = file.text();
  if (begin >= text.size()) return std::nullopt;
  uint32_t end = begin;
  while (end < text.size() && (text[end] != '!' || (end + 1 < text.size() && text[end + 1] == '!')))
    end += text[end] == '!' ? 2 : 1;
  return syntax::SourceRange{&file, begin, end, true};
}

std::string hex(std::span<const uint8_t> bytes) {
  std::string text;
  for (const uint8_t byte : bytes) text += fmt::format("{:02x} ", byte);
  return text;
}

void Recompiler::recompile(const MethodEntry& entry, const std::string& name) {
  const CompiledMethodView method =
      llvm::cantFail(CompiledMethodView::create(model_.graph(), entry.method));
  const auto source = sourceOf(method);
  if (!source) {
    ++withoutSource_;
    return;
  }
  // What stands in backticks is evaluated by Cuis's compiler: no part of the language.
  if (source->text().find('`') != std::string_view::npos) {
    ++outside_;
    return;
  }
  ++compared_;
  syntax::Mistakes mistakes;
  const auto parsed = syntax::parseMethod(*source, mistakes);
  std::optional<compiler::CompiledCode> code;
  if (parsed) {
    compiler::Options options;
    const bool sista = method.bytecodeSet() == BytecodeSet::kSistaV1;
    options.bytecodeSet =
        sista ? compiler::BytecodeSet::kSistaV1 : compiler::BytecodeSet::kV3PlusClosures;
    options.inlineTimesRepeat = false;
    options.asCuis7 = sista;
    code = compiler::compileMethod(
        *parsed, source::ImageNames(model_, entry.behavior, entry.method), options, mistakes);
  }
  if (!code) {
    const std::string text = render(mistakes.status());
    if (!show_.empty()) fmt::print("{}\n", text);
    return differs(name, "not compiled");
  }
  const std::string how = difference(model_, method, *code);
  if (!how.empty()) differs(name, how);
  if (show_.empty()) return;
  fmt::print("{}\nimage    {}\ncompiler {}\n{}\n", source->text(), hex(method.bytecodes()),
             hex(code->bytecodes), how);
}

void Recompiler::run(const std::string& show) {
  show_ = show;
  for (const MethodEntry& entry : model_.methods()) {
    const std::string name = fmt::format("{}>>{}", model_.className(entry.behavior),
                                         model_.selectorText(entry.selector));
    if (show.empty() || show == name) recompile(entry, name);
  }
}

// Lines "Class>>selector<tab>reason".
std::map<std::string, std::string> readKnown(const std::string& path) {
  std::map<std::string, std::string> known;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const size_t tab = line.find('\t');
    if (tab != std::string::npos && line[0] != '#')
      known[line.substr(0, tab)] = line.substr(tab + 1);
  }
  return known;
}

// Known differences have to differ, all others not.
int Recompiler::report(const Options& options) const {
  const std::map<std::string, std::string> known = readKnown(options.known);
  std::map<std::string, uint32_t> kinds;
  uint32_t failed = 0;
  for (const auto& [name, how] : differences_) {
    const auto reason = known.find(name);
    ++kinds[reason == known.end() ? how : reason->second];
    if (options.list) fmt::print("{}\t{}\n", name, how);
    if (reason != known.end()) continue;
    ++failed;
    if (!options.list) fmt::print("FAILED {}: {}\n", name, how);
  }
  for (const auto& [name, reason] : known) {
    if (differences_.count(name) != 0) continue;
    ++failed;
    fmt::print("FAILED {} is the same, but is listed as different: {}\n", name, reason);
  }
  const auto same = compared_ - static_cast<uint32_t>(differences_.size());
  fmt::print("{} of {} methods the same ({:.2f} %); {} more without source, {} with backticks\n",
             same, compared_, 100.0 * same / compared_, withoutSource_, outside_);
  for (const auto& [kind, count] : kinds) fmt::print("{:6} {}\n", count, kind);
  // One test an image: its thousands of methods would drown all others in the sum.
  fmt::print("{} passed, {} failed, 0 skipped\n", failed == 0 ? 1 : 0, failed);
  return failed == 0 ? 0 : 1;
}

Options parse(int argc, char** argv) {
  Options options;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--list") {
      options.list = true;
    } else if (word == "--known" && i + 1 < argc) {
      options.known = argv[++i];
    } else if (word == "--show" && i + 1 < argc) {
      options.show = argv[++i];
    } else {
      files.emplace_back(word);
    }
  }
  files.resize(3);
  options.image = files[0];
  options.sources = files[1];
  options.changes = files[2];
  return options;
}

Result<syntax::SourceFile> sourceFile(const std::string& path) {
  auto text = readFile(path);
  if (!text) return text.takeError();
  return syntax::SourceFile(path, std::string((*text)->getBuffer()));
}

Result<int> run(const Options& options) {
  auto graph = image::readImage(options.image);
  if (!graph) return graph.takeError();
  auto model = ImageModel::create(*graph);
  if (!model) return model.takeError();
  auto sources = sourceFile(options.sources);
  if (!sources) return sources.takeError();
  auto changes = sourceFile(options.changes);
  if (!changes) return changes.takeError();
  Recompiler recompiler(*model, std::move(*sources), std::move(*changes));
  recompiler.run(options.show);
  return recompiler.report(options);
}

}  // namespace
}  // namespace stwasm::recompile

int main(int argc, char** argv) {
  auto code = stwasm::recompile::run(stwasm::recompile::parse(argc, argv));
  if (code) return *code;
  fmt::print(stderr, "{}\n", stwasm::render(code.takeError()));
  return 1;
}
