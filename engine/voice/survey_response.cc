#include "engine/voice/survey_response.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/texts.h"

namespace attune {
namespace {

constexpr size_t kMaxSourceBytes = 64;
constexpr size_t kMaxSourceIdBytes = 128;

void CheckScore(bool present, int32_t score, int32_t least, int32_t most,
                const std::string& field, absl::string_view reason,
                Violations& bad) {
  if (!present || (score >= least && score <= most)) return;
  bad.Add(field, reason,
          absl::StrCat("A whole number from ", least, " to ", most, ", not ",
                       score, "; leave a gap blank."));
}

// An id or a word of another system.
void CheckWord(absl::string_view word, size_t most, const std::string& field,
               Violations& bad) {
  const bool plain =
      IsCleanUtf8(word) && std::none_of(word.begin(), word.end(), [](char c) {
        return absl::ascii_iscntrl(static_cast<unsigned char>(c));
      });
  if (word.size() > most || !plain) {
    bad.Add(field, "SOURCE_INVALID",
            absl::StrCat("At most ", most,
                         " bytes of UTF-8 without control characters."));
  }
}

bool HasAnswers(const v1::SurveyResponse& response) {
  return response.has_nps() || response.has_csat() ||
         response.has_would_hire() || response.has_would_recommend() ||
         response.has_did_refer() || response.has_partner_rating() ||
         HasWords(response);
}

}  // namespace

void CheckSurveyResponse(const v1::SurveyResponse& response,
                         absl::string_view path, Violations& bad) {
  const auto field = [&](absl::string_view name) {
    return absl::StrCat(path, ".", name);
  };
  if (!ParseContactName(response.contact())) {
    bad.Add(field("contact"), "NAME_INVALID",
            "A contact is people/{person}/contacts/{contact}.");
  }
  CheckWord(response.source(), kMaxSourceBytes, field("source"), bad);
  CheckWord(response.source_id(), kMaxSourceIdBytes, field("source_id"), bad);
  if (response.status() == v1::SurveyResponse::STATUS_UNSPECIFIED ||
      !v1::SurveyResponse::Status_IsValid(response.status())) {
    bad.Add(field("status"), "STATUS_UNKNOWN",
            "A status is sent, answered, opted_out or expired.");
  } else if (response.status() != v1::SurveyResponse::STATUS_ANSWERED &&
             HasAnswers(response)) {
    bad.Add(field("status"), "STATUS_WITH_ANSWERS",
            "There are answers, so the status is answered.");
  }
  CheckScore(response.has_nps(), response.nps(), 0, 10, field("nps"),
             "NPS_OUT_OF_RANGE", bad);
  CheckScore(response.has_csat(), response.csat(), 1, 5, field("csat"),
             "CSAT_OUT_OF_RANGE", bad);
  CheckScore(response.has_partner_rating(), response.partner_rating(), 0, 10,
             field("partner_rating"), "RATING_OUT_OF_RANGE", bad);
  CheckText(response.verbatim(), field("verbatim"), bad);
  const v1::InsightAnswers& insight = response.insight();
  CheckText(insight.best_thing(), field("insight.best_thing"), bad);
  CheckText(insight.improve(), field("insight.improve"), bad);
  CheckText(insight.stop(), field("insight.stop"), bad);
  CheckText(insight.start(), field("insight.start"), bad);
  if (response.has_answer_time() && !IsValid(response.answer_time())) {
    bad.Add(field("answer_time"), "TIME_INVALID",
            "A time lies in the years 1 to 9999.");
  }
}

bool HasWords(const v1::SurveyResponse& response) {
  const v1::InsightAnswers& insight = response.insight();
  return !response.verbatim().empty() || !insight.best_thing().empty() ||
         !insight.improve().empty() || !insight.stop().empty() ||
         !insight.start().empty();
}

v1::SurveyResponse ContentOf(const v1::SurveyResponse& sent) {
  v1::SurveyResponse content = sent;
  content.clear_name();
  content.clear_contact();
  content.clear_channel();
  content.clear_queue();
  content.clear_contact_time();
  content.clear_create_time();
  content.clear_update_time();
  if (sent.insight().ByteSizeLong() == 0) {
    content.clear_insight();
  }
  return content;
}

bool SaysTheSame(const v1::SurveyResponse& stored,
                 const v1::SurveyResponse& sent) {
  v1::SurveyResponse before = ContentOf(stored);
  v1::SurveyResponse now = ContentOf(sent);
  if (!now.has_answer_time()) before.clear_answer_time();
  return before.SerializeAsString() == now.SerializeAsString();
}

}  // namespace attune
