# diag_install(): installs the program, nodecause.h, libnodecause.a and nodecause.pc.
#
# The program and the tests link the internal archive with all its symbols. The installed library is
# that archive as one object that only defines the functions of nodecause.h, so that no internal
# name conflicts with one of the program that links it.
function(diag_install)
  include(GNUInstallDirs)

  set(library ${CMAKE_BINARY_DIR}/libnodecause.a)
  set(object ${CMAKE_BINARY_DIR}/libnodecause.o)
  add_custom_command(OUTPUT ${library}
      COMMAND ${CMAKE_C_COMPILER} -r -nostdlib -o ${object} -Wl,--whole-archive $<TARGET_FILE:libnodecause>
      COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${object}
      COMMAND ${CMAKE_COMMAND} -E rm -f ${library}
      COMMAND ${CMAKE_AR} rcs ${library} ${object}
      COMMAND ${CMAKE_COMMAND} -E rm ${object}
      DEPENDS libnodecause
      COMMENT "Hiding the internal symbols of libnodecause.a"
      VERBATIM)
  add_custom_target(public_library ALL DEPENDS ${library})

  # The library is static: a program that links it requires the same libraries, but not their headers.
  set(private ${SYSTEMD_LDFLAGS} ${PCRE2_LDFLAGS} ${FYAML_LDFLAGS} ${JANSSON_LDFLAGS}
              ${ARCHIVE_LDFLAGS} ${COMPRESSION_LDFLAGS} -lbz2 -lm -pthread)
  list(REMOVE_DUPLICATES private)
  list(JOIN private " " NODECAUSE_LIBS_PRIVATE)
  file(RELATIVE_PATH NODECAUSE_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
  string(REGEX REPLACE "/$" "" NODECAUSE_PREFIX ${NODECAUSE_PREFIX})
  configure_file(${CMAKE_SOURCE_DIR}/cmake/nodecause.pc.in ${CMAKE_BINARY_DIR}/nodecause.pc @ONLY)

  install(TARGETS nodecause RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(FILES diag/nodecause.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(FILES ${library} DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(FILES ${CMAKE_BINARY_DIR}/nodecause.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()
