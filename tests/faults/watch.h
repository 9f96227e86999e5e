// Which calls are seen, which of them is to fail, and the journal of them: for the calls' own file.
#pragma once

#include <stddef.h>
#include <sys/types.h>

#include "tests/faults/record.h"

struct faults_running {
  struct faults_record record;
  const char* path;
  const char* path2;
  int error;    // the call is not to be made, but to fail so
  int shorten;  // less is to be read or written than was asked for
  char buffer[8192], buffer2[8192];
};

// Whether the file is below a folder that is watched; the absolute path is left in `running`.
int faults_watch_path(struct faults_running* running, int folder, const char* path);
int faults_watch_path2(struct faults_running* running, int folder, const char* path);
int faults_watch_descriptor(struct faults_running* running, int descriptor);

// Counts the call and carries out what was ordered for it. From here to faults_leave() no other call is let in.
void faults_enter(struct faults_running* running, enum faults_call call);
// Writes the journal, sets errno, returns `result`.
ssize_t faults_leave(struct faults_running* running, ssize_t result, const void* data, size_t data_bytes);

// What is known of descriptors.
void faults_name_descriptor(int descriptor, const char* path);  // null: not watched
