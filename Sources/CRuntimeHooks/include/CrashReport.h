#ifndef SETTLESIM_CRASH_REPORT_H
#define SETTLESIM_CRASH_REPORT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// From now on SIGILL, SIGTRAP, SIGSEGV, SIGABRT, SIGBUS and SIGFPE make a report and end the
/// process with code 1. The report says where in virtual time the thread was, what was noted last,
/// and which command shows it again. Once for the process, by its first thread.
///
/// - Parameter command: the command line of this process; lives as long as the process.
void settlesim_install_crash_handler(const char *_Nonnull command);

/// Gives this thread a stack on which the handler can run when its own is used up, and the command
/// that shows again what it does. The first thread has one already.
///
/// - Parameter command: lives until the thread has another; NULL for that of the process.
void settlesim_begin_thread(const char *_Nullable command);

/// Takes back what `settlesim_begin_thread` gave; the last thing that a thread does.
void settlesim_end_thread(void);

/// The command that shows again what this thread does, or NULL.
const char *_Nullable settlesim_thread_command(void);
void settlesim_set_thread_command(const char *_Nullable command);

/// Reports go to this memory from now on, ended by a zero byte, and no longer to standard error:
/// for a child process whose parent reads them.
void settlesim_report_into(char *_Nonnull memory, size_t size);

/// Ends the process with this code at once, from whatever thread; the text goes where reports go.
_Noreturn void settlesim_end_with_report(const char *_Nonnull text, int code);

/// A child process, which dies with this one; 0 in the child, -1 where there is none. Only for a
/// process with one thread.
pid_t settlesim_fork(void);

#endif
