// Writes one Wasm function for one body of a method: the method itself, a block, or a body entered
// at a loop head. Control flow comes from the structured tree, values from an operand stack that
// is kept symbolic inside a basic block: pushes of self, temporaries and constants cost nothing
// until something needs them.
//
// Frame slots are locals: $t<k> temporaries (arguments and copied values first), $s<d> the operand
// stack. Where BlockContexts share the temporaries they are in an array, $temps. Before each send
// everything below its receiver is in its $s local, so that the handler at the end can capture the
// frame ($unwound: see types/README.md, "Unwinding").
//
// A callee may be inlined: an emitter of its own then writes the callee's body into the caller's
// function, with locals of its own ($i<n>.t<k>), and a handler that captures the callee and goes on
// to the caller's handler (body_inlining.cpp).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "translator/emit/emit_context.h"
#include "translator/emit/function_scope.h"
#include "translator/emit/function_text.h"
#include "translator/emit/method_plan.h"
#include "translator/emit/operand.h"
#include "translator/emit/virtual_vector.h"
#include "translator/ir/float_runs.h"
#include "translator/ir/integer_ranges.h"
#include "translator/ir/structure.h"

namespace stwasm::emit {

class BodyEmitter {
 public:
  // What stands in place for two SmallIntegers; empty: only the runtime does it.
  struct InlineOperation {
    std::string_view instruction;
    bool comparison = false;
    bool overflows = false;
  };

  BodyEmitter(EmitContext& context, const MethodPlan& plan, const ir::Body& body,
              bool speculates = false);

  // The whole function. `name` is its WAT name.
  std::string emit(const ir::StructuredTree& tree, const std::string& name,
                   std::optional<LoopEntryPoint> loop = std::nullopt);
  // Of what was emitted: whether it calls its general version where it left too often.
  bool needsGeneralVersion() const { return scope_.exitWord != 0; }

 private:
  static constexpr uint64_t kHotSends = 100;  // in a profile

  // An operation of a chain, with what pushes the argument of all but the first.
  struct Link {
    const ir::Instruction* operation;
    const ir::Instruction* push;
    Operand argument;
  };
  // Operations that hand a SmallInteger on, and the unary send at their end.
  struct Chain {
    std::vector<Link> links;
    const ir::Instruction* send;
    size_t consumed;  // instructions behind the first
  };
  // A send with a likely target, its receiver and arguments on the operand stack.
  struct TargetedSend {
    const CallTarget* target;
    std::string_view fallback;  // the runtime's function, without argument count
    size_t receiver;            // on the operand stack
    SelectorId selector;
    int numArgs;
    std::string extra;  // of a super send: the method's class
    const ir::Instruction& instruction;
  };
  // Of elements in place.
  struct ElementAccess {
    int operation = 0;  // the special selector: at:, at:put: or size
    ElementKind kind = ElementKind::kArray;
    std::optional<uint32_t> site;  // where a method with such a primitive is what is guarded for
    int classes = 0;               // its words
  };
  // A frame slot that has to hold an entry of the operand stack where the frame is captured at one
  // of these positions: a virtual block's closure, or the object that an unboxed temporary becomes.
  struct PendingEntry {
    int slot;
    std::string code;
    std::vector<uint32_t> positions;
  };
  // The result of a send in this slot has not been compared with $unwind yet.
  struct DeferredCheck {
    std::string slot;
    uint32_t position = 0;
  };
  // The Boolean, or what should be one, that the jump at a basic block's end tests.
  struct UntestedCondition {
    std::string code;
    uint32_t position = 0;
  };

  // Function frame (body_emitter.cpp).
  std::string head(const std::string& name) const;
  std::string locals() const;
  void emitPrologue(std::optional<LoopEntryPoint> loop);
  bool loadsSelf() const;
  std::string selfLoad() const;
  void emitLoopPrologue(const ir::BasicBlock& block);
  void emitLoopGuards(int block);
  void emitPrimitive();
  void emitReceiverCast();
  void emitEntryChecks(const std::string& nodes);
  bool hasLoop() const;
  void emitHandler();
  void emitCapture();
  void emitPendingEntries();
  std::string capturedSlot(int slot) const;
  void emitEpilogue();
  void emitTokenDeath(FunctionText& out) const;
  bool needsEpilogue() const;
  std::string complete(const std::string& text) const;

