#include "tools/attune/survey_import.h"

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/violations.h"
#include "engine/voice/survey_response.h"
#include "tools/attune/arguments.h"

namespace attune {
namespace {

using Status = v1::SurveyResponse::Status;

constexpr char kPath[] = "survey_response";

// Reads the fields of one row; remembers whether any was wrong.
class RowReader {
 public:
  RowReader(const SurveyTable::Line& line, const SurveyMapping& mapping,
            std::vector<BadRow>& bad)
      : line_(line), mapping_(mapping), bad_(bad) {}

  // The cell as it is; empty where it is blank.
  const std::string& Text(const std::string& field) const {
    static const std::string& empty = *new std::string;
    const auto cell = line_.cells.find(field);
    return cell == line_.cells.end() ? empty : cell->second;
  }
  std::string Word(const std::string& field) const {
    return std::string(absl::StripAsciiWhitespace(Text(field)));
  }
  void Wrong(const std::string& field, absl::string_view reason,
             absl::string_view description) {
    bad_.push_back({line_.origin, mapping_.ColumnOf(field), Word(field),
                    std::string(reason), std::string(description)});
    wrong_.insert(field);
  }
  std::optional<int32_t> Number(const std::string& field) {
    const std::string word = Word(field);
    if (word.empty()) return std::nullopt;
    int32_t number = 0;
    if (absl::SimpleAtoi(word, &number)) return number;
    Wrong(field, "NUMBER_INVALID", "This must be a whole number, or blank.");
    return std::nullopt;
  }
  std::optional<bool> YesOrNo(const std::string& field) {
    const std::string word = absl::AsciiStrToLower(Word(field));
    if (word.empty()) return std::nullopt;
    for (const char* yes : {"yes", "y", "true", "1"}) {
      if (word == yes) return true;
    }
    for (const char* no : {"no", "n", "false", "0"}) {
      if (word == no) return false;
    }
    Wrong(field, "ANSWER_INVALID", "This must be yes or no, or blank.");
    return std::nullopt;
  }
  // What the contract finds wrong with fields that could be read, under the
  // columns of the file.
  void Take(const Violations& violations) {
    for (const Violation& violation : violations.all()) {
      absl::string_view path = violation.field;
      absl::ConsumePrefix(&path, absl::StrCat(kPath, "."));
      absl::ConsumePrefix(&path, "insight.");
      const std::string field =
          path == "answer_time" ? "time" : std::string(path);
      // A contact is made of an agent and an id.
      if (wrong_.count(field) > 0 || (field == "contact" && !wrong_.empty())) {
        continue;
      }
      Wrong(field, violation.reason, violation.description);
    }
  }
  const RowOrigin& origin() const { return line_.origin; }
  bool ok() const { return wrong_.empty(); }

 private:
  const SurveyTable::Line& line_;
  const SurveyMapping& mapping_;
  std::vector<BadRow>& bad_;
  std::set<std::string> wrong_;  // fields
};

// Whether anything was answered.
bool ReadAnswers(RowReader& row, v1::SurveyResponse& response) {
  const size_t before = response.ByteSizeLong();
  if (const auto nps = row.Number("nps")) response.set_nps(*nps);
  if (const auto csat = row.Number("csat")) response.set_csat(*csat);
  if (const auto rating = row.Number("partner_rating")) {
    response.set_partner_rating(*rating);
  }
  if (const auto hire = row.YesOrNo("would_hire")) {
    response.set_would_hire(*hire);
  }
  if (const auto recommend = row.YesOrNo("would_recommend")) {
    response.set_would_recommend(*recommend);
  }
  if (const auto refer = row.YesOrNo("did_refer")) {
    response.set_did_refer(*refer);
  }
  if (!row.Text("verbatim").empty()) {
    response.set_verbatim(row.Text("verbatim"));
  }
  const auto insight = [&](const char* field) {
    return row.Text(field).empty() ? nullptr : response.mutable_insight();
  };
  if (auto* to = insight("best_thing"))
    to->set_best_thing(row.Text("best_thing"));
  if (auto* to = insight("improve")) to->set_improve(row.Text("improve"));
  if (auto* to = insight("stop")) to->set_stop(row.Text("stop"));
  if (auto* to = insight("start")) to->set_start(row.Text("start"));
  return response.ByteSizeLong() > before;
}

void ReadStatus(RowReader& row, bool answered, Status unanswered,
                v1::SurveyResponse& response) {
  const std::string word = row.Word("status");
  if (word.empty()) {
    response.set_status(answered ? v1::SurveyResponse::STATUS_ANSWERED
                                 : unanswered);
    return;
  }
  response.set_status(ParseSurveyStatus(word));
  if (response.status() == v1::SurveyResponse::STATUS_UNSPECIFIED) {
    row.Wrong("status", "STATUS_UNKNOWN",
              absl::StrCat("The statuses are ",
                           absl::StrJoin(SurveyStatusWords(), ", "), "."));
    response.set_status(v1::SurveyResponse::STATUS_ANSWERED);
  }
}

std::string ReadAgent(RowReader& row, const std::string& fallback) {
  std::string agent = row.Word("agent");
  if (agent.empty()) return fallback;
  if (!IsResourceId(agent)) {
    row.Wrong("agent", "ID_INVALID", "This cannot be the id of a person.");
    return "";
  }
  return agent;
}

// The name of the contact that the row is about.
std::string ReadContact(RowReader& row, const SurveyDefaults& defaults) {
  const std::string agent = ReadAgent(row, defaults.agent);
  if (defaults.contact_per_row) {
    if (agent.empty() && row.Word("agent").empty()) {
      row.Wrong("agent", "VALUE_REQUIRED",
                "A value is required, or --agent or --team for rows without.");
    }
    return ContactName(agent,
                       SurveyContactId(defaults.source, row.Word("source_id")));
  }
  const std::string word = row.Word("contact");
  if (word.empty()) {
    row.Wrong("contact", "VALUE_REQUIRED",
              "A value is required; --contact-per-row makes contacts for "
              "surveys that know none.");
    return "";
  }
  absl::StatusOr<std::string> name = ContactArgument(word);
  if (!name.ok()) {
    row.Wrong("contact", "ID_INVALID", "This is no call.");
    return "";
  }
  const PersonPart part = ParseContactName(*name).value_or(PersonPart{});
  return part.person == "-" && !agent.empty() ? ContactName(agent, part.id)
                                              : *std::move(name);
}

void ReadTime(RowReader& row, v1::SurveyResponse& response) {
  const std::string word = row.Word("time");
  if (word.empty()) return;
  const auto time = TimeArgument(word);
  if (time.ok()) {
    *response.mutable_answer_time() = *time;
  } else {
    row.Wrong("time", "TIME_INVALID",
              "A time is like 2026-03-15 or 2026-03-15T22:06:41Z.");
  }
}

void ReadNewContact(RowReader& row, const SurveyDefaults& defaults,
                    v1::CreateSurveyResponseRequest& request) {
  v1::Contact& contact = *request.mutable_new_contact();
  contact.set_channel(defaults.channel);
  const std::string channel = row.Word("channel");
  if (!channel.empty()) {
    const auto parsed = ParseChannel(channel);
    if (parsed) contact.set_channel(*parsed);
    if (!parsed) {
      row.Wrong("channel", "CHANNEL_UNKNOWN",
                absl::StrCat("The channels are ",
                             absl::StrJoin(ChannelWords(), ", "), "."));
    }
  }
  const v1::SurveyResponse& response = request.survey_response();
  *contact.mutable_start_time() =
      response.has_answer_time() ? response.answer_time() : defaults.time;
  const std::string queue = row.Word("queue");
  if (!queue.empty()) (*contact.mutable_labels())["queue"] = queue;
}

// The first line of each value, to tell of the second.
class Seen {
 public:
  void Check(RowReader& row, const std::string& field, const std::string& value,
             absl::string_view reason) {
    if (value.empty()) return;
    const auto [first, fresh] = lines_.emplace(value, row.origin().line);
    if (fresh) return;
    row.Wrong(field, reason,
              absl::StrCat("Line ", first->second, " has this one already."));
  }

