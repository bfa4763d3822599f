# diag_builtin_rules(): compiles rules/**/*.yaml into the library, each without its tests.
#
# `tests:` is the last key of a rule file (required by the loader), so the file can be cut there.
function(diag_builtin_rules)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/rules
       ${CMAKE_SOURCE_DIR}/rules/*.yaml)
  list(SORT files)
  set(output ${CMAKE_BINARY_DIR}/generated/builtin_rules.c)
  set(depends "")
  foreach(file IN LISTS files)
    list(APPEND depends ${CMAKE_SOURCE_DIR}/rules/${file})
  endforeach()
  string(REPLACE ";" "\n" listing "${files}")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/builtin_rules.txt CONTENT "${listing}\n" @ONLY)
  add_custom_command(OUTPUT ${output}
      COMMAND ${CMAKE_SOURCE_DIR}/cmake/embed-rules ${CMAKE_SOURCE_DIR}/rules
              ${CMAKE_BINARY_DIR}/generated/builtin_rules.txt ${output}
      DEPENDS ${depends} ${CMAKE_SOURCE_DIR}/cmake/embed-rules
              ${CMAKE_BINARY_DIR}/generated/builtin_rules.txt
      VERBATIM)
  # One string for each rule file; ISO C guarantees only 4095 characters, the supported compilers accept any length.
  set_source_files_properties(${output} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
  set(DIAG_GENERATED ${DIAG_GENERATED} ${output} PARENT_SCOPE)
endfunction()
