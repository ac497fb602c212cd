// Tests of the listings: values in Smalltalk's notation, in a tiny image made for it.
#include "translator/listing/value_text.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/image/tiny_image.h"
#include "translator/image/image_model.h"
#include "translator/image/image_reader.h"

using namespace stwasm;  // NOLINT(google-build-using-namespace)
using image::testing::Oop;
using image::testing::TinyImage;

namespace {

// Texts of the elements of an Array that stands in the image as a special object.
class Listed {
 public:
  Listed(TinyImage& tiny, const std::vector<Oop>& elements) {
    tiny.setSpecial(image::SpecialObject::kExternalObjectsArray,
                    tiny.writer.pointers(image::testing::kArrayIndex, 2, elements));
    auto graph = image::readImageBytes(tiny.file(), "tiny");
    REQUIRE(static_cast<bool>(graph));
    graph_ = std::move(*graph);
    auto model = image::ImageModel::create(graph_);
    REQUIRE(static_cast<bool>(model));
    for (const image::Value value :
         graph_.slots(model->special(image::SpecialObject::kExternalObjectsArray))) {
      texts.push_back(listing::valueText(*model, value));
      names.push_back(listing::variableName(*model, value));
    }
  }

  std::vector<std::string> texts;
  std::vector<std::string> names;

 private:
  image::ObjectGraph graph_;
};

Oop array(TinyImage& tiny, const std::vector<Oop>& elements) {
  return tiny.writer.pointers(image::testing::kArrayIndex, 2, elements);
}

}  // namespace

TEST_CASE("immediates, constants and byte objects have their literal form") {
  TinyImage tiny;
  const Listed listed(
      tiny,
      {tiny.writer.smallInteger(-7), tiny.nil, tiny.trueObject, tiny.falseObject,
       tiny.symbol("at:put:"), tiny.writer.bytes(image::testing::kStringIndex, "it's\n"),
       tiny.writer.bytes(image::testing::kStringIndex, std::string(70, 'x')), tiny.objectClass});
  CHECK(listed.texts == std::vector<std::string>{"-7", "nil", "true", "false",
                                                 "#at:put:", "'it''s.'",
                                                 "'" + std::string(60, 'x') + "...'", "Object"});
}

TEST_CASE("arrays are shortened in length and depth") {
  TinyImage tiny;
  const Oop one = tiny.writer.smallInteger(1);
  Oop nested = array(tiny, {one});
  for (int i = 0; i < 5; ++i) nested = array(tiny, {nested});
  const Listed listed(tiny, {array(tiny, {}), array(tiny, {one, tiny.nil}),
                             array(tiny, std::vector<Oop>(9, one)), nested});
  CHECK(listed.texts == std::vector<std::string>{"#()", "#(1 nil)",
                                                 "#(1 1 1 1 1 1 1 1 ... 9 elements)",
                                                 "#(#(#(an Array (1 elements))))"});
}

TEST_CASE("a variable is named by the key of its Association") {
  TinyImage tiny;
  const auto association = [&](Oop key, Oop value) {
    return tiny.writer.pointers(image::testing::kAssociationIndex, 1, {key, value});
  };
  const Listed listed(tiny, {association(tiny.symbol("Transcript"), tiny.writer.smallInteger(3)),
                             association(tiny.nil, tiny.objectClass)});
  CHECK(listed.texts == std::vector<std::string>{"#Transcript -> 3", "nil -> Object"});
  CHECK(listed.names == std::vector<std::string>{"Transcript", "Object"});
}
