// The table of notes on primitives. What the primitives are follows the numbers of the
// OpenSmalltalk VM and the methods of Cuis and Squeak that call them; the reasons are ours. A
// primitive that fails leaves the rest to the method's own code, so each entry tells what an image
// is to expect.
#include "cli/primitive_notes.h"

namespace stwasm::cli {

namespace {

constexpr auto kElsewhere = PrimitiveNote::State::kElsewhere;
constexpr auto kHost = PrimitiveNote::State::kHost;
constexpr auto kRefused = PrimitiveNote::State::kRefused;
constexpr auto kMissing = PrimitiveNote::State::kMissing;

constexpr std::string_view kProfiler =
    "profiles the machine code of a C VM; use the host's profiler";
constexpr std::string_view kStreams =
    "fails by definition: the stream's own code runs, as on the OpenSmalltalk VM";
constexpr std::string_view kFiles = "files inside the folder that `run --files` names";
constexpr std::string_view kDisplay = "shown where the host has a display";
constexpr std::string_view kInput = "events come from the host's display";
constexpr std::string_view kClipboard = "the host's clipboard";
constexpr std::string_view kMachineCode = "there is no machine code of a method to be thrown away";
constexpr std::string_view kTimer =
    "profiles by a high-priority clock interrupt, which a host has not";
constexpr std::string_view kTablet = "no host offers a tablet or joystick to modules";
constexpr std::string_view kRecording = "no host records sound for an image";
constexpr std::string_view kCollector = "the host's collector shows neither generations nor limits";

constexpr PrimitiveNote kNotes[] = {
    {"19", kRefused, "fails by definition: marks what the simulator must not run"},
    {"65", kRefused, kStreams},
    {"66", kRefused, kStreams},
    {"67", kRefused, kStreams},
    {"80", kElsewhere, "blocks without closures: the bytecode of blockCopy: makes them"},
    {"90", kHost, kInput},
    {"91", kHost, kDisplay},
    {"92", kHost, kDisplay},
    {"93", kHost, kInput},
    {"94", kHost, kInput},
    {"97", kHost, "writes an image file of its own format, inside the folder of `run --files`"},
    {"101", kHost, kDisplay},
    {"102", kHost, kDisplay},
    {"106", kHost, kDisplay},
    {"107", kHost, kInput},
    {"108", kHost, kInput},
    {"109", kHost, kInput},
    {"113", kHost, "ends the run with an exit code"},
    {"114", kRefused, "there is no C debugger to exit to"},
    {"121", kHost, "the name that the host gives to the image"},
    {"126", kHost, kDisplay},
    {"127", kHost, kDisplay},
    {"133", kHost, kInput},
    {"140", kHost, "beeps where the host can"},
    {"141", kHost, kClipboard},
    {"142", kHost, "the folder that the host gives as the VM's"},
    {"149", kHost, "attributes and arguments as the host gives them"},
    {"198", kElsewhere, "marks ensure: and ifCurtailed:; fails by definition"},
    {"199", kElsewhere, "marks on:do:; fails by definition"},
    {"200", kRefused,
     "closures are made by bytecodes; sent as a message, the method's own code does it"},
    {"214", kRefused, kMachineCode},
    {"215", kRefused, kMachineCode},
    {"230", kHost, "returns to the host's event loop until something is to be done"},
    {"231", kHost, kDisplay},
    {"232", kRefused, "prints on a printer of a Macintosh; no VM of today does"},
    {"233", kHost, kDisplay},
    {"247", kRefused, "saves the image into the VM's executable; a module has none"},
    {"250", kRefused, kProfiler},
    {"251", kRefused, kProfiler},
    {"252", kRefused, kProfiler},
    {"253", kRefused, kProfiler},
    {"571", kRefused, "modules are part of the runtime and cannot be unloaded"},
    {"_primitiveDisableModuleLoading", kRefused, "no modules are loaded"},
    {"_primitiveForceTenure", kRefused, kCollector},
    {"_primitiveGetCurrentWorkingDirectory", kMissing, "asks with a buffer for a C string"},
    {"_primitiveInterruptChecksPerMSec", kRefused, "there is no interrupt check counter to set"},
    {"_primitiveInterpreterSourceVersion", kRefused, "there are no C sources of this VM"},
    {"_primitiveIsRoot", kRefused, kCollector},
    {"_primitiveIsYoung", kRefused, kCollector},
    {"_primitiveLongRunning*", kRefused, kTimer},
    {"_primitivePlatformSourceVersion", kRefused, "there are no C sources of this VM"},
    {"_primitiveProfile*", kRefused, kTimer},
    {"_primitiveRootTable*", kRefused, kCollector},
    {"_primitiveScreenDepth", kHost, kDisplay},
    {"_primitiveScreenScaleFactor", kRefused,
     "a Display's pixels are the host's; the method's own code says so"},
    {"_primitiveSetGC*", kRefused, kCollector},
    {"_primitiveVMVersion", kMissing, "the method's own code has an answer"},
    {"ADPCMCodecPlugin_*", kMissing, "the methods' own code does it"},
    {"AsynchFilePlugin_*", kRefused, "files are read and written at once; FilePlugin does it"},
    {"ConsolePlugin_*", kHost, "standard output"},
    {"CpSystemPlugin_*", kHost, "variables, console and WebSockets of the host"},
    {"CpSystemPlugin_primitiveEnvironmentConfirm:", kHost, "asks where the page permits it"},
    {"CpSystemPlugin_primitiveEnvironmentGlobalApply:withArguments:", kHost,
     "calls functions of JavaScript as far as the host's permissions go"},
    {"CpSystemPlugin_primitiveEnvironmentReload", kRefused, "the page belongs to its user"},
    {"DropPlugin_*", kHost, "files that are dropped on a page"},
    {"FileAttributesPlugin_*", kMissing, "FilePlugin's directory primitives answer the same"},
    {"FileAttributesPlugin_primitiveChange*", kRefused, "a host's files have no modes or owners"},
    {"FileAttributesPlugin_primitiveFile*", kHost, kFiles},
    {"FileAttributesPlugin_primitiveLogicalDrives", kRefused, "drives are those of Windows"},
    {"FileAttributesPlugin_primitiveSymlinkChange*", kRefused,
     "a host's files have no modes or owners"},
    {"FilePlugin_*", kHost, kFiles},
    {"FilePlugin_primitiveConnectTo*", kRefused, "a host opens files by name only"},
    {"FilePlugin_primitiveDirectoryGetMac*", kRefused, "types and creators are a Macintosh's"},
    {"HostWindowPlugin_*", kRefused, "an image has one display and no windows of the host"},
    {"JavaScript_*", kHost, "JavaScript as far as the host's permissions go"},
    {"JoystickTabletPlugin_*", kRefused, kTablet},
    {"KedamaPlugin_*", kMissing, "StarSqueak's arrays; the methods' own code does it"},
    {"LocalePlugin_*", kMissing, "the methods' own code has defaults"},
    {"MIDIPlugin_*", kRefused, "no host offers MIDI ports to modules"},
    {"SqueakFFIPrims_*", kRefused, "a module cannot call C functions"},
    {"SocketPlugin_*", kHost, "HTTP and WebSockets, to the origins that the host permits"},
    {"SoundCodecPrims_primitiveGSM*", kRefused, "the codec for telephones is that of a C library"},
    {"SoundGenerationPlugin_*", kMissing, "the methods' own code does it"},
    {"SoundPlugin_*", kHost, "played where the host has sound"},
    {"SoundPlugin_primitiveSoundGetRecordingSampleRate", kRefused, kRecording},
    {"SoundPlugin_primitiveSoundGetVolume", kRefused, "the volume is the host's own affair"},
    {"SoundPlugin_primitiveSoundInsertSamples", kRefused,
     "what has been handed over is played as it is"},
    {"SoundPlugin_primitiveSoundRecordSamples", kRefused, kRecording},
    {"SoundPlugin_primitiveSoundSetRecordLevel", kRefused, kRecording},
    {"SoundPlugin_primitiveSoundStartRecording", kRefused, kRecording},
    {"UnhandledErrors_*", kHost, "an image that ends with an error tells where it was"},
    {"UnixOSProcessPlugin_*", kRefused, "a module cannot start processes"},
    {"UnixOSProcessPlugin_primitiveGetCurrentWorkingDirectory", kHost,
     "the image's folder, as the host shows it"},
    {"VectorEnginePlugin_*", kRefused, "Cuis has the same engine in Smalltalk and takes that then"},
    {"Win32OSProcessPlugin_*", kRefused, "only for images on Windows; the host looks like Unix"},
};

}  // namespace

std::span<const PrimitiveNote> primitiveNotes() { return kNotes; }

}  // namespace stwasm::cli
