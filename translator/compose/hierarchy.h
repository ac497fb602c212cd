// The classes of a program, each with its superclass, and what their names mean.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "translator/image/object_graph.h"
#include "translator/syntax/program.h"

namespace stwasm::compose {

struct ClassInfo {
  const syntax::ClassDeclaration* declaration = nullptr;
  ClassInfo* superclass = nullptr;
  std::vector<ClassInfo*> subclasses;
  syntax::ClassKind kind = syntax::ClassKind::kFixed;  // inherited where none is declared
  std::vector<std::string> classInstanceVariables;     // the class's own
  std::vector<ClassInfo*> pools;

  image::ObjectId id = image::kNil;  // the class
  image::ObjectId metaclass = image::kNil;
  std::map<std::string, image::ObjectId, std::less<>> classVariables;  // associations

  const std::string& name() const { return declaration->name; }
  // Those of the superclasses come first.
  std::vector<std::string> allInstanceVariables() const;
  std::vector<std::string> allClassInstanceVariables() const;
};

class Hierarchy {
 public:
  Hierarchy(const syntax::Program& program, syntax::Mistakes& mistakes);

  std::deque<ClassInfo>& classes() { return classes_; }
  const std::deque<ClassInfo>& classes() const { return classes_; }
  // Nothing when there is no class of that name.
  ClassInfo* find(std::string_view name);
  const ClassInfo* find(std::string_view name) const;
  std::vector<std::string> names() const;

 private:
  void addClasses();
  void linkSuperclasses();
  void breakCycles();
  void addClassSideVariables();
  void resolvePools();
  void inheritKind(ClassInfo& info);
  void checkVariables(const ClassInfo& info);
  void mistake(const syntax::SourceFile& file, syntax::Position at, const std::string& message,
               const std::string& hint = "");
  std::string nearHint(std::string_view name) const;

  const syntax::Program& program_;
  syntax::Mistakes& mistakes_;
  std::deque<ClassInfo> classes_;
  std::map<std::string, ClassInfo*, std::less<>> byName_;
};

}  // namespace stwasm::compose
