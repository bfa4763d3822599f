# diag_builtin_rules(): compiles rules/**/*.yaml into the library, each without its tests: as texts, for
# `nodecause rules show` and for when other rules are added, and as the tables that nodecause-rulec makes of them; and
# rules/layouts/*.yaml, which are only loaded for a bundle.
#
# `tests:` is the last key of a rule file (required by the loader), so the file can be cut there.
#
# NODECAUSE_RULES_DIR: a directory of rules other than rules/, for a program with more or other built-in rules.
# NODECAUSE_RULEC: when cross-compiling without an emulator (CMAKE_CROSSCOMPILING_EMULATOR), the nodecause-rulec of a
# build of the same sources and rules for this machine; the tables are the same for every machine.
set(NODECAUSE_RULEC "" CACHE FILEPATH "A nodecause-rulec that runs here; empty: the one that is built")
set(NODECAUSE_RULES_DIR ${CMAKE_SOURCE_DIR}/rules CACHE PATH "Rules that are compiled into the program")

# The files as texts of generated/builtin_<kind>s.c.
function(diag_embed kind directory files)
  list(SORT files)
  set(output ${CMAKE_BINARY_DIR}/generated/builtin_${kind}s.c)
  set(depends "")
  foreach(file IN LISTS files)
    list(APPEND depends ${directory}/${file})
  endforeach()
  string(REPLACE ";" "\n" listing "${files}")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/builtin_${kind}s.txt CONTENT "${listing}\n" @ONLY)
  add_custom_command(OUTPUT ${output}
      COMMAND ${CMAKE_SOURCE_DIR}/cmake/embed-rules ${directory}
              ${CMAKE_BINARY_DIR}/generated/builtin_${kind}s.txt ${output} ${kind}
      DEPENDS ${depends} ${CMAKE_SOURCE_DIR}/cmake/embed-rules
              ${CMAKE_BINARY_DIR}/generated/builtin_${kind}s.txt
      VERBATIM)
  # One string for each file; ISO C guarantees only 4095 characters, the supported compilers accept any length.
  set_source_files_properties(${output} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
endfunction()

function(diag_builtin_rules)
  set(rules ${NODECAUSE_RULES_DIR})
  set(generated ${CMAKE_BINARY_DIR}/generated)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${rules} ${rules}/*.yaml)
  list(FILTER files EXCLUDE REGEX "^layouts/")
  diag_embed(rule ${rules} "${files}")
  file(GLOB layouts CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/rules/layouts
       ${CMAKE_SOURCE_DIR}/rules/layouts/*.yaml)
  diag_embed(layout ${CMAKE_SOURCE_DIR}/rules/layouts "${layouts}")

  if(NODECAUSE_RULEC)
    set(rulec ${NODECAUSE_RULEC})
  else()
    set(rulec nodecause-rulec)
  endif()
  add_custom_command(OUTPUT ${generated}/builtin_tables.c COMMAND ${rulec} ${generated}/builtin_tables.c
      DEPENDS ${rulec} ${generated}/builtin_rules.c VERBATIM)
  set_source_files_properties(${generated}/builtin_tables.c PROPERTIES COMPILE_OPTIONS "-Wno-overlength-strings;-g0")
  set(DIAG_BUILTIN_TEXTS ${generated}/builtin_rules.c PARENT_SCOPE)
  set(DIAG_BUILTIN_TABLES ${generated}/builtin_tables.c PARENT_SCOPE)
  set(DIAG_BUILTIN_LAYOUTS ${generated}/builtin_layouts.c PARENT_SCOPE)
endfunction()