  // Control flow (body_control_flow.cpp).
  void emitNode(const ir::StructuredTree& tree, ir::NodeId id);
  void emitCond(const ir::StructuredTree& tree, const ir::Node& node);
  void emitBranch(const ir::Node& node);
  void emitLoop(const ir::StructuredTree& tree, const ir::Node& node);
  void emitLeaf(int block);
  bool emitNext(const ir::BasicBlock& block);
  void commentThreaded(const ir::BasicBlock& block);
  void emitTerminator(const ir::BasicBlock& block);
  void emitReturn(const ir::Terminator& terminator);
  void emitNonLocalReturn(const ir::Terminator& terminator);
  void emitLeave(const Operand& value);
  Operand returnOperand(const ir::Terminator& terminator);
  Operand selfOperand() const;
  void emitPoll(int pc, int depth);

  // Instructions (body_instructions.cpp).
  void emitInstruction(const ir::Instruction& instruction);
  void comment(int pc);
  void locate(int pc);
  void emitPush(const ir::Instruction& instruction);
  static bool isPurePush(const ir::Instruction& instruction);
  Operand purePush(const ir::Instruction& instruction);
  Operand temporaryOperand(int slot);
  void emitDuplicate();
  void emitStore(const ir::Instruction& instruction, bool pops);
  void emitImmutabilityCheck(const ir::Instruction& instruction);
  void storeTemporary(int slot, const Operand& value);
  void emitClosure(const ir::Instruction& instruction);
  void emitFullClosure(const ir::Instruction& instruction);
  std::string popCopied(int count);
  std::string closureCode(const ir::Instruction& instruction, const std::string& copied) const;
  std::string fullClosureCode(const ir::Instruction& instruction, const std::string& receiver,
                              const std::string& copied);
  void emitOuter();
  std::string outerCode() const;
  std::string makeOuter() const;
  image::ObjectId metaclassIn(int literal) const;
  void emitConsArray(const ir::Instruction& instruction);
  std::string receiverVariable(int index) const;
  std::string slotContent(int index) const;
  void emitReceiverVariableStore(int index, const std::string& value);
  std::string literalVariable(int index);
  bool usesReceiverStruct() const {
    return body_.facts.maxReceiverVariable >= 0 && !plan_.receiverIsActivation;
  }
  void emitActivationCheck(const ir::Instruction& instruction, std::string_view test);
  std::string temporaryVector(int slot) const;
  std::string sharedTemporary(const ir::Instruction& push) const;
  Operand constantOperand(bytecode::Constant constant) const;
  Operand literalOperand(int index);
  static Operand integerOperand(int32_t value);
  std::string characterCode(uint32_t codePoint) const;
  std::string literalCode(image::Value value);

  // Methods that make BlockContexts (body_block_contexts.cpp).
  void emitHomeTemporaries();
  void emitHomeCapture(const std::string& stack);
  void emitBlockCopy(const ir::Instruction& instruction);
  bool isHomeFrame() const { return heapTemps_ && !body_.isBlockContext && !inLoopEntry_; }
  // The activation has been a Context before it got here.
  bool continuesContext() const { return inLoopEntry_ || body_.isBlockContext; }

  // Sends (body_sends.cpp).
  void emitSend(const ir::Instruction& instruction);
  void emitSuperSend(const ir::Instruction& instruction);
  void emitDirectedSuperSend(const ir::Instruction& instruction);
  void emitSpecialSend(const ir::Instruction& instruction);
  void emitOrdinarySend(const ir::Instruction& instruction, image::ObjectId selector);
  void emitGeneralSend(size_t receiver, SelectorId selector);
  void emitValueSend(const ir::Instruction& instruction, std::string_view function);
  const profile::SendProfile* profileAt(int pc) const;
  bool isHot(const ir::Instruction& send) const;
  uint64_t evaluations(const ir::Instruction& creation) const;
  std::vector<Candidate> hotCandidates(const ir::Instruction& instruction, image::ObjectId selector,
                                       const Operand& receiver) const;
  std::string operandsFrom(size_t receiver) const;
  image::ObjectId likelyClass(const Operand& operand) const;
  const CallTarget* targetOf(image::ObjectId selector, int numArgs, const Operand& receiver) const;
  void emitTargetedSend(const TargetedSend& send);
  std::string fallbackCode(const TargetedSend& send, uint32_t site) const;
  uint32_t newCallSite(int words = 1);
  void emitRuntimeSend(std::string_view function, int numArgs, int nextPc);
  void emitIdentical();
  std::string identityTest(const Operand& receiver, const Operand& argument) const;
  void emitNotIdentical();
  void emitClassOf();
  void finishSend(int nextPc);
  void checkResult(int nextPc);
  void emitUnwindCheck(int nextPc);

