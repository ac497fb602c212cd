// The listing of a CompiledMethod: see method_listing.h.
#include "translator/listing/method_listing.h"

#include <fmt/format.h>

#include "translator/listing/value_text.h"

namespace stwasm::listing {

using bytecode::LiteralUse;
using image::CompiledMethodView;
using image::ImageModel;

namespace {

std::string literalText(const ImageModel& model, const CompiledMethodView& method, LiteralUse use,
                        int index) {
  const auto at = static_cast<std::size_t>(index);
  if (use == LiteralUse::kSpecialSelector) {
    const auto selectors = model.specialSelectors();
    if (at >= selectors.size()) return "";
    return std::string(model.selectorText(selectors[at].selector));
  }
  if (at >= method.literals().size()) return "";
  const image::Value literal = method.literals()[at];
  if (use == LiteralUse::kVariable) return variableName(model, literal);
  if (use == LiteralUse::kSelector && literal.isObject()) {
    if (auto text = model.byteString(literal.objectId())) return std::string(*text);
  }
  return valueText(model, literal);
}

std::string primitiveText(const CompiledMethodView& method) {
  if (method.primitiveNumber() == 0) return "none";
  std::string text = std::to_string(method.primitiveNumber());
  if (auto named = method.namedPrimitive()) {
    text += fmt::format(" ({}{}{})", named->function, named->module.empty() ? "" : " in ",
                        named->module);
  }
  if (method.isQuickReturn()) text += " (quick return)";
  return text;
}

std::string headerText(const CompiledMethodView& method) {
  const image::MethodHeader& header = method.header();
  return fmt::format(
      "  arguments  {}\n"
      "  temps      {}\n"
      "  primitive  {}\n"
      "  frame      {} slots\n"
      "  bytecodes  {} bytes of {}, pcs {} to {}\n",
      header.argumentCount, header.temporaryCount - header.argumentCount, primitiveText(method),
      header.frameSize(), method.bytecodes().size(), image::bytecodeSetName(method.bytecodeSet()),
      method.initialPc(), method.endPc());
}

}  // namespace

bytecode::PrinterOptions printerOptions(const ImageModel& model, const CompiledMethodView& method) {
  bytecode::PrinterOptions options;
  options.bytecodeSet = method.bytecodeSet() == image::BytecodeSet::kSistaV1
                            ? bytecode::BytecodeSet::kSistaV1
                            : bytecode::BytecodeSet::kV3PlusClosures;
  options.firstPc = static_cast<int>(method.initialPc());
  options.describeLiteral = [&model, &method](LiteralUse use, int index) {
    return literalText(model, method, use, index);
  };
  return options;
}

Result<std::string> listMethod(const ImageModel& model, const CompiledMethodView& method) {
  std::string text = model.methodName(method.id()) + '\n' + headerText(method);
  if (method.literalCount() > 0) text += "literals\n";
  for (std::size_t i = 0; i < method.literals().size(); ++i) {
    text += fmt::format("{:>4} {}\n", i, valueText(model, method.literals()[i]));
  }
  const bytecode::PrinterOptions options = printerOptions(model, method);
  Result<std::string> instructions = bytecode::printInstructions(method.bytecodes(), options);
  if (!instructions) {
    return inMethod(instructions.takeError(), model.methodName(method.id()), options.firstPc);
  }
  return text + "bytecodes\n" + *instructions;
}

}  // namespace stwasm::listing
