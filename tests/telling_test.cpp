// Who is told how a night ended, what they are told, and that nothing of it is about a patient.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "app/record/json.h"
#include "exporter/child_process_posix.h"
#include "exporter/practice/practice.h"
#include "exporter/report/tell.h"
#include "tests/command.h"
#include "tests/copy_maker.h"

namespace {

namespace fs = std::filesystem;
using tests::contents;

// Takes requests on loopback, one after the other, and answers each with the same.
class Monitor {
 public:
  explicit Monitor(std::string head = "200 OK") : head_(std::move(head)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(socket_, 8), 0);
    EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Monitor() {
    stop();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/ping/secret-uuid"; }
  // What came, whole requests; nothing more is taken then.
  std::vector<std::string> stop() {
    if (thread_.joinable()) {
      ::shutdown(socket_, SHUT_RDWR);
      thread_.join();
      ::close(socket_);
    }
    return requests_;
  }

 private:
  void serve() {
    for (;;) {
      const int client = ::accept(socket_, nullptr, nullptr);
      if (client < 0) return;
      std::string request;
      char piece[4096];
      std::size_t needed = 0;
      while (needed == 0 || request.size() < needed) {
        const ssize_t got = ::read(client, piece, sizeof piece);
        if (got <= 0) break;
        request.append(piece, static_cast<std::size_t>(got));
        const auto head = request.find("\r\n\r\n");
        const auto length = request.find("Content-Length: ");
        if (head != std::string::npos) needed = head + 4 + (length == std::string::npos ? 0 : std::stoul(request.substr(length + 16)));
      }
      requests_.push_back(request);
      const std::string answer = "HTTP/1.1 " + head_ + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK";
      (void)!::write(client, answer.data(), answer.size());
      ::close(client);
    }
  }

  std::string head_;
  int socket_;
  int port_ = 0;
  std::thread thread_;
  std::vector<std::string> requests_;
};

class Telling : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(tests::make_practice(folder_).ok());
    fs::create_directories(folder_ / "laptop");
    ASSERT_TRUE(exporter::make_practice({40, 5, folder_ / "emr.sqlite", ""}).ok());
  }
  void settle(const std::string& report, const std::string& emr = "emr.sqlite") {
    tests::write(folder_ / "nightchart.toml",
                 "[practice]\nname = \"Elm Street\"\ntime_zone = \"America/New_York\"\n[emr]\nkind = \"sql\"\npack = \"practice\"\nurl = \"sqlite://" +
                     (folder_ / emr).string() + "\"\n[copy]\nfolder = \"copies\"\n[paper]\nenabled = false\n[report]\n" + report +
                     "\n[[destination]]\nname = \"front \\\"desk\\\" laptop\"\npath = \"laptop\"\n");
  }
  tests::Outcome night() const { return tests::run("$NIGHTCHART night --config " + (folder_ / "nightchart.toml").string()); }
  std::string status() const { return tests::run("$NIGHTCHART status --config " + (folder_ / "nightchart.toml").string()).out; }
  std::string report(const char* name) const { return contents(folder_ / "reports" / name); }

