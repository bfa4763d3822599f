/* The journal of a container on this host; org.freedesktop.machine1(5).
 *
 *   nodecause -M worker-1
 *
 * systemd-machined opens the container's root directory for us, as it does for journalctl. */

#include "source/journal_machine.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

static int explain(const char *name, int code, const sd_bus_error *error, struct error *reterr)
{
    if (sd_bus_error_has_name(error, "org.freedesktop.machine1.NoSuchMachine")) {
        return error_set(reterr, -ENOENT, "no running machine '%s'; see machinectl list", name);
    }
    if (code == -EACCES || code == -EPERM) {
        return error_set(reterr, -EACCES,
                         "permission denied for the machine '%s'; try again with sudo", name);
    }
    return error_set(reterr, code, "systemd-machined cannot open the machine '%s': %s", name,
                     error->message ? error->message : strerror(-code));
}

static int open_root(sd_bus *bus, const char *name, int *ret, struct error *reterr)
{
    sd_bus_error error = SD_BUS_ERROR_NULL;
    sd_bus_message *reply = NULL;
    int fd = -1, r;

    r = sd_bus_call_method(bus, "org.freedesktop.machine1", "/org/freedesktop/machine1",
                           "org.freedesktop.machine1.Manager", "OpenMachineRootDirectory", &error,
                           &reply, "s", name);
    if (r >= 0) {
        r = sd_bus_message_read(reply, "h", &fd);
    }
    if (r >= 0) {
        fd = fcntl(fd, F_DUPFD_CLOEXEC, 3); /* the reply closes its own */
        r = fd < 0 ? -errno : 0;
    }
    if (r >= 0) {
        *ret = fd;
    } else {
        r = explain(name, r, &error, reterr);
    }
    sd_bus_message_unref(reply);
    sd_bus_error_free(&error);
    return r;
}

int journal_machine_open(const char *name, sd_journal **ret, int *ret_fd, struct error *reterr)
{
    sd_bus *bus = NULL;
    int fd = -1, r = sd_bus_open_system(&bus);

    if (r < 0) {
        return error_set(reterr, r,
                         "cannot look up the machine '%s': cannot connect to the system bus: %s",
                         name, strerror(-r));
    }
    r = open_root(bus, name, &fd, reterr);
    sd_bus_flush_close_unref(bus);
    if (r < 0) {
        return r;
    }
    r = sd_journal_open_directory_fd(ret, fd, SD_JOURNAL_OS_ROOT);
    if (r < 0) {
        (void)close(fd);
        return error_set(reterr, r, "cannot open the journal of the machine '%s': %s", name,
                         strerror(-r));
    }
    *ret_fd = fd;
    return 0;
}
