// Resolves the names of a method, inlines its control messages and tells what is wrong with it.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "translator/compiler/environment.h"
#include "translator/compiler/options.h"
#include "translator/compiler/tree.h"
#include "translator/syntax/ast.h"

namespace stwasm::compiler {

class Binder {
 public:
  Binder(const Environment& environment, const Options& options, syntax::Mistakes& mistakes)
      : environment_(environment), options_(options), mistakes_(mistakes) {}

  // `errorCode`: the name of the temporary that a failing primitive sets; may be empty. Nothing
  // when there are mistakes.
  std::unique_ptr<Method> bind(const syntax::MethodNode& method, const std::string& errorCode);

 private:
  // The names that one block declares.
  struct Scope {
    std::vector<Temporary*> temporaries;
  };

  void mistake(syntax::Position at, const std::string& message, const std::string& hint = "");
  Temporary* find(std::string_view name) const;
  Temporary* declare(const syntax::Declaration& declaration, Temporary::Kind kind);

  ExpressionPtr bind(const syntax::Node& node);
  ExpressionPtr bindKind(const syntax::Node& node);
  ExpressionPtr bindVariable(const syntax::VariableNode& node);
  ExpressionPtr bindName(const std::string& name, syntax::Position at);
  ExpressionPtr bindAssignment(const syntax::AssignmentNode& node);
  ExpressionPtr bindMessage(const syntax::MessageNode& node);
  ExpressionPtr bindCascade(const syntax::CascadeNode& node);
  ExpressionPtr bindBrace(const syntax::BraceNode& node);
  ExpressionPtr longBrace(std::vector<ExpressionPtr> elements);
  std::unique_ptr<Send> bindSend(const syntax::MessageNode& node);
  std::unique_ptr<Block> bindBlock(const syntax::BlockNode& node);
  std::unique_ptr<Block> bindInlined(const syntax::Node& node, bool inLoop = false);
  void bindStatements(const syntax::BlockNode& node, Block& block);

  // Inlining, in inliner.cpp: nothing when the message stays a send.
  using Inliner = ExpressionPtr (Binder::*)(const syntax::MessageNode&);
  static Inliner inlinerFor(std::string_view selector);
  bool isBlock(const syntax::Node& node, size_t maxArguments, std::string_view role);
  ExpressionPtr inlineChoice(const syntax::MessageNode& node);
  ExpressionPtr inlineTwoArms(const syntax::MessageNode& node);
  ExpressionPtr inlineIfNil(const syntax::MessageNode& node);
  ExpressionPtr inlineIfNotNil(const syntax::MessageNode& node);
  ExpressionPtr nilChoice(const syntax::MessageNode& node, const syntax::Node* nilArm,
                          const syntax::Node& notNilArm);
  ExpressionPtr inlineWhile(const syntax::MessageNode& node);
  ExpressionPtr inlineToDo(const syntax::MessageNode& node);
  ExpressionPtr inlineTimesRepeat(const syntax::MessageNode& node);
  ExpressionPtr loop(Temporary* counter, std::unique_ptr<Block> body, ExpressionPtr first,
                     ExpressionPtr limit, syntax::Literal step);
  ExpressionPtr inlineRepeat(const syntax::MessageNode& node);
  ExpressionPtr inlineCase(const syntax::MessageNode& node);

  const Environment& environment_;
  const Options& options_;
  syntax::Mistakes& mistakes_;
  const syntax::SourceFile* file_ = nullptr;
  std::unique_ptr<Method> method_;
  std::vector<Scope> scopes_;
  bool failed_ = false;
};

std::unique_ptr<Block> justConstant(syntax::Literal::Kind kind);

}  // namespace stwasm::compiler