  const tests::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

TEST_F(Telling, WritesWhatTheNightDidBesideTheNightBefore) {
  settle("metrics = \"night.prom\"");
  ASSERT_EQ(night().exit_code, 0);
  ASSERT_EQ(night().exit_code, 0);
  app::JsonDocument document;
  const auto json = document.parse(report("report.json"));
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(json.value()["exit_code"].integer(), 0);
  EXPECT_EQ(json.value()["tonight"]["sequence"].integer(), 2);
  EXPECT_EQ(json.value()["before"]["sequence"].integer(), 1);
  EXPECT_EQ(json.value()["tonight"]["patients"].integer(), 40);
  EXPECT_TRUE(json.value()["readiness"]["findings"].is_array());
  const std::string page = report("report.txt");
  for (const char* words : {"RESULT: done", "night before", "allergies", "documents missing in the EMR", "WHAT IS DUE", "NO SEALED ENVELOPE"}) {
    EXPECT_NE(page.find(words), std::string::npos) << words << page;
  }
  EXPECT_EQ(report("readiness.pdf").substr(0, 5), "%PDF-");
  const std::string metrics = contents(folder_ / "night.prom");
  EXPECT_NE(metrics.find("\nnightchart_patients 40\n"), std::string::npos) << metrics;
  EXPECT_NE(metrics.find("nightchart_destination_ok{destination=\"front \\\"desk\\\" laptop\"} 1\n"), std::string::npos) << metrics;
}

TEST_F(Telling, SaysOfAFailedNightThatYesterdaysCopyStays) {
  settle("");
  ASSERT_EQ(night().exit_code, 0);
  settle("metrics = \"night.prom\"", "gone.sqlite");
  const auto failed = night();
  EXPECT_NE(failed.exit_code, 0);
  app::JsonDocument document;
  const auto json = document.parse(report("report.json"));
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(json.value()["exit_code"].integer(), failed.exit_code);
  EXPECT_EQ(json.value()["published"].boolean(), false);
  EXPECT_EQ(json.value()["before"]["sequence"].integer(), 1);
  EXPECT_NE(report("report.txt").find("RESULT: FAILED"), std::string::npos) << report("report.txt");
  EXPECT_NE(report("report.txt").find("(no. 1) stays the current one"), std::string::npos) << report("report.txt");
  EXPECT_NE(contents(folder_ / "night.prom").find("nightchart_night_published 0\n"), std::string::npos);
}

TEST_F(Telling, RunsTheCommandThatFitsTheEnd) {
  settle("on_success = 'echo \"$NIGHTCHART_RESULT $NIGHTCHART_EXIT_CODE $NIGHTCHART_REPORT\" > " + (folder_ / "good").string() +
         "'\non_failure = 'env > " + (folder_ / "bad").string() + "; exit 7'");
  ASSERT_EQ(night().exit_code, 0);
  EXPECT_EQ(contents(folder_ / "good"), "success 0 " + (folder_ / "reports/report.json").string() + "\n");
  EXPECT_FALSE(fs::exists(folder_ / "bad"));
  fs::remove(folder_ / "good");
  fs::remove(folder_ / "emr.sqlite");
  const auto failed = night();
  EXPECT_NE(failed.exit_code, 0);
  EXPECT_FALSE(fs::exists(folder_ / "good"));
  EXPECT_NE(contents(folder_ / "bad").find("NIGHTCHART_RESULT=failure\n"), std::string::npos);
  EXPECT_NE(contents(folder_ / "bad").find("NIGHTCHART_WHAT="), std::string::npos);
  EXPECT_NE(failed.err.find("[report] on_failure ended with 7"), std::string::npos) << failed.err;
}

TEST_F(Telling, PingsAtTheStartAndAtTheEnd) {
  Monitor monitor;
  settle("ping = \"" + monitor.url() + "\"");
  ASSERT_EQ(night().exit_code, 0);
  fs::remove(folder_ / "emr.sqlite");
  EXPECT_NE(night().exit_code, 0);
  const auto requests = monitor.stop();
  ASSERT_EQ(requests.size(), 4u);
  const char* paths[] = {"/start ", " HTTP", "/start ", "/fail "};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_TRUE(requests[i].starts_with("POST /ping/secret-uuid")) << requests[i];
    EXPECT_EQ(requests[i].substr(22).find(paths[i]), 0u) << requests[i];
  }
  EXPECT_NE(requests[1].find("front \"desk\" laptop: copied and checked"), std::string::npos) << requests[1];
}

TEST_F(Telling, PingsBeforeWhatAnAddressAsks) {
  Monitor monitor;
  settle("ping = \"" + monitor.url() + "?key=1\"", "no such EMR");
  EXPECT_NE(night().exit_code, 0);
  const auto requests = monitor.stop();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_TRUE(requests[0].starts_with("POST /ping/secret-uuid/start?key=1 ")) << requests[0];
  EXPECT_TRUE(requests[1].starts_with("POST /ping/secret-uuid/fail?key=1 ")) << requests[1];
}

TEST_F(Telling, SaysThatAnAddressHasMovedInsteadOfTakingItForHeard) {
  Monitor monitor("302 Found\r\nLocation: https://elsewhere.invalid/");
  settle("ping = \"" + monitor.url() + "\"");
  const auto outcome = night();
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_NE(outcome.err.find("it answers 302"), std::string::npos) << outcome.err;
}

TEST_F(Telling, SaysThatTheNightCouldNotEvenTakeItsLock) {
  settle("on_failure = 'touch " + (folder_ / "heard").string() + "'");
  fs::create_directories(folder_ / ".night.lock");
  EXPECT_NE(night().exit_code, 0);
  EXPECT_TRUE(fs::exists(folder_ / "heard"));
  EXPECT_NE(report("report.txt").find("FAILED"), std::string::npos) << report("report.txt");
}

