// Primitives of processes: other processes note in an Array that they ran, and then wait for a
// Semaphore that nobody signals.
#include <fmt/format.h>

#include "tests/exemplars/primitive_cases.h"

namespace stwasm::exemplars {

namespace {

constexpr int kHigher = 50;
constexpr int kOwnPriority = 40;
constexpr int kLower = 30;
constexpr int kIdlePriority = 10;
constexpr int kAddLarge = 21;
constexpr int kResume = 87;
constexpr int kSuspend = 88;
constexpr int kSuspendBackedUp = 578;
constexpr int kSignal = 85;
constexpr int kWait = 86;
constexpr int kYield = 167;
constexpr int kRelinquish = 230;
constexpr int kExit = 185;
constexpr int kEnter = 186;
constexpr int kTryEnter = 187;

Item ran() { return array({symbol("ran")}); }

Item semaphore(const std::string& name) {
  return shared(name, instance("Semaphore", {nil(), nil(), integer(0)}));
}

// One scenario: its objects have names of their own.
class Scenario {
 public:
  Scenario(PrimitiveCases& cases, int number, std::string path)
      : cases_(cases), number_(number), path_(std::move(path)) {}

  Item named(const char* what) const { return semaphore(name(what)); }
  Item log() const { return shared(name("log"), array({nil()})); }
  Item mutex() const { return shared(name("mutex"), instance("Mutex", {nil(), nil(), nil()})); }

  Assembler method() const { return {"Exemplar", "scenario", 0, 0}; }
  Assembler& sendTo(Assembler& code, const Item& receiver, int number) const {
    return code.literal(receiver).send(cases_.message(number, 0), 0);
  }
  Assembler& doTo(Assembler& code, const Item& receiver, int number) const {
    return sendTo(code, receiver, number).pop();
  }
  // Notes that it ran, and waits.
  Assembler& finish(Assembler& code) const {
    code.literal(log()).number(1).literal(symbol("ran")).special(kAtPut).pop();
    return doTo(code, named("never"), kWait).returnSelf();
  }
  Item process(int priority, const Assembler& code) const {
    const auto method = std::make_shared<const Method>(code.method());
    return shared(name("process"), exemplars::process(priority, context(method, exemplar())));
  }
  Item noter(int priority) const {
    Assembler code = method();
    return process(priority, finish(code));
  }
  // What the log says at the end.
  void logs(Assembler& code, const Item& expected) const {
    cases_.script(number_, path_, code.literal(log()).returnTop(), expected);
  }
  void answers(Assembler& code, const Item& expected) const {
    cases_.script(number_, path_, code.returnTop(), expected);
  }

 private:
  std::string name(const char* what) const {
    return fmt::format("{} of {} {}", what, number_, path_);
  }

