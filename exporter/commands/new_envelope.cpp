#include "exporter/commands/new_envelope.h"

#include <filesystem>

#include "app/paper/draw.h"
#include "app/paper/print_spool.h"
#include "app/paper/printer_posix.h"
#include "app/snapshot/fingerprint.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/durable_file.h"
#include "exporter/keyholders/envelope.h"
#include "exporter/keyholders/envelope_page.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Result;

Result<app::DrawnPdf> draw_envelope(const Options& options, const NewEnvelope& made, const app::PublicKey& verifying_key,
                                    bool letter) {
  const app::SecretBytes letters = app::format_recovery_letters(made.recovery);
  TRY_GET(const app::QrCode code, app::make_qr_code(std::string(letters.view())));
  TRY_GET(const app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  TRY_GET(const app::Page page, lay_out_envelope({options.practice, made.keyholder.name, app::format_fingerprint(verifying_key)},
                                                 letters, code, letter ? app::kLetter : app::kA4, fonts));
  return draw_pdf({page}, fonts, "Sealed envelope");
}

Result<app::Done> hand_over(const EnvelopeArguments& arguments, const std::string& pdf) {
  if (!arguments.printer.empty()) return app::send_to_printer(arguments.printer, "Sealed envelope", pdf);
  std::error_code ignored;
  if (fs::exists(arguments.out, ignored)) {
    return app::Error{app::Code::wrong_kind, arguments.out + " exists already; nothing was changed.", "name another file"};
  }
  return write_file(arguments.out, pdf, true);
}

}  // namespace

Result<EnvelopeMade> hand_over_envelope(const Options& options, const EnvelopeArguments& arguments) {
  TRY_GET(const app::SigningKey signing_key, read_signing_key(options.practice_folder()));
  TRY_GET(const std::vector<Keyholder> keyholders, read_keyholders(options.practice_folder()));
  const std::string today = app::format_day(app::local_date(app::now(), options.time_zone));
  const NewEnvelope made = make_envelope(signing_key.verifying_key(), today);
  for (const Keyholder& keyholder : keyholders) {
    if (keyholder.name != made.keyholder.name || keyholder.is_envelope()) continue;
    return app::Error{app::Code::bad_config, "There is a keyholder named " + keyholder.name + " already.", ""};
  }
  const bool letter = arguments.letter || options.paper.letter;
  TRY_GET(const app::DrawnPdf pdf, draw_envelope(options, made, signing_key.verifying_key(), letter));
  TRY(hand_over(arguments, pdf.bytes));
  if (const auto kept = keep_envelope(options.practice_folder(), made.keyholder); !kept.ok()) {
    std::error_code ignored;
    if (!arguments.out.empty()) fs::remove(arguments.out, ignored);  // a page that opens nothing
    return kept.error();
  }
  return EnvelopeMade{made.keyholder, find_envelope(keyholders), arguments.out, arguments.printer};
}

std::string describe_envelope(const EnvelopeMade& made) {
  std::string text = "Made " + plain(made.envelope.name) + ". It opens the copies of the nights from now on.\n";
  if (made.replaced) {
    text += "It takes the place of " + plain(made.replaced->name) +
            ", which still opens the copies that were made for it: destroy that page once those are gone.\n";
  }
  if (!made.out.empty()) {
    text += "\n" + made.out + " IS THE KEY: whoever finds that file reads every copy.\n"
            "  1. Print it, once. Look at the page: four lines of letters and a square code.\n"
            "  2. Delete the file, also from the trash and from wherever it was sent through. It must not stay on this computer.\n"
            "  3. Seal the page in an envelope, and keep it away from the laptop and the sticks.\n";
  } else {
    text += "\nThe page went to the printer " + made.printer + " and was not written to a file by Nightchart (`lpstat -o` shows\n"
            "what waits to be printed).\n";
    if (const std::string kept = app::say_what_spool_keeps(); !kept.empty()) {
      text += "THE PAGE IS STILL ON THIS COMPUTER. " + kept + "\nTo remove it now, once it is printed, as root:  cancel -a -x " + made.printer + "\n";
    }
    text += "  1. Fetch it now. Look at the page: four lines of letters and a square code.\n"
            "  2. Seal it in an envelope, and keep it away from the laptop and the sticks.\n";
  }
  return text + "Whether the page can be read: nightchart keyholder envelope --check, then type its lines.\n";
}

}  // namespace exporter
