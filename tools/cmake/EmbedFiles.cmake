# stwasm_embed(types NAMESPACE stwasm::types FILES a.wat b.wat): a library whose header
# "<folder>/embedded.h" declares `files()`: the files' names and texts, in the order given.
# The command thereby carries its runtime with it and needs no installed data.
include_guard()

function(stwasm_embed name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAMESPACE;SYMBOL" "FILES")
  set(assembly "    .section .rodata\n")
  set(declarations "")
  set(rows "")
  set(index 0)
  foreach(file IN LISTS arg_FILES)
    set(path "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
    set(symbol "stwasm_${name}_${index}")
    string(APPEND assembly "    .globl ${symbol}\n    .globl ${symbol}_end\n${symbol}:\n"
      "    .incbin \"${path}\"\n${symbol}_end:\n    .byte 0\n")
    string(APPEND declarations "extern const char ${symbol}[], ${symbol}_end[];\n")
    string(APPEND rows
      "      {\"${file}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND assembly "    .section .note.GNU-stack,\"\",@progbits\n")
  set(assembly_file "${CMAKE_CURRENT_BINARY_DIR}/${name}_embedded.S")
  set(table_file "${CMAKE_CURRENT_BINARY_DIR}/${name}_embedded.cpp")
  file(CONFIGURE OUTPUT "${assembly_file}" CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT "${table_file}" CONTENT
"#include \"translator/support/embedded_file.h\"
extern \"C\" {
${declarations}}
namespace ${arg_NAMESPACE} {
std::vector<stwasm::EmbeddedFile> files() {
  return {
${rows}  };
}
}  // namespace ${arg_NAMESPACE}
" @ONLY)
  list(TRANSFORM arg_FILES PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/" OUTPUT_VARIABLE absolute)
  set_source_files_properties("${assembly_file}" PROPERTIES OBJECT_DEPENDS "${absolute}")
  stwasm_library(${name} SOURCES "${assembly_file}" "${table_file}" DEPENDS support)
endfunction()
