// Reads chunk files: see chunk_reader.h.
#include "translator/syntax/chunk_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <llvm/Support/Casting.h>

#include "translator/syntax/class_definition.h"
#include "translator/syntax/parser.h"

namespace stwasm::syntax {

namespace {

bool isBlankCharacter(char c) { return static_cast<unsigned char>(c) <= ' '; }

class ChunkReader {
 public:
  ChunkReader(const SourceFile& file, Program& program, Mistakes& mistakes)
      : file_(file), text_(file.text()), program_(program), mistakes_(mistakes) {}

  void read() {
    for (skipBlanks(); at_ < text_.size(); skipBlanks()) {
      if (text_[at_] != '!') {
        readExpression(nextChunk());
        continue;
      }
      ++at_;
      readPreamble(nextChunk());
    }
  }

 private:
  void skipBlanks() {
    while (at_ < text_.size() && isBlankCharacter(text_[at_])) ++at_;
  }

  // Up to the next single '!'.
  SourceRange nextChunk() {
    const Position begin = at_;
    while (at_ < text_.size()) {
      if (text_[at_] != '!') {
        ++at_;
        continue;
      }
      if (at_ + 1 == text_.size() || text_[at_ + 1] != '!') break;
      at_ += 2;
    }
    const SourceRange chunk{&file_, begin, at_, true};
    if (at_ < text_.size()) ++at_;
    return chunk;
  }

  static bool isBlank(const SourceRange& chunk) {
    return std::ranges::all_of(chunk.text(), isBlankCharacter);
  }

  void readPreamble(const SourceRange& chunk);
  bool readMethods(const MessageNode& message);
  void readExpression(const SourceRange& chunk);
  bool isDeclaration(const MethodNode& chunk);
  void declareGlobal(const MessageNode& message);

  const SourceFile& file_;
  std::string_view text_;
  Program& program_;
  Mistakes& mistakes_;
  Position at_ = 0;
};

// The message that a chunk consists of.
const MessageNode* onlyMessage(const MethodNode& chunk) {
  if (chunk.body->statements.size() != 1) return nullptr;
  return llvm::dyn_cast<MessageNode>(chunk.body->statements.front().get());
}

void ChunkReader::readPreamble(const SourceRange& chunk) {
  // !classDefinition: #Foo category: 'Bar'! announces the definition that follows.
  if (isBlank(chunk) || chunk.text().starts_with("classDefinition:")) return;
  const std::unique_ptr<MethodNode> parsed = parseStatements(chunk, mistakes_);
  if (!parsed) return;
  const MessageNode* message = onlyMessage(*parsed);
  if (message != nullptr && readMethods(*message)) return;
  if (message != nullptr && message->selector.starts_with("commentStamp:")) {
    nextChunk();
    return;
  }
  mistakes_.add(file_, chunk.begin, "expected 'Class methodsFor: category' between the bangs");
}

// The methods of the class, until an empty chunk comes.
bool ChunkReader::readMethods(const MessageNode& message) {
  if (!message.selector.starts_with("methodsFor:")) return false;
  const std::optional<ClassReference> owner = classReference(*message.receiver);
  if (!owner) return false;
  const auto* category = llvm::dyn_cast<LiteralNode>(message.arguments.front().get());
  for (SourceRange chunk = nextChunk(); !isBlank(chunk); chunk = nextChunk()) {
    MethodDeclaration method;
    method.position = owner->position;
    method.className = owner->name;
    method.classSide = owner->classSide;
    if (category != nullptr) method.category = category->literal.text;
    method.pattern = chunk;
    program_.methods.push_back(std::move(method));
    if (at_ >= text_.size()) break;
  }
  return true;
}

void ChunkReader::readExpression(const SourceRange& chunk) {
  const std::unique_ptr<MethodNode> parsed = parseStatements(chunk, mistakes_);
  if (!parsed || parsed->body->statements.empty() || isDeclaration(*parsed)) return;
  for (const NodePtr& statement : parsed->body->statements) {
    if (const auto* message = llvm::dyn_cast<MessageNode>(statement.get())) declareGlobal(*message);
  }
  program_.startUp.push_back(chunk);
}

// Whether the chunk defines or describes a class and is no code to be run. File-outs begin with
// a string that says where they come from.
bool ChunkReader::isDeclaration(const MethodNode& chunk) {
  if (chunk.body->statements.front()->kind == Node::Kind::kLiteral) return true;
  const MessageNode* message = onlyMessage(chunk);
  if (message == nullptr) return false;
  return readClassDefinition(*message, file_, program_, mistakes_);
}

// Smalltalk at: #Foo put: ... makes Foo known to all methods.
void ChunkReader::declareGlobal(const MessageNode& message) {
  const auto* receiver = llvm::dyn_cast_or_null<VariableNode>(message.receiver.get());
  if (receiver == nullptr || receiver->name != "Smalltalk" || message.selector != "at:put:") return;
  const auto* name = llvm::dyn_cast<LiteralNode>(message.arguments.front().get());
  if (name == nullptr || name->literal.kind != Literal::Kind::kSymbol) return;
  program_.globals.push_back(name->literal.text);
}

}  // namespace

void readChunks(const SourceFile& file, Program& program, Mistakes& mistakes) {
  ChunkReader(file, program, mistakes).read();
}

}  // namespace stwasm::syntax