  // Records of activations (body_records.cpp).
  void emitRecordAtEntry(const ir::BasicBlock& start);
  void record(const ir::Instruction& instruction);

  // Counting, in instrumented builds (body_counts.cpp).
  bool counts() const { return context_.options.instrument; }
  void emitCountsAtEntry();
  void emitCountedLeaf(const ir::BasicBlock& block);
  void countInstruction(const ir::Instruction& instruction);
  void countSend(const ir::Instruction& instruction);
  void countTerminator(const ir::Terminator& terminator);
  void countNonLocalReturn();
  void countJump(const ir::Terminator& jump);
  void flushCount();

  BodyEmitter(EmitContext& context, const MethodPlan& plan, const ir::Body& body,
              FunctionScope& scope, bool speculates);

  // Inlining (body_inlining.cpp).
  BodyEmitter(BodyEmitter& caller, const MethodPlan& plan, const ir::Body& body);
  bool emitInlinedSend(const TargetedSend& send);
  void emitHotSend(const TargetedSend& send, const std::vector<Candidate>& candidates);
  void emitCandidates(const TargetedSend& send, const std::vector<Candidate>& candidates,
                      bool exits = false);
  void emitGeneralForm(const TargetedSend& send, std::string_view function);
  void finishCandidates(const TargetedSend& send);
  std::string learningCode(const TargetedSend& send, const Candidate& candidate, uint32_t site);
  image::ObjectId instanceMadeBy(const Candidate& candidate) const;
  void emitInstantiation(const TargetedSend& send, const Candidate& candidate);
  void emitCalledCandidate(const TargetedSend& send, const Candidate& candidate, uint32_t site);
  void emitInlinedCallee(const TargetedSend& send, const Candidate& candidate, uint32_t site);
  int inliningLimitAt(const ir::Instruction& send, bool takesBlock) const;
  bool takesBlock(const TargetedSend& send) const;
  bool mayInline(const MethodPlan& callee, int limit) const;
  const BodyEmitter& function() const;  // the activation whose function it is
  void emitGuard(BodyEmitter& callee, const Operand& receiver, const Candidate& candidate,
                 uint32_t site);
  void emitCandidateTest(const Operand& receiver, const Candidate& candidate, uint32_t site);
  bool isSmallIntegerClass(image::ObjectId behavior) const;
  void emitClassTest(const std::string& classIndex, uint32_t site, int classes,
                     std::string_view other = "$other");
  void emitReceiverTest(const BodyEmitter& callee, const Operand& receiver,
                        const Candidate& candidate);
  std::string instanceType(const Candidate& candidate) const;
  std::string instanceType(image::ObjectId behavior) const;
  bool sharesReceiver(const BodyEmitter& callee, const Operand& receiver) const;
  void bindReceiver(BodyEmitter& callee, const Operand& receiver);
  void emitInPlace(const ir::StructuredTree& tree);
  void emitCallerUnwind();

  // Blocks in place (body_blocks.cpp).
  bool flowsIntoInlined(const ir::Instruction& creation) const;
  bool evaluatesArgument(const ir::Instruction& send, int entry) const;
  image::ObjectId selectorOf(const ir::Instruction& send) const;
  std::vector<Candidate> candidatesOf(const ir::Instruction& send, const Operand& receiver) const;
  bool emitVirtualClosure(const ir::Instruction& instruction);
  std::string copyValues(VirtualBlock& block, int count, const std::string& local);
  bool emitInlinedValue(const ir::Instruction& instruction);
  bool emitInlinedValues(const TargetedSend& send);
  bool emitClosureSend(const TargetedSend& send);
  void emitClosureValue(const ir::Instruction& instruction, std::string_view function);
  std::string closureLocal(int numArgs);
  void emitClosureCode(size_t receiver);
  bool callsClosure(const CallTarget& target) const;
  void emitClosureCall(const TargetedSend& send, uint32_t site, int classes);
  bool mayInlineBlock(const VirtualBlock& block, int numArgs) const;
  void emitInlinedBlock(const VirtualBlock& block, size_t receiver, int nextPc);
  void bindSlot(FunctionText& out, int slot, const Operand& value);
  void bindHomeReceiver(FunctionText& out);
  const BodyEmitter* methodHome() const;
  bool emitReturnFromHome(const ir::Terminator& terminator);

