// An SFTP server of rclone's on this machine that serves one folder, with rclone's settings to reach it as "office:".
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "tests/command.h"

namespace tests {

inline bool connects(int port) {
  const int client = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool open = ::connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(client);
  return open;
}

class SftpServer {
 public:
  SftpServer(const fs::path& folder, const fs::path& beside) : folder_(folder), beside_(beside) {
    const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    (void)::bind(probe, reinterpret_cast<sockaddr*>(&address), size);
    (void)::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    ::close(probe);
    start();
    write(config(), "[office]\ntype = sftp\nhost = 127.0.0.1\nport = " + std::to_string(port_) + "\nuser = nightchart\npass = " +
                               run("rclone obscure secret").out + "\n");
  }
  ~SftpServer() { stop(); }

  fs::path config() const { return beside_ / "rclone.conf"; }
  void start() {
    run("rclone --config /dev/null serve sftp " + folder_.string() + " --addr 127.0.0.1:" + std::to_string(port_) +
               " --dir-cache-time 0s --user nightchart --pass secret --cache-dir " + (beside_ / "cache").string() + " >/dev/null 2>&1 & echo $! > " + (beside_ / "pid").string());
    for (int i = 0; i < 600 && !connects(port_); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ASSERT_TRUE(connects(port_));
  }
  void stop() {
    const int pid = std::atoi(contents(beside_ / "pid").c_str());
    if (pid <= 0) return;
    ::kill(pid, SIGKILL);
    for (int i = 0; i < 200 && connects(port_); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    write(beside_ / "pid", "");
  }

 private:
  fs::path folder_, beside_;
  int port_ = 0;
};

}  // namespace tests
