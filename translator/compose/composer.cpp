// Composes an object memory: see composer.h.
#include "translator/compose/composer.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "translator/compiler/compiler.h"
#include "translator/compose/changes_writer.h"
#include "translator/compose/class_builder.h"
#include "translator/compose/hierarchy.h"
#include "translator/compose/method_builder.h"
#include "translator/compose/names.h"
#include "translator/compose/objects.h"
#include "translator/compose/system_builder.h"
#include "translator/image/image_header.h"
#include "translator/support/text.h"
#include "translator/syntax/parser.h"

namespace stwasm::compose {

namespace {

using compiler::CompiledCode;

// The receiver of start-up code is nil.
constexpr std::string_view kStartUpClass = "UndefinedObject";
// Each part has a literal of its own in the method that runs them.
constexpr size_t kPartsPerMethod = 100;

class Composer {
 public:
  Composer(const syntax::Program& program, syntax::Mistakes& mistakes, const Target& target)
      : program_(program),
        mistakes_(mistakes),
        target_(target),
        hierarchy_(program, mistakes),
        heap_(target_),
        objects_(heap_, hierarchy_),
        classes_(heap_, objects_, hierarchy_) {
    options_.bytecodeSet =
        target.sista ? compiler::BytecodeSet::kSistaV1 : compiler::BytecodeSet::kV3PlusClosures;
    options_.fullBlocks = target.fullBlocks;
    options_.primitiveInHeader = !target.isSpur();
  }

  Result<Composition> compose(const std::string& name);

 private:
  void checkKinds();
  void declareGlobals();
  void compileMethods();
  void compileMethod(const syntax::MethodDeclaration& declaration);
  ClassInfo* ownerOf(const syntax::MethodDeclaration& declaration);
  void addMethod(const syntax::MethodDeclaration& declaration, const syntax::MethodNode& parsed,
                 ClassInfo& owner, const CompiledCode& code);
  ObjectId compileStartUp();
  ObjectId compileStatements(const std::string& selector, const syntax::SourceRange& source);
  std::string addPart(const syntax::SourceRange& source, size_t number);
  ObjectId compileGenerated(const std::string& selector, const std::string& source);
  ObjectId classAssociation(const ClassInfo& owner, bool classSide);
  image::ObjectGraph finish(ObjectId startMethod, const std::string& name);
  Status missingClasses() const;
  uint32_t formatNumber() const;
  image::ImageHeader header() const;

