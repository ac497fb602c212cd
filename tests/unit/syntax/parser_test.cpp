// Syntax trees, written out with parentheses around everything.
#include "translator/syntax/parser.h"

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <llvm/Support/Casting.h>

using namespace stwasm;
using namespace stwasm::syntax;

namespace {

std::string show(const Node& node);

std::string showLiteral(const Literal& literal) {
  switch (literal.kind) {
    case Literal::Kind::kInteger:
      return std::to_string(*literal.integer.value());
    case Literal::Kind::kString:
      return "'" + literal.text + "'";
    case Literal::Kind::kSymbol:
      return "#" + literal.text;
    case Literal::Kind::kNil:
      return "nil";
    case Literal::Kind::kTrue:
      return "true";
    case Literal::Kind::kFalse:
      return "false";
    case Literal::Kind::kArray: {
      std::string text = "#(";
      for (const Literal& each : literal.elements) text += showLiteral(each) + " ";
      return text + ")";
    }
    case Literal::Kind::kByteArray:
      return fmt::format("#[{}]", literal.text.size());
    default:
      return "?";
  }
}

std::string showStatements(const BlockNode& block) {
  std::string text;
  for (const Declaration& each : block.arguments) text += ":" + each.name + " ";
  for (const Declaration& each : block.temporaries) text += "|" + each.name + "| ";
  for (const NodePtr& each : block.statements) text += show(*each) + ".";
  return text;
}

std::string showMessage(const MessageNode& message) {
  std::string text = message.selector;
  for (const NodePtr& each : message.arguments) text += " " + show(*each);
  return text;
}

std::string show(const Node& node) {
  if (const auto* variable = llvm::dyn_cast<VariableNode>(&node)) return variable->name;
  if (const auto* literal = llvm::dyn_cast<LiteralNode>(&node))
    return showLiteral(literal->literal);
  if (const auto* assignment = llvm::dyn_cast<AssignmentNode>(&node)) {
    return fmt::format("({} := {})", assignment->variable->name, show(*assignment->value));
  }
  if (const auto* message = llvm::dyn_cast<MessageNode>(&node)) {
    return fmt::format("({} {})", show(*message->receiver), showMessage(*message));
  }
  if (const auto* cascade = llvm::dyn_cast<CascadeNode>(&node)) {
    std::string text = "(" + show(*cascade->receiver);
    for (const auto& each : cascade->messages) text += " ;" + showMessage(*each);
    return text + ")";
  }
  if (const auto* block = llvm::dyn_cast<BlockNode>(&node))
    return "[" + showStatements(*block) + "]";
  if (const auto* result = llvm::dyn_cast<ReturnNode>(&node)) return "^" + show(*result->value);
  std::string text = "{";
  for (const NodePtr& each : llvm::cast<BraceNode>(node).elements) text += show(*each) + ".";
  return text + "}";
}

// The method's tree, or the first mistake.
std::string parsed(const std::string& text) {
  const SourceFile file("m", text);
  Mistakes mistakes;
  const auto method = parseMethod({&file, 0, static_cast<Position>(text.size()), false}, mistakes);
  if (!method) {
    const std::string told = render(mistakes.status());
    return told.substr(10, told.find('\n', 10) - 10);
  }
  std::string pragmas;
  for (const Pragma& each : method->pragmas) {
    pragmas += "<" + each.selector;
    for (const Literal& argument : each.arguments) pragmas += " " + showLiteral(argument);
    pragmas += ">";
  }
  return method->selector + " " + pragmas + showStatements(*method->body);
}

}  // namespace

TEST_CASE("patterns") {
  CHECK(parsed("foo") == "foo ");
  CHECK(parsed("+ other ^ other") == "+ :other ^other.");
  CHECK(parsed("at: a put: b | t | t := a") == "at:put: :a :b |t| (t := a).");
}

TEST_CASE("unary messages go before binary ones and these before keyword messages") {
  CHECK(parsed("m a b + c d * e foo: f bar: g + h") ==
        "m ((((a b) + (c d)) * e) foo:bar: f (g + h)).");
}

TEST_CASE("assignments, cascades, returns") {
  CHECK(parsed("m a := b := c d. ^ a") == "m (a := (b := (c d))).^a.");
  CHECK(parsed("m a b: 1; + 2; c") == "m (a ;b: 1 ;+ 2 ;c).");
  CHECK(parsed("m (a b) c; d") == "m ((a b) ;c ;d).");
}

TEST_CASE("blocks") {
  CHECK(parsed("m [:a :b | | t | t := a. t]") == "m [:a :b |t| (t := a).t.].");
  CHECK(parsed("m [:a || t | t]") == "m [:a |t| t.].");
  CHECK(parsed("m []. [:a]. [| | 1]") == "m [].[:a ].[1.].");
}

TEST_CASE("literals") {
  CHECK(parsed("m #(1 -2 a #b c: d:e: 'f' nil true false (3 #(4)) [5 6] #[7] + #+ $a)") ==
        "m #(1 -2 #a #b #c: #d:e: 'f' nil true false #(3 #(4 ) ) #[2] #[1] #+ #+ ? ).");
  CHECK(parsed("m {1. a b. {}}") == "m {1.(a b).{}.}.");
  CHECK(parsed("m -3 + - 4") == "m:1:8: expected an expression and not '-'");
  CHECK(parsed("m 3 -4") == "m (3 - 4).");
}

TEST_CASE("pragmas") {
  CHECK(parsed("m <primitive: 60 error: ec> <foo> ^ 1") == "m <primitive:error: 60 #ec><foo>^1.");
  CHECK(parsed("m | t | <primitive: 'a' module: 'b'>") == "m <primitive:module: 'a' 'b'>|t| ");
}

TEST_CASE("mistakes say what was expected") {
  CHECK(parsed("m ^ (1") == "m:1:7: expected ')' and not the end");
  CHECK(parsed("m [1") == "m:1:5: expected a period or ']' and not the end");
  CHECK(parsed("m a b: ") == "m:1:8: expected an expression and not the end");
  CHECK(parsed("m ^ 1. 2") == "m:1:8: nothing can follow a return");
  CHECK(parsed("m 1 ]") == "m:1:5: expected an operator, a message or a period and not ']'");
  CHECK(parsed("m a; b") == "m:1:4: a cascade needs a message before it");
  CHECK(parsed("m a b;") == "m:1:7: expected a message and not the end");
  CHECK(parsed("foo: 3") == "m:1:6: expected the argument's name and not a number");
  CHECK(parsed("m #(1") == "m:1:6: expected a literal or ')' and not the end");
  CHECK(parsed("m a at:put: 1") == "m:1:5: each keyword needs its argument");
  CHECK(parsed("") == "m:1:1: expected a method's name and not the end");
}

TEST_CASE("nesting is bounded") {
  const std::string deep(100000, '(');
  CHECK(parsed("m " + deep).find("nested too deeply") != std::string::npos);
  const std::string blocks(100000, '[');
  CHECK(parsed("m " + blocks).find("nested too deeply") != std::string::npos);
  CHECK(parsed("m #" + deep).find("nested too deeply") != std::string::npos);
}
