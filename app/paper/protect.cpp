#include "app/paper/protect.h"

#define POINTERHOLDER_TRANSITION 4  // qpdf 11 asks which of its pointers is meant
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFWriter.hh>

#include <exception>
#include <memory>

namespace app {
namespace {

Error damaged(const std::exception& error) {
  return {Code::damaged, "The printed pages can't be read back.", error.what()};
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

Result<std::string> protect_pdf(const std::string& bytes, const std::string& password, const std::string& owner_password) {
  try {
    const auto pdf = open_pdf(bytes, nullptr);
    QPDFWriter writer(*pdf);
    writer.setOutputMemory();
    writer.setMinimumPDFVersion("1.7");
    writer.setR6EncryptionParameters(password.c_str(), owner_password.c_str(), true, true, true, true, true, true,
                                     qpdf_r3p_full, true);
    return bytes_of(writer);
  } catch (const std::exception& error) {
    return damaged(error);
  }
}

Result<std::string> open_protected_pdf(const std::string& bytes, const std::string& password) {
  try {
    const auto pdf = open_pdf(bytes, password.c_str());
    QPDFWriter writer(*pdf);
    writer.setOutputMemory();
    writer.setPreserveEncryption(false);
    writer.setDeterministicID(true);
    return bytes_of(writer);
  } catch (const QPDFExc& error) {
    if (error.getErrorCode() == qpdf_e_password) {
      return Error{Code::wrong_passphrase, "The password doesn't open these pages.", ""};
    }
    return damaged(error);
  } catch (const std::exception& error) {
    return damaged(error);
  }
}

Result<std::size_t> count_pages(const std::string& bytes) {
  try {
    return open_pdf(bytes, nullptr)->getAllPages().size();
  } catch (const std::exception& error) {
    return damaged(error);
  }
}

}  // namespace app