  PrimitiveCases& cases_;
  int number_;
  std::string path_;
};

void addResuming(PrimitiveCases& cases) {
  const std::tuple<const char*, int, Item> priorities[] = {
      {"a higher priority runs at once", kHigher, ran()},
      {"the same priority waits", kOwnPriority, array({nil()})},
      {"a lower priority waits", kLower, array({nil()})}};
  for (const auto& [path, priority, expected] : priorities) {
    const Scenario resumed(cases, kResume, path);
    Assembler code = resumed.method();
    resumed.doTo(code, resumed.noter(priority), kResume);
    resumed.logs(code, expected);
  }
  cases.fails(kResume, "nothing to resume", process(kLower, nil()), {});
  const Scenario yielded(cases, kYield, "another one of the same priority runs");
  Assembler code = yielded.method();
  yielded.doTo(code, yielded.noter(kOwnPriority), kResume);
  yielded.doTo(code, nil(), kYield);
  yielded.logs(code, ran());
}

void addSuspendingReady(PrimitiveCases& cases, int number) {
  const std::string where = number == kSuspendBackedUp ? "here: " : "";
  const Scenario ready(cases, number, where + "one that is ready leaves its list");
  Assembler code = ready.method();
  ready.doTo(code, ready.noter(kLower), kResume);
  ready.sendTo(code, ready.noter(kLower), number).special(kClass);
  ready.answers(code, classNamed("LinkedList"));
  cases.fails(number, "it is suspended", process(kLower, nil()), {});
}

// The newer primitive: who waited does so again when it is resumed.
void addSuspendingWaiter(PrimitiveCases& cases) {
  const Scenario waits(cases, kSuspendBackedUp, "here: one that waits, and waits again");
  Assembler waiting = waits.method();
  waits.doTo(waiting, waits.named("signal"), kWait);
  const Item waiter = waits.process(kHigher, waits.finish(waiting));
  Assembler code = waits.method();
  waits.doTo(code, waiter, kResume);
  waits.sendTo(code, waiter, kSuspendBackedUp);
  waits.doTo(code, waiter, kResume);
  code.literal(waits.log()).number(1).special(kAt);
  waits.doTo(code, waits.named("signal"), kSignal);
  code.literal(waits.log()).number(1).special(kAt).consArray(3);
  waits.answers(code, array({nil(), nil(), symbol("ran")}));
}

void addSuspending(PrimitiveCases& cases) {
  // It notes that it ran when it is resumed.
  const Scenario active(cases, kSuspend, "the active one");
  Method suspending = active.method().method();
  suspending.set = CodeSet::kSistaV1;
  suspending.literals = {symbol(cases.message(kSuspend, 0)), active.log(), symbol("ran"),
                         symbol(cases.message(kWait, 0)), active.named("never")};
  suspending.code = {225, 1, 82, 128, 216, 33, 81, 34, 113, 216, 36, 131, 216, 88};
  const Item suspended =
      shared("the active one",
             process(kHigher, context(std::make_shared<const Method>(suspending), exemplar())));
  Assembler code = active.method();
  active.doTo(code, suspended, kResume);
  code.literal(active.log()).number(1).special(kAt);
  active.doTo(code, suspended, kResume);
  code.literal(active.log()).number(1).special(kAt).consArray(2);
  active.answers(code, array({nil(), symbol("ran")}));
}

void addWaiting(PrimitiveCases& cases) {
  const Scenario signalled(cases, kSignal, "somebody waits");
  Assembler waiting = signalled.method();
  signalled.doTo(waiting, signalled.named("signal"), kWait);
  const Item waiter = signalled.process(kHigher, signalled.finish(waiting));
  Assembler code = signalled.method();
  signalled.doTo(code, waiter, kResume);
  code.literal(signalled.log()).number(1).special(kAt);
  signalled.doTo(code, signalled.named("signal"), kSignal);
  code.literal(signalled.log()).number(1).special(kAt).consArray(2);
  signalled.answers(code, array({nil(), symbol("ran")}));

  const Scenario waits(cases, kWait, "until somebody signals");
  Assembler signalling = waits.method();
  signalling.literal(waits.log()).number(1).literal(symbol("ran")).special(kAtPut).pop();
  waits.doTo(signalling, waits.named("signal"), kSignal);
  const Item signaller = waits.process(kLower, waits.finish(signalling));
  code = waits.method();
  waits.doTo(code, signaller, kResume);
  waits.doTo(code, waits.named("signal"), kWait);
  waits.logs(code, ran());
}

void addOwning(PrimitiveCases& cases) {
  for (const int number : {kEnter, kTryEnter}) {
    const Scenario own(cases, number, "its owner");
    Assembler code = own.method();
    own.sendTo(code, own.mutex(), kEnter);
    own.sendTo(code, own.mutex(), number).consArray(2);
    own.answers(code, array({boolean(false), boolean(true)}));
  }
  const Scenario waited(cases, kExit, "somebody waits");
  Assembler entering = waited.method();
  waited.doTo(entering, waited.mutex(), kEnter);
  const Item waiter = waited.process(kHigher, waited.finish(entering));
  Assembler code = waited.method();
  waited.doTo(code, waited.mutex(), kEnter);
  waited.doTo(code, waiter, kResume);
  code.literal(waited.log()).number(1).special(kAt);
  waited.doTo(code, waited.mutex(), kExit);
  code.literal(waited.log()).number(1).special(kAt).consArray(2);
  waited.answers(code, array({nil(), symbol("ran")}));
}

// Somebody has to run meanwhile.
Item idle(PrimitiveCases& cases) {
  Assembler code("Exemplar", "idle", 0, 0);
  code.label("next").self().number(1000).send(cases.message(kRelinquish, 1), 1).pop().jump("next");
  const auto method = std::make_shared<const Method>(code.method());
  return shared("idle", process(kIdlePriority, context(method, exemplar())));
}

// A Semaphore that the virtual machine signals: number, the clock's number, how long from now.
void addTimer(PrimitiveCases& cases, int number, int clock, int delay) {
  const Scenario timer(cases, number, "signals when the time has come");
  Assembler code = timer.method();
  timer.doTo(code, idle(cases), kResume);
  code.self().literal(timer.named("signal"));
  timer.sendTo(code, nil(), clock).number(delay).send(cases.message(kAddLarge, 1), 1);
  code.send(cases.message(number, 2), 2).pop();
  timer.sendTo(code, timer.named("signal"), kWait).special(kClass);
  // Once only: another process resumes the idle one too.
  timer.doTo(code, idle(cases), kSuspend);
  timer.answers(code, classNamed("Semaphore"));
}

}  // namespace

void addProcessPrimitives(PrimitiveCases& cases) {
  addResuming(cases);
  addSuspendingReady(cases, kSuspend);
  if (cases.format().isSpur) {
    addSuspendingReady(cases, kSuspendBackedUp);
    addSuspendingWaiter(cases);
  }
  addSuspending(cases);
  addWaiting(cases);
  addOwning(cases);
  addTimer(cases, 136, 135, 20);
  addTimer(cases, 242, 240, 20000);
  cases.answers(kRelinquish, "nobody else", exemplar(), {integer(0)}, exemplar());
  cases.fails(kRelinquish, "no time", exemplar(), {nil()});
}

}  // namespace stwasm::exemplars