 private:
  std::map<std::string, int> lines_;
};

}  // namespace

std::vector<SurveyImportRow> MakeSurveyRows(const SurveyTable& table,
                                            const SurveyMapping& mapping,
                                            const SurveyDefaults& defaults,
                                            std::vector<BadRow>& bad) {
  std::vector<SurveyImportRow> rows;
  rows.reserve(table.lines.size());
  Seen source_ids;
  Seen contacts;
  for (const SurveyTable::Line& line : table.lines) {
    RowReader row(line, mapping, bad);
    SurveyImportRow made{line.origin, {}};
    v1::SurveyResponse& response = *made.request.mutable_survey_response();
    response.set_source(defaults.source);
    response.set_source_id(row.Word("source_id"));
    if (response.source_id().empty()) {
      row.Wrong("source_id", "VALUE_REQUIRED",
                "A value is required: by it a row that was imported before is "
                "known again.");
    }
    source_ids.Check(row, "source_id", response.source_id(), "DUPLICATE");
    response.set_contact(ReadContact(row, defaults));
    if (!defaults.contact_per_row) {
      contacts.Check(row, "contact", row.Word("contact"), "CONTACT_ANSWERED");
    }
    const bool answered = ReadAnswers(row, response);
    ReadStatus(row, answered, defaults.unanswered, response);
    ReadTime(row, response);
    if (defaults.contact_per_row) ReadNewContact(row, defaults, made.request);
    Violations violations;
    CheckSurveyResponse(response, kPath, violations);
    row.Take(violations);
    if (row.ok()) rows.push_back(std::move(made));
  }
  return rows;
}

std::string SurveyContactId(const std::string& source,
                            const std::string& source_id) {
  constexpr size_t kHashBytes = 32;
  const std::string id = source.empty()
                             ? absl::StrCat("survey:", source_id)
                             : absl::StrCat("survey:", source, ":", source_id);
  if (!source_id.empty() && IsContactId(id)) return id;
  return absl::StrCat(
      "survey:",
      Sha256Hex(absl::StrCat(source, "\n", source_id)).substr(0, kHashBytes));
}

const std::vector<std::string>& SurveyStatusWords() {
  static const auto& words =
      *new std::vector<std::string>{"sent", "answered", "opted_out", "expired"};
  return words;
}

std::string SurveyStatusWord(v1::SurveyResponse::Status status) {
  return absl::AsciiStrToLower(
      absl::StripPrefix(v1::SurveyResponse::Status_Name(status), "STATUS_"));
}

v1::SurveyResponse::Status ParseSurveyStatus(absl::string_view word) {
  const std::string lower = absl::StrReplaceAll(absl::AsciiStrToLower(word),
                                                {{" ", "_"}, {"-", "_"}});
  Status status = v1::SurveyResponse::STATUS_UNSPECIFIED;
  for (const std::string& known : SurveyStatusWords()) {
    if (lower == known) {
      v1::SurveyResponse::Status_Parse(
          absl::StrCat("STATUS_", absl::AsciiStrToUpper(known)), &status);
    }
  }
  return status;
}

}  // namespace attune
