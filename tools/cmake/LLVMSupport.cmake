# LLVM::Support: LLVM 19's support library, linked statically and hidden.
#
# libbinaryen.so carries and exports an old LLVM of its own. With libLLVM-19.so beside it the two
# mix and the program dies before main. So LLVM is linked from the archives, its symbols are not
# exported (--exclude-libs), and the archives stand before libbinaryen.so on the link line, which
# the dependency of LLVM::Support on Binaryen::binaryen below ensures. (--as-needed drops Binaryen
# from programs that do not call it.)
include_guard()

find_path(LLVM_SUPPORT_INCLUDE_DIR llvm/Support/Error.h
  HINTS ENV LLVM_ROOT
  PATHS /usr/lib/llvm-19 /usr/local/opt/llvm@19 /opt/homebrew/opt/llvm@19
  PATH_SUFFIXES include NO_DEFAULT_PATH)
find_path(LLVM_SUPPORT_INCLUDE_DIR llvm/Support/Error.h)
get_filename_component(_llvm_root "${LLVM_SUPPORT_INCLUDE_DIR}" DIRECTORY)
foreach(component IN ITEMS Support Demangle)
  find_library(LLVM_${component}_ARCHIVE libLLVM${component}.a HINTS "${_llvm_root}/lib")
  if(NOT LLVM_SUPPORT_INCLUDE_DIR OR NOT LLVM_${component}_ARCHIVE)
    message(FATAL_ERROR "LLVM 19 not found (libLLVM${component}.a and its headers): run tools/setup")
  endif()
endforeach()

add_library(LLVM::Demangle STATIC IMPORTED)
set_target_properties(LLVM::Demangle PROPERTIES
  IMPORTED_LOCATION "${LLVM_Demangle_ARCHIVE}"
  INTERFACE_LINK_LIBRARIES Binaryen::binaryen)

add_library(LLVM::Support STATIC IMPORTED)
set_target_properties(LLVM::Support PROPERTIES
  IMPORTED_LOCATION "${LLVM_Support_ARCHIVE}"
  INTERFACE_INCLUDE_DIRECTORIES "${LLVM_SUPPORT_INCLUDE_DIR}"
  INTERFACE_LINK_OPTIONS "LINKER:--exclude-libs,ALL"
  INTERFACE_LINK_LIBRARIES "LLVM::Demangle;rt;dl;m;z;zstd;tinfo")
