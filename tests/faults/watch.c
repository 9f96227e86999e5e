#define _GNU_SOURCE
#include "tests/faults/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum action { action_none, action_kill, action_kill_after, action_abort, action_stop, action_short, action_errno };

static struct {
  enum action action;
  int error;
  long number;
  int ever;
  const char* sorts;
  const char* folder;
} order;

static const char* below;  // folders with ':' between them
static int journal = -1;
static int with_data;
static long counted;  // calls that the order speaks of
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

enum { descriptors_most = 4096 };
static _Atomic(char*) names[descriptors_most];

static const char sorts_of[] = {
#define FAULTS_SORT(name, sort) sort,
    FAULTS_CALLS(FAULTS_SORT)
#undef FAULTS_SORT
};

static void read_order(void) {
  static char text[PATH_MAX + 256];
  const char* given = getenv("FAULTS_ORDER");
  if (given == NULL) return;
  snprintf(text, sizeof text, "%s", given);
  char* rest = text;
  const char* action = strsep(&rest, ":");
  const char* number = strsep(&rest, ":");
  const char* how_long = strsep(&rest, ":");
  order.sorts = strsep(&rest, ":");
  order.folder = rest != NULL ? rest : "";
  if (order.sorts == NULL) abort();  // half an order
  order.number = atol(number);
  order.ever = strcmp(how_long, "ever") == 0;
  if (strcmp(action, "kill") == 0) order.action = action_kill;
  else if (strcmp(action, "killafter") == 0) order.action = action_kill_after;
  else if (strcmp(action, "abort") == 0) order.action = action_abort;
  else if (strcmp(action, "stop") == 0) order.action = action_stop;
  else if (strcmp(action, "short") == 0) order.action = action_short;
  else order.action = action_errno, order.error = atoi(action);
}

__attribute__((constructor)) static void begin(void) {
  const char* file = getenv("FAULTS_JOURNAL");
  if (file != NULL) journal = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  with_data = getenv("FAULTS_DATA") != NULL;
  read_order();
  below = getenv("FAULTS_BELOW");
}

static int is_below(const char* path, const char* folder, size_t length) {
  while (length > 0 && folder[length - 1] == '/') --length;
  return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static int is_watched(const char* path) {
  for (const char* folder = below; folder != NULL && *folder != '\0';) {
    const char* end = strchrnul(folder, ':');
    if (is_below(path, folder, (size_t)(end - folder))) return 1;
    folder = *end == ':' ? end + 1 : end;
  }
  return 0;
}

// Absolute, without "//" and "/./".
static void make_absolute(char* out, size_t room, int folder, const char* path) {
  char whole[8192] = "";
  if (path[0] != '/') {
    if (folder == AT_FDCWD) {
      if (syscall(SYS_getcwd, whole, sizeof whole) < 0) whole[0] = '\0';
    } else {
      char link[64];
      snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
      const long got = syscall(SYS_readlinkat, AT_FDCWD, link, whole, sizeof whole - 1);
      whole[got > 0 ? got : 0] = '\0';
    }
    strncat(whole, "/", sizeof whole - strlen(whole) - 1);
  }
  strncat(whole, path, sizeof whole - strlen(whole) - 1);
  size_t used = 0;
  for (const char* at = whole; *at != '\0' && used + 1 < room; ++at) {
    if (at[0] == '/' && (at[1] == '/' || (at[1] == '.' && (at[2] == '/' || at[2] == '\0')))) {
      if (at[1] == '.') ++at;
      continue;
    }
    out[used++] = *at;
  }
  while (used > 1 && out[used - 1] == '/') --used;
  out[used] = '\0';
}

static void clear(struct faults_running* running) {
  memset(&running->record, 0, sizeof running->record);
  running->record.descriptor = -1;
  running->path = running->path2 = "";
  running->error = running->shorten = 0;
}

int faults_watch_path(struct faults_running* running, int folder, const char* path) {
  if (below == NULL || path == NULL) return 0;
  clear(running);
  make_absolute(running->buffer, sizeof running->buffer, folder, path);
  running->path = running->buffer;
  return is_watched(running->path);
}

int faults_watch_path2(struct faults_running* running, int folder, const char* path) {
  make_absolute(running->buffer2, sizeof running->buffer2, folder, path);
  running->path2 = running->buffer2;
  return is_watched(running->path2);
}

int faults_watch_descriptor(struct faults_running* running, int descriptor) {
  if (below == NULL || descriptor < 0 || descriptor >= descriptors_most) return 0;
  const char* name = atomic_load(&names[descriptor]);
  if (name == NULL) return 0;
  clear(running);
  snprintf(running->buffer, sizeof running->buffer, "%s", name);
  running->path = running->buffer;
  running->record.descriptor = descriptor;
  return 1;
}

void faults_name_descriptor(int descriptor, const char* path) {
  if (descriptor < 0 || descriptor >= descriptors_most) return;
  // The old name is leaked: another thread may be looking at it.
  atomic_store(&names[descriptor], path != NULL ? strdup(path) : NULL);
}

static int is_ordered(const struct faults_running* running) {
  if (order.action == action_none) return 0;
  if (*order.sorts != '\0' && strchr(order.sorts, sorts_of[running->record.call]) == NULL) return 0;
  const size_t length = strlen(order.folder);
  if (length > 0 && !is_below(running->path, order.folder, length) &&
      !is_below(running->path2, order.folder, length)) {
    return 0;
  }
  ++counted;
  return counted == order.number || (counted > order.number && order.ever);
}

static void write_record(struct faults_running* running, const void* data, size_t data_bytes) {
  if (journal < 0) return;
  running->record.path_bytes = (uint32_t)strlen(running->path);
  running->record.path2_bytes = (uint32_t)strlen(running->path2);
  running->record.data_bytes = with_data ? data_bytes : 0;
  const struct iovec parts[] = {{&running->record, sizeof running->record},
                                {(void*)running->path, running->record.path_bytes},
                                {(void*)running->path2, running->record.path2_bytes},
                                {(void*)data, running->record.data_bytes}};
  if (syscall(SYS_writev, journal, parts, 4) < 0) abort();
}

static void die(int signal_number) {
  syscall(SYS_kill, syscall(SYS_getpid), signal_number);
  for (;;) pause();
}

void faults_enter(struct faults_running* running, enum faults_call call) {
  pthread_mutex_lock(&mutex);
  running->record.call = call;
  if (!is_ordered(running)) return;
  running->record.struck = 1;
  running->record.result = -1;
  switch (order.action) {
    case action_kill: write_record(running, NULL, 0); die(SIGKILL); break;
    case action_abort: write_record(running, NULL, 0); abort();
    case action_stop: syscall(SYS_tgkill, syscall(SYS_getpid), syscall(SYS_gettid), SIGSTOP); break;
    case action_short: running->shorten = 1; break;
    case action_errno: running->error = order.error; break;
    case action_kill_after: case action_none: break;
  }
}

ssize_t faults_leave(struct faults_running* running, ssize_t result, const void* data, size_t data_bytes) {
  int number = errno;
  if (running->error != 0) number = running->error, result = -1;
  running->record.result = result;
  running->record.error = result < 0 ? number : 0;
  write_record(running, data, data_bytes);
  if (running->record.struck != 0 && order.action == action_kill_after) die(SIGKILL);
  pthread_mutex_unlock(&mutex);
  errno = number;
  return result;
}
