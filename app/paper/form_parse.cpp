#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "app/paper/form.h"
#include "app/record/text.h"

namespace app {
namespace {

constexpr std::size_t kPartsMost = 200;
constexpr std::size_t kCellsMost = 12;
constexpr int kCountMost = 60;
constexpr int kShareMost = 20;
constexpr int kSlipsMost = 4;
constexpr std::string_view kNumberLetters = "ABCDEFGHJKMNPQRSTWXYZ";  // that nobody reads as another

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const auto begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::optional<int> whole_number(std::string_view text, int most) {
  int number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size() || number < 1 || number > most) return std::nullopt;
  return number;
}

class FormParser {
 public:
  explicit FormParser(const std::string& name) { form_.name = name; }

  Result<Form> parse(std::string_view text) {
    while (!text.empty()) {
      ++line_;
      const auto end = std::min(text.find('\n'), text.size());
      TRY(read_line(trim(text.substr(0, end))));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (form_.title.empty()) return error("the form has no title.", "Its first line is: title WORDS");
    if (form_.parts.empty()) return error("the form has nothing to fill in.", "");
    return std::move(form_);
  }

 private:
  Error error(const std::string& what, const std::string& detail) const {
    return {Code::bad_config, form_.name + ".form, line " + std::to_string(line_) + ": " + what, detail};
  }

  Result<Done> read_line(std::string_view line) {
    if (line.empty() || line.front() == '#') return Done{};
    const auto blank = std::min(line.find_first_of(" \t:"), line.size());
    const std::string_view word = line.substr(0, blank);
    const std::string_view rest = trim(line.substr(blank));
    if (word == "title") return set_title(rest);
    if (word == "slips") return set_slips(rest);
    if (form_.parts.size() >= kPartsMost) return error("the form is too long.", "At most 200 parts.");
    return read_part(word, rest);
  }

  Result<Done> set_title(std::string_view rest) {
    if (rest.empty()) return error("the title is missing.", "");
    if (!form_.title.empty()) return error("there is a title already.", "");
    form_.title = rest;
    return Done{};
  }

  Result<Done> set_slips(std::string_view rest) {
    if (rest.ends_with(" same")) {
      form_.same_numbers = true;
      rest = trim(rest.substr(0, rest.size() - 5));
    }
    const auto number = whole_number(rest, kSlipsMost);
    if (!number) return error("\"slips\" wants a number from 1 to 4.", "slips 3, or slips 2 same when both carry the same number.");
    form_.slips = *number;
    return Done{};
  }

  Result<Done> read_part(std::string_view word, std::string_view rest) {
    static constexpr std::array<std::pair<std::string_view, FormPartKind>, 10> kWords = {
        {{"note", FormPartKind::note}, {"patient", FormPartKind::patient}, {"heading", FormPartKind::heading},
         {"text", FormPartKind::text}, {"fields", FormPartKind::fields}, {"choose", FormPartKind::choose},
         {"write", FormPartKind::write}, {"rows", FormPartKind::rows}, {"page", FormPartKind::page},
         {"sign", FormPartKind::fields}}};
    const auto found = std::find_if(kWords.begin(), kWords.end(), [&](const auto& known) { return known.first == word; });
    if (found == kWords.end()) {
      return error("\"" + std::string(word.substr(0, 40)) + "\" is no word of this language.",
                   "A line begins with title, slips, note, patient, heading, text, fields, choose, write, rows, sign or page.");
    }
    FormPart part;
    part.kind = found->second;
    if (word == "sign" && rest.empty()) rest = "Name and role *3 | Signature *3 | Date *2 | Time";
    TRY(fill_part(part, word, rest));
    form_.parts.push_back(std::move(part));
    return Done{};
  }

  Result<Done> fill_part(FormPart& part, std::string_view word, std::string_view rest) {
    const std::string name(word);
    switch (part.kind) {
      case FormPartKind::patient:
        part.is_identity_only = rest == "identity";
        if (!rest.empty() && !part.is_identity_only) return error("\"patient\" stands alone, or before the word identity.", "");
        return Done{};
      case FormPartKind::page:
        if (!rest.empty()) return error("nothing follows \"" + name + "\".", "");
        return Done{};
      case FormPartKind::note:
      case FormPartKind::heading:
      case FormPartKind::text:
        if (rest.empty()) return error("\"" + name + "\" wants words.", "");
        part.text = rest;
        return Done{};
      case FormPartKind::fields:
        return read_cells(part, rest, name);
      case FormPartKind::choose:
        TRY(split_name(part, rest, rest.find(':'), "choose NAME: ANSWER | ANSWER"));
        return read_cells(part, rest, name);
      case FormPartKind::write:
        TRY(split_name(part, rest, rest.rfind(':'), "write NAME: 3, or write NAME: rest"));
        return read_count(part, rest, name);
      case FormPartKind::rows: {
        const auto colon = rest.find(':');
        if (colon == std::string_view::npos) return error("\"rows\" wants a number and columns.", "rows 12: NAME | NAME, or rows rest: NAME | NAME");
        TRY(read_count(part, trim(rest.substr(0, colon)), name));
        return read_cells(part, trim(rest.substr(colon + 1)), name);
      }
    }
    return Done{};
  }

  // What stands before the colon is the name; it may be empty.
  Result<Done> split_name(FormPart& part, std::string_view& rest, std::size_t colon, const char* shape) {
    if (colon == std::string_view::npos) return error("a colon is missing.", std::string("It looks so: ") + shape);
    part.text = trim(rest.substr(0, colon));
    rest = trim(rest.substr(colon + 1));
    return Done{};
  }

  Result<Done> read_count(FormPart& part, std::string_view text, const std::string& word) {
    if (text == "rest") return Done{};
    const auto number = whole_number(text, kCountMost);
    if (!number) return error("\"" + word + "\" wants a number from 1 to 60, or the word rest.", "");
    part.count = *number;
    return Done{};
  }

  Result<Done> read_cells(FormPart& part, std::string_view text, const std::string& word) {
    if (text.empty()) return error("\"" + word + "\" wants names.", "Between them stands |");
    while (true) {
      const auto bar = std::min(text.find('|'), text.size());
      if (part.cells.size() >= kCellsMost) return error("too many places in one line.", "At most 12.");
      FormCell cell;
      TRY(read_cell(cell, trim(text.substr(0, bar)), part.kind));
      part.cells.push_back(std::move(cell));
      if (bar == text.size()) return Done{};
      text.remove_prefix(bar + 1);
    }
  }

  Result<Done> read_cell(FormCell& cell, std::string_view text, FormPartKind kind) {
    if (const auto star = text.rfind('*'); star != std::string_view::npos && kind != FormPartKind::choose) {
      const auto share = whole_number(text.substr(star + 1), kShareMost);
      if (!share) return error("behind * stands a share of the width, from 1 to 20.", "Such as: Name *3");
      cell.share = *share;
      text = trim(text.substr(0, star));
    }
    if (text.ends_with('}') && kind != FormPartKind::choose) {
      const auto open = text.rfind('{');
      if (open == std::string_view::npos) return error("a { is missing.", "");
      TRY(read_fill(cell, text.substr(open + 1, text.size() - open - 2), kind));
      text = trim(text.substr(0, open));
    }
    if (text.empty()) return error("a name is missing.", "Each place between two | has a name.");
    cell.name = text;
    return Done{};
  }

  Result<Done> read_fill(FormCell& cell, std::string_view text, FormPartKind kind) {
    if (text == "line" && kind == FormPartKind::rows) {
      cell.fill = FormFill::line;
    } else if (text == "temporary number") {
      cell.fill = FormFill::temporary_number;
    } else if (text.starts_with("number ")) {
      cell.fill = FormFill::number;
      cell.prefix = trim(text.substr(7));
      const bool good = cell.prefix.size() == 1 && kNumberLetters.find(cell.prefix) != std::string_view::npos && cell.prefix != "T";
      if (!good) {
        return error("{number X} wants one capital letter that is neither I, L, O, U or V nor T.", "T is for {temporary number}.");
      }
    } else {
      return error("{" + std::string(text.substr(0, 40)) + "} is not known.",
                   "There are {line} (in rows), {temporary number} and {number X} with a letter for X.");
    }
    return Done{};
  }

  Form form_;
  int line_ = 0;
};

}  // namespace

bool is_about_a_patient(const Form& form) {
  return std::any_of(form.parts.begin(), form.parts.end(), [](const FormPart& part) { return part.kind == FormPartKind::patient; });
}

Result<Form> parse_form(std::string_view text, const std::string& name) {
  if (text.size() > kFormBytesMost) return Error{Code::bad_config, name + ".form is too large for a form.", "At most 64 KB."};
  // An editor's byte order mark is no part of the first word.
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const CleanText clean = clean_text(text);
  if (clean.changed && clean.text.find("\xEF\xBF\xBD") != std::string::npos) {
    const auto upto = clean.text.begin() + static_cast<std::ptrdiff_t>(clean.text.find("\xEF\xBF\xBD"));
    return Error{Code::bad_config, name + ".form, line " + std::to_string(1 + std::count(clean.text.begin(), upto, '\n')) + ": this is no UTF-8 text.",
                 "Save it as UTF-8 in the editor."};
  }
  return FormParser(name).parse(clean.text);
}

}  // namespace app
