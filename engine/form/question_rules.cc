#include "engine/form/question_rules.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/form/decimal.h"
#include "engine/ids.h"

namespace attune {
namespace {

constexpr absl::string_view kIdShape =
    "An id is a lower-case letter and up to 62 lower-case letters, digits and "
    "underscores.";

struct ScaledRange {
  int64_t from = 0;
  int64_t to = 0;
  int index = 0;
};

// The smallest decimal place that the bounds use, in ten-thousandths.
int64_t StepOf(const std::vector<ScaledRange>& ranges) {
  int64_t step = kTenThousand;
  for (const ScaledRange& range : ranges) {
    while (range.from % step != 0 || range.to % step != 0) step /= 10;
  }
  return step;
}

void CheckNeighbours(const v1::Question& question,
                     std::vector<ScaledRange> ranges, absl::string_view path,
                     Findings& findings) {
  const int64_t step = StepOf(ranges);
  std::sort(ranges.begin(), ranges.end(),
            [](const ScaledRange& a, const ScaledRange& b) {
              return a.from != b.from ? a.from < b.from : a.index < b.index;
            });
  int64_t last = 0;
  for (size_t i = 0; i < ranges.size(); ++i) {
    const std::string from =
        absl::StrCat(path, ".ranges[", ranges[i].index, "].from");
    if (i > 0 && ranges[i].from <= last) {
      findings.Break(from, "RANGE_OVERLAP",
                     "Both ends of a range belong to it; no number may be in "
                     "two ranges.");
    } else if (i > 0 && question.ranges_total() &&
               ranges[i].from - last > step) {
      findings.Refuse(from, "RANGE_GAP",
                      absl::StrCat("Nothing covers the numbers between ",
                                   FromTenThousandths(last), " and ",
                                   FromTenThousandths(ranges[i].from), "."));
    }
    last = i == 0 ? ranges[i].to : std::max(last, ranges[i].to);
  }
}

void CheckRanges(const v1::Question& question, absl::string_view path,
                 Findings& findings) {
  std::vector<ScaledRange> ranges;
  for (int i = 0; i < question.ranges_size(); ++i) {
    const v1::Range& range = question.ranges(i);
    const std::string at = absl::StrCat(path, ".ranges[", i, "]");
    CheckDecimal(range.from(), absl::StrCat(at, ".from"), "RANGE", true,
                 findings);
    CheckDecimal(range.to(), absl::StrCat(at, ".to"), "RANGE", true, findings);
    CheckDecimal(range.points(), absl::StrCat(at, ".points"), "POINTS", false,
                 findings);
    const auto from = ToTenThousandths(range.from());
    const auto to = ToTenThousandths(range.to());
    if (!from || !to) continue;
    if (*to < *from) {
      findings.Break(absl::StrCat(at, ".to"), "RANGE_REVERSED",
                     "A range ends at its highest number, not under `from`.");
      continue;
    }
    ranges.push_back({*from, *to, i});
  }
  CheckNeighbours(question, std::move(ranges), path, findings);
}

void CheckChoices(const v1::Question& question, absl::string_view path,
                  Findings& findings) {
  absl::flat_hash_set<absl::string_view> seen;
  for (int i = 0; i < question.choices_size(); ++i) {
    const v1::Choice& choice = question.choices(i);
    const std::string at = absl::StrCat(path, ".choices[", i, "]");
    CheckItemId(choice.choice_id(), absl::StrCat(at, ".choice_id"), findings);
    if (!seen.insert(choice.choice_id()).second) {
      findings.Break(absl::StrCat(at, ".choice_id"), "ID_DUPLICATE",
                     absl::StrCat("The question has a choice ",
                                  choice.choice_id(), " already."));
    }
    CheckThere(choice.label(), absl::StrCat(at, ".label"), "LABEL_MISSING",
               findings);
    CheckDecimal(choice.points(), absl::StrCat(at, ".points"), "POINTS", false,
                 findings);
  }
}

// Fields that only some types have.
void CheckFit(const v1::Question& question, bool scored, absl::string_view path,
              Findings& findings) {
  const bool is_choice = IsChoiceType(question.type());
  const bool is_number = question.type() == v1::Question::NUMBER;
  const auto refuse = [&](bool wrong, absl::string_view field,
                          absl::string_view reason,
                          absl::string_view description) {
    if (wrong) findings.Break(absl::StrCat(path, field), reason, description);
  };
  refuse(is_choice && question.choices().empty(), ".choices", "CHOICES_MISSING",
         "A choice question offers at least one choice.");
  refuse(!is_choice && !question.choices().empty(), ".choices",
         "CHOICES_UNEXPECTED", "Only choice questions have choices.");
  refuse(is_number && scored && question.ranges().empty(), ".ranges",
         "RANGES_MISSING",
         "A scored number earns points by ranges; give at least one.");
  refuse(!is_number && !question.ranges().empty(), ".ranges",
         "RANGES_UNEXPECTED", "Only NUMBER questions have ranges.");
  refuse(!is_number && question.ranges_total(), ".ranges_total",
         "RANGES_TOTAL_UNEXPECTED", "Only NUMBER questions have ranges.");
  refuse(question.type() != v1::Question::MULTI_CHOICE &&
             question.has_max_points(),
         ".max_points", "MAX_POINTS_UNEXPECTED",
         "Only a MULTI_CHOICE question has max_points; others can earn their "
         "best choice or range.");
  if (!is_choice && !is_number && question.has_weight()) {
    findings.Refuse(absl::StrCat(path, ".weight"), "WEIGHT_UNEXPECTED",
                    "TEXT and DATE are never scored and have no weight.");
  }
}

// Ten-thousandths of a point that chosen choices can earn together.
int64_t SumOfChoices(const v1::Question& question) {
  int64_t sum = 0;
  for (const v1::Choice& choice : question.choices()) {
    sum += std::max<int64_t>(0, ToTenThousandths(choice.points()).value_or(0));
  }
  return sum;
}

void CheckMaximum(const v1::Question& question, bool scored,
                  absl::string_view path, Findings& findings) {
  if (question.has_max_points() &&
      question.type() == v1::Question::MULTI_CHOICE) {
    const std::string at = absl::StrCat(path, ".max_points");
    CheckDecimal(question.max_points(), at, "MAX_POINTS", false, findings);
    const auto most = ToTenThousandths(question.max_points());
    if (most && *most == 0) {
      findings.Break(at, "MAXIMUM_ZERO", "max_points is above 0.");
    } else if (most && *most > SumOfChoices(question)) {
      findings.Break(at, "MAX_POINTS_UNREACHABLE",
                     "All choices together earn less than max_points.");
    }
  }
  if (!scored) return;
  const auto earns = [](const auto& option) { return option.points() > 0; };
  const auto& choices = question.choices();
  const auto& ranges = question.ranges();
  const bool none = std::none_of(choices.begin(), choices.end(), earns) &&
                    std::none_of(ranges.begin(), ranges.end(), earns);
  if (none && choices.size() + ranges.size() > 0) {
    findings.Break(
        absl::StrCat(path, choices.empty() ? ".ranges" : ".choices"),
        "MAXIMUM_ZERO",
        "A scored question can earn more than 0 points; what is only noted "
        "belongs in a section of weight 0.");
  }
}

void WarnOfQuestion(const v1::Question& question, bool scored,
                    absl::string_view path, Findings& findings) {
  if (absl::StripAsciiWhitespace(question.guidance()).empty()) {
    findings.Warn(absl::StrCat(path, ".guidance"), "GUIDANCE_MISSING",
                  "Without guidance raters read the question each in their own "
                  "way.");
  }
  const auto& choices = question.choices();
  if (scored && question.type() == v1::Question::SINGLE_CHOICE &&
      !choices.empty() &&
      std::all_of(choices.begin(), choices.end(), [&](const v1::Choice& c) {
        return c.points() == choices[0].points();
      })) {
    findings.Warn(absl::StrCat(path, ".choices"), "CHOICES_EQUAL",
                  "Every choice earns the same, so the answer decides "
                  "nothing.");
  }
}

}  // namespace

bool IsChoiceType(v1::Question::Type type) {
  return type == v1::Question::SINGLE_CHOICE ||
         type == v1::Question::MULTI_CHOICE;
}

void CheckDecimal(double value, absl::string_view path, absl::string_view kind,
                  bool may_be_negative, Findings& findings) {
  if (!std::isfinite(value)) {
    findings.Break(path, absl::StrCat(kind, "_NOT_FINITE"),
                   "Give a finite number.");
  } else if (value < 0 && !may_be_negative) {
    findings.Break(path, absl::StrCat(kind, "_NEGATIVE"),
                   "Give a number of 0 or more.");
  } else if (std::abs(value) > kMaxDecimal) {
    findings.Break(path, absl::StrCat(kind, "_TOO_LARGE"),
                   "Give a number of at most 1000000000.");
  } else if (!ToTenThousandths(value)) {
    findings.Break(path, absl::StrCat(kind, "_TOO_PRECISE"),
                   "Give a decimal of at most four places.");
  }
}

void CheckCritical(const v1::Critical& critical, absl::string_view path,
                   Findings& findings) {
  if (critical.category() == v1::Critical::CATEGORY_UNSPECIFIED ||
      !v1::Critical::Category_IsValid(critical.category())) {
    findings.Refuse(absl::StrCat(path, ".category"),
                    "CRITICAL_CATEGORY_MISSING",
                    "Say whom a failure hurts: CUSTOMER, BUSINESS or "
                    "COMPLIANCE.");
  }
  if (!v1::Critical::Effect_IsValid(critical.effect())) {
    findings.Refuse(absl::StrCat(path, ".effect"), "CRITICAL_EFFECT_UNKNOWN",
                    "An effect is FLAG, ZERO_SECTION or ZERO_FORM.");
  }
  if (critical.has_below_percent() &&
      (!(critical.below_percent() > 0 && critical.below_percent() <= 100) ||
       !ToTenThousandths(critical.below_percent()))) {
    findings.Break(absl::StrCat(path, ".below_percent"),
                   "BELOW_PERCENT_INVALID",
                   "Give a percent above 0 and at most 100, of at most four "
                   "places.");
  }
}

void CheckThere(absl::string_view text, absl::string_view path,
                absl::string_view reason, Findings& findings) {
  if (absl::StripAsciiWhitespace(text).empty()) {
    findings.Refuse(path, reason, "Write what people are shown here.");
  }
}

void CheckItemId(absl::string_view id, absl::string_view path,
                 Findings& findings) {
  if (!IsItemId(id)) findings.Refuse(path, "ID_INVALID", kIdShape);
}

void CheckQuestion(const v1::Question& question, bool scored,
                   absl::string_view path, Findings& findings) {
  CheckItemId(question.question_id(), absl::StrCat(path, ".question_id"),
              findings);
  CheckThere(question.text(), absl::StrCat(path, ".text"), "TEXT_MISSING",
             findings);
  if (question.type() == v1::Question::TYPE_UNSPECIFIED ||
      !v1::Question::Type_IsValid(question.type())) {
    findings.Break(absl::StrCat(path, ".type"), "TYPE_MISSING",
                   "A question is SINGLE_CHOICE, MULTI_CHOICE, NUMBER, TEXT "
                   "or DATE.");
  } else {
    CheckFit(question, scored, path, findings);
  }
  if (question.has_weight()) {
    CheckDecimal(question.weight(), absl::StrCat(path, ".weight"), "WEIGHT",
                 false, findings);
  }
  CheckChoices(question, path, findings);
  CheckRanges(question, path, findings);
  CheckMaximum(question, scored, path, findings);
  if (!v1::Form::NaPolicy_IsValid(question.na_policy())) {
    findings.Refuse(absl::StrCat(path, ".na_policy"), "NA_POLICY_UNKNOWN",
                    "A policy is EXCLUDE or FULL_CREDIT.");
  }
  if (question.has_critical()) {
    const std::string at = absl::StrCat(path, ".critical");
    CheckCritical(question.critical(), at, findings);
    if (!question.boundary()) {
      findings.Refuse(at, "CRITICAL_NOT_BOUNDARY",
                      "Only a boundary question may be critical; judgement may "
                      "not be.");
    }
    if (question.bonus()) {
      findings.Refuse(at, "CRITICAL_BONUS",
                      "A bonus question adds and may not be critical.");
    }
    if (question.type() == v1::Question::TEXT ||
        question.type() == v1::Question::DATE) {
      findings.Refuse(at, "CRITICAL_NOT_SCORED",
                      "TEXT and DATE earn no points and cannot fail.");
    }
  }
  WarnOfQuestion(question, scored, path, findings);
}

}  // namespace attune
