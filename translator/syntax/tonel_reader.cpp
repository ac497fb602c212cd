// Reads Tonel files: see tonel_reader.h.
#include "translator/syntax/tonel_reader.h"

#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "translator/syntax/scanner.h"

namespace stwasm::syntax {

namespace {

// The values of one name: a single one or a list.
struct Property {
  std::vector<Declaration> values;

  std::string first() const { return values.empty() ? "" : values.front().name; }
};
using Properties = std::map<std::string, Property>;

class TonelReader {
 public:
  TonelReader(const SourceFile& file, Program& program, Mistakes& mistakes)
      : file_(file),
        program_(program),
        mistakes_(mistakes),
        scanner_({&file, 0, static_cast<Position>(file.text().size()), false}, mistakes),
        token_(scanner_.next()) {}

  void read() {
    const Token kind = token_;
    advance();
    Properties properties;
    if (!readProperties(properties)) return;
    if (kind.text == "Class") {
      declareClass(kind.begin, properties);
    } else if (kind.text == "Trait") {
      return wrong(kind.begin, "traits are not supported");
    } else if (kind.text != "Extension" && kind.text != "Package") {
      return wrong(kind.begin, "expected Class, Extension or Package");
    }
    while (!failed_ && !token_.is(TokenKind::kEnd)) readMethod();
  }

 private:
  void advance() {
    token_ = scanner_.next();
    if (token_.is(TokenKind::kInvalid)) failed_ = true;
  }
  void wrong(Position at, const std::string& message) {
    if (!failed_) mistakes_.add(file_, at, message);
    failed_ = true;
  }
  void expected(std::string_view what) {
    wrong(token_.begin, fmt::format("expected {} and not {}", what, describe(token_)));
  }
  bool expect(TokenKind kind, std::string_view what) {
    if (!failed_ && !token_.is(kind)) expected(what);
    if (!failed_) advance();
    return !failed_;
  }

  bool readProperties(Properties& properties);
  void readValue(Property& property);
  void declareClass(Position at, const Properties& properties);
  ClassKind kindNamed(const std::string& name, Position at);
  void readMethod();
  bool readOwner(MethodDeclaration& method);
  void readBody(MethodDeclaration& method);

  const SourceFile& file_;
  Program& program_;
  Mistakes& mistakes_;
  Scanner scanner_;
  Token token_;
  bool failed_ = false;
};

// { #name : #Foo, #instVars : [ 'a', 'b' ] }
bool TonelReader::readProperties(Properties& properties) {
  if (!expect(TokenKind::kLeftBrace, "'{'")) return false;
  while (!failed_ && !token_.is(TokenKind::kRightBrace)) {
    if (!token_.is(TokenKind::kLiteral)) {
      expected("a name");
      break;
    }
    std::string name = token_.literal.text;
    advance();
    if (name.ends_with(':')) {
      name.pop_back();
    } else if (!expect(TokenKind::kColon, "':'")) {
      break;
    }
    readValue(properties[name]);
    if (token_.isBinary(",")) advance();
  }
  return expect(TokenKind::kRightBrace, "a name or '}'");
}

void TonelReader::readValue(Property& property) {
  if (token_.is(TokenKind::kLeftBracket)) {
    advance();
    while (!failed_ && !token_.is(TokenKind::kRightBracket)) {
      readValue(property);
      if (token_.isBinary(",")) advance();
    }
    expect(TokenKind::kRightBracket, "a value or ']'");
  } else if (token_.is(TokenKind::kLeftBrace)) {
    Properties nested;
    readProperties(nested);
  } else if (token_.is(TokenKind::kLiteral) || token_.is(TokenKind::kIdentifier)) {
    const bool literal = token_.is(TokenKind::kLiteral);
    property.values.push_back({literal ? token_.literal.text : token_.text, token_.begin});
    advance();
  } else {
    expected("a value");
  }
}

ClassKind TonelReader::kindNamed(const std::string& name, Position at) {
  static const std::map<std::string, ClassKind> kKinds = {{"", ClassKind::kFixed},
                                                          {"normal", ClassKind::kFixed},
                                                          {"variable", ClassKind::kVariable},
                                                          {"weak", ClassKind::kWeak},
                                                          {"ephemeron", ClassKind::kEphemeron},
                                                          {"bytes", ClassKind::kBytes},
                                                          {"words", ClassKind::kWords},
                                                          {"immediate", ClassKind::kImmediate},
                                                          {"compiledMethod", ClassKind::kBytes}};
  const auto found = kKinds.find(name);
  if (found != kKinds.end()) return found->second;
  wrong(at, fmt::format("'{}' is no type of class", name));
  return ClassKind::kFixed;
}

void TonelReader::declareClass(Position at, const Properties& properties) {
  const auto property = [&](const char* name) {
    const auto found = properties.find(name);
    return found == properties.end() ? Property() : found->second;
  };
  ClassDeclaration declaration;
  declaration.file = &file_;
  declaration.position = at;
  declaration.name = property("name").first();
  if (declaration.name.empty()) return wrong(at, "this class has no #name");
  declaration.superclass = property("superclass").first();
  if (declaration.superclass == "nil") declaration.superclass.clear();
  declaration.kind = kindNamed(property("type").first(), at);
  declaration.instanceVariables = property("instVars").values;
  declaration.classVariables = property("classVars").values;
  declaration.classInstanceVariables = property("classInstVars").values;
  declaration.pools = property("pools").values;
  declaration.category = property("category").first();
  program_.classes.push_back(std::move(declaration));
}

// { #category : #accessing } Foo class >> bar: anObject [ ... ]
void TonelReader::readMethod() {
  Properties properties;
  if (token_.is(TokenKind::kLeftBrace) && !readProperties(properties)) return;
  MethodDeclaration method;
  method.category = properties["category"].first();
  if (!readOwner(method)) return;
  method.pattern = {&file_, token_.begin, token_.begin, false};
  while (!failed_ && !token_.is(TokenKind::kLeftBracket)) {
    if (token_.is(TokenKind::kEnd)) return expected("'['");
    method.pattern.end = token_.end;
    advance();
  }
  if (!failed_) readBody(method);
}

bool TonelReader::readOwner(MethodDeclaration& method) {
  method.position = token_.begin;
  method.className = token_.text;
  if (!expect(TokenKind::kIdentifier, "a method, Foo >> bar [")) return false;
  if (token_.is(TokenKind::kIdentifier) && token_.text == "class") {
    method.classSide = true;
    advance();
  }
  if (!failed_ && !token_.isBinary(">>")) expected("'>>'");
  if (!failed_) advance();
  return !failed_;
}

// token_ is the opening bracket; the matching one ends the body.
void TonelReader::readBody(MethodDeclaration& method) {
  method.body = {&file_, token_.end, token_.end, false};
  int depth = 1;
  while (depth > 0) {
    advance();
    if (failed_) return;
    if (token_.is(TokenKind::kLeftBracket) || token_.is(TokenKind::kBytesBegin)) ++depth;
    if (token_.is(TokenKind::kRightBracket)) --depth;
    if (token_.is(TokenKind::kEnd)) return expected("']' at the end of the method");
  }
  method.body.end = token_.begin;
  advance();
  program_.methods.push_back(std::move(method));
}

}  // namespace

void readTonel(const SourceFile& file, Program& program, Mistakes& mistakes) {
  TonelReader(file, program, mistakes).read();
}

}  // namespace stwasm::syntax
