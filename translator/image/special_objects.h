// The special objects array: the objects that the virtual machine knows by index.
#pragma once

#include <cstdint>

namespace stwasm::image {

// Indices into the special objects array, the same in all images of the Squeak family. An image
// may have a shorter array; what is missing there is nil.
enum class SpecialObject : uint8_t {
  kNilObject = 0,
  kFalseObject = 1,
  kTrueObject = 2,
  kSchedulerAssociation = 3,  // Processor
  kClassBitmap = 4,
  kClassSmallInteger = 5,
  kClassByteString = 6,
  kClassArray = 7,
  kSmalltalkDictionary = 8,
  kClassFloat = 9,
  kClassContext = 10,
  kClassBlockContext = 11,  // images without closures
  kClassPoint = 12,
  kClassLargePositiveInteger = 13,
  kTheDisplay = 14,
  kClassMessage = 15,
  kClassCompiledMethod = 16,
  kLowSpaceSemaphore = 17,
  kClassSemaphore = 18,
  kClassCharacter = 19,
  kSelectorDoesNotUnderstand = 20,
  kSelectorCannotReturn = 21,
  kProcessSignalingLowSpace = 22,
  kSpecialSelectors = 23,  // 32 pairs: selector, argument count
  kCharacterTable = 24,
  kSelectorMustBeBoolean = 25,
  kClassByteArray = 26,
  kClassProcess = 27,
  kCompactClasses = 28,
  kTimerSemaphore = 29,
  kInterruptSemaphore = 30,
  kSelectorCannotInterpret = 34,
  kContextPrototype = 35,
  kClassBlockClosure = 36,
  kClassFullBlockClosure = 37,
  kExternalObjectsArray = 38,
  kClassMutex = 39,
  kProcessInExternalCodeTag = 40,
  kFinalizationSemaphore = 41,
  kClassLargeNegativeInteger = 42,
  kClassExternalAddress = 43,
  kClassExternalStructure = 44,
  kClassExternalData = 45,
  kClassExternalFunction = 46,
  kClassExternalLibrary = 47,
  kSelectorAboutToReturn = 48,
  kSelectorRunWithIn = 49,
  kSelectorAttemptToAssign = 50,
  kPrimitiveErrorTable = 51,
  kClassAlien = 52,
  kSelectorInvokeCallback = 53,
  kClassUnsafeAlien = 54,
  kClassWeakFinalizer = 55,
  kForeignCallbackProcess = 56,
  kSelectorUnusedBytecode = 57,
  kSelectorCounterTripped = 58,
  kSelectorSistaTrap = 59,
};

}  // namespace stwasm::image
