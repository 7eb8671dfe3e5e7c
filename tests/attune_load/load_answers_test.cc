// Generated answers are what a server accepts, and mean what they should.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/form/form_text.h"
#include "engine/scoring/answers.h"
#include "engine/scoring/score.h"
#include "tests/engine/scoring/random_form.h"
#include "tools/attune_load/answers.h"
#include "tools/attune_load/random.h"

namespace attune {
namespace {

CompiledForm FormOf(const std::filesystem::path& path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return CompiledForm::Make(FormText::Parse(text).value().form()).value();
}

std::filesystem::path FormsFolder() {
  return absl::StrCat(ATTUNE_SOURCE_DIR, "/config/forms");
}

Judgement JudgementOf(uint64_t seed, double quality) {
  return {quality, Random(seed, {1}).Next(), Random(seed, {2}).Next()};
}

void ExpectAccepted(const CompiledForm& form, const Judgement& judgement) {
  const auto answers = MakeAnswers(form, judgement);
  const Violations bad = CheckAnswers(form, answers, Completeness::kComplete);
  for (const Violation& violation : bad.all()) {
    ADD_FAILURE() << violation.field << " " << violation.reason << " "
                  << violation.description;
  }
}

TEST(LoadAnswersTest, EveryShippedFormAcceptsAThousandSeeds) {
  int forms = 0;
  for (const auto& entry : std::filesystem::directory_iterator(FormsFolder())) {
    if (entry.path().extension() != ".textproto") continue;
    SCOPED_TRACE(entry.path().string());
    const CompiledForm form = FormOf(entry.path());
    for (uint64_t seed = 0; seed < 1000; ++seed) {
      ExpectAccepted(form,
                     JudgementOf(seed, static_cast<double>(seed % 11) / 10));
      if (HasFailure()) FAIL() << "seed " << seed;
    }
    ++forms;
  }
  EXPECT_GE(forms, 3);
}

TEST(LoadAnswersTest, RandomFormsAcceptThem) {
  RandomForms forms(20'261'123);
  int accepted = 0;
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    const v1::Form form = forms.NextForm();
    const auto compiled = CompiledForm::Make(form);
    if (!compiled.ok()) continue;
    ExpectAccepted(*compiled, JudgementOf(seed, 0.6));
    if (HasFailure()) FAIL() << "seed " << seed << "\n" << form.DebugString();
    ++accepted;
  }
  EXPECT_GT(accepted, 900) << "most random forms can be published";
}

TEST(LoadAnswersTest, TheSameJudgementGivesTheSameBytes) {
  const CompiledForm form =
      FormOf(FormsFolder() / "cancellation_call.textproto");
  const auto bytes = [&](uint64_t seed) {
    v1::Example all;
    *all.mutable_answers() = MakeAnswers(form, JudgementOf(seed, 0.6));
    return all.SerializeAsString();
  };
  EXPECT_EQ(bytes(1), bytes(1));
  EXPECT_NE(bytes(1), bytes(2));
}

double MeanPercent(const CompiledForm& form, double quality) {
  constexpr int kCount = 4000;
  double sum = 0;
  for (int seed = 0; seed < kCount; ++seed) {
    sum += ExplainScore(
               form, MakeAnswers(form, JudgementOf(static_cast<uint64_t>(seed),
                                                   quality)))
               .percent_before_critical();
  }
  return sum / kCount;
}

TEST(LoadAnswersTest, TheMeanScoreIsTheQuality) {
  const CompiledForm form = FormOf(FormsFolder() / "call.textproto");
  // One evaluation deviates by about 15 percent, so the mean of 4000 by 0.24.
  for (const double quality : {0.0, 0.3, 0.5, 0.7, 0.9, 1.0}) {
    EXPECT_NEAR(MeanPercent(form, quality), quality * 100, 1.0) << quality;
  }
}

TEST(LoadAnswersTest, RatersOfOneContactMostlyAnswerAlike) {
  const CompiledForm form = FormOf(FormsFolder() / "call.textproto");
  int same = 0;
  int all = 0;
  for (uint64_t seed = 0; seed < 500; ++seed) {
    const auto one = MakeAnswers(form, {0.7, seed, 2 * seed});
    const auto two = MakeAnswers(form, {0.7, seed, 2 * seed + 1});
    ASSERT_EQ(one.size(), two.size());
    for (int i = 0; i < one.size(); ++i) {
      ++all;
      same +=
          one[i].na() == two[i].na() && one[i].choice_id() == two[i].choice_id()
              ? 1
              : 0;
    }
  }
  // 0.85 squared see the same; of the others about half agree by chance.
  EXPECT_GT(same, all * 80 / 100);
  EXPECT_LT(same, all * 95 / 100);
}

}  // namespace
}  // namespace attune