  const syntax::Program& program_;
  syntax::Mistakes& mistakes_;
  const Target& target_;
  Hierarchy hierarchy_;
  Heap heap_;
  Objects objects_;
  ClassBuilder classes_;
  compiler::Options options_;
  Globals globals_;
  std::map<const ClassInfo*, ClassMethods> methods_;
  std::map<const ClassInfo*, ObjectId> metaclassAssociations_;
  syntax::Program generated_;  // the files of generated source
  ChangesWriter changes_;
};

// Images before Spur have fewer kinds of objects.
void Composer::checkKinds() {
  if (target_.isSpur()) return;
  for (const ClassInfo& info : hierarchy_.classes()) {
    if (info.kind != syntax::ClassKind::kShorts && info.kind != syntax::ClassKind::kDoubleWords &&
        info.kind != syntax::ClassKind::kEphemeron) {
      continue;
    }
    mistakes_.add(*info.declaration->file, info.declaration->position,
                  fmt::format("the format v3 has no objects like those of {}", info.name()),
                  "compose for spur32 or spur64");
  }
}

void Composer::declareGlobals() {
  classes_.addGlobals(globals_);
  for (const std::string_view name : {"Smalltalk", "Processor", "Transcript"}) {
    globals_.try_emplace(std::string(name), objects_.association(name, Value()));
  }
  for (const std::string& name : program_.globals) {
    if (globals_.count(name) == 0) globals_[name] = objects_.association(name, Value());
  }
}

void Composer::compileMethods() {
  for (const syntax::MethodDeclaration& each : program_.methods) compileMethod(each);
}

ClassInfo* Composer::ownerOf(const syntax::MethodDeclaration& declaration) {
  ClassInfo* owner = hierarchy_.find(declaration.className);
  if (owner != nullptr) return owner;
  const std::vector<std::string> near = closestNames(declaration.className, hierarchy_.names());
  mistakes_.add(
      *declaration.pattern.file, declaration.position,
      fmt::format("there is no class {}", declaration.className),
      near.empty() ? "is the file that defines it among the arguments?" : suggestion(near));
  return nullptr;
}

void Composer::compileMethod(const syntax::MethodDeclaration& declaration) {
  ClassInfo* owner = ownerOf(declaration);
  const std::unique_ptr<syntax::MethodNode> parsed =
      declaration.body.file == nullptr
          ? syntax::parseMethod(declaration.pattern, mistakes_)
          : syntax::parseMethod(declaration.pattern, declaration.body, mistakes_);
  if (!parsed || owner == nullptr) return;
  const ClassNames names(hierarchy_, owner, declaration.classSide, globals_);
  const auto code = compiler::compileMethod(*parsed, names, options_, mistakes_);
  if (code) addMethod(declaration, *parsed, *owner, *code);
}

// A class may be extended in several files, but not a method defined twice.
void Composer::addMethod(const syntax::MethodDeclaration& declaration,
                         const syntax::MethodNode& parsed, ClassInfo& owner,
                         const CompiledCode& code) {
  const bool classSide = declaration.classSide;
  ClassMethods& methods = methods_[&owner];
  Methods& side = classSide ? methods.classSide : methods.instanceSide;
  if (side.count(code.selector) != 0) {
    mistakes_.add(*parsed.file, parsed.position,
                  fmt::format("{}{} has a method {} already", owner.name(),
                              classSide ? " class" : "", code.selector));
    return;
  }
  side[code.selector] =
      MethodBuilder(heap_, objects_)
          .method(code, classAssociation(owner, classSide), changes_.add(declaration));
}

// Methods of metaclasses share one without a key, as metaclasses have no global names.
ObjectId Composer::classAssociation(const ClassInfo& owner, bool classSide) {
  if (!classSide) return globals_.find(owner.name())->second;
  const auto known = metaclassAssociations_.find(&owner);
  if (known != metaclassAssociations_.end()) return known->second;
  const ObjectId id = objects_.instance("Association");
  objects_.set(id, "Association", "value", Value::object(owner.metaclass));
  return metaclassAssociations_[&owner] = id;
}

ObjectId Composer::compileGenerated(const std::string& selector, const std::string& source) {
  const syntax::SourceFile& file = generated_.files.emplace_back(selector, source);
  return compileStatements(selector,
                           {&file, 0, static_cast<syntax::Position>(source.size()), false});
}

ObjectId Composer::compileStatements(const std::string& selector,
                                     const syntax::SourceRange& source) {
  const auto parsed = syntax::parseStatements(source, mistakes_);
  ClassInfo* owner = hierarchy_.find(kStartUpClass);
  if (!parsed || owner == nullptr) return image::kNil;
  parsed->selector = selector;
  const ClassNames names(hierarchy_, nullptr, false, globals_);
  const auto code = compiler::compileMethod(*parsed, names, options_, mistakes_);
  if (!code) return image::kNil;
  const ObjectId method =
      MethodBuilder(heap_, objects_)
          .method(*code, classAssociation(*owner, false), changes_.addStatements(selector, source));
  methods_[owner].instanceSide[selector] = method;
  return method;
}

// Each expression is a method of its own, so that it is found in a stack trace.
std::string Composer::addPart(const syntax::SourceRange& source, size_t number) {
  std::string selector = fmt::format("startUpPart{}", number);
  compileStatements(selector, source);
  return selector;
}

ObjectId Composer::compileStartUp() {
  std::string whole = "Smalltalk startUp.\n";
  std::string group;
  for (size_t i = 0; i < program_.startUp.size(); ++i) {
    group += fmt::format("self {}.\n", addPart(program_.startUp[i], i + 1));
    if ((i + 1) % kPartsPerMethod != 0 && i + 1 != program_.startUp.size()) continue;
    const std::string selector = fmt::format("startUpGroup{}", i / kPartsPerMethod + 1);
    compileGenerated(selector, std::exchange(group, ""));
    whole += fmt::format("self {}.\n", selector);
  }
  return compileGenerated("startUp", whole + "Smalltalk quit");
}

Status Composer::missingClasses() const {
  const std::vector<std::string>& missing = objects_.missingClasses();
  if (missing.empty()) return Status::success();
  return fail(Diagnostic(fmt::format("the program has no class{} {}",
                                     missing.size() == 1 ? "" : "es", fmt::join(missing, ", ")))
                  .withHint("add a kernel, such as the folder examples/kernel"));
}

uint32_t Composer::formatNumber() const {
  constexpr uint32_t kSpur32 = 6521;
  constexpr uint32_t kSpur64 = 68021;
  constexpr uint32_t kV3NativeFloats = 6505;
  if (target_.format == ObjectFormat::kV3) return kV3NativeFloats;
  // Without the flag for several bytecode sets: methods tell their set themselves, and virtual
  // machines from before the flag refuse it.
  return target_.format == ObjectFormat::kSpur32 ? kSpur32 : kSpur64;
}

image::ImageHeader Composer::header() const {
  constexpr uint64_t kLittleEndianFloats = 2;
  constexpr uint64_t kWindowSize = uint64_t{1024} << 16 | 768;
  image::ImageHeader header;
  header.formatNumber = formatNumber();
  header.wordSize = target_.wordSize();
  header.bigEndian = target_.bigEndian;
  header.savedWindowSize = kWindowSize;
  if (!header.bigEndian) header.flags = kLittleEndianFloats;
  return header;
}

image::ObjectGraph Composer::finish(ObjectId startMethod, const std::string& name) {
  SystemBuilder system(heap_, objects_, hierarchy_);
  system.fillConstants();
  const ObjectId process = system.process(startMethod);
  objects_.set(globals_["Processor"], "Association", "value",
               Value::object(system.scheduler(process)));
  std::vector<ObjectId> associations;
  for (const auto& [key, association] : globals_) associations.push_back(association);
  const ObjectId smalltalk = classes_.dictionary("SystemDictionary", associations);
  objects_.set(globals_["Smalltalk"], "Association", "value", Value::object(smalltalk));
  classes_.fill(methods_, smalltalk);
  const ObjectId special = system.specialObjects(globals_, smalltalk);
  std::vector<ObjectId> table = system.classTable();
  // Last, when all symbols are there.
  system.fillTables();
  return heap_.graph(name, header(), std::move(table), special);
}

Result<Composition> Composer::compose(const std::string& name) {
  checkKinds();
  if (Status status = mistakes_.status()) return status;
  classes_.allocate();
  declareGlobals();
  compileMethods();
  const ObjectId startMethod = compileStartUp();
  if (Status status = mistakes_.status()) return status;
  if (startMethod == image::kNil) objects_.classNamed(kStartUpClass);
  if (Status status = missingClasses()) return status;
  image::ObjectGraph graph = finish(startMethod, name);
  if (Status status = missingClasses()) return status;
  return Composition{std::move(graph), changes_.takeText()};
}

}  // namespace

Result<Composition> compose(const syntax::Program& program, syntax::Mistakes& mistakes,
                            const Target& target, const std::string& name) {
  return Composer(program, mistakes, target).compose(name);
}

}  // namespace stwasm::compose
