// Builds an object memory from nothing: the classes that a VM knows, methods made of bytes, special
// objects, and a process that runs one method. The result is an ObjectGraph for the image writer.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/exemplars/item.h"
#include "translator/image/object_graph.h"
#include "translator/image/special_objects.h"

namespace stwasm::exemplars {

struct MemoryFormat {
  uint32_t wordSize = 4;
  bool bigEndian = false;
  bool isSpur = true;  // otherwise the format before it

  int64_t maxSmallInteger() const {
    return wordSize == 8 ? image::Value::kMaxSmallInteger : (int64_t{1} << 30) - 1;
  }
  int64_t minSmallInteger() const { return -maxSmallInteger() - 1; }
  // An identity hash has 22 or 12 bits.
  uint32_t maxHash() const { return isSpur ? (1U << 22) - 1 : 4095; }
  // Of the most slots that an exemplar has: before Spur a class's format has eight bits for it.
  int lastWideSlot() const { return isSpur ? 255 : 253; }
};

enum class CodeSet : uint8_t { kV3PlusClosures, kSistaV1 };

// A method as a table gives it. A primitive makes the call at its beginning.
struct Method {
  std::string className{};
  std::string selector{};
  CodeSet set = CodeSet::kV3PlusClosures;
  int arguments = 0;
  int temporaries = 0;  // without the arguments
  bool largeFrame = false;
  int primitive = 0;
  Items literals{};
  std::vector<int> code{};
};

class Memory {
 public:
  explicit Memory(MemoryFormat format);

  const MemoryFormat& format() const { return format_; }

  // A class with named slots. `kind` is Spur's: 1 fixed, 2 indexable, 3 both, 4 weak, 9.. words,
  // bytes. Later the name says which class is meant.
  void addClass(const std::string& name, const std::string& superclass, uint32_t namedSlots,
                uint32_t kind);
  void addMethod(const Method& method);
  // Before Spur neither SistaV1 nor all kinds of objects are there.
  bool hasAll(const Method& method) const;
  bool hasAll(const Item& item) const;
  image::Value make(const Item& item);
  void setSpecial(image::SpecialObject which, const Item& item);

  // The process that starts when the memory does: sends the unary selector to the item.
  image::ObjectGraph finish(const std::string& fileName, const Item& receiver, const Method& start);

 private:
  struct Node {
    image::ObjectId classId = image::kNil;
    image::Format format = image::Format::kFixed;
    uint32_t hash = 0;
    std::vector<image::Value> slots{};
    std::vector<uint8_t> bytes{};
  };
  struct Entry {
    image::Value selector;
    image::Value method;
  };

  image::ObjectId addNode(Node node);
  image::ObjectId addBytes(const std::string& className, std::vector<uint8_t> bytes);
  void addKnownClasses();
  void addPlainClasses();
  bool has(uint32_t kind, const std::string& className) const;
  image::Value classFormat(const std::string& name, uint32_t namedSlots, uint32_t kind) const;
  void addCharacters();
  void addCompactClasses();
  image::Value makeCharacter(uint32_t code);
  image::ImageHeader header() const;
  image::ObjectGraph graph(const std::string& fileName, image::ObjectId specialArray) const;
  void addSpecialSelectors();
  void declareClass(const std::string& name);
  image::Value makeInteger(int64_t value);
  image::Value makeLarge(bool negative, std::vector<uint8_t> magnitude);
  image::Value makeFloat(double value);
  image::Value makeUnits(const Item& item, uint32_t unit);
  image::Value makePointers(const Item& item);
  image::Value makeSymbol(const std::string& text);
  image::ObjectId makeMethod(const Method& method);
  int64_t methodHeader(const Method& method, size_t literals) const;
  image::ObjectId makeBlock(const Method& block);
  image::ObjectId addCode(const char* className, const Method& method, const Items& lastLiterals);
  image::ObjectId makeDictionary(const std::vector<Entry>& entries);
  image::Value makeContext(const Item& receiver, const Method& method);
  image::ObjectId classId(const std::string& name) const { return classes_.at(name); }
  static image::Value reference(image::ObjectId id) { return image::Value::object(id); }

  MemoryFormat format_;
  std::vector<Node> nodes_;
  std::vector<image::ObjectId> classTable_;
  std::map<std::string, image::ObjectId> classes_;
  std::map<std::string, uint32_t> kinds_;
  std::map<std::string, image::Value> symbols_;
  std::map<std::string, image::Value> shared_;
  std::map<uint32_t, image::Value> characters_;            // before Spur
  std::map<image::ObjectId, std::vector<Entry>> methods_;  // by class
  std::vector<image::Value> special_;
  uint32_t lastHash_ = 0;
};

}  // namespace stwasm::exemplars