  // Methods that mark unwinding, in place, and blocks as receivers (body_protection.cpp).
  image::ObjectId closureClass(bool isFull) const;
  static std::string closureClassIndex(const VirtualBlock& block);
  bool isEvaluatedBy(const ir::Instruction& send, bool isFull) const;
  bool marksUnwind() const { return plan_.marksUnwind && !body_.isBlock(); }
  void emitProtectionBegin();
  void emitProtectionEnd();
  bool isProtected(const BodyEmitter& home) const;
  void declare(std::string_view local, std::string_view type);

  // Temp vectors (body_vectors.cpp).
  void findVectors(int entry);
  void addVector(int slot, int size, int lastCreation);
  std::unique_ptr<VirtualVector> newVector(int slot, int size) const;
  void keepVector(std::unique_ptr<VirtualVector> vector);
  void findCopiedVector();
  bool keepsUnboxed(int slot, int size);
  void emitWriteBack();
  void emitCopiedVectorTest(const std::string& array, std::string_view label);
  VirtualVector* vectorIn(int slot) const;
  void enterWithVectors(int index);
  void leaveWithVectors(int index);
  bool emitVectorCreation();
  static std::string vectorElement(const VirtualVector& vector, int index,
                                   const std::string& value);
  static std::string vectorElement(const VirtualVector& vector, int index);
  void emitVectorStore(VirtualVector& vector, int index, const Operand& value);
  void emitVectorChange(const VirtualVector& vector, int index, const std::string& value,
                        const std::string& inLocal);
  static Operand vectorOperand(VirtualVector& vector);
  std::string copiedVector(VirtualVector& vector) const;
  std::string capturedVector(const VirtualVector& vector) const;
  void noteCapturedVectors();
  bool isLikelyFloat(int temporary) const;
  int elementTemporary(int index, int slot) const;
  VirtualVector* vectorOfTemporary(int temporary) const;
  int elementOf(int temporary) const;
  void emitVectorFloat(int temporary, const std::string& value, const std::string& object);
  void emitVectorRead(const ir::Instruction& push, const ir::FloatLeaf& leaf,
                      const ir::FloatStep& step);

  // Elements of Arrays and strings (body_elements.cpp).
  void emitElementSend(const ir::Instruction& instruction);
  std::vector<ElementKind> elementKinds(const ir::Instruction& instruction,
                                        const Operand& receiver) const;
  void emitElement(const TargetedSend& send, const ElementAccess& access);
  void emitElementReceiver(const ElementAccess& access, const std::string& receiver);
  bool emitBasicElement(const TargetedSend& send, const Candidate& candidate, uint32_t site);
  static std::string elementCode(const ElementShape& shape, ElementKind kind);
  void emitElementValue(const ElementShape& shape, ElementKind kind, const Operand& value);
  void emitElementStore(const ElementShape& shape, ElementKind kind, const Operand& value,
                        const std::string& answer);

  // Arithmetic and comparison (body_arithmetic.cpp).
  bool emitArithmetic(const ir::Instruction& instruction);
  void emitGeneralArithmetic(const ir::Instruction& instruction);
  void emitIntegerOperation(const ir::Instruction& instruction);
  void emitIntegersInPlace(const ir::Instruction& instruction, const ir::IntegerOperation& known);
  void emitOverflowExit(const ir::Instruction& instruction);
  void emitIntegerOperands(const Operand& receiver, const Operand& argument);
  Chain chainFrom(const ir::Instruction& first);
  void emitFastChain(const Chain& chain);
  void emitOperation(const ir::Instruction& instruction, const Operand& argument,
                     const ir::IntegerOperation& known);
  void emitProduct(const ir::IntegerOperation& known);
  void emitDivision(const ir::Instruction& instruction, const Operand& argument,
                    const ir::IntegerOperation& known);
  void emitShift(int32_t bits, const ir::IntegerOperation& known);
  void emitNarrowed();
  void emitResult(const ir::Instruction& instruction, const std::string& slot);
  void pushResult(const ir::Instruction& instruction, ir::IntegerRange range);
  std::optional<int32_t> pushedInteger(const ir::Instruction& push) const;
  void emitChainedSend(const Chain& chain);
  bool maySkipUnwindCheck() const;
  void emitDeferredCheck(const DeferredCheck& deferred);
  void emitSmallIntegerGuard(const Operand& operand);
  void emitUntagged(const Operand& operand);
  bool emitFusedComparison(const ir::Instruction& instruction, const ir::Terminator& end);
  void emitCondition(const ir::Terminator& jump);
  ir::IntegerOperation knownOperation(const ir::Instruction& instruction) const;
  void emitTruth(const Operand& value, const ir::Terminator& jump, int slotDepth);
  void emitNoBoolean(const UntestedCondition& condition);

