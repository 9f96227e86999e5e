#include "tests/fault_journal.h"

#include <cstring>
#include <fstream>
#include <iterator>
#include <regex>
#include <utility>

namespace tests {
namespace {

struct CallName {
  const char* name;
  char sort;
};
constexpr CallName kCalls[] = {
#define FAULTS_NAME(name, sort) {#name, sort},
    FAULTS_CALLS(FAULTS_NAME)
#undef FAULTS_NAME
};

}  // namespace

std::string FileCall::name() const { return kCalls[record.call].name; }
char FileCall::sort() const { return kCalls[record.call].sort; }
bool FileCall::changes_something() const { return std::strchr("cwsnu", sort()) != nullptr; }

std::vector<FileCall> read_journal(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::vector<FileCall> calls;
  std::size_t at = 0;
  const auto take = [&](std::size_t count) { return bytes.substr(std::exchange(at, at + count), count); };
  while (at + sizeof(faults_record) <= bytes.size()) {
    FileCall call;
    std::memcpy(&call.record, bytes.data() + at, sizeof call.record);
    at += sizeof call.record;
    const faults_record& record = call.record;
    if (record.call >= faults_calls) break;
    if (at + record.path_bytes + record.path2_bytes + record.data_bytes > bytes.size()) break;
    call.path = take(record.path_bytes);
    call.new_path = take(record.path2_bytes);
    call.data = take(record.data_bytes);
    calls.push_back(std::move(call));
  }
  return calls;
}

std::string kind_of_step(const FileCall& call, const std::filesystem::path& root) {
  static const std::regex copy_name("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}Z-[0-9]+");
  std::string path = call.path;
  if (path.starts_with(root.string() + "/")) path.erase(0, root.string().size() + 1);
  return call.name() + ' ' + std::regex_replace(path, copy_name, "NAME");
}

}  // namespace tests
