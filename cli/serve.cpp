// stwasm serve: serves a folder that `build --page` wrote to the browsers of this machine.
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/host.h"

namespace stwasm::cli {

namespace {

Result<int> run(const Arguments& arguments) {
  std::vector<std::string> words{"serve"};
  appendGiven(arguments, {"--port", "--address"}, {}, words);
  return startHost(arguments, words);
}

}  // namespace

Command serveCommand() {
  CommandSpec spec;
  spec.name = "serve";
  spec.summary = "serve a translated image to browsers";
  spec.arguments = "OUT [options]";
  spec.description =
      "Serves the folder OUT, made with `stwasm build --page`, over HTTP and prints its address. "
      "It\n"
      "opens no browser and runs until it is interrupted. Any other static web server does as "
      "well:\n"
      "what counts is the type application/wasm for .wasm files, which lets browsers compile "
      "while\n"
      "they load.";
  spec.minArguments = 1;
  spec.maxArguments = 1;
  spec.options = {{"--port", "", "N", "the port (otherwise 8080; 0: any that is free)"},
                  {"--address", "", "ADDRESS",
                   "the address to listen on (otherwise 127.0.0.1: this machine only)"},
                  {"--engine", "", "PATH", "the JavaScript engine, as for `stwasm run`"}};
  spec.examples = {{"stwasm serve out", "then open http://127.0.0.1:8080/"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
