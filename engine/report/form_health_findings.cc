#include "engine/report/form_health_findings.h"

#include <string>

#include "absl/strings/str_format.h"

namespace attune {
namespace {

using Finding = v1::QuestionFinding;

constexpr int64_t kEnough = 30;  // scored or asked
constexpr int64_t kEnoughContacts = 20;
constexpr int64_t kEnoughContests = 5;
constexpr int64_t kEnoughToDiscriminate = 50;
constexpr int64_t kEnoughVerdicts = 5;
constexpr double kNearlyAlways = 98;
constexpr double kNearlyNever = 2;
constexpr double kMostly = 50;
constexpr double kPoorKappa = 0.4;
// Where nearly all ratings are the same, kappa is low for raters who agree.
constexpr double kGoodAgreement = 90;
constexpr double kOften = 10;
constexpr double kFlat = 0.1;
constexpr double kLittle = 2;

void Add(v1::QuestionHealth& question, Finding::Reason reason,
         const std::string& words) {
  Finding& finding = *question.add_findings();
  finding.set_reason(reason);
  finding.set_words(words);
}

void AddAboutScores(v1::QuestionHealth& question) {
  if (question.scored() < kEnough) return;
  if (question.pass_percent() >= kNearlyAlways) {
    Add(question, Finding::REASON_ALWAYS_PASSED,
        absl::StrFormat("Always yes: tells nothing. Full points in %.2f %% of "
                        "%d; drop it, or ask for more.",
                        question.pass_percent(), question.scored()));
  }
  if (question.pass_percent() <= kNearlyNever) {
    Add(question, Finding::REASON_NEVER_PASSED,
        absl::StrFormat("Never yes: full points in %.2f %% of %d; teach it, or "
                        "ask for what can be done.",
                        question.pass_percent(), question.scored()));
  }
  if (question.share_percent() < kLittle) {
    Add(question, Finding::REASON_DECIDES_TOO_LITTLE,
        absl::StrFormat("Decides too little: %.2f %% of the total on average; "
                        "give it weight, or drop it.",
                        question.share_percent()));
  }
}

void AddAboutRaters(v1::QuestionHealth& question) {
  const v1::RaterAgreement& agreement = question.agreement();
  if (agreement.contacts() >= kEnoughContacts && agreement.has_kappa() &&
      agreement.kappa() < kPoorKappa &&
      agreement.agreement_percent() < kGoodAgreement) {
    Add(question, Finding::REASON_RATERS_DISAGREE,
        absl::StrFormat("Raters disagree: reword it. They agree on %.2f %% of "
                        "%d contacts, kappa %.2f.",
                        agreement.agreement_percent(), agreement.contacts(),
                        agreement.kappa()));
  }
  const v1::ContestFigures& contests = question.contests();
  if (question.asked() >= kEnough && contests.items() >= kEnoughContests &&
      contests.rate_percent() >= kOften) {
    Add(question, Finding::REASON_OFTEN_CONTESTED,
        absl::StrFormat("Often contested: %d of %d; look at its guidance with "
                        "those who contest it.",
                        contests.items(), question.asked()));
  }
}

void AddAboutFeedback(v1::QuestionHealth& question) {
  const v1::QuestionTally& said = question.feedback();
  const int64_t unhappy =
      said.change_count() + said.drop_count() + said.unclear_count();
  const int64_t verdicts = said.keep_count() + unhappy;
  if (verdicts < kEnoughVerdicts || 2 * unhappy < verdicts) return;
  Add(question, Finding::REASON_AGENTS_WOULD_CHANGE,
      absl::StrFormat("Agents would not keep it: of %d, %d would change it, "
                      "%d drop it, %d find it unclear; read their comments.",
                      verdicts, said.change_count(), said.drop_count(),
                      said.unclear_count()));
}

}  // namespace

void AddFindings(v1::QuestionHealth& question) {
  AddAboutFeedback(question);
  if (question.asked() < kEnough) {
    Add(question, Finding::REASON_NOT_ENOUGH_DATA,
        absl::StrFormat("Not enough data: asked %d times, %d are needed.",
                        question.asked(), kEnough));
    return;
  }
  AddAboutScores(question);
  if (question.na_percent() > kMostly) {
    Add(question, Finding::REASON_MOSTLY_NOT_APPLICABLE,
        absl::StrFormat("Mostly not applicable: in %.2f %% of %d; ask it only "
                        "where it applies.",
                        question.na_percent(), question.asked()));
  }
  AddAboutRaters(question);
  const v1::Discrimination& discrimination = question.discrimination();
  if (discrimination.n() >= kEnoughToDiscriminate &&
      discrimination.has_correlation() &&
      discrimination.correlation() < kFlat) {
    Add(question, Finding::REASON_DOES_NOT_DISCRIMINATE,
        absl::StrFormat("Does not tell good contacts from poor ones: "
                        "correlation %.2f with the rest of the form, n = %d.",
                        discrimination.correlation(), discrimination.n()));
  }
}

}  // namespace attune
