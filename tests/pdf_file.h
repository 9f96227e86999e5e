// A drawn document of invented text in a folder of its own, for the programs that read PDFs.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace tests {

class PdfFile {
 public:
  explicit PdfFile(const std::string& bytes) {
    std::string folder = (std::filesystem::temp_directory_path() / "nightchart-draw-XXXXXX").string();
    folder_ = mkdtemp(folder.data());
    std::ofstream(path(), std::ios::binary) << bytes;
  }
  PdfFile(const PdfFile&) = delete;
  PdfFile& operator=(const PdfFile&) = delete;
  ~PdfFile() { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder() const { return folder_; }
  std::filesystem::path path() const { return folder_ / "page.pdf"; }

  // What a program prints; its end code must be 0. It runs in the folder.
  std::string output_of(const std::string& before, const std::string& after) const {
    const std::string line = "cd '" + folder_.string() + "' && " + before + " '" + path().string() + "' " + after;
    FILE* pipe = popen(line.c_str(), "r");
    std::string text;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
    EXPECT_EQ(pclose(pipe), 0) << before;
    return text;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace tests
