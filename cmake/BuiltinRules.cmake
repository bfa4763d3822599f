# diag_builtin_rules(): compiles rules/**/*.yaml into the library, each without its tests: as texts, for
# `nodecause rules show` and for when other rules are added, and as the tables that nodecause-rulec makes of them.
#
# `tests:` is the last key of a rule file (required by the loader), so the file can be cut there.
#
# NODECAUSE_RULES_DIR: a directory of rules other than rules/, for a program with more or other built-in rules.
# NODECAUSE_RULEC: when cross-compiling without an emulator (CMAKE_CROSSCOMPILING_EMULATOR), the nodecause-rulec of a
# build of the same sources and rules for this machine; the tables are the same for every machine.
set(NODECAUSE_RULEC "" CACHE FILEPATH "A nodecause-rulec that runs here; empty: the one that is built")
set(NODECAUSE_RULES_DIR ${CMAKE_SOURCE_DIR}/rules CACHE PATH "Rules that are compiled into the program")

function(diag_builtin_rules)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${NODECAUSE_RULES_DIR}
       ${NODECAUSE_RULES_DIR}/*.yaml)
  list(SORT files)
  set(output ${CMAKE_BINARY_DIR}/generated/builtin_rules.c)
  set(depends "")
  foreach(file IN LISTS files)
    list(APPEND depends ${NODECAUSE_RULES_DIR}/${file})
  endforeach()
  string(REPLACE ";" "\n" listing "${files}")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/builtin_rules.txt CONTENT "${listing}\n" @ONLY)
  add_custom_command(OUTPUT ${output}
      COMMAND ${CMAKE_SOURCE_DIR}/cmake/embed-rules ${NODECAUSE_RULES_DIR}
              ${CMAKE_BINARY_DIR}/generated/builtin_rules.txt ${output}
      DEPENDS ${depends} ${CMAKE_SOURCE_DIR}/cmake/embed-rules
              ${CMAKE_BINARY_DIR}/generated/builtin_rules.txt
      VERBATIM)
  # One string for each rule file; ISO C guarantees only 4095 characters, the supported compilers accept any length.
  set_source_files_properties(${output} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)

  set(tables ${CMAKE_BINARY_DIR}/generated/builtin_tables.c)
  if(NODECAUSE_RULEC)
    set(rulec ${NODECAUSE_RULEC})
  else()
    set(rulec nodecause-rulec)
  endif()
  add_custom_command(OUTPUT ${tables} COMMAND ${rulec} ${tables} DEPENDS ${rulec} ${output} VERBATIM)
  set_source_files_properties(${tables} PROPERTIES COMPILE_OPTIONS "-Wno-overlength-strings;-g0")
  set(DIAG_BUILTIN_TEXTS ${output} PARENT_SCOPE)
  set(DIAG_BUILTIN_TABLES ${tables} PARENT_SCOPE)
endfunction()
