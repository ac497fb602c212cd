# Finds Binaryen's C library: the system's where it is new enough, otherwise the private prefix
# that tools/setup unpacks into the cache folder.
#
# Defines the target Binaryen::binaryen, Binaryen_VERSION and Binaryen_PREFIX (empty when the
# system's is used).
#
# The prefix comes from a newer distribution and brings its own C library, so a program linked
# against it has to be started by the prefix's dynamic linker.

if(DEFINED ENV{STWASM_CACHE})
  set(_stwasm_cache "$ENV{STWASM_CACHE}")
elseif(DEFINED ENV{XDG_CACHE_HOME})
  set(_stwasm_cache "$ENV{XDG_CACHE_HOME}/stwasm")
else()
  set(_stwasm_cache "$ENV{HOME}/.cache/stwasm")
endif()

# The header carries no version; the tool beside the library does.
function(_binaryen_version result)
  execute_process(COMMAND ${ARGN} --version OUTPUT_VARIABLE text ERROR_QUIET)
  string(REGEX MATCH "version ([0-9]+)" _ "${text}")
  set(${result} "${CMAKE_MATCH_1}" PARENT_SCOPE)
endfunction()

set(Binaryen_PREFIX "")
set(Binaryen_VERSION "")
find_path(Binaryen_INCLUDE_DIR binaryen-c.h)
find_library(Binaryen_LIBRARY binaryen)
find_program(Binaryen_WASM_OPT wasm-opt)
if(Binaryen_INCLUDE_DIR AND Binaryen_LIBRARY AND Binaryen_WASM_OPT)
  _binaryen_version(Binaryen_VERSION "${Binaryen_WASM_OPT}")
endif()

if(NOT Binaryen_VERSION OR Binaryen_VERSION VERSION_LESS Binaryen_FIND_VERSION)
  set(Binaryen_PREFIX "${_stwasm_cache}/binaryen")
  set(_libs "${Binaryen_PREFIX}/usr/lib/x86_64-linux-gnu")
  set(_loader "${_libs}/ld-linux-x86-64.so.2")
  set(Binaryen_INCLUDE_DIR "${Binaryen_PREFIX}/usr/include")
  set(Binaryen_LIBRARY "${_libs}/libbinaryen.so")
  set(Binaryen_VERSION "")
  if(EXISTS "${Binaryen_LIBRARY}" AND EXISTS "${Binaryen_INCLUDE_DIR}/binaryen-c.h")
    _binaryen_version(Binaryen_VERSION
      "${_loader}" --library-path "${_libs}" "${Binaryen_PREFIX}/usr/bin/wasm-opt")
  endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Binaryen
  REQUIRED_VARS Binaryen_LIBRARY Binaryen_INCLUDE_DIR Binaryen_VERSION
  VERSION_VAR Binaryen_VERSION
  REASON_FAILURE_MESSAGE "run tools/setup, which fetches it")

if(Binaryen_FOUND AND NOT TARGET Binaryen::binaryen)
  # What the C API has is told by macros: newer versions parse text for a set of features, 120 only
  # for all of them.
  file(STRINGS "${Binaryen_INCLUDE_DIR}/binaryen-c.h" _parse REGEX "BinaryenModuleParseWithFeatures")
  set(_definitions "BINARYEN_VERSION=${Binaryen_VERSION}")
  if(_parse)
    list(APPEND _definitions BINARYEN_HAS_PARSE_WITH_FEATURES)
  endif()

  add_library(Binaryen::binaryen INTERFACE IMPORTED)
  set_target_properties(Binaryen::binaryen PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${Binaryen_INCLUDE_DIR}"
    INTERFACE_COMPILE_DEFINITIONS "${_definitions}"
    INTERFACE_LINK_OPTIONS "LINKER:--as-needed"
    INTERFACE_LINK_LIBRARIES "${Binaryen_LIBRARY}")
  if(Binaryen_PREFIX)
    set_property(TARGET Binaryen::binaryen APPEND PROPERTY INTERFACE_LINK_OPTIONS
      "LINKER:--allow-shlib-undefined" "LINKER:--disable-new-dtags"
      "LINKER:-rpath,${_libs}" "LINKER:--dynamic-linker=${_loader}")
  endif()
endif()
