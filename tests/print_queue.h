// A real print queue: CUPS' own server on a socket of its own, with one printer, "front", which is a file.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "tests/command.h"

namespace tests {

class PrintQueue {
 public:
  // `settings` are further lines of its cupsd.conf.
  explicit PrintQueue(const std::string& settings = "") {
    // Its filters run as a user of their own.
    fs::permissions(root(), fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec | fs::perms::group_read | fs::perms::group_exec);
    for (const char* name : {"server", "cache", "state", "spool/tmp", "log", "out"}) fs::create_directories(root() / name);
    write(root() / "cupsd.conf", "Listen " + socket() + "\nBrowsing Off\nWebInterface No\nDefaultAuthType None\n" + settings +
                                     "\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n");
    write(root() / "cups-files.conf", "FileDevice Yes\nServerRoot " + (root() / "server").string() + "\nCacheDir " + (root() / "cache").string() +
                                          "\nStateDir " + (root() / "state").string() + "\nRequestRoot " + spool().string() + "\nTempDir " +
                                          (spool() / "tmp").string() + "\nAccessLog " + (root() / "log/access").string() + "\nErrorLog " +
                                          (root() / "log/error").string() + "\nPageLog " + (root() / "log/page").string() + "\n");
    write(root() / "as-it-is", "#!/bin/sh\nif [ -n \"$6\" ]; then exec cat \"$6\"; fi\nexec cat\n");
    fs::permissions(root() / "as-it-is", fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec | fs::perms::group_read | fs::perms::group_exec);
    write(root() / "front.ppd", "*PPD-Adobe: \"4.3\"\n*FormatVersion: \"4.3\"\n*FileVersion: \"1.0\"\n*LanguageVersion: English\n*LanguageEncoding: ISOLatin1\n"
                                "*PCFileName: \"FRONT.PPD\"\n*Manufacturer: \"Nobody\"\n*Product: \"(Front)\"\n*ModelName: \"Front\"\n*ShortNickName: \"Front\"\n"
                                "*NickName: \"Front\"\n*PSVersion: \"(3010.000) 0\"\n*cupsVersion: 2.2\n*cupsFilter: \"application/pdf 0 " +
                                    (root() / "as-it-is").string() + "\"\n");
    run("PATH=$PATH:/usr/sbin cupsd -f -c '" + (root() / "cupsd.conf").string() + "' -s '" + (root() / "cups-files.conf").string() +
        "' >/dev/null 2>&1 & echo $! > '" + (root() / "pid").string() + "'");
    for (int i = 0; i < 400 && in_queue("lpstat -r").out.find("is running") == std::string::npos; ++i) pause();
    const Outcome added = in_queue("lpadmin -p front -E -v file:" + (root() / "out/front.pdf").string() + " -P " + (root() / "front.ppd").string() + " && lpadmin -d front");
    EXPECT_EQ(added.exit_code, 0) << added.err << contents(root() / "log/error");
    ::setenv("CUPS_SERVER", socket().c_str(), 1);
  }
  ~PrintQueue() {
    ::unsetenv("CUPS_SERVER");
    if (const int pid = std::atoi(contents(root() / "pid").c_str()); pid > 0) ::kill(pid, SIGKILL);
  }
  PrintQueue(const PrintQueue&) = delete;
  PrintQueue& operator=(const PrintQueue&) = delete;

  fs::path spool() const { return root() / "spool"; }
  Outcome in_queue(const std::string& command) const { return run("export CUPS_SERVER='" + socket() + "' PATH=$PATH:/usr/sbin; " + command); }
  // Everything that came out of the printer so far, once nothing waits any more.
  std::string printed() const {
    for (int i = 0; i < 400 && (in_queue("lpstat -o").out.find("front") != std::string::npos || !fs::exists(root() / "out/front.pdf")); ++i) pause();
    return contents(root() / "out/front.pdf");
  }
  // What the queue holds of documents.
  std::string kept() const {
    std::string bytes;
    for (const auto& entry : fs::directory_iterator(spool())) {
      if (entry.path().filename().string().starts_with("d")) bytes += contents(entry.path());
    }
    return bytes;
  }

 private:
  static void pause() { std::this_thread::sleep_for(std::chrono::milliseconds(25)); }
  fs::path root() const { return folder_.path(); }
  std::string socket() const { return (root() / "sock").string(); }
  TemporaryFolder folder_;
};

}  // namespace tests
