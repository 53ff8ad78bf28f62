#define _GNU_SOURCE
#include "CRuntimeHooks.h"

#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SWIFT_CC __attribute__((swiftcall))

typedef SWIFT_CC void (*enqueue_global_original)(void *job);
typedef SWIFT_CC void (*enqueue_global_hook)(void *job, enqueue_global_original original);

// Declared by the Swift runtime (stdlib/public/Concurrency, include/swift/Runtime/Concurrency.h).
extern enqueue_global_hook swift_task_enqueueGlobal_hook;

static _Thread_local struct settlesim_position *current_position = NULL;
static settlesim_job_handler job_handler = NULL;

static SWIFT_CC void keep_or_pass_on(void *job, enqueue_global_original original) {
  if (current_position != NULL) {
    job_handler(current_position->island, job);
  } else {
    original(job);
  }
}

void settlesim_install_global_hook(settlesim_job_handler handler) {
  job_handler = handler;
  swift_task_enqueueGlobal_hook = keep_or_pass_on;
}

struct settlesim_position *settlesim_current_position(void) { return current_position; }
void settlesim_set_current_position(struct settlesim_position *position) {
  current_position = position;
}

static atomic_bool stop_requested = false;

void settlesim_request_stop(void) { atomic_store(&stop_requested, true); }
bool settlesim_stop_requested(void) {
  return atomic_load_explicit(&stop_requested, memory_order_relaxed);
}

void settlesim_sleep_while(const void *address, uint32_t expected) {
  syscall(SYS_futex, address, FUTEX_WAIT_PRIVATE, expected, NULL, NULL, 0);
}

void settlesim_wake(const void *address, int count) {
  syscall(SYS_futex, address, FUTEX_WAKE_PRIVATE, count, NULL, NULL, 0);
}
