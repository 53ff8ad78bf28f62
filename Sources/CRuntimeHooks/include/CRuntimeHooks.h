#ifndef SETTLESIM_RUNTIME_HOOKS_H
#define SETTLESIM_RUNTIME_HOOKS_H

#include <stdbool.h>
#include <stdint.h>

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

/// Asks the processor to load what lies at `address`; changes nothing else.
static inline void settlesim_prefetch(unsigned long address) {
  __builtin_prefetch((const void *)address, 1, 3);
}

#endif
