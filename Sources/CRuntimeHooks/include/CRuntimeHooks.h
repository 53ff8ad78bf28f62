#ifndef SETTLESIM_RUNTIME_HOOKS_H
#define SETTLESIM_RUNTIME_HOOKS_H

#include <stdbool.h>
#include <stdint.h>

#include "CrashReport.h"

/// What a station of an island noted as it began to act.
struct settlesim_note {
  /// Its name and what is numbered, ended by a zero byte; lives as long as the process.
  const char *_Nonnull station;
  /// Number of what it acts on, such as a payment.
  int64_t number;
};

/// How many of the last notes are kept; a power of two.
#define SETTLESIM_KEPT_NOTES 8

/// Where an island stands: plain memory that a signal handler of the thread that runs it may read.
struct settlesim_position {
  /// The island itself, for the runtime.
  void *_Nullable island;
  /// Position of the island in its world.
  int64_t id;
  /// Virtual time of the last event begun, nanoseconds since the start of the run.
  int64_t now;
  /// How many notes there were so far; note n (from 0) is at n modulo `SETTLESIM_KEPT_NOTES`.
  uint64_t count;
  struct settlesim_note notes[SETTLESIM_KEPT_NOTES];
};

/// Notes that a station acts; two or three stores.
static inline void settlesim_note_station(
    struct settlesim_position *_Nonnull position, const char *_Nonnull station, int64_t number) {
  struct settlesim_note *note = &position->notes[position->count % SETTLESIM_KEPT_NOTES];
  note->station = station;
  note->number = number;
  position->count += 1;
}

/// The note that came `before` others: 0 is the last. Only for those that were made and are kept.
static inline struct settlesim_note settlesim_last_note(
    const struct settlesim_position *_Nonnull position, uint64_t before) {
  return position->notes[(position->count - 1 - before) % SETTLESIM_KEPT_NOTES];
}

/// Receives a job that the Swift runtime was about to put on its global pool while `island` was
/// being run by this thread.
typedef void (*settlesim_job_handler)(void *_Nullable island, void *_Nullable job);

/// Takes over `swift_task_enqueueGlobal_hook`, once for the process. Jobs enqueued by a thread that
/// is not inside an island go on to the pool as before.
void settlesim_install_global_hook(settlesim_job_handler _Nonnull handler);

/// Where the island that this thread is running stands, or NULL. May be called by a signal handler.
struct settlesim_position *_Nullable settlesim_current_position(void);
void settlesim_set_current_position(struct settlesim_position *_Nullable position);

/// Asks every world of the process to ask soon whether it should stop. May be called by a signal
/// handler.
void settlesim_request_stop(void);
/// Whether that was asked.
bool settlesim_stop_requested(void);

/// Sleeps as long as the four bytes at `address` are `expected`; may return early.
void settlesim_sleep_while(const void *_Nonnull address, uint32_t expected);
/// Wakes up to `count` threads that sleep at `address`.
void settlesim_wake(const void *_Nonnull address, int count);

/// Tells the processor that this is a loop that waits.
static inline void settlesim_relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// Asks the processor to load what lies at `address`; changes nothing else.
static inline void settlesim_prefetch(unsigned long address) {
  __builtin_prefetch((const void *)address, 1, 3);
}

#endif
