// Takes the place of libc's calls on files in a program that this library is preloaded into.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tests/faults/watch.h"

typedef struct faults_running Running;

// The call of that name that would have been made without us.
#define REAL(type, name, parameters)                  \
  static type(*real) parameters;                      \
  if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, #name)

// What is left of a call that is to do less than it was asked for.
static size_t half(const Running* running, size_t bytes) { return running->shorten && bytes > 1 ? bytes / 2 : bytes; }

static int opened(Running* running, int is_watched, int descriptor) {
  faults_name_descriptor(descriptor, is_watched && descriptor >= 0 ? running->path : NULL);
  running->record.descriptor = descriptor;
  return descriptor;
}

static enum faults_call call_of_flags(int flags) {
  if ((flags & O_TMPFILE) == O_TMPFILE) return faults_nameless;
  return (flags & (O_CREAT | O_TRUNC)) != 0 ? faults_create : faults_open;
}

#define OPEN(name)                                                                  \
  int name(const char* path, int flags, ...) {                                      \
    REAL(int, name, (const char*, int, ...));                                       \
    va_list rest;                                                                   \
    va_start(rest, flags);                                                          \
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                                   \
    Running running;                                                                \
    if (!faults_watch_path(&running, AT_FDCWD, path)) return opened(&running, 0, real(path, flags, mode)); \
    faults_enter(&running, call_of_flags(flags));                                   \
    running.record.truncates = (flags & O_TRUNC) != 0;                              \
    const int result = running.error ? -1 : opened(&running, 1, real(path, flags, mode)); \
    return (int)faults_leave(&running, result, NULL, 0);                            \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                \
  int name(int folder, const char* path, int flags, ...) {                          \
    REAL(int, name, (int, const char*, int, ...));                                  \
    va_list rest;                                                                   \
    va_start(rest, flags);                                                          \
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                                   \
    Running running;                                                                \
    if (!faults_watch_path(&running, folder, path)) return opened(&running, 0, real(folder, path, flags, mode)); \
    faults_enter(&running, call_of_flags(flags));                                   \
    running.record.truncates = (flags & O_TRUNC) != 0;                              \
    const int result = running.error ? -1 : opened(&running, 1, real(folder, path, flags, mode)); \
    return (int)faults_leave(&running, result, NULL, 0);                            \
  }
OPENAT(openat)
OPENAT(openat64)

#define FOPEN(name)                                                                 \
  FILE* name(const char* path, const char* mode) {                                  \
    REAL(FILE*, name, (const char*, const char*));                                  \
    Running running;                                                                \
    if (!faults_watch_path(&running, AT_FDCWD, path)) {                             \
      FILE* file = real(path, mode);                                                \
      if (file != NULL) faults_name_descriptor(fileno(file), NULL);                 \
      return file;                                                                  \
    }                                                                               \
    faults_enter(&running, mode[0] == 'r' ? faults_open : faults_create);           \
    running.record.truncates = mode[0] == 'w';                                      \
    FILE* file = running.error ? NULL : real(path, mode);                           \
    opened(&running, 1, file != NULL ? fileno(file) : -1);                          \
    faults_leave(&running, file != NULL ? 0 : -1, NULL, 0);                         \
    return file;                                                                    \
  }
FOPEN(fopen)
FOPEN(fopen64)

#define MKSTEMP(name)                                                               \
  int name(char* pattern) {                                                         \
    REAL(int, name, (char*));                                                       \
    Running running;                                                                \
    if (!faults_watch_path(&running, AT_FDCWD, pattern)) return opened(&running, 0, real(pattern)); \
    faults_enter(&running, faults_create);                                          \
    int result = -1;                                                                \
    if (!running.error) {                                                           \
      result = real(pattern);                                                       \
      faults_watch_path(&running, AT_FDCWD, pattern);                               \
      running.record.call = faults_create;                                          \
      opened(&running, 1, result);                                                  \
    }                                                                               \
    return (int)faults_leave(&running, result, NULL, 0);                            \
  }
MKSTEMP(mkstemp)
MKSTEMP(mkstemp64)

int close(int descriptor) {
  REAL(int, close, (int));
  Running running;
  if (!faults_watch_descriptor(&running, descriptor)) return real(descriptor);
  faults_enter(&running, faults_close);
  faults_name_descriptor(descriptor, NULL);
  return (int)faults_leave(&running, real(descriptor), NULL, 0);
}

int fclose(FILE* file) {
  REAL(int, fclose, (FILE*));
  Running running;
  const int descriptor = fileno(file);
  if (!faults_watch_descriptor(&running, descriptor)) return real(file);
  faults_enter(&running, faults_close);
  faults_name_descriptor(descriptor, NULL);
  return faults_leave(&running, real(file), NULL, 0) == 0 ? 0 : EOF;
}

int closedir(DIR* folder) {
  REAL(int, closedir, (DIR*));
  faults_name_descriptor(dirfd(folder), NULL);
  return real(folder);
}

ssize_t read(int descriptor, void* to, size_t bytes) {
  REAL(ssize_t, read, (int, void*, size_t));
  Running running;
  if (!faults_watch_descriptor(&running, descriptor)) return real(descriptor, to, bytes);
  faults_enter(&running, faults_read);
  return faults_leave(&running, running.error ? -1 : real(descriptor, to, half(&running, bytes)), NULL, 0);
}

#define PREAD(name, offset_type)                                                    \
  ssize_t name(int descriptor, void* to, size_t bytes, offset_type offset) {        \
    REAL(ssize_t, name, (int, void*, size_t, offset_type));                         \
    Running running;                                                                \
    if (!faults_watch_descriptor(&running, descriptor)) return real(descriptor, to, bytes, offset); \
    faults_enter(&running, faults_pread);                                           \
    return faults_leave(&running, running.error ? -1 : real(descriptor, to, half(&running, bytes), offset), NULL, 0); \
  }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

ssize_t readv(int descriptor, const struct iovec* parts, int count) {
  REAL(ssize_t, readv, (int, const struct iovec*, int));
  Running running;
  if (!faults_watch_descriptor(&running, descriptor)) return real(descriptor, parts, count);
  faults_enter(&running, faults_readv);
  return faults_leave(&running, running.error ? -1 : real(descriptor, parts, count), NULL, 0);
}

size_t fread(void* to, size_t size, size_t count, FILE* file) {
  REAL(size_t, fread, (void*, size_t, size_t, FILE*));
  Running running;
  if (!faults_watch_descriptor(&running, fileno(file))) return real(to, size, count, file);
  faults_enter(&running, faults_fread);
  size_t got = 0;
  if (running.error) {
    // A stream remembers that it failed; one that is given a folder to read does.
    file->_flags |= 0x20;
  } else {
    got = real(to, size, half(&running, count), file);
  }
  faults_leave(&running, running.error ? -1 : (ssize_t)got, NULL, 0);
  return got;
}

#define READDIR(name, type)                                                         \
  struct type* name(DIR* folder) {                                                  \
    REAL(struct type*, name, (DIR*));                                               \
    Running running;                                                                \
    if (!faults_watch_descriptor(&running, dirfd(folder))) return real(folder);     \
    faults_enter(&running, faults_readdir);                                         \
    const int before = errno;                                                       \
    struct type* entry = running.error ? NULL : real(folder);                       \
    faults_leave(&running, running.error ? -1 : entry != NULL, NULL, 0);            \
    if (!running.error && entry != NULL) errno = before;                            \
    return entry;                                                                   \
  }
READDIR(readdir, dirent)
READDIR(readdir64, dirent64)

DIR* opendir(const char* path) {
  REAL(DIR*, opendir, (const char*));
  Running running;
  if (!faults_watch_path(&running, AT_FDCWD, path)) return real(path);
  faults_enter(&running, faults_opendir);
  DIR* folder = running.error ? NULL : real(path);
  opened(&running, 1, folder != NULL ? dirfd(folder) : -1);
  faults_leave(&running, folder != NULL ? 0 : -1, NULL, 0);
  return folder;
}

ssize_t write(int descriptor, const void* from, size_t bytes) {
  REAL(ssize_t, write, (int, const void*, size_t));
  Running running;
  if (!faults_watch_descriptor(&running, descriptor)) return real(descriptor, from, bytes);
  faults_enter(&running, faults_write);
  running.record.offset = lseek(descriptor, 0, (fcntl(descriptor, F_GETFL) & O_APPEND) != 0 ? SEEK_END : SEEK_CUR);
  const ssize_t done = running.error ? -1 : real(descriptor, from, half(&running, bytes));
  return faults_leave(&running, done, from, done > 0 ? (size_t)done : 0);
}

#define PWRITE(name, offset_type)                                                   \
  ssize_t name(int descriptor, const void* from, size_t bytes, offset_type offset) { \
    REAL(ssize_t, name, (int, const void*, size_t, offset_type));                   \
    Running running;                                                                \
    if (!faults_watch_descriptor(&running, descriptor)) return real(descriptor, from, bytes, offset); \
    faults_enter(&running, faults_pwrite);                                          \
    running.record.offset = offset;                                                 \
    const ssize_t done = running.error ? -1 : real(descriptor, from, half(&running, bytes), offset); \
    return faults_leave(&running, done, from, done > 0 ? (size_t)done : 0);         \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

// One part at a time: fewer bytes than asked for is what writev may do anyway.
ssize_t writev(int descriptor, const struct iovec* parts, int count) {
  REAL(ssize_t, writev, (int, const struct iovec*, int));
  Running running;
  if (!faults_watch_descriptor(&running, descriptor)) return real(descriptor, parts, count);
  for (int i = 0; i < count; ++i) {
    if (parts[i].iov_len > 0) return write(descriptor, parts[i].iov_base, parts[i].iov_len);
  }
  return 0;
}

size_t fwrite(const void* from, size_t size, size_t count, FILE* file) {
  REAL(size_t, fwrite, (const void*, size_t, size_t, FILE*));
  Running running;
  if (!faults_watch_descriptor(&running, fileno(file))) return real(from, size, count, file);
  faults_enter(&running, faults_fwrite);
  const size_t done = running.error ? 0 : real(from, size, count, file);
  faults_leave(&running, (ssize_t)done, from, done * size);
  return done;
}

// Both are answered by refusing them: whoever calls them must do without, by read and write, which are seen.
#define SENDFILE(name, offset_type)                                                 \
  ssize_t name(int to, int from, offset_type* offset, size_t bytes) {               \
    REAL(ssize_t, name, (int, int, offset_type*, size_t));                          \
    Running running;                                                                \
    if (!faults_watch_descriptor(&running, to)) return real(to, from, offset, bytes); \
    errno = EINVAL;                                                                 \
    return -1;                                                                      \
  }
SENDFILE(sendfile, off_t)
SENDFILE(sendfile64, off64_t)

ssize_t copy_file_range(int from, off64_t* from_offset, int to, off64_t* to_offset, size_t bytes, unsigned flags) {
  REAL(ssize_t, copy_file_range, (int, off64_t*, int, off64_t*, size_t, unsigned));
  Running running;
  if (!faults_watch_descriptor(&running, to)) return real(from, from_offset, to, to_offset, bytes, flags);
  faults_enter(&running, faults_copy_file_range);
  errno = EINVAL;
  return faults_leave(&running, -1, NULL, 0);
}

#define FTRUNCATE(name, offset_type)                                                \
  int name(int descriptor, offset_type bytes) {                                     \
    REAL(int, name, (int, offset_type));                                            \
    Running running;                                                                \
    if (!faults_watch_descriptor(&running, descriptor)) return real(descriptor, bytes); \
    faults_enter(&running, faults_ftruncate);                                       \
    running.record.offset = bytes;                                                  \
    return (int)faults_leave(&running, running.error ? -1 : real(descriptor, bytes), NULL, 0); \
  }
FTRUNCATE(ftruncate, off_t)
FTRUNCATE(ftruncate64, off64_t)

#define SYNC(name)                                                                  \
  int name(int descriptor) {                                                        \
    REAL(int, name, (int));                                                         \
    Running running;                                                                \
    if (!faults_watch_descriptor(&running, descriptor)) return real(descriptor);    \
    faults_enter(&running, faults_##name);                                          \
    return (int)faults_leave(&running, running.error ? -1 : real(descriptor), NULL, 0); \
  }
SYNC(fsync)
SYNC(fdatasync)

#define TWO_PATHS(name)                                                             \
  int name(const char* old, const char* fresh) {                                    \
    REAL(int, name, (const char*, const char*));                                    \
    Running running;                                                                \
    if (!faults_watch_path(&running, AT_FDCWD, old) | !faults_watch_path2(&running, AT_FDCWD, fresh)) \
      return real(old, fresh);                                                      \
    faults_enter(&running, faults_##name);                                          \
    return (int)faults_leave(&running, running.error ? -1 : real(old, fresh), NULL, 0); \
  }
TWO_PATHS(rename)
TWO_PATHS(link)

#define ONE_PATH(name, call, parameters, arguments)                                 \
  int name parameters {                                                             \
    REAL(int, name, parameters);                                                    \
    Running running;                                                                \
    if (!faults_watch_path(&running, AT_FDCWD, path)) return real arguments;        \
    faults_enter(&running, faults_##call);                                          \
    return (int)faults_leave(&running, running.error ? -1 : real arguments, NULL, 0); \
  }
ONE_PATH(unlink, unlink, (const char* path), (path))
ONE_PATH(rmdir, rmdir, (const char* path), (path))
ONE_PATH(mkdir, mkdir, (const char* path, mode_t mode), (path, mode))
ONE_PATH(chmod, chmod, (const char* path, mode_t mode), (path, mode))
ONE_PATH(stat, stat, (const char* path, struct stat* to), (path, to))
ONE_PATH(lstat, stat, (const char* path, struct stat* to), (path, to))
ONE_PATH(stat64, stat, (const char* path, struct stat64* to), (path, to))
ONE_PATH(lstat64, stat, (const char* path, struct stat64* to), (path, to))
ONE_PATH(access, access, (const char* path, int how), (path, how))
ONE_PATH(statvfs, statvfs, (const char* path, struct statvfs* to), (path, to))
ONE_PATH(statvfs64, statvfs, (const char* path, struct statvfs64* to), (path, to))
ONE_PATH(truncate, truncate, (const char* path, off_t bytes), (path, bytes))

int unlinkat(int folder, const char* path, int flags) {
  REAL(int, unlinkat, (int, const char*, int));
  Running running;
  if (!faults_watch_path(&running, folder, path)) return real(folder, path, flags);
  faults_enter(&running, (flags & AT_REMOVEDIR) != 0 ? faults_rmdir : faults_unlink);
  return (int)faults_leave(&running, running.error ? -1 : real(folder, path, flags), NULL, 0);
}

#define FSTAT(name, type)                                                           \
  int name(int descriptor, struct type* to) {                                       \
    REAL(int, name, (int, struct type*));                                           \
    Running running;                                                                \
    if (!faults_watch_descriptor(&running, descriptor)) return real(descriptor, to); \
    faults_enter(&running, faults_stat);                                            \
    return (int)faults_leave(&running, running.error ? -1 : real(descriptor, to), NULL, 0); \
  }
FSTAT(fstat, stat)
FSTAT(fstat64, stat64)

int flock(int descriptor, int operation) {
  REAL(int, flock, (int, int));
  Running running;
  if (!faults_watch_descriptor(&running, descriptor)) return real(descriptor, operation);
  faults_enter(&running, faults_flock);
  return (int)faults_leave(&running, running.error ? -1 : real(descriptor, operation), NULL, 0);
}

int fchmod(int descriptor, mode_t mode) {
  REAL(int, fchmod, (int, mode_t));
  Running running;
  if (!faults_watch_descriptor(&running, descriptor)) return real(descriptor, mode);
  faults_enter(&running, faults_chmod);
  return (int)faults_leave(&running, running.error ? -1 : real(descriptor, mode), NULL, 0);
}
