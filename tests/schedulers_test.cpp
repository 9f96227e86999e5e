// A practice in parts: that they are a whole, under Slurm and by the counts of Kubernetes.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>

#include "app/snapshot/copy_parts.h"
#include "exporter/emr/shard_source.h"
#include "exporter/practice/practice.h"
#include "exporter/shard.h"
#include "tests/command.h"
#include "tests/copy_maker.h"
#include "tests/running_program_posix.h"

namespace {

namespace fs = std::filesystem;

fs::path template_named(const std::string& name) { return fs::path(tests::kHouseRoot) / "templates/schedulers" / name; }
constexpr int kController = 34'951, kNode = 34'952;

// A practice of forty patients with one destination, its keys and a file with the passphrase.
class PartsOfAPractice : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(tests::make_practice(folder()).ok());
    ASSERT_TRUE(exporter::make_practice({40, 3, root_.path() / "emr.sqlite", ""}).ok());
    fs::create_directories(root_.path() / "stick");
    tests::write(folder() / "nightchart.toml",
                 "[practice]\nname = \"Elm Street\"\ntime_zone = \"America/New_York\"\n[emr]\nkind = \"sql\"\npack = \"practice\"\nurl = \"sqlite://" +
                     (root_.path() / "emr.sqlite").string() + "\"\n[copy]\nfolder = \"" + copies().string() + "\"\n[paper]\nenabled = false\n" +
                     "[[destination]]\nname = \"stick\"\npath = \"" + (root_.path() / "stick").string() + "\"\n");
    tests::write(root_.path() / "passphrase", std::string(tests::kPassphrase) + "\n");
  }
  fs::path folder() const { return root_.path() / "practice"; }
  fs::path config() const { return folder() / "nightchart.toml"; }
  fs::path copies() const { return root_.path() / "copies"; }
  std::string key() const { return " --passphrase-file " + (root_.path() / "passphrase").string(); }
  void make_part(const std::string& part) {
    const auto night = tests::run("$NIGHTCHART night --config " + config().string() + " --shard " + part);
    ASSERT_EQ(night.exit_code, 0) << night.out << night.err;
  }
  // Each patient of all charts that can be shown, by the EMR's key, and how often.
  std::map<std::string, int> shown(const fs::path& place) const {
    const auto all = tests::run("$NIGHTCHART show " + place.string() + " --all --json" + key());
    EXPECT_EQ(all.exit_code, 0) << all.err;
    std::map<std::string, int> patients;
    for (std::size_t at = all.out.find("\"emr_key\":\""); at != std::string::npos; at = all.out.find("\"emr_key\":\"", at + 1)) {
      ++patients[all.out.substr(at + 11, all.out.find('"', at + 11) - at - 11)];
    }
    return patients;
  }

  const tests::TemporaryFolder root_;
};

TEST(Parts, OfTheSamePatientAreTheSameWhoeverAsksAndAboutEquallyLarge) {
  std::map<std::uint32_t, int> sizes;
  for (int key = 0; key < 4000; ++key) ++sizes[exporter::part_of(std::to_string(key), 4)];
  ASSERT_EQ(sizes.size(), 4u);
  // That they stay the same from release to release: by FORMAT.md's rule, worked out with b2sum.
  EXPECT_EQ(exporter::part_of("4711", 4), 3u);
  for (const auto& [part, size] : sizes) EXPECT_NEAR(size, 1000, 150) << part;
  for (const char* wrong : {"", "2", "0/4", "5/4", "2/33", "a/4", "2/4/1", "-1/4", "2/"}) EXPECT_FALSE(exporter::parse_shard(wrong).ok()) << wrong;
  EXPECT_TRUE(exporter::parse_shard("32/32").ok());
}

TEST_F(PartsOfAPractice, AreTogetherTheWholeAndAreSearchedAsOne) {
  for (const char* part : {"1/3", "2/3", "3/3"}) make_part(part);
  for (const fs::path& place : {copies(), root_.path() / "stick"}) {
    const std::map<std::string, int> patients = shown(place);
    EXPECT_EQ(patients.size(), 40u) << place;
    for (const auto& [patient, times] : patients) EXPECT_EQ(times, 1) << patient;
    const auto verified = tests::run("$NIGHTCHART verify " + place.string() + key());
    EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
    EXPECT_NE(verified.out.find("Part 3 of 3"), std::string::npos) << verified.out;
  }
  const auto found = tests::run("$NIGHTCHART find " + copies().string() + " a --most 1000 --json" + key());
  std::set<std::string> mrns;
  for (std::size_t at = found.out.find("\"mrn\":\""); at != std::string::npos; at = found.out.find("\"mrn\":\"", at + 1)) {
    mrns.insert(found.out.substr(at + 7, found.out.find('"', at + 7) - at - 7));
  }
  EXPECT_GT(mrns.size(), 5u) << found.out << found.err;
  // Opened one after the other on one computer, none is taken for an older copy of another.
  EXPECT_EQ(found.err.find("OLDER"), std::string::npos) << found.err;
  EXPECT_EQ(found.err.find("number"), std::string::npos) << found.err;
}

