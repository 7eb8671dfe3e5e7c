#include "tests/e2e/call_form.h"

#include "tests/service/server_test.h"

namespace attune::half_year {
namespace {

constexpr QuestionFacts kFacts[kQuestions] = {
    {"tries", kConnection, 20},  {"rapport", kConnection, 20},
    {"solved", kSolution, 20},   {"owned", kSolution, 10},
    {"greeting", kCourtesy, 10}, {"tone", kCourtesy, 10},
    {"name", kCourtesy, 5},      {"verified", kSecurity, 5}};

constexpr const char* kSectionIds[kSections] = {"connection", "solution",
                                                "courtesy", "security"};

// Points of a section that a sheet has, and how many there are.
struct Points {
  int earned = 0;
  int possible = 0;
};

Points PointsOf(const Sheet& sheet, int revision, size_t section) {
  Points points;
  for (size_t question = 0; question < kQuestions; ++question) {
    if (kFacts[question].section != section) continue;
    if (!Asks(revision, question)) continue;
    points.earned += sheet[question];
    points.possible += kFacts[question].points;
  }
  return points;
}

// Percent of the total, which is also the section's weight.
int WeightOf(int revision, size_t section) {
  if (revision == 2 && section == kConnection) return 45;
  return PointsOf(Sheet{}, revision, section).possible;
}

void RemoveName(v1::Section& courtesy) {
  courtesy.mutable_questions()->DeleteSubrange(kName - kGreeting, 1);
}

}  // namespace

const QuestionFacts& FactsOf(size_t question) { return kFacts[question]; }
const char* SectionId(size_t section) { return kSectionIds[section]; }

v1::Form FirstForm() {
  return Text<v1::Form>(R"pb(
    title: "A call"
    leading_value: "emotional_connection"
    floor_percent: 50
    bands { title: "Wow" from_percent: 85 }
    bands { title: "Sound" from_percent: 50 }
    bands { title: "To be coached" from_percent: 0 }
    sections {
      section_id: "connection"
      title: "Emotional connection"
      value: "emotional_connection"
      questions {
        question_id: "tries"
        text: "Did the agent try twice to connect with the customer?"
        type: SINGLE_CHOICE
        choices { choice_id: "yes" label: "Twice or more" points: 20 }
        choices { choice_id: "partly" label: "Once" points: 10 }
        choices { choice_id: "no" label: "Never" }
      }
      questions {
        question_id: "rapport"
        text: "Did they build on what the customer answered?"
        type: SINGLE_CHOICE
        choices { choice_id: "yes" label: "Yes" points: 20 }
        choices { choice_id: "no" label: "No" }
      }
    }
    sections {
      section_id: "solution"
      title: "Solution"
      value: "solution"
      questions {
        question_id: "solved"
        text: "Was the customer's matter solved?"
        type: SINGLE_CHOICE
        choices { choice_id: "yes" label: "All of it" points: 20 }
        choices { choice_id: "partly" label: "Some of it" points: 10 }
        choices { choice_id: "no" label: "No" }
      }
      questions {
        question_id: "owned"
        text: "Did the agent make it their own matter?"
        type: SINGLE_CHOICE
        choices { choice_id: "yes" label: "Yes" points: 10 }
        choices { choice_id: "no" label: "No" }
      }
    }
    sections {
      section_id: "courtesy"
      title: "Courtesy"
      value: "courtesy"
      questions {
        question_id: "greeting"
        text: "Was the greeting right?"
        type: SINGLE_CHOICE
        choices { choice_id: "yes" label: "Yes" points: 10 }
        choices { choice_id: "no" label: "No" }
      }
      questions {
        question_id: "tone"
        text: "Was the tone warm?"
        type: SINGLE_CHOICE
        choices { choice_id: "yes" label: "Yes" points: 10 }
        choices { choice_id: "no" label: "No" }
      }
      questions {
        question_id: "name"
        text: "Was the customer's name said three times?"
        type: SINGLE_CHOICE
        choices { choice_id: "yes" label: "Yes" points: 5 }
        choices { choice_id: "no" label: "No" }
      }
    }
    sections {
      section_id: "security"
      title: "Security"
      value: "security"
      questions {
        question_id: "verified"
        text: "Was the customer's identity verified?"
        type: SINGLE_CHOICE
        choices { choice_id: "yes" label: "Yes" points: 5 }
        choices { choice_id: "no" label: "No" }
      }
    })pb");
}

v1::Form FormWithoutName() {
  v1::Form form = FirstForm();
  form.mutable_sections(kCourtesy)->set_weight(25);
  RemoveName(*form.mutable_sections(kCourtesy));
  return form;
}

v1::Form FormForConnection() {
  v1::Form form = FirstForm();
  form.mutable_sections(kConnection)->set_weight(45);
  v1::Section& courtesy = *form.mutable_sections(kCourtesy);
  courtesy.mutable_questions(0)->set_text(
      "Did the agent greet the customer in words of their own?");
  RemoveName(courtesy);
  return form;
}

bool Asks(int revision, size_t question) {
  return revision == 1 || question != kName;
}

int64_t TotalOf(const Sheet& sheet, int revision) {
  int64_t total = 100'00;
  for (size_t section = 0; section < kSections; ++section) {
    total -= SectionLoss(sheet, revision, section);
  }
  return total;
}

int64_t TotalWithoutName(const Sheet& sheet) {
  // Greeting and tone are worth 12.5 instead of 10; name nothing.
  return TotalOf(sheet, 1) - sheet[kName] * 100 +
         (sheet[kGreeting] + sheet[kTone]) * 25;
}

int64_t SectionPercent(const Sheet& sheet, int revision, size_t section) {
  const Points points = PointsOf(sheet, revision, section);
  return (2 * points.earned * 100'00 + points.possible) / (2 * points.possible);
}

int64_t SectionLoss(const Sheet& sheet, int revision, size_t section) {
  const Points points = PointsOf(sheet, revision, section);
  // Points come in tens where the weight is 45 for 40, so this is exact.
  return int64_t{100} * WeightOf(revision, section) *
         (points.possible - points.earned) / points.possible;
}

v1::Answer AnswerOf(size_t question, int points) {
  v1::Answer answer;
  answer.set_question_id(kFacts[question].id);
  answer.set_choice_id(points == 0                         ? "no"
                       : points == kFacts[question].points ? "yes"
                                                           : "partly");
  return answer;
}

void AddAnswers(const Sheet& sheet, int revision, v1::Evaluation& evaluation) {
  for (size_t question = 0; question < kQuestions; ++question) {
    if (!Asks(revision, question)) continue;
    *evaluation.add_answers() = AnswerOf(question, sheet[question]);
  }
}

}  // namespace attune::half_year
