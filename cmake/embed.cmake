# Builds files into the program: asset("src/modules/goal/goal.html") is that file.
# GCC 12 has no #embed; the assembler's .incbin costs no compile time, so a changed page is a new binary at once.
#   src/**.sql, src/**.html   as they are
#   src/**.po                 all in one, compiled: "sv.mo"
#   assets/**                 as they are
#   build/assets/**           what tools/build bundled (style, scripts), under the name assets/**
function(embed_assets target)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} src/*.sql src/*.html assets/*)
  file(GLOB_RECURSE bundled CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/build build/assets/*)
  file(GLOB_RECURSE translations CONFIGURE_DEPENDS src/*.po)
  set(catalogue ${CMAKE_BINARY_DIR}/translations/sv)
  add_custom_command(OUTPUT ${catalogue}.mo DEPENDS ${translations}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/translations
    COMMAND msgcat --use-first -o ${catalogue}.po ${translations}
    COMMAND msgfmt --check-format --check-domain -o ${catalogue}.mo ${catalogue}.po VERBATIM)
  set(assembly ".section .rodata\n")
  set(declarations "")
  set(table "")
  set(inputs "")
  set(n 0)
  foreach(name ${files} ${bundled} sv.mo)
    math(EXPR n "${n}+1")
    set(file ${CMAKE_SOURCE_DIR}/${name})
    if(name STREQUAL sv.mo)
      set(file ${catalogue}.mo)
    elseif(NOT EXISTS ${file})
      set(file ${CMAKE_SOURCE_DIR}/build/${name})
    endif()
    list(APPEND inputs ${file})
    string(APPEND assembly ".global asset_${n}, asset_${n}_end\n.balign 16\nasset_${n}:\n.incbin \"${file}\"\nasset_${n}_end:\n.byte 0\n")
    string(APPEND declarations "extern const char asset_${n}[], asset_${n}_end[];\n")
    string(APPEND table "    {\"${name}\", {asset_${n}, std::size_t(asset_${n}_end - asset_${n})}},\n")
  endforeach()
  file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/embedded.S CONTENT "${assembly}.section .note.GNU-stack,\"\",@progbits\n")
  file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/embedded.cpp CONTENT
"#include \"base/assets.h\"
extern \"C\" {
${declarations}}
namespace stafett {
const std::vector<Asset>& assets() {
  static const std::vector<Asset> all{
${table}  };
  return all;
}
}  // namespace stafett
")
  set_source_files_properties(${CMAKE_BINARY_DIR}/embedded.S PROPERTIES OBJECT_DEPENDS "${inputs}")
  target_sources(${target} PRIVATE ${CMAKE_BINARY_DIR}/embedded.S ${CMAKE_BINARY_DIR}/embedded.cpp)
endfunction()
