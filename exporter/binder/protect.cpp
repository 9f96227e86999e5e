#include "exporter/binder/protect.h"

#define POINTERHOLDER_TRANSITION 4  // qpdf 11 asks which of its pointers is meant
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFWriter.hh>

#include <array>
#include <exception>
#include <memory>
#include <string_view>

#include "app/snapshot/keys.h"

namespace exporter {
namespace {

app::Error damaged(const std::exception& error) {
  return {app::Code::damaged, "The printed pages can't be read back.", error.what()};
}

std::unique_ptr<QPDF> open_pdf(const std::string& bytes, const char* password) {
  auto pdf = std::make_unique<QPDF>();
  pdf->setSuppressWarnings(true);
  pdf->processMemoryFile("packet", bytes.data(), bytes.size(), password);
  return pdf;
}

std::string bytes_of(QPDFWriter& writer) {
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace

// As long as the programs that open PDFs take (poppler cuts at 32), with 6 random bits in each character.
std::string make_pdf_password() {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
  static_assert(kLetters.size() == 64);
  std::array<unsigned char, 32> bytes{};
  app::fill_random(bytes.data(), bytes.size());
  std::string password;
  for (const unsigned char byte : bytes) password += kLetters[byte % kLetters.size()];
  return password;
}

app::Result<std::string> protect_pdf(const std::string& bytes, const std::string& password) {
  try {
    const auto pdf = open_pdf(bytes, nullptr);
    QPDFWriter writer(*pdf);
    writer.setOutputMemory();
    writer.setMinimumPDFVersion("1.7");
    writer.setR6EncryptionParameters(password.c_str(), make_pdf_password().c_str(), true, true, true, true, true,
                                     true, qpdf_r3p_full, true);
    return bytes_of(writer);
  } catch (const std::exception& error) {
    return damaged(error);
  }
}

app::Result<std::string> open_protected_pdf(const std::string& bytes, const std::string& password) {
  try {
    const auto pdf = open_pdf(bytes, password.c_str());
    QPDFWriter writer(*pdf);
    writer.setOutputMemory();
    writer.setPreserveEncryption(false);
    writer.setDeterministicID(true);
    return bytes_of(writer);
  } catch (const QPDFExc& error) {
    if (error.getErrorCode() == qpdf_e_password) {
      return app::Error{app::Code::wrong_passphrase, "The password doesn't open these pages.", ""};
    }
    return damaged(error);
  } catch (const std::exception& error) {
    return damaged(error);
  }
}

app::Result<std::size_t> count_pages(const std::string& bytes) {
  try {
    return open_pdf(bytes, nullptr)->getAllPages().size();
  } catch (const std::exception& error) {
    return damaged(error);
  }
}

}  // namespace exporter