TEST_F(Telling, ThatFailsIsSaidAndTheCopyIsMadeAllTheSame) {
  settle("ping = \"http://127.0.0.1:1/secret-uuid\"\nmetrics = \"no such folder/night.prom\"");
  const auto outcome = night();
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_NE(outcome.out.find("the night is done"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.err.find("monitoring could not be told"), std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.err.find("secret-uuid"), std::string::npos) << "whoever reads the log could speak for the night";
  EXPECT_TRUE(fs::exists(folder_ / "reports/report.json"));
}

TEST_F(Telling, TellsNobodyThatAllIsWellWhenItsFilesCouldNotBeWritten) {
  Monitor monitor;
  settle("ping = \"" + monitor.url() + "\"\nmetrics = \"no such folder/night.prom\"\non_success = 'touch " + (folder_ / "good").string() +
         "'\non_failure = 'echo \"$NIGHTCHART_RESULT $NIGHTCHART_EXIT_CODE\" > " + (folder_ / "bad").string() + "'");
  EXPECT_EQ(night().exit_code, 13);
  EXPECT_FALSE(fs::exists(folder_ / "good"));
  EXPECT_EQ(contents(folder_ / "bad"), "failure 13\n");
  const auto requests = monitor.stop();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[1].substr(22).find("/fail "), 0u) << requests[1];
  EXPECT_NE(status().find("AMBER  Last night "), std::string::npos) << status();
  EXPECT_NE(status().find(", but could not be told: "), std::string::npos) << status();
}

TEST_F(Telling, RemembersThatACommandFailedUntilANightIsToldToAll) {
  settle("on_success = 'exit 7'");
  EXPECT_NE(night().exit_code, 0);
  EXPECT_NE(status().find(", but could not be told: The command [report] on_success ended with 7."), std::string::npos) << status();
  settle("");
  ASSERT_EQ(night().exit_code, 0);
  EXPECT_EQ(status().find("could not be told"), std::string::npos) << status();
}

TEST_F(Telling, TellsNothingOfAnyPatient) {
  settle("metrics = \"night.prom\"");
  ASSERT_EQ(night().exit_code, 0);
  const auto charts = tests::run("echo '" + std::string(tests::kPassphrase) + "' > " + (folder_ / "phrase").string() + "; $NIGHTCHART show " +
                                 (folder_ / "copies").string() + " --all --json --passphrase-file " + (folder_ / "phrase").string());
  ASSERT_EQ(charts.exit_code, 0) << charts.err;
  std::vector<std::string> told{report("report.json"), report("report.txt"), contents(folder_ / "night.prom"), contents(folder_ / "nights.state"),
                                tests::run("pdftotext " + (folder_ / "reports/readiness.pdf").string() + " -").out};
  EXPECT_NE(told[4].find("READY"), std::string::npos);
  int looked_for = 0;
  std::istringstream lines(charts.out);
  for (std::string line; std::getline(lines, line);) {
    app::JsonDocument document;
    const auto chart = document.parse(line);
    ASSERT_TRUE(chart.ok());
    for (const auto& name : chart.value()["names"].items()) {
      const std::string family(name["family"].text());
      if (family.size() < 4) continue;
      ++looked_for;
      for (const std::string& text : told) EXPECT_EQ(text.find(family), std::string::npos) << family;
    }
  }
  EXPECT_GT(looked_for, 20);
}

TEST(ChildProcess, IsHeardToItsEndAndNotWaitedForForEver) {
  const auto heard = exporter::run_child({.command = {"/bin/sh", "-c", "echo out; echo err >&2; echo $WORD; exit 3"}, .environment = {{"WORD", "told"}}});
  ASSERT_TRUE(heard.ok());
  EXPECT_EQ(heard.value().exit_code, 3);
  EXPECT_EQ(heard.value().out, "out\ntold\n");
  EXPECT_EQ(heard.value().err, "err\n");
  EXPECT_EQ(exporter::run_child({.command = {"no-such-program-at-all"}}).error().code, app::Code::not_found);
  const auto stuck = exporter::run_child({.command = {"/bin/sh", "-c", "sleep 1000 & sleep 1000"}, .most_s = 1});
  ASSERT_FALSE(stuck.ok());
  EXPECT_NE(stuck.error().what.find("did not end"), std::string::npos);
  // One that hears nobody any more, and goes on all the same.
  const auto deaf = exporter::run_child({.command = {"/bin/sh", "-c", "exec >&- 2>&-; sleep 1000"}, .most_s = 1});
  ASSERT_FALSE(deaf.ok());
  EXPECT_NE(deaf.error().what.find("did not end"), std::string::npos);
  const auto loud = exporter::run_child({.command = {"/bin/sh", "-c", "head -c 3000000 /dev/zero"}, .most_bytes = 1000});
  ASSERT_TRUE(loud.ok());
  EXPECT_EQ(loud.value().out.size(), 1000u);
}

}  // namespace
