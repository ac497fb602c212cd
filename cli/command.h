// The subcommands: each stands in a file of its own and is entered in the table in main.cpp.
#pragma once

#include "cli/options.h"

namespace stwasm::cli {

struct Command {
  CommandSpec spec;
  // The exit code, or a failure that main prints before it exits with 1.
  Result<int> (*run)(const Arguments& arguments);
};

Command buildCommand();
Command runCommand();
Command profileCommand();
Command serveCommand();
Command verifyCommand();
Command infoCommand();
Command methodsCommand();
Command disassembleCommand();
Command inspectCommand();
Command sizeCommand();
Command composeCommand();

}  // namespace stwasm::cli