  // SmallIntegers without their tag (body_integers.cpp).
  bool untags() const;
  void findIntegerSlots();
  bool isIntegerSlot(int slot) const;
  std::string integerLocal(int slot);
  Operand integerSlotOperand(Operand::Kind kind, int slot, ir::IntegerRange range) const;
  void pushInteger(ir::IntegerRange range);
  void storeInteger(int slot, const Operand& value);
  bool bindInteger(FunctionText& out, int slot, const Operand& value);
  void untagAtEntry(int slot);
  std::string capturedInteger(int slot) const;

  // Sends whose answer decides a jump (body_decisions.cpp).
  bool maySendDecide(const ir::Instruction& instruction) const;
  bool emitDecision(const ir::Instruction& instruction, const ir::Terminator& end);
  bool emitDecidingSend(const ir::Instruction& instruction, const ir::Terminator& jump);
  bool emitAnsweredTruth(const Operand& value);

  // Hot code as a profile has seen it (body_speculation.cpp).
  bool isSpeculated(const ir::Instruction& instruction) const;
  void noteInteger(const Operand& operand);
  bool coversAllSeen(const TargetedSend& send, const std::vector<Candidate>& candidates,
                     size_t others = 0) const;
  void emitOnlyCandidates(const TargetedSend& send, const std::vector<Candidate>& candidates);
  bool hasSeenSmallIntegers(const ir::Instruction& instruction) const;
  bool emitNeverSeen(const ir::Instruction& instruction);
  void keepForInterpreter(size_t receiver);
  void emitExit(const ir::Instruction& instruction, size_t receiver);
  void emitSpeculatedOperation(const ir::Instruction& instruction);
  ir::IntegerOperation speculatedResult(const ir::Instruction& instruction) const;
  void emitSpeculatedIntegers(const ir::Instruction& instruction);
  void emitSpeculatedElement(const ir::Instruction& instruction, size_t receiver);
  void emitExitBlock(const std::string& code);
  std::string versionTest(const std::string& name) const;

  // Unboxed Floats (body_float_runs.cpp).
  struct EmittedSegment {
    ir::FloatSegment extent;
    std::vector<Operand> before;  // the operand stack
    std::vector<Operand> after;
    std::string general;
  };
  ir::IntegerAssumptions assumptions() const;
  void findRanges();
  bool isUnboxable(int slot) const;
  void emitBoxed(int slot);
  void emitAllBoxed();
  const ir::FloatRun* floatRunAt(const ir::Instruction& instruction) const;
  void emitFloatRun(const ir::FloatRun& run, const ir::BasicBlock& block);
  std::string temporaryValue(int slot, const std::vector<Operand>& before) const;
  std::string leafCode(const ir::FloatLeaf& leaf, const std::vector<Operand>& before);
  std::string leafObject(const ir::FloatRun& run, int leaf, const std::vector<Operand>& before);
  int unboxableSlot(const ir::FloatLeaf& leaf, const std::vector<Operand>& before) const;
  void emitFloatStep(const ir::FloatRun& run, const ir::FloatStep& step,
                     const std::vector<Operand>& before);
  void emitLeafRead(const ir::FloatLeaf& leaf, const ir::FloatStep& step,
                    const std::vector<Operand>& before);
  void emitObjectRead(const ir::FloatLeaf& leaf, const std::string& code,
                      const ir::FloatStep& step);
  void emitElementRead(const ir::FloatRun& run, const ir::FloatStep& step, const std::string& array,
                       const std::string& index);
  void emitFloatResults(const ir::FloatRun& run, std::span<const ir::FloatStep> steps,
                        const EmittedSegment& segment);
  void emitFloatResult(const ir::FloatRun& run, const ir::FloatResult& result,
                       const std::vector<Operand>& before);
  void emitFloatMove(const ir::FloatRun& run, const ir::FloatStep& step,
                     const std::vector<Operand>& before);
  static std::string slowLabel(size_t segment);
  EmittedSegment emitGeneralSegment(const ir::FloatRun& run, const ir::FloatSegment& segment,
                                    const ir::BasicBlock& block);
  void emitFloatSegment(const ir::FloatRun& run, const EmittedSegment& segment);
  void emitCommit(const ir::FloatStep& step);
  void emitFloatSlotStore(const ir::FloatStep& step);
  void emitImmutableExit();
  std::vector<std::string> emitFloatStores(std::span<const ir::FloatStep> steps,
                                           std::span<const ir::FloatResult> results);

