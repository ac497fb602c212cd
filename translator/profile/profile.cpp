// Finding a profile's methods and classes in an image: see profile.h.
#include "translator/profile/profile.h"

#include <algorithm>
#include <string_view>

#include <fmt/core.h>

#include "translator/profile/profiled_code.h"
#include "translator/support/text.h"

namespace stwasm::profile {
namespace {

using CodeByName = std::map<std::string_view, const ProfiledCode*>;

class Resolver {
 public:
  explicit Resolver(const image::ImageModel& model) : model_(model), all_(profiledCode(model)) {
    // Of two with one name the first counts: the hash tells whether it is the one meant.
    for (const ProfiledCode& code : all_) byName_.emplace(code.name, &code);
  }

  // Null, and why in `notice`, when the code is not what was profiled.
  const ProfiledCode* find(const CodeLines& lines, std::string& notice) const {
    const auto found = byName_.find(lines.name);
    if (found == byName_.end()) {
      notice = fmt::format("{} is not in this image", lines.name);
    } else if (found->second->hash != lines.hash) {
      notice = fmt::format("{} has changed since it was profiled", lines.name);
    } else {
      return found->second;
    }
    return nullptr;
  }

  CodeProfile resolve(const CodeLines& lines, const ProfiledCode& code) const {
    CodeProfile result;
    result.bytecodes = lines.bytecodes;
    for (const ActivationLine& line : lines.activations)
      if (isIn(line.pc, code)) result.activations[line.pc - code.initialPc] += line.count;
    for (const JumpLine& line : lines.jumps)
      if (isIn(line.pc, code)) result.jumps[line.pc - code.initialPc] = {line.taken, line.notTaken};
    for (const SendLines& line : lines.sends)
      if (isIn(line.pc, code)) result.sends[line.pc - code.initialPc] = resolveSend(line);
    return result;
  }

 private:
  static bool isIn(uint32_t pc, const ProfiledCode& code) {
    return pc >= code.initialPc && pc - code.initialPc < code.size;
  }

  // Classes and blocks that are not there any more still count in the send's own count.
  SendProfile resolveSend(const SendLines& line) const {
    SendProfile send;
    send.count = line.count;
    send.general = line.general;
    for (const NamedReceiver& receiver : line.receivers) {
      const image::ObjectId behavior = model_.findClass(receiver.className);
      if (behavior != image::kNoObject) send.receivers.push_back({behavior, receiver.count});
    }
    for (const NamedBlock& block : line.blocks) {
      const auto found = byName_.find(block.code);
      if (found == byName_.end() || !isIn(block.startPc, *found->second)) continue;
      send.blocks.push_back(
          {found->second->code, block.startPc - found->second->initialPc, block.count});
    }
    const auto byCount = [](const auto& a, const auto& b) { return a.count > b.count; };
    std::stable_sort(send.receivers.begin(), send.receivers.end(), byCount);
    std::stable_sort(send.blocks.begin(), send.blocks.end(), byCount);
    return send;
  }

  const image::ImageModel& model_;
  std::vector<ProfiledCode> all_;
  CodeByName byName_;
};

}  // namespace

uint64_t CodeProfile::activationsOf(uint32_t startPc) const {
  const auto found = activations.find(startPc);
  return found == activations.end() ? 0 : found->second;
}

const SendProfile* CodeProfile::sendAt(uint32_t pc) const {
  const auto found = sends.find(pc);
  return found == sends.end() ? nullptr : &found->second;
}

const JumpProfile* CodeProfile::jumpAt(uint32_t pc) const {
  const auto found = jumps.find(pc);
  return found == jumps.end() ? nullptr : &found->second;
}

Result<Profile> Profile::read(const std::string& path, const image::ImageModel& model) {
  auto text = readFile(path);
  if (!text) return text.takeError();
  const llvm::StringRef bytes = (*text)->getBuffer();
  auto file = parseProfile({bytes.data(), bytes.size()}, path);
  if (!file) return file.takeError();
  return resolve(*file, model);
}

Profile Profile::resolve(const ProfileFile& file, const image::ImageModel& model) {
  Profile profile;
  const Resolver resolver(model);
  for (const CodeLines& lines : file.code) {
    std::string notice;
    if (const ProfiledCode* code = resolver.find(lines, notice)) {
      profile.code_.insert_or_assign(code->code, resolver.resolve(lines, *code));
    } else {
      profile.notices_.push_back(notice + ": its entries are ignored");
    }
  }
  return profile;
}

const CodeProfile* Profile::of(image::ObjectId code) const {
  const auto found = code_.find(code);
  return found == code_.end() ? nullptr : &found->second;
}

}  // namespace stwasm::profile
