#define _GNU_SOURCE
#include "CrashReport.h"

#include "CRuntimeHooks.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

// Everything that `on_crash` calls is safe in a signal handler: it reads memory that was prepared,
// and makes the system calls write, pause and _exit.

static const size_t stack_size = 64 * 1024;

static const char *process_command = "settlesim";
static _Thread_local const char *thread_command = NULL;
static _Thread_local void *alternate_stack = NULL;
static char *report_memory = NULL;
static size_t report_size = 0;
static atomic_int is_dying = 0;
static _Thread_local volatile sig_atomic_t is_reporting = 0;

struct text {
  char *bytes;
  size_t count;
  size_t size;
};

static void add(struct text *text, const char *string) {
  while (*string != 0 && text->count + 1 < text->size) text->bytes[text->count++] = *string++;
  text->bytes[text->count] = 0;
}

/// Adds a number of at least `width` digits.
static void add_number(struct text *text, int64_t number, int width) {
  char digits[24];
  size_t at = sizeof digits - 1;
  uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
  digits[at] = 0;
  do {
    digits[--at] = (char)('0' + rest % 10);
    rest /= 10;
    width -= 1;
  } while ((rest > 0 || width > 0) && at > 1);
  if (number < 0) digits[--at] = '-';
  add(text, digits + at);
}

/// Adds `2d 03:04:05.678`, as virtual time is written everywhere.
static void add_time(struct text *text, int64_t nanoseconds) {
  int64_t seconds = nanoseconds / 1000000000;
  if (seconds >= 86400) {
    add_number(text, seconds / 86400, 1);
    add(text, "d ");
  }
  add_number(text, seconds / 3600 % 24, 2);
  add(text, ":");
  add_number(text, seconds / 60 % 60, 2);
  add(text, ":");
  add_number(text, seconds % 60, 2);
  add(text, ".");
  add_number(text, nanoseconds / 1000000 % 1000, 3);
}

static const char *name_of(int number) {
  switch (number) {
    case SIGILL: return "SIGILL";
    case SIGTRAP: return "SIGTRAP";
    case SIGSEGV: return "SIGSEGV";
    case SIGABRT: return "SIGABRT";
    case SIGBUS: return "SIGBUS";
    case SIGFPE: return "SIGFPE";
    default: return "a signal";
  }
}

static void add_position(struct text *text, const struct settlesim_position *position) {
  if (position == NULL) {
    add(text, " outside of the simulated time");
    return;
  }
  add(text, " at virtual time ");
  add_time(text, position->now);
  add(text, ", island ");
  add_number(text, position->id, 1);
  add(text, ", last event noted: ");
  uint64_t kept =
      position->count < SETTLESIM_KEPT_NOTES ? position->count : SETTLESIM_KEPT_NOTES;
  if (kept == 0) add(text, "none");
  for (uint64_t before = 0; before < kept && before < 3; before += 1) {
    struct settlesim_note note = settlesim_last_note(position, before);
    if (before > 0) add(text, "; before it: ");
    add(text, note.station);
    add(text, " ");
    add_number(text, note.number, 1);
  }
}

static void put(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(STDERR_FILENO, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

/// To where reports go: memory that the parent of this process reads, or standard error.
static void report(const char *bytes, size_t count) {
  if (report_memory != NULL) {
    struct text text = {report_memory, 0, report_size};
    add(&text, bytes);
  } else {
    put(bytes, count);
  }
}

static void on_crash(int number) {
  if (is_reporting) _exit(1);
  is_reporting = 1;
  // Another thread is at it, and ends the process.
  if (atomic_exchange(&is_dying, 1) != 0) {
    while (1) pause();
  }
  static char bytes[16384];
  struct text text = {bytes, 0, sizeof bytes};
  add(&text, "settlesim: internal error: ");
  add(&text, name_of(number));
  add_position(&text, settlesim_current_position());
  add(&text, "\nsettlesim: please report it with the scenario; this command shows it again:\n");
  add(&text, thread_command != NULL ? thread_command : process_command);
  add(&text, "\n");
  report(bytes, text.count);
  _exit(1);
}

void settlesim_end_with_report(const char *text, int code) {
  is_reporting = 1;
  // A crash is being reported, and ends the process.
  if (atomic_exchange(&is_dying, 1) != 0) {
    while (1) pause();
  }
  report(text, strlen(text));
  _exit(code);
}

void settlesim_begin_thread(const char *command) {
  thread_command = command;
  if (alternate_stack != NULL) return;
  void *memory = mmap(
      NULL, stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return;
  stack_t stack;
  memset(&stack, 0, sizeof stack);
  stack.ss_sp = memory;
  stack.ss_size = stack_size;
  if (sigaltstack(&stack, NULL) != 0) {
    munmap(memory, stack_size);
    return;
  }
  alternate_stack = memory;
}

void settlesim_end_thread(void) {
  if (alternate_stack == NULL) return;
  stack_t stack;
  memset(&stack, 0, sizeof stack);
  stack.ss_flags = SS_DISABLE;
  sigaltstack(&stack, NULL);
  munmap(alternate_stack, stack_size);
  alternate_stack = NULL;
  thread_command = NULL;
}

const char *settlesim_thread_command(void) { return thread_command; }
void settlesim_set_thread_command(const char *command) { thread_command = command; }

void settlesim_install_crash_handler(const char *command) {
  process_command = command;
  settlesim_begin_thread(NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_crash;
  // A second fault of the same thread must get through to `is_reporting`.
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  static const int numbers[] = {SIGILL, SIGTRAP, SIGSEGV, SIGABRT, SIGBUS, SIGFPE};
  for (size_t index = 0; index < sizeof numbers / sizeof numbers[0]; index += 1) {
    sigaction(numbers[index], &action, NULL);
  }
}

void settlesim_report_into(char *memory, size_t size) {
  report_memory = memory;
  report_size = size;
}

pid_t settlesim_fork(void) {
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The parent may have died before the line above.
    if (getppid() != parent) _exit(1);
  }
  return child;
}
