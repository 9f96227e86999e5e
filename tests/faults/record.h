// What the fault library writes of every file call that it sees; its tests read it back.
//
// Units:   bytes. A journal is records one after the other, each followed by its paths and its data.
#pragma once

#include <stdint.h>

// Every call that is seen. A letter says what sort of call it is, for orders that name sorts only:
// o open for reading, c create, r read, w write, s sync, n rename or link, u unlink, i ask, l lock, x close.
#define FAULTS_CALLS(X)                                                                                     \
  X(open, 'o') X(create, 'c') X(nameless, 'c') X(mkdir, 'c') X(symlink, 'n') X(opendir, 'o') X(read, 'r')     \
  X(pread, 'r') X(readv, 'r') X(fread, 'r') X(readdir, 'r') X(write, 'w') X(pwrite, 'w') X(writev, 'w')      \
  X(fwrite, 'w') X(sendfile, 'w') X(copy_file_range, 'w') X(ftruncate, 'w') X(truncate, 'w')                \
  X(fallocate, 'w') X(fsync, 's') X(fdatasync, 's') X(rename, 'n') X(link, 'n') X(chmod, 'n') X(unlink, 'u') \
  X(rmdir, 'u') X(stat, 'i') X(access, 'i') X(statvfs, 'i') X(flock, 'l') X(fcntl, 'l') X(close, 'x')

enum faults_call {
#define FAULTS_ENUM(name, sort) faults_##name,
  FAULTS_CALLS(FAULTS_ENUM)
#undef FAULTS_ENUM
  faults_calls
};

struct faults_record {
  uint32_t call;         // enum faults_call
  int32_t descriptor;    // of an open: the new one; otherwise the one that was named, or -1
  int64_t offset;        // where a write goes, how long a file becomes
  int64_t result;
  int32_t error;         // errno where result is -1
  uint32_t struck;       // 1: the order was carried out here
  uint32_t truncates;    // an open that empties the file
  uint32_t path_bytes;   // of the file, absolute
  uint32_t path2_bytes;  // of a rename or link: the new name
  uint32_t reserved;
  uint64_t data_bytes;   // what was written; 0 unless asked for
};

// The environment by which the library is told what to do:
//   FAULTS_BELOW    the folders whose calls are seen, absolute, with ':' between them
//   FAULTS_JOURNAL  a file to which records are appended
//   FAULTS_DATA     set: the records hold what was written
//   FAULTS_ORDER    ACTION:NUMBER:HOW_LONG:SORTS:FOLDER; at the NUMBERth call (from 1) of these SORTS ("" all)
//                   below FOLDER ("" any): ACTION is kill, killafter, abort, stop, short, or an errno's number;
//                   HOW_LONG is once or ever (then every later call of these SORTS there fails alike)
//   FAULTS_CLOCK    SECONDS[:CALLS:SECONDS]: the clock is off by so much; after CALLS looks, by so much; or
//                   =SECONDS: it stands still there
