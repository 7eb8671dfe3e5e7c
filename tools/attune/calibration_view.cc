#include "tools/attune/calibration_view.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "engine/names.h"
#include "tools/attune/arguments.h"
#include "tools/attune/failure.h"

namespace attune {
namespace {

// `ann/c1` of a contact's name, as commands take it.
std::string ContactText(const std::string& name) {
  const auto part = ParseContactName(name);
  return part ? absl::StrCat(part->person, "/", part->id) : name;
}

std::string ProgressText(const v1::Calibration& calibration) {
  return absl::StrJoin(
      calibration.progress(), ", ",
      [&](std::string* out, const v1::CalibrationProgress& progress) {
        absl::StrAppend(out, LastPart(progress.rater()), " ",
                        progress.submitted(), "/", calibration.contacts_size());
      });
}

std::string StateWord(const v1::Calibration& calibration) {
  return absl::AsciiStrToLower(absl::StripPrefix(
      v1::Calibration::State_Name(calibration.state()), "STATE_"));
}

std::string ReasonWords(const std::string& reason) {
  static const auto& words = *new std::map<std::string, std::string>{
      {"no_data", "no ratings"},
      {"no_variation", "everything is the same"},
      {"too_few", "too few ratings"},
      {"one_rater", "one rater alone"},
      {"one_target", "one contact alone"},
      {"no_pairable_values", "nothing was rated twice"},
      {"degenerate", "outside its range"},
      {"not_scorable", "not for sets of choices"},
      {"reference", "the reference"}};
  const auto found = words.find(reason);
  return found == words.end() ? reason : found->second;
}

std::string DistancesTable(const v1::CalibrationResult& result, bool color) {
  Table table({{"RATER"},
               {"RATINGS", Align::kRight},
               {"MEAN", Align::kRight},
               {"AWAY", Align::kRight},
               {"DISTANCE", Align::kRight}});
  for (const v1::RaterDistance& rater : result.distances()) {
    const auto away = [](const v1::CalibrationFigure& figure,
                         const char* format) {
      return figure.has_value()
                 ? std::string(format[0] == '+'
                                   ? absl::StrFormat("%+.2f", figure.value())
                                   : absl::StrFormat("%.2f", figure.value()))
                 : ReasonWords(figure.reason());
    };
    table.AddRow({LastPart(rater.rater()), absl::StrCat(rater.ratings()),
                  rater.has_mean() ? absl::StrFormat("%.2f", rater.mean()) : "",
                  away(rater.signed_distance(), "+"),
                  away(rater.absolute_distance(), "")});
  }
  return table.Render({true, color, 0, 0});
}

std::string QuestionsTable(const v1::CalibrationResult& result, bool color) {
  std::vector<const v1::CalibrationQuestion*> questions;
  for (const v1::CalibrationQuestion& question : result.questions()) {
    questions.push_back(&question);
  }
  const auto agreed = [](const v1::CalibrationQuestion* question) {
    const auto& share = question->answers().percent_agreement();
    return share.has_value() ? share.value() : 2;
  };
  std::stable_sort(
      questions.begin(), questions.end(),
      [&](const auto* a, const auto* b) { return agreed(a) < agreed(b); });
  Table table({{"QUESTION"},
               {"RATINGS", Align::kRight},
               {"AGREE", Align::kRight},
               {"KAPPA", Align::kRight},
               {"ALPHA OF ANSWERS", Align::kRight},
               {"ALPHA OF POINTS", Align::kRight},
               {"AGREE IT APPLIES", Align::kRight}});
  for (const v1::CalibrationQuestion* question : questions) {
    const v1::NominalAgreement& answers = question->answers();
    table.AddRow(
        {question->question_id(), absl::StrCat(answers.ratings()),
         CalibrationFigureText(answers.percent_agreement(), 2),
         CalibrationFigureText(answers.fleiss_kappa(), 2),
         CalibrationFigureText(answers.krippendorff_alpha(), 2),
         CalibrationFigureText(question->points().krippendorff_alpha(), 2),
         question->has_applicability()
             ? CalibrationFigureText(
                   question->applicability().percent_agreement(), 2)
             : ""});
  }
  return table.Render({true, color, 0, 0});
}

std::string RatingsTable(const v1::CalibrationResult& result, bool color) {
  Table table(
      {{"CALL"}, {"RATER"}, {"PERCENT", Align::kRight}, {"EVALUATION"}});
  for (const v1::CalibrationRating& rating : result.all_ratings()) {
    table.AddRow({ContactText(rating.contact()), LastPart(rating.rater()),
                  rating.has_percent()
                      ? absl::StrFormat("%.2f", rating.percent())
                      : "no score",
                  LastPart(rating.evaluation())});
  }
  return table.Render({true, color, 0, 0});
}

std::string LeftOut(const v1::CalibrationResult& result) {
  std::string text;
  if (!result.absent_raters().empty()) {
    absl::StrAppend(
        &text, "Nothing was submitted by ",
        absl::StrJoin(result.absent_raters(), ", ",
                      [](std::string* out, const std::string& rater) {
                        out->append(LastPart(rater));
                      }),
        ".\n");
  }
  if (result.unsubmitted() > 0) {
    absl::StrAppend(&text, "Begun and never submitted, so left out: ",
                    result.unsubmitted(), ".\n");
  }
  return text;
}

}  // namespace

absl::StatusOr<std::string> CalibrationArgument(const std::string& text) {
  const std::string name =
      ParseCalibrationName(text) ? text : CalibrationName(text);
  if (!ParseCalibrationName(name)) {
    return UsageError(absl::StrCat(
        "A calibration is its id or calibrations/ID, not ", text, "."));
  }
  return name;
}

const std::vector<Column<v1::Calibration>>& CalibrationColumns() {
  using Row = v1::Calibration;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"created", Align::kLeft,
       [](const Row& row) { return ShortTime(row.create_time()); }},
      {"state", Align::kLeft, &StateWord},
      {"title", Align::kLeft, [](const Row& row) { return row.title(); }},
      {"form", Align::kLeft,
       [](const Row& row) { return ShortRevision(row.form_revision()); }},
      {"submitted", Align::kLeft, &ProgressText},
      {"calls", Align::kLeft,
       [](const Row& row) {
         return absl::StrJoin(row.contacts(), ", ",
                              [](std::string* out, const std::string& name) {
                                out->append(ContactText(name));
                              });
       }},
      {"reference", Align::kLeft,
       [](const Row& row) { return LastPart(row.reference_rater()); }},
      {"tolerance", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.tolerance()); }},
      {"seed", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.seed()); }},
      {"closed", Align::kLeft,
       [](const Row& row) { return ShortTime(row.close_time()); }},
      {"calibration_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
  };
  return columns;
}

