#ifndef SETTLESIM_RUNTIME_HOOKS_H
#define SETTLESIM_RUNTIME_HOOKS_H

#include <stdbool.h>

/// Receives a job that the Swift runtime was about to put on its global pool while `island` was
/// being run by this thread.
typedef void (*settlesim_job_handler)(void *island, void *job);

/// Takes over `swift_task_enqueueGlobal_hook`, once for the process. Jobs enqueued by a thread that
/// is not inside an island go on to the pool as before.
void settlesim_install_global_hook(settlesim_job_handler handler);

/// The island that this thread is running, or NULL.
void *settlesim_current_island(void);
void settlesim_set_current_island(void *island);

/// Asks the processor to load what lies at `address`; changes nothing else.
static inline void settlesim_prefetch(unsigned long address) {
  __builtin_prefetch((const void *)address, 1, 3);
}

#endif
