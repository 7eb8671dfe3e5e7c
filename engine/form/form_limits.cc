#include "engine/form/form_limits.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/ids.h"

namespace attune {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

void CheckText(const std::string& text, absl::string_view path,
               Violations& bad) {
  if (text.size() > kMaxItemTextBytes) {
    bad.Add(path, "TEXT_TOO_LONG",
            absl::StrCat("A text has at most ", kMaxItemTextBytes,
                         " bytes, not ", text.size(), "."));
  }
  if (!IsCleanUtf8(text)) {
    bad.Add(path, "TEXT_NOT_CLEAN", "Text is UTF-8 without NUL characters.");
  }
}

// Every text of `message`, wherever it stands.
void CheckTexts(const Message& message, const std::string& path,
                Violations& bad) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool is_text = field->type() == FieldDescriptor::TYPE_STRING;
    const bool is_message = field->type() == FieldDescriptor::TYPE_MESSAGE;
    if (!is_text && !is_message) continue;
    const std::string name = absl::StrCat(path, ".", field->name());
    if (!field->is_repeated()) {
      if (is_text) {
        CheckText(reflection.GetString(message, field), name, bad);
      } else {
        CheckTexts(reflection.GetMessage(message, field), name, bad);
      }
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      const std::string at = absl::StrCat(name, "[", i, "]");
      if (is_text) {
        CheckText(reflection.GetRepeatedString(message, field, i), at, bad);
      } else {
        CheckTexts(reflection.GetRepeatedMessage(message, field, i), at, bad);
      }
    }
  }
}

void CheckCount(int count, int most, const std::string& path,
                absl::string_view reason, absl::string_view what,
                Violations& bad) {
  if (count > most) {
    bad.Add(path, reason,
            absl::StrCat("At most ", most, " ", what, ", not ", count, "."));
  }
}

void CheckQuestionLimits(const v1::Question& question, const std::string& path,
                         Violations& bad) {
  CheckCount(question.choices_size(), kMaxChoices, path + ".choices",
             "TOO_MANY_CHOICES", "choices a question", bad);
  CheckCount(question.ranges_size(), kMaxChoices, path + ".ranges",
             "TOO_MANY_RANGES", "ranges a question", bad);
  CheckCount(question.visible_when_size(), kMaxConditions,
             path + ".visible_when", "TOO_MANY_CONDITIONS",
             "visibility terms a question", bad);
}

}  // namespace

Violations CheckFormLimits(const v1::Form& form) {
  Violations bad;
  if (form.ByteSizeLong() > kMaxFormBytes) {
    bad.Add("form", "FORM_TOO_LARGE",
            absl::StrCat("A form has at most ", kMaxFormBytes, " bytes, not ",
                         form.ByteSizeLong(), "."));
  }
  CheckCount(form.sections_size(), kMaxSections, "form.sections",
             "TOO_MANY_SECTIONS", "sections a form", bad);
  int questions = 0;
  for (const v1::Section& section : form.sections()) {
    questions += section.questions_size();
  }
  CheckCount(questions, kMaxQuestions, "form.sections", "TOO_MANY_QUESTIONS",
             "questions a form", bad);
  for (int s = 0; s < form.sections_size(); ++s) {
    for (int q = 0; q < form.sections(s).questions_size(); ++q) {
      CheckQuestionLimits(
          form.sections(s).questions(q),
          absl::StrCat("form.sections[", s, "].questions[", q, "]"), bad);
    }
  }
  CheckTexts(form, "form", bad);
  return bad;
}

}  // namespace attune
