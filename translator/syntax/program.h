// What source files declare: classes, methods, globals, and code that runs at the start. Methods
// are not parsed yet, only found.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "translator/syntax/ast.h"
#include "translator/syntax/source.h"

namespace stwasm::syntax {

// What the instances of a class are made of.
enum class ClassKind : uint8_t {
  kFixed,
  kVariable,
  kWeak,
  kEphemeron,
  kBytes,
  kShorts,
  kWords,
  kDoubleWords,
  kImmediate,
};

struct ClassDeclaration {
  const SourceFile* file = nullptr;
  Position position = 0;
  std::string name;
  std::string superclass;  // empty: none
  ClassKind kind = ClassKind::kFixed;
  std::vector<Declaration> instanceVariables;
  std::vector<Declaration> classVariables;
  std::vector<Declaration> pools;
  std::vector<Declaration> classInstanceVariables;
  std::string category;
};

// Foo class instanceVariableNames: 'a b'
struct ClassSideVariables {
  const SourceFile* file = nullptr;
  Position position = 0;
  std::string className;
  std::vector<Declaration> names;
};

struct MethodDeclaration {
  Position position = 0;  // of the class's name
  std::string className;
  bool classSide = false;
  std::string category;
  SourceRange pattern;  // of a chunk: pattern and body
  SourceRange body;     // without a file: part of `pattern`
};

struct Program {
  std::deque<SourceFile> files;  // where they are does not change
  std::vector<ClassDeclaration> classes;
  std::vector<ClassSideVariables> classSideVariables;
  std::vector<MethodDeclaration> methods;
  std::vector<std::string> globals;
  std::vector<SourceRange> startUp;  // expressions, in the order of the files
};

// 'a b c', each name with its place in the file.
std::vector<Declaration> namesIn(std::string_view text, Position at);

}  // namespace stwasm::syntax
