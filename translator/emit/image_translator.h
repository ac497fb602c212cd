// Translates the methods of an image: plans all (so that sends can predict their targets), writes
// their functions, collects what the linker and the heap writer need. A method that cannot be
// translated stays with the interpreter and is reported with the reason.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "translator/emit/body_emitter.h"
#include "translator/emit/debug_info.h"
#include "translator/emit/float_slots.h"
#include "translator/emit/program.h"
#include "translator/image/image_model.h"
#include "translator/support/result.h"

namespace stwasm::emit {

// What the code is to be good at. kSize: no entries at loop heads (a loop that has been captured
// stays in the interpreter), and where there is a profile, methods that it never saw stay with the
// interpreter.
enum class Goal : uint8_t { kBalance, kSpeed, kSize };

struct TranslationOptions {
  bool translateMethods = true;  // false: the interpreter runs everything
  Goal goal = Goal::kBalance;
  bool comments = false;
  bool instrument = false;  // the functions count what they do
  bool records = false;     // activations can be told after a trap
  // The runtime's function for a primitive ("60", "Module_name") with so many arguments.
  std::function<std::optional<PrimitiveFunction>(const std::string&, int)> primitiveFunction;
  std::function<void(size_t done, size_t all)> progress;  // may be empty
  DebugInfo debug;
  const profile::Profile* profile = nullptr;  // of an earlier run; has to outlive the translation
};

class ImageTranslator {
 public:
  ImageTranslator(const image::ImageModel& model, TranslationOptions options);
  ImageTranslator(const ImageTranslator&) = delete;
  ImageTranslator& operator=(const ImageTranslator&) = delete;
  ImageTranslator(ImageTranslator&&) = delete;
  ImageTranslator& operator=(ImageTranslator&&) = delete;
  ~ImageTranslator() = default;

  // All installed methods, in the order of the model. Fails only for damaged methods: bytecodes
  // that the verifier rejects.
  Result<Program> translateAll();

  // The functions of one method, as translateAll would write them, or why there are none.
  Result<std::string> translateOne(const image::MethodEntry& entry);

 private:
  void addSpecialSelectors();
  void numberAllCode();
  Status planAll();
  Status planMethod(const image::MethodEntry& entry);
  Result<MethodPlan> plan(const image::MethodEntry& entry);
  Result<MethodPlan> planCode(const image::MethodEntry& entry, image::ObjectId code,
                              const std::string& name, image::ObjectId classBinding, int numCopied,
                              int nesting);
  void planFullBlocks(MethodPlan& plan);
  void planCleanBlocks(MethodPlan& plan);
  void planFullBlock(MethodPlan& plan, const ir::Body& body, const ir::Instruction& instruction);
  bool isCold(const MethodPlan& plan) const;
  void complete(MethodPlan& plan) const;
  static void keepPrimitiveOnly(MethodPlan& plan);
  CodeIndex enter(MethodPlan& plan, const std::string& name);
  // Why a method cannot be translated; empty when it can.
  std::string refusal(const MethodPlan& plan) const;
  std::string decideShape(MethodPlan& plan) const;
  bool translatesActivations() const;
  std::string structureBodies(MethodPlan& plan) const;
  std::optional<PrimitiveFunction> primitiveFunction(const image::CompiledMethodView& view) const;
  void assignNames(MethodPlan& plan, const std::string& wanted);
  CodeIndex addFunction(const std::string& name);
  std::string emitCode(const MethodPlan& plan);
  std::string emitBodies(const MethodPlan& plan);
  std::string emitFunction(const MethodPlan& plan, const ir::Body& body,
                           const ir::StructuredTree& tree, const std::string& name,
                           std::optional<LoopEntryPoint> loop = std::nullopt);
  bool isHot(const MethodPlan& plan) const;  // worth three bytes a branch
  bool isSpeculative(const MethodPlan& plan) const;
  std::string emitLoopEntries(const MethodPlan& plan, const ir::Body& body);
  std::string emitResumeEntries(const MethodPlan& plan);
  std::string emitResumeEntry(const MethodPlan& plan, const ir::Body& body, int block);

  const image::ImageModel& model_;
  TranslationOptions options_;
  Program program_;
  CallTargets targets_;
  EmitContext context_;
  std::vector<MethodPlan> planned_;
  std::map<std::string, int> usedNames_;
  std::map<image::ObjectId, bool> seenMethods_;
  std::set<image::ObjectId> switchingSelectors_;
  FloatSlots floatSlots_;
  int blocksOfMethod_ = 0;  // full blocks of the method that is being planned
};

}  // namespace stwasm::emit