TEST_F(PartsOfAPractice, AMissingOrForeignPartIsSaidAndHidesNoOther) {
  for (const char* part : {"1/2", "2/2"}) make_part(part);
  fs::rename(copies() / "shard-2-of-2", root_.path() / "away");
  const auto found = tests::run("$NIGHTCHART find " + copies().string() + " a" + key());
  EXPECT_EQ(found.exit_code, static_cast<int>(app::Code::not_found)) << found.out;
  EXPECT_NE(found.err.find("Part 2 of 2 CANNOT BE OPENED"), std::string::npos) << found.err;
  EXPECT_NE(found.out.find("born"), std::string::npos) << "who is in the other part is found\n" << found.out;
  EXPECT_EQ(tests::run("$NIGHTCHART verify " + copies().string() + key()).exit_code, static_cast<int>(app::Code::not_found));
  // The first part once more, under the second's name.
  fs::copy(copies() / "shard-1-of-2", copies() / "shard-2-of-2", fs::copy_options::recursive);
  const auto twice = tests::run("$NIGHTCHART verify " + copies().string() + key());
  EXPECT_EQ(twice.exit_code, static_cast<int>(app::Code::damaged)) << twice.out << twice.err;
}

TEST(SchedulerTask, TurnsBothSchedulersCountsIntoPartsAndSites) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "echo.sh", "#!/bin/sh\necho \"$@\"\nexit ${CODE:-0}\n");
  fs::permissions(folder.path() / "echo.sh", fs::perms(0755));
  tests::write(folder.path() / "sites.txt", "# the group\n/etc/a.toml\n\n/etc/the second/b.toml\n");
  const std::string task = "NIGHTCHART=" + (folder.path() / "echo.sh").string() + " " + template_named("nightchart-task").string();
  EXPECT_EQ(tests::run("JOB_COMPLETION_INDEX=0 " + task + " shards /etc/n.toml 4").out, "night --config /etc/n.toml --shard 1/4\n");
  EXPECT_EQ(tests::run("SLURM_ARRAY_TASK_ID=3 " + task + " shards /etc/n.toml 4").out, "night --config /etc/n.toml --shard 4/4\n");
  EXPECT_EQ(tests::run("JOB_COMPLETION_INDEX=1 " + task + " sites " + (folder.path() / "sites.txt").string()).out, "night --config /etc/the second/b.toml\n");
  EXPECT_EQ(tests::run("CODE=3 JOB_COMPLETION_INDEX=0 " + task + " shards /etc/n.toml 4").exit_code, 0);
  EXPECT_EQ(tests::run("CODE=23 JOB_COMPLETION_INDEX=0 " + task + " shards /etc/n.toml 4").exit_code, 23);
  for (const char* wrong : {"SLURM_ARRAY_TASK_ID=4 ", "SLURM_ARRAY_TASK_ID=x ", ""}) EXPECT_EQ(tests::run(wrong + task + " shards /etc/n.toml 4").exit_code, 2) << wrong;
  EXPECT_EQ(tests::run("SLURM_ARRAY_TASK_ID=2 " + task + " sites " + (folder.path() / "sites.txt").string()).exit_code, 2);
}

TEST(SchedulerTask, TheKubernetesJobIsReadByAParserAndCountsAsManyPartsAsItStarts) {
  if (tests::run("python3 -c 'import yaml'").exit_code != 0) GTEST_SKIP() << "needs python3-yaml";
  const auto read = tests::run("python3 - <<'E'\nimport yaml\ncron = yaml.safe_load(open('" + template_named("shards.yaml").string() +
                               "'))\njob = cron['spec']['jobTemplate']['spec']\nnight = job['template']['spec']['containers'][0]\n"
                               "assert cron['kind'] == 'CronJob' and cron['apiVersion'] == 'batch/v1' and job['completionMode'] == 'Indexed'\n"
                               "assert job['template']['spec']['restartPolicy'] == 'Never'\n"
                               "names = {m['name'] for m in night['volumeMounts']}\n"
                               "assert names == {v['name'] for v in job['template']['spec']['volumes']}\n"
                               "print(job['completions'], night['args'][-1], night['command'][0].rsplit('/', 1)[1])\nE");
  EXPECT_EQ(read.out, "4 4 nightchart-task\n") << read.err;
}

