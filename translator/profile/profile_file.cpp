// Reading profile files: see profile_file.h and README.md.
#include "translator/profile/profile_file.h"

#include <algorithm>
#include <charconv>

namespace stwasm::profile {
namespace {

constexpr std::string_view kMagic = "stwasm-profile ";

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

class Parser {
 public:
  Parser(std::string_view text, const std::string& fileName) : text_(text), fileName_(fileName) {}

  Result<ProfileFile> parse();

 private:
  bool nextLine();
  Status wrong(std::string what, std::string hint = "") const {
    return fail(Diagnostic(fmt::format("line {}: {}", lineNumber_, what), fileName_)
                    .withHint(std::move(hint)));
  }
  Status parseLine();
  Status parseCode();
  Status parseSend();
  Status parseReceiver();
  Status parseBlock();
  // What a line holds after its first word; false when something else stands there.
  template <class Number>
  bool number(Number& value, int base = 10);
  bool name(std::string& value);
  bool word(std::string_view& value);
  bool atEnd() const { return line_.empty(); }

  std::string_view text_;
  const std::string& fileName_;
  std::string_view line_;  // what is left of it
  size_t lineNumber_ = 0;
  ProfileFile file_;
  bool ended_ = false;
};

bool Parser::nextLine() {
  if (text_.empty()) return false;
  const size_t newline = text_.find('\n');
  line_ = text_.substr(0, newline);
  text_.remove_prefix(newline == std::string_view::npos ? text_.size() : newline + 1);
  if (line_.ends_with('\r')) line_.remove_suffix(1);
  while (line_.starts_with(' ')) line_.remove_prefix(1);
  ++lineNumber_;
  return true;
}

bool Parser::word(std::string_view& value) {
  const size_t space = std::min(line_.find(' '), line_.size());
  value = line_.substr(0, space);
  line_.remove_prefix(std::min(space + 1, line_.size()));
  return !value.empty();
}

template <class Number>
bool Parser::number(Number& value, int base) {
  std::string_view digits;
  if (!word(digits)) return false;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  return error == std::errc() && end == digits.data() + digits.size();
}

// All that is left, without its escapes.
bool Parser::name(std::string& value) {
  value.clear();
  for (size_t i = 0; i < line_.size(); ++i) {
    if (line_[i] != '\\') {
      value += line_[i];
      continue;
    }
    if (i + 3 >= line_.size() || line_[i + 1] != 'x') return false;
    const int high = hexDigit(line_[i + 2]);
    const int low = hexDigit(line_[i + 3]);
    if (high < 0 || low < 0) return false;
    value += static_cast<char>(high * 16 + low);
    i += 3;
  }
  line_ = {};
  return !value.empty();
}

Status Parser::parseCode() {
  CodeLines code;
  if (!number(code.hash, 16) || !name(code.name)) return wrong("code HASH NAME is expected");
  file_.code.push_back(std::move(code));
  return Status::success();
}

Status Parser::parseSend() {
  SendLines send;
  if (!number(send.pc) || !number(send.count) || !name(send.selector))
    return wrong("send PC COUNT SELECTOR is expected");
  file_.code.back().sends.push_back(std::move(send));
  return Status::success();
}

Status Parser::parseReceiver() {
  NamedReceiver receiver;
  if (!number(receiver.count) || !name(receiver.className))
    return wrong("receiver COUNT CLASS is expected");
  file_.code.back().sends.back().receivers.push_back(std::move(receiver));
  return Status::success();
}

Status Parser::parseBlock() {
  NamedBlock block;
  if (!number(block.count) || !number(block.startPc) || !name(block.code))
    return wrong("block COUNT PC NAME is expected");
  file_.code.back().sends.back().blocks.push_back(std::move(block));
  return Status::success();
}

Status Parser::parseLine() {
  std::string_view kind;
  word(kind);
  if (kind == "end" && atEnd()) return ended_ = true, Status::success();
  if (kind == "code") return parseCode();
  if (file_.code.empty()) return wrong(fmt::format("'{}' stands before any code", kind));
  CodeLines& code = file_.code.back();
  if (kind == "send") return parseSend();
  if (kind == "bytecodes") {
    if (number(code.bytecodes) && atEnd()) return Status::success();
    return wrong("bytecodes COUNT is expected");
  }
  if (kind == "activation") {
    ActivationLine& activation = code.activations.emplace_back();
    if (number(activation.pc) && number(activation.count) && atEnd()) return Status::success();
    return wrong("activation PC COUNT is expected");
  }
  if (kind == "jump") {
    JumpLine& jump = code.jumps.emplace_back();
    if (number(jump.pc) && number(jump.taken) && number(jump.notTaken) && atEnd())
      return Status::success();
    return wrong("jump PC TAKEN NOT-TAKEN is expected");
  }
  if (kind != "receiver" && kind != "block" && kind != "general")
    return wrong(fmt::format("'{}' is no kind of line in a profile", escapedName(kind)));
  if (code.sends.empty()) return wrong(fmt::format("'{}' stands before any send", kind));
  if (kind == "general") {
    if (number(code.sends.back().general) && atEnd()) return Status::success();
    return wrong("general COUNT is expected");
  }
  return kind == "block" ? parseBlock() : parseReceiver();
}

Result<ProfileFile> Parser::parse() {
  uint32_t version = 0;
  if (!nextLine() || !line_.starts_with(kMagic))
    return fail(Diagnostic("is no profile", fileName_).withHint("stwasm profile writes one"));
  line_.remove_prefix(kMagic.size());
  if (!number(version) || !atEnd()) return wrong("stwasm-profile VERSION is expected");
  if (version != kProfileVersion)
    return wrong(fmt::format("it has version {}, not {}", version, kProfileVersion),
                 "make a new one with stwasm profile");
  while (!ended_ && nextLine())
    if (!line_.empty())
      if (Status status = parseLine()) return status;
  if (!ended_)
    return fail(Diagnostic("ends before its last line", fileName_)
                    .withHint("it was cut off: make a new one with stwasm profile"));
  if (nextLine()) return wrong("something stands behind the end");
  return std::move(file_);
}

}  // namespace

Result<ProfileFile> parseProfile(std::string_view text, const std::string& fileName) {
  return Parser(text, fileName).parse();
}

std::string escapedName(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool isPlain = byte > 0x20 && byte < 0x7F && c != '\\';
    if (isPlain || (c == ' ' && !out.empty())) {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", byte);
    }
  }
  return out;
}

}  // namespace stwasm::profile
