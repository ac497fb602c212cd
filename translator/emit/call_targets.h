// Which translated method a send is likely to reach. Where the image has one implementor of a
// selector, the send compares the receiver's class with the one seen first and calls that method
// directly; engines and optimisers see the callee. Changing a method clears what was seen.
#pragma once

#include <map>
#include <string>

#include "translator/emit/method_plan.h"
#include "translator/image/image_model.h"
#include "translator/profile/profile.h"

namespace stwasm::emit {

struct CallTarget {
  const MethodPlan* plan = nullptr;  // once all methods are planned
  std::string function;              // WAT name
  CodeIndex code = 0;
  int numArgs = 0;
};

// A method that a send reaches, and how many classes of receivers reach it there.
struct Candidate {
  const CallTarget* target = nullptr;
  image::ObjectId behavior = image::kNil;  // kNil: not known, or several
  int classes = 1;
  std::vector<image::ObjectId> behaviors = {};  // of several
};

class CallTargets {
 public:
  explicit CallTargets(const image::ImageModel& model);

  // To be called for each method that is translated, before anything is predicted.
  void add(const MethodPlan& plan, CodeIndex code);

  // To be called when all methods are planned.
  void setPlans(const std::vector<MethodPlan>& plans);

  // Null where the selector has no likely implementor, or one that is not translated.
  const CallTarget* ofSend(image::ObjectId selector, int numArgs) const;
  // The method that instances of a class reach; null where it is not translated.
  const CallTarget* ofClass(image::ObjectId behavior, image::ObjectId selector, int numArgs) const;
  // The one that instances of the class and of all classes below reach.
  const CallTarget* ofSelfSend(image::ObjectId behavior, image::ObjectId selector,
                               int numArgs) const;
  // Whether it is value:value: or one of its kin, of closures.
  static bool isClosureValue(const CallTarget& target);
  // What a send has reached in a profile, most frequent first; empty where it is not worth a test.
  std::vector<Candidate> ofProfile(const profile::SendProfile& send, image::ObjectId selector,
                                   int numArgs) const;
  // The method that a super send in a method of `behavior` reaches.
  const CallTarget* ofSuperSend(image::ObjectId behavior, image::ObjectId selector,
                                int numArgs) const;
  // Whether the class is the other or below it.
  bool inherits(image::ObjectId behavior, image::ObjectId ancestor) const;

 private:
  const CallTarget* ofMethod(image::ObjectId method, int numArgs) const;
  bool isOverridden(image::ObjectId behavior, image::ObjectId selector) const;
  bool isClosureValue(image::ObjectId method) const;

  const image::ImageModel& model_;
  std::map<image::ObjectId, image::ObjectId>
      likelyMethods_;                              // by selector; kNil: several, none likelier
  std::map<image::ObjectId, CallTarget> targets_;  // by method
  std::map<image::ObjectId, std::vector<image::ObjectId>> implementors_;  // classes by selector
};

}  // namespace stwasm::emit
