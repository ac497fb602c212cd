// Class definitions: see class_definition.h.
#include "translator/syntax/class_definition.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <llvm/Support/Casting.h>

namespace stwasm::syntax {

namespace {

struct CreationKeyword {
  std::string_view keyword;
  ClassKind kind;
};

constexpr std::array<CreationKeyword, 9> kCreationKeywords{{
    {"subclass:", ClassKind::kFixed},
    {"variableSubclass:", ClassKind::kVariable},
    {"weakSubclass:", ClassKind::kWeak},
    {"ephemeronSubclass:", ClassKind::kEphemeron},
    {"variableByteSubclass:", ClassKind::kBytes},
    {"variableDoubleByteSubclass:", ClassKind::kShorts},
    {"variableWordSubclass:", ClassKind::kWords},
    {"variableDoubleWordSubclass:", ClassKind::kDoubleWords},
    {"immediateSubclass:", ClassKind::kImmediate},
}};

std::string_view firstKeyword(std::string_view selector) {
  return selector.substr(0, selector.find(':') + 1);
}

const LiteralNode* stringArgument(const Node& node) {
  const auto* literal = llvm::dyn_cast<LiteralNode>(&node);
  if (literal == nullptr) return nullptr;
  const Literal::Kind kind = literal->literal.kind;
  return kind == Literal::Kind::kString || kind == Literal::Kind::kSymbol ? literal : nullptr;
}

class DefinitionReader {
 public:
  DefinitionReader(const MessageNode& message, const SourceFile& file, Mistakes& mistakes)
      : message_(message), file_(file), mistakes_(mistakes) {}

  void read(ClassKind kind, ClassDeclaration& declaration) {
    declaration.file = &file_;
    declaration.position = message_.arguments.front()->position;
    declaration.kind = kind;
    readSuperclass(declaration);
    const auto* name = stringArgument(*message_.arguments.front());
    if (name == nullptr) return wrong(declaration.position, "expected the new class's name, #Foo");
    declaration.name = name->literal.text;
    std::string_view rest = message_.selector;
    rest.remove_prefix(firstKeyword(rest).size());
    for (size_t i = 1; i < message_.arguments.size(); ++i) {
      readPart(firstKeyword(rest), *message_.arguments[i], declaration);
      rest.remove_prefix(firstKeyword(rest).size());
    }
  }

 private:
  void wrong(Position at, const std::string& message) { mistakes_.add(file_, at, message); }

  void readSuperclass(ClassDeclaration& declaration) {
    const auto* superclass = llvm::dyn_cast<VariableNode>(message_.receiver.get());
    if (superclass == nullptr) return wrong(message_.position, "expected the superclass's name");
    if (superclass->name != "nil") declaration.superclass = superclass->name;
  }

  void readPart(std::string_view keyword, const Node& argument, ClassDeclaration& declaration) {
    const LiteralNode* text = stringArgument(argument);
    if (text == nullptr) return wrong(argument.position, "expected a string");
    const std::string& value = text->literal.text;
    if (keyword == "instanceVariableNames:") {
      declaration.instanceVariables = namesIn(value, argument.position + 1);
    } else if (keyword == "classVariableNames:") {
      declaration.classVariables = namesIn(value, argument.position + 1);
    } else if (keyword == "poolDictionaries:") {
      declaration.pools = namesIn(value, argument.position + 1);
    } else if (keyword == "category:" || keyword == "package:") {
      declaration.category = value;
    } else {
      wrong(argument.position, fmt::format("a class definition has no part '{}'", keyword));
    }
  }

  const MessageNode& message_;
  const SourceFile& file_;
  Mistakes& mistakes_;
};

// Whether the message only says something about a class.
bool isRemark(std::string_view selector) {
  constexpr std::string_view kSelectors[] = {"comment:", "commentStamp:prior:", "category:"};
  return std::ranges::find(kSelectors, selector) != std::end(kSelectors);
}

}  // namespace

std::vector<Declaration> namesIn(std::string_view text, Position at) {
  std::vector<Declaration> names;
  for (size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) <= ' ') {
      ++i;
      continue;
    }
    const size_t begin = i;
    while (i < text.size() && static_cast<unsigned char>(text[i]) > ' ') ++i;
    names.push_back(
        {std::string(text.substr(begin, i - begin)), at + static_cast<Position>(begin)});
  }
  return names;
}

std::optional<ClassReference> classReference(const Node& node) {
  if (const auto* variable = llvm::dyn_cast<VariableNode>(&node)) {
    return ClassReference{variable->name, false, variable->position};
  }
  const auto* message = llvm::dyn_cast<MessageNode>(&node);
  if (message == nullptr || message->selector != "class" || !message->receiver) return std::nullopt;
  std::optional<ClassReference> reference = classReference(*message->receiver);
  if (!reference || reference->classSide) return std::nullopt;
  reference->classSide = true;
  return reference;
}

bool readClassDefinition(const MessageNode& message, const SourceFile& file, Program& program,
                         Mistakes& mistakes) {
  if (!message.receiver) return false;
  const auto* const creation = std::ranges::find(kCreationKeywords, firstKeyword(message.selector),
                                                 &CreationKeyword::keyword);
  if (creation != kCreationKeywords.end()) {
    ClassDeclaration declaration;
    DefinitionReader(message, file, mistakes).read(creation->kind, declaration);
    if (!declaration.name.empty()) program.classes.push_back(std::move(declaration));
    return true;
  }
  const std::optional<ClassReference> reference = classReference(*message.receiver);
  if (!reference) return false;
  if (isRemark(message.selector)) return true;
  if (message.selector != "instanceVariableNames:" || !reference->classSide) return false;
  const LiteralNode* names = stringArgument(*message.arguments.front());
  if (names == nullptr) {
    mistakes.add(file, message.arguments.front()->position, "expected a string");
    return true;
  }
  program.classSideVariables.push_back(
      {&file, reference->position, reference->name,
       namesIn(names->literal.text, message.arguments.front()->position + 1)});
  return true;
}

}  // namespace stwasm::syntax