  // Unboxed Floats that go from one activation to another (body_float_operands.cpp).
  std::string boxedCode(int slot) const;
  void markUnboxable(int slot);
  void setUnboxed(Operand& operand, int slot) const;
  bool pushUnboxed(const ir::Instruction& push);
  std::span<const ir::Instruction> restOfBlock() const;
  bool mayStayUnboxed(int entry) const;
  bool isArgumentInlined(const ir::Instruction& send, int entry) const;
  bool bindUnboxed(int slot, const Operand& value);
  void offerUnboxedAnswer(BodyEmitter& callee, int entry);
  void pushAnswer();

  // Arrays of Floats (body_float_arrays.cpp).
  std::optional<int> floatArrayAccess(const Candidate& candidate) const;
  bool emitFloatArrayAccess(const TargetedSend& send, const Candidate& candidate, uint32_t site);
  void emitFloatElement(int entry);
  void emitStoredFloat(const Operand& value);
  void emitFloatElementStore(const TargetedSend& send);
  bool isAnswerPopped(const ir::Instruction& send) const;
  bool storesFloat(const ir::Instruction& send, int entry) const;

  // What those runs call (body_float_sends.cpp).
  struct Accessor {
    const MethodPlan* plan;
    uint32_t site;
    int classes;
  };
  ir::FloatRuns findFloatRuns() const;
  std::optional<double> floatLiteral(image::Value value) const;
  const CallTarget* floatTarget(image::ObjectId selector, int numArgs) const;
  std::optional<int> floatFunction(image::ObjectId selector) const;
  bool convertsIntegers(const ir::Instruction& send) const;
  std::optional<ir::FloatMethod> floatMethod(const ir::Instruction& send) const;
  bool isAccessor(const ir::Instruction& send) const;
  bool mayReadArray(const ir::Instruction& send) const;
  ir::SeenOperands seenOperands(const ir::Instruction& send) const;
  void emitMethodLooks(std::span<const ir::FloatStep> steps);
  std::string methodLook(const ir::FloatStep& step);
  image::ObjectId selectorOf(const ir::FloatStep& step) const;
  std::string floatMethodState(const ir::FloatStep& step);
  void noteAccessor(const TargetedSend& send, const Candidate& candidate, uint32_t site);
  bool hasAccessors(const ir::FloatRun& run) const;
  std::string accessedObject(const ir::FloatRun& run, const ir::FloatStep& step,
                             const std::vector<Operand>& before);
  bool isReceiver(const ir::FloatLeaf& leaf) const;
  bool readsFloatSlot(const ir::FloatStep& step) const;
  void emitAccessorRead(const ir::FloatRun& run, const ir::FloatStep& step,
                        const std::vector<Operand>& before);

  // Operand stack (body_operands.cpp).
  void push(Operand operand) { stack_.push_back(std::move(operand)); }
  void pushPure(std::string code) { push({Operand::Kind::kPure, 0, {}, std::move(code), {}}); }
  void pushSlot(ir::IntegerRange range = {});
  ir::IntegerRange temporaryRange(int slot) const;
  Operand pop();
  void materialize(size_t count);  // the lowest `count` entries go to their locals
  void materializeEntry(size_t index);
  void keepForCapture(size_t count);
  int depth() const { return static_cast<int>(stack_.size()); }
  std::string slotName(int frameSlot) const;
  std::vector<std::string> slotNames() const;
  std::string temporaryCode(int temp) const;
  int firstCapturedSlot() const { return heapTemps_ ? body_.numFixedSlots : 0; }
  std::string stackSlot(int depth) const { return slotName(body_.numFixedSlots + depth); }
  uint32_t position(int pc, int depth);
  void notePending(int slot, const std::string& code, uint32_t position);
  void emitUnwindTo(int pc, int depth);  // leaves for the handler

