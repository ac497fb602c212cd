# How the project's libraries and programs are declared: one language level, one set of warnings,
# sanitizers when asked for.
include_guard()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

add_library(stwasm_options INTERFACE)
target_include_directories(stwasm_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(stwasm_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  # g++ 12 sees overlapping copies in plain string concatenation (its bug 105329).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
if(STWASM_SANITIZE)
  set(_sanitize -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(stwasm_options INTERFACE ${_sanitize})
  target_link_options(stwasm_options INTERFACE ${_sanitize})
endif()

# A dependency is named after its folder ("image" is stwasm_image), or is an imported target
# ("fmt::fmt").
function(_stwasm_link target)
  foreach(dependency IN LISTS ARGN)
    if(NOT dependency MATCHES "::")
      set(dependency stwasm_${dependency})
    endif()
    target_link_libraries(${target} PUBLIC ${dependency})
  endforeach()
endfunction()

# stwasm_library(image SOURCES a.cpp b.cpp DEPENDS support fmt::fmt)
function(stwasm_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  add_library(stwasm_${name} STATIC ${arg_SOURCES})
  target_link_libraries(stwasm_${name} PUBLIC stwasm_options)
  _stwasm_link(stwasm_${name} ${arg_DEPENDS})
endfunction()

# stwasm_program(stwasm_unit_tests SOURCES a_test.cpp DEPENDS image doctest::doctest)
# Here the name is the target and the file in bin/.
function(stwasm_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE stwasm_options)
  _stwasm_link(${name} ${arg_DEPENDS})
endfunction()
