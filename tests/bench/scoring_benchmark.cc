// What scoring costs beside parsing the request that asks for it: 20 questions
// in 6 sections, one answer each.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "attune/v1/evaluation_service.pb.h"
#include "engine/form/compiled_form.h"
#include "engine/scoring/answer_sheet.h"
#include "engine/scoring/answers.h"
#include "engine/scoring/grade.h"
#include "engine/scoring/marks.h"
#include "engine/scoring/score.h"

namespace attune {
namespace {

constexpr int kQuestions = 20;
constexpr int kSections = 6;

v1::Form MakeForm() {
  v1::Form form;
  form.set_title("Twenty questions");
  for (int s = 0; s < kSections; ++s) {
    v1::Section& section = *form.add_sections();
    section.set_section_id(absl::StrCat("section_", s));
    section.set_title("Section");
    section.set_weight(40 - 5 * s);
  }
  for (int q = 0; q < kQuestions; ++q) {
    v1::Question& question =
        *form.mutable_sections(q % kSections)->add_questions();
    question.set_question_id(absl::StrCat("question_number_", q));
    question.set_text("What is asked");
    question.set_type(v1::Question::SINGLE_CHOICE);
    question.mutable_na()->set_allowed(true);
    for (int c = 0; c < 3; ++c) {
      v1::Choice& choice = *question.add_choices();
      choice.set_choice_id(absl::StrCat("choice_", c));
      choice.set_label("Choice");
      choice.set_points((2 - c) * (q % 4 + 1));
    }
  }
  return form;
}

const CompiledForm& Form() {
  static const CompiledForm& form = *[] {
    auto compiled = CompiledForm::Make(MakeForm());
    if (!compiled.ok()) std::abort();
    return new CompiledForm(*std::move(compiled));
  }();
  return form;
}

const v1::SubmitEvaluationRequest& Request() {
  static const v1::SubmitEvaluationRequest& request = *[] {
    auto* made = new v1::SubmitEvaluationRequest;
    v1::Evaluation& evaluation = *made->mutable_evaluation();
    for (int q = 0; q < kQuestions; ++q) {
      v1::Answer& answer = *evaluation.add_answers();
      answer.set_question_id(absl::StrCat("question_number_", q));
      if (q % 7 == 6) {
        answer.set_na(true);
      } else {
        answer.set_choice_id(absl::StrCat("choice_", q % 3));
      }
    }
    return made;
  }();
  return request;
}

void ParseRequest(benchmark::State& state) {
  const std::string bytes = Request().SerializeAsString();
  for (auto _ : state) {
    v1::SubmitEvaluationRequest request;
    benchmark::DoNotOptimize(request.ParseFromString(bytes));
  }
}
BENCHMARK(ParseRequest);

void CodeRequest(benchmark::State& state) {
  const auto& answers = Request().evaluation().answers();
  for (auto _ : state) {
    benchmark::DoNotOptimize(CodeAnswers(Form(), answers));
  }
}
BENCHMARK(CodeRequest);

void GradeSheet(benchmark::State& state) {
  const AnswerSheet sheet =
      CodeAnswers(Form(), Request().evaluation().answers());
  for (auto _ : state) {
    benchmark::DoNotOptimize(GradeMarks(Form(), MarkSheet(Form(), sheet)));
  }
}
BENCHMARK(GradeSheet);

void CheckRequest(benchmark::State& state) {
  const auto& answers = Request().evaluation().answers();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        CheckAnswers(Form(), answers, Completeness::kComplete));
  }
}
BENCHMARK(CheckRequest);

void ExplainRequest(benchmark::State& state) {
  const auto& answers = Request().evaluation().answers();
  for (auto _ : state) {
    benchmark::DoNotOptimize(ExplainScore(Form(), answers));
  }
}
BENCHMARK(ExplainRequest);

}  // namespace
}  // namespace attune

BENCHMARK_MAIN();