  EmitContext& context_;
  const image::ImageModel& model_;
  ConstantPool& constants_;
  const MethodPlan& plan_;
  const ir::Body& body_;
  const bool speculates_;
  FunctionText out_;
  std::vector<Operand> stack_;
  std::span<const ir::Instruction> rest_;  // of the basic block, behind the current one
  DeferredCheck deferred_;
  UntestedCondition untested_;
  std::string general_;     // where operands that are no SmallIntegers branch to
  uint32_t chainSite_ = 0;  // of the chain's send
  bool receiverIsI31_;
  std::vector<ir::IntegerRange> argumentRanges_;  // of an inlined activation's first slots
  ir::RangesAtEntry ranges_;                      // by basic block
  std::vector<bool> integerSlots_;                // frame slots whose locals hold i32s
  std::set<int> integerLocals_;                   // frame slots with such a local
  ir::FloatRuns floatRuns_;
  std::string slow_;                       // where the run leaves for the general form
  std::map<int32_t, Accessor> accessors_;  // inlined in the run's general form, by instruction
  std::set<std::string> accessed_;         // locals with objects that the run has tested
  std::set<int> sharedSlots_;              // of an inlined activation: the locals are the caller's
  std::set<int> likelyFloats_;             // of an inlined activation: arguments
  std::string unboxedAnswer_;              // where it may leave its answer unboxed; empty: nowhere
  const ir::BasicBlock* currentBlock_ = nullptr;
  std::vector<ir::IntegerRange> slotRanges_;  // of the temporaries, now
  int frameSlots_;                            // locals that a captured frame holds
  std::string prefix_;                        // of the locals of an inlined activation
  std::vector<std::string> slotNames_;
  FunctionScope ownScope_;  // used by the activation whose function it is
  FunctionScope& scope_;
  BodyEmitter* caller_ = nullptr;                // of an inlined activation
  const BodyEmitter* home_ = nullptr;            // of an inlined block: the activation that made it
  std::vector<const VirtualBlock*> slotBlocks_;  // by frame slot: a virtual block in it
  const VirtualBlock* selfBlock_ = nullptr;      // the receiver is one
  std::vector<VirtualVector*> slotVectors_;      // by frame slot: a temp vector in it
  std::vector<VirtualVector*> vectors_;          // that this activation makes
  std::vector<std::vector<VectorState>> vectorsAtEntry_;  // by basic block, so far
  const VirtualVector* copiedVector_ = nullptr;  // of a block's function: may be newer in locals
  std::vector<bool> hasLeft_;                    // basic blocks that are written
  bool hasMe_ = false;                           // me_ is set
  std::vector<PendingEntry> pendingEntries_;
  uint32_t callerPosition_ = 0;  // where the caller goes on
  image::ObjectId selfClass_;    // the receiver is an instance of it, or of a class below
  image::ObjectId likelySelfClass_ = image::kNil;  // of an inlined activation: what its site saw
  std::string self_ = "(local.get $self)";         // code for the receiver
  std::string me_ = "$me";                         // local with the receiver's struct
  std::string token_ = "$token";                   // local with the activation's token
  std::string closure_ = "(local.get $closure)";   // code for a block's closure
  std::string leave_ = "$leave";                   // label that answers
  std::string truth_;            // of an inlined activation: label that answers by $c; empty: none
  std::string sendTruth_;        // that of activations that are inlined for the current send
  int commentedPc_ = -1;         // of the last comment
  std::string location_;         // in the source, of the last code
  bool answerIsUnused_ = false;  // of a block in place: it is popped
  bool heapTemps_ = false;       // the method makes BlockContexts
  bool inLoopEntry_ = false;
  bool inFloatRun_ = false;  // in its general form
  bool usesToken_ = false;
  bool canUnwind_ = false;  // some path leads to the handler
  bool exits_ = false;      // some speculation leads there
  int pendingCount_ = 0;    // bytecodes that are done but not counted yet
};

// Whether an operation with this argument, where it is known, has a form in place for
// SmallIntegers.
bool isInPlace(const ir::Instruction& instruction, const std::optional<int32_t>& argument);

}  // namespace stwasm::emit
