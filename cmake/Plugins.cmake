# diag_plugins(folder table header [KIND kind] [TYPE type] [PREFIX prefix] [ALSO folder...])
#
# Generates the table of plug-ins of a folder from its file names: diag/<folder>/<kind>_<name>.c must
# define `const struct <type> <prefix>_<name>`. After adding or removing a file the
# table is generated again; nothing else must be edited. kind, type and prefix default to the name of
# the folder; files of the folders after ALSO are added to the same table.
function(diag_plugins folder table header)
  cmake_parse_arguments(ARG "" "KIND;TYPE;PREFIX" "ALSO" ${ARGN})
  foreach(part KIND TYPE PREFIX)
    if(NOT ARG_${part})
      set(ARG_${part} ${folder})
    endif()
  endforeach()
  set(files "")
  foreach(room ${folder} ${ARG_ALSO})
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/diag/${room}/${ARG_KIND}_*.c)
    list(APPEND files ${found})
  endforeach()
  list(SORT files)
  set(declarations "")
  set(items "")
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    string(REGEX REPLACE "^${ARG_KIND}_" "${ARG_PREFIX}_" name ${name})
    string(APPEND declarations "extern const struct ${ARG_TYPE} ${name};\n")
    string(APPEND items "    &${name},\n")
  endforeach()
  set(output ${CMAKE_BINARY_DIR}/generated/${folder}_table.c)
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT
"/* Made by cmake/Plugins.cmake from the file names of diag/${folder}. */

#include \"${header}\"

#include <stddef.h>

${declarations}
const struct ${ARG_TYPE} *const ${table}[] = {
${items}    NULL,
};
")
  if(folder STREQUAL "cli")
    set(DIAG_GENERATED_CLI ${output} PARENT_SCOPE)
  else()
    set(DIAG_GENERATED ${DIAG_GENERATED} ${output} PARENT_SCOPE)
  endif()
endfunction()