// Debian's Slurm on this computer alone: its own keys, ports, folder.
class OwnSlurm {
 public:
  explicit OwnSlurm(const fs::path& folder) : folder_(folder) {
    for (const char* name : {"state", "spool"}) fs::create_directories(folder_ / name);
    fs::permissions(folder_, fs::perms(0755));
    const std::string here = folder_.string();
    host_ = tests::run("hostname -s").out;
    host_.pop_back();
    tests::write(folder_ / "slurm.conf",
                 "ClusterName=practices\nSlurmctldHost=" + host_ + "(127.0.0.1)\nSlurmUser=root\nSlurmdUser=root\nSlurmctldPort=" + std::to_string(kController) +
                     "\nSlurmdPort=" + std::to_string(kNode) + "\nAuthType=auth/munge\nCredType=cred/munge\nAuthInfo=socket=" + here + "/munge.socket\nStateSaveLocation=" +
                     here + "/state\nSlurmdSpoolDir=" + here + "/spool\nSlurmctldPidFile=" + here + "/slurmctld.pid\nSlurmdPidFile=" + here +
                     "/slurmd.pid\nProctrackType=proctrack/linuxproc\nTaskPlugin=task/none\nSelectType=select/cons_tres\nSelectTypeParameters=CR_Core\n"
                     "MpiDefault=none\nReturnToService=2\nAccountingStorageType=accounting_storage/none\nJobAcctGatherType=jobacct_gather/none\n"
                     "NodeName=" + host_ + " NodeAddr=127.0.0.1 CPUs=2 RealMemory=1024 State=UNKNOWN\nPartitionName=night Nodes=" + host_ + " Default=YES MaxTime=INFINITE State=UP\n");
    tests::write(folder_ / "munge.key", std::string(128, 'k'));
    fs::permissions(folder_ / "munge.key", fs::perms(0600));
    start("munged --foreground --force --key-file=" + here + "/munge.key --socket=" + here + "/munge.socket --pid-file=" + here + "/munge.pid --log-file=" + here +
          "/munge.log --seed-file=" + here + "/munge.seed");
    EXPECT_TRUE(tests::wait_until([&] { return fs::exists(folder_ / "munge.socket"); })) << log();
    start("env " + conf() + "slurmctld -D");
    start("env " + conf() + "slurmd -D -N " + host_);
    is_up_ = tests::wait_until([&] { return tests::run(conf() + "sinfo -h -o %t 2>/dev/null").out == "idle\n"; }, std::chrono::seconds(60));
  }
  ~OwnSlurm() {
    while (!programs_.empty()) programs_.pop_back();
  }
  bool is_up() const { return is_up_; }
  std::string conf() const { return "SLURM_CONF='" + folder_.string() + "/slurm.conf' "; }
  std::string log() const { return tests::contents(folder_ / "log"); }

 private:
  void start(const std::string& command) {
    programs_.push_back(std::make_unique<tests::RunningProgram>(command + " >>'" + folder_.string() + "/log' 2>&1"));
  }

  fs::path folder_;
  std::string host_;
  bool is_up_ = false;
  std::vector<std::unique_ptr<tests::RunningProgram>> programs_;
};

using Slurm = PartsOfAPractice;

TEST_F(Slurm, AnArrayJobMakesAllPartsAtOnceAndTogetherTheyOpenAsOnePractice) {
  if (tests::run("command -v slurmctld slurmd munged sbatch").exit_code != 0) GTEST_SKIP() << "needs Debian's slurmctld, slurmd, slurm-client and munge";
  if (geteuid() != 0) GTEST_SKIP() << "slurmd wants to be root";
  if (!fs::exists("/sys/fs/cgroup") || fs::is_empty("/sys/fs/cgroup")) GTEST_SKIP() << "slurmd wants /sys/fs/cgroup";
  const OwnSlurm slurm(root_.path() / "slurm");
  ASSERT_TRUE(slurm.is_up()) << slurm.log();
  const auto done = tests::run(slurm.conf() + "NIGHTCHART=" + tests::kPrograms + "/nightchart NIGHTCHART_TASK=" + template_named("nightchart-task").string() +
                               " NIGHTCHART_CONFIG=" + config().string() + " timeout 120 sbatch --wait --mem=100M --cpus-per-task=1 -o " + root_.path().string() +
                               "/task-%a.out " + template_named("shards.sbatch").string());
  EXPECT_EQ(done.exit_code, 0) << done.err << slurm.log() << tests::contents(root_.path() / "task-0.out");
  const auto parts = app::find_parts(copies(), app::Check::hashes);
  ASSERT_EQ(parts.size(), 4u);
  for (const app::FoundPart& part : parts) EXPECT_TRUE(part.info) << part.folder;
  EXPECT_EQ(shown(copies()).size(), 40u);
  EXPECT_EQ(shown(root_.path() / "stick").size(), 40u);
}

}  // namespace