const std::vector<Column<v1::CalibrationRating>>& CalibrationRatingColumns() {
  using Row = v1::CalibrationRating;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"contact", Align::kLeft, [](const Row& row) { return row.contact(); }},
      {"rater", Align::kLeft, [](const Row& row) { return row.rater(); }},
      {"percent", Align::kRight,
       [](const Row& row) {
         return row.has_percent() ? absl::StrFormat("%.2f", row.percent()) : "";
       }},
      {"evaluation", Align::kLeft,
       [](const Row& row) { return row.evaluation(); }},
  };
  return columns;
}

std::string CalibrationFigureText(const v1::CalibrationFigure& figure,
                                  int places) {
  if (!figure.has_value()) return ReasonWords(figure.reason());
  std::string text = absl::StrFormat("%.*f", places, figure.value());
  if (figure.has_low() && figure.has_high()) {
    absl::StrAppend(
        &text, absl::StrFormat(" (%.*f to %.*f)", places, figure.low(), places,
                               figure.high()));
  }
  return text;
}

std::string CalibrationResultText(const v1::CalibrationResult& result,
                                  bool color) {
  const v1::IntervalAgreement& totals = result.totals();
  std::string text =
      absl::StrCat(Toned(absl::StrCat("Result of ", result.calibration()),
                         Tone::kStrong, color),
                   ": ", result.ratings(), " ratings by ",
                   result.distances_size(), " raters\n", LeftOut(result));
  const auto line = [&text](const std::string& name, const std::string& value) {
    absl::StrAppend(&text, absl::StrFormat("%-34s%s\n", name, value));
  };
  line(absl::StrFormat("Totals within %g points of each other",
                       result.tolerance()) +
           "  ",
       CalibrationFigureText(result.percent_agreement(), 2));
  line("Krippendorff's alpha of totals",
       CalibrationFigureText(totals.krippendorff_alpha(), 2));
  line("ICC(2,1), one rater", CalibrationFigureText(totals.icc_single(), 2));
  line("ICC(2,k), their mean", CalibrationFigureText(totals.icc_average(), 2));
  line("Fleiss' kappa, mean of questions",
       CalibrationFigureText(result.mean_question_kappa(), 2));
  line("Seed of the intervals", absl::StrCat(result.seed()));
  absl::StrAppend(&text,
                  "\nRaters: points of the total from the reference or the "
                  "others (+ lenient)\n",
                  DistancesTable(result, color));
  if (!result.questions().empty()) {
    absl::StrAppend(&text, "\nQuestions, the least agreed on first\n",
                    QuestionsTable(result, color));
  }
  absl::StrAppend(&text, "\nRatings\n", RatingsTable(result, color));
  return text;
}

}  // namespace attune
