#include "engine/store/store_copy.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/access/tokens.h"
#include "engine/coaching/floor_quotas.h"
#include "engine/coaching/floor_sessions.h"
#include "engine/coaching/work_days.h"
#include "engine/evaluation/draws.h"
#include "engine/evaluation/sampling_plans.h"
#include "engine/status_macros.h"
#include "engine/store/postgres.h"
#include "engine/store/requests.h"
#include "engine/store/sqlite.h"
#include "engine/store/text_search.h"
#include "engine/voice/cancellations.h"
#include "engine/voice/change_notes.h"
#include "engine/voice/feedbacks.h"
#include "engine/voice/great_calls.h"
#include "engine/voice/harm_flags.h"
#include "engine/voice/prop_invites.h"
#include "engine/voice/props.h"
#include "engine/voice/recovery_actions.h"
#include "engine/voice/relationship_values.h"
#include "engine/voice/stories.h"
#include "engine/voice/survey_responses.h"
#include "engine/voice/themes.h"
#include "tests/engine/center_test.h"
#include "tests/engine/store/faulty_database.h"

namespace attune {
namespace {

using testing::HasSubstr;

// Another database of any kind, empty at first.
class Target {
 public:
  explicit Target(const Backend& backend) {
    auto opened = backend.open(dir_.file("store"), Migrations());
    EXPECT_THAT(opened, IsOk());
    db_ = *std::move(opened);
  }
  Database& operator*() { return *db_; }

 private:
  TempDir dir_;
  std::unique_ptr<Database> db_;
};

// The store of a center with everything that can be stored.
class StoreCopyTest : public CenterTest {
 protected:
  void SetUp() override {
    CenterTest::SetUp();
    ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("half", "yes", "yes")),
                IsOk());
    ASSERT_THAT(Submit(abe_, "call-3", AnswersTo("yes", "na", "no")), IsOk());
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const v1::Evaluation read,
        Submit(ada_, "call-2", AnswersTo("no", "yes", "no")));
    ASSERT_THAT(InWrite([&](Transaction& tx) { return Rest(tx, read); }),
                IsOk());
  }

  // An open session with a draft, and a closed one.
  absl::Status Calibrate(Transaction& tx) {
    v1::CreateCalibrationRequest create;
    v1::Calibration& wanted = *create.mutable_calibration();
    wanted.set_title("March");
    wanted.set_form_revision("forms/call");
    wanted.add_contacts("people/ann/contacts/call-1");
    wanted.add_raters("people/ada");
    wanted.add_raters("people/abe");
    ASSIGN_OR_RETURN(const v1::Calibration open,
                     calibrations_.Create(tx, quinn_, create));
    v1::BeginCalibrationEvaluationRequest begin;
    begin.set_name(open.name());
    begin.set_contact(wanted.contacts(0));
    RETURN_IF_ERROR(calibrations_.Begin(tx, ada_, begin).status());
    ASSIGN_OR_RETURN(const v1::Calibration second,
                     calibrations_.Create(tx, quinn_, create));
    v1::CloseCalibrationRequest close;
    close.set_name(second.name());
    close.set_etag(second.etag());
    return calibrations_.Close(tx, quinn_, close).status();
  }

  // An answer, and a note of a change.
  absl::Status Answer(Transaction& tx) {
    v1::BatchCreateSurveyResponsesRequest batch;
    v1::SurveyResponse& response =
        *batch.add_requests()->mutable_survey_response();
    response.set_contact("people/ann/contacts/call-1");
    response.set_source_id("1");
    response.set_status(v1::SurveyResponse::STATUS_ANSWERED);
    response.set_nps(9);
    RETURN_IF_ERROR(
        SurveyResponses(clock()).BatchCreate(tx, admin_, batch).status());
    v1::CreateChangeNoteRequest note;
    note.mutable_change_note()->set_title("New hold music");
    note.mutable_change_note()->set_day("2026-03-02");
    return ChangeNotes(clock()).Create(tx, quinn_, note).status();
  }

  // A prop, a great call with kudos, relationship values and a cancellation.
  absl::Status Praise(Transaction& tx) {
    v1::CreatePropInviteRequest invite;
    invite.set_contact("people/ann/contacts/call-1");
    ASSIGN_OR_RETURN(const v1::CreatePropInviteResponse invited,
                     PropInvites(clock()).Create(tx, ann_, invite));
    v1::SubmitPropRequest prop;
    prop.set_token(invited.token());
    prop.set_text("Grüße! She stayed.");
    RETURN_IF_ERROR(Props(clock()).Submit(tx, Caller(), prop).status());
    v1::NominateGreatCallRequest nominate;
    v1::GreatCall& call = *nominate.mutable_great_call();
    call.set_contact(invite.contact());
    call.set_form("forms/call");
    call.set_section_id("connection");
    call.set_reason("Hear how patiently she waits.");
    const GreatCalls calls(clock());
    ASSIGN_OR_RETURN(const v1::GreatCall nominated,
                     calls.Nominate(tx, ann_, nominate));
    great_call_ = nominated.name();
    v1::ConfirmGreatCallRequest confirm;
    confirm.set_name(nominated.name());
    RETURN_IF_ERROR(calls.Confirm(tx, ada_, confirm).status());
    v1::GiveKudosRequest kudos;
    kudos.set_name(nominated.name());
    RETURN_IF_ERROR(calls.GiveKudos(tx, bob_, kudos).status());
    v1::CreateRelationshipValueRequest value;
    value.set_parent("people/ann");
    value.mutable_relationship_value()->set_kind(
        v1::RelationshipValue::KIND_RECOMMENDS);
    const RelationshipValues values(clock());
    RETURN_IF_ERROR(values.Create(tx, ann_, value).status());
    value.mutable_relationship_value()->set_contact(invite.contact());
    RETURN_IF_ERROR(values.Create(tx, ann_, value).status());
    v1::RecordCancellationRequest record;
    v1::Cancellation& left = *record.mutable_cancellation();
    left.set_name("people/ann/contacts/call-1/cancellation");
    left.set_permission_asked(false);
    left.set_reason_code(v1::Cancellation::REASON_MOVED);
    left.set_offers_made(0);
    left.set_result(v1::Cancellation::RESULT_STAYED);
    return Cancellations(clock()).Record(tx, ann_, record).status();
  }

  // How many rows of the table have words that begin so.
  size_t CountFound(Database& other, const std::string& table,
                    const std::vector<std::string>& words) {
    size_t found = 0;
    EXPECT_THAT(
        InRead(other,
               [&](Transaction& tx) {
                 Query query(
                     absl::StrCat("SELECT id FROM ", table, " WHERE 1 = 1"));
                 AddSearch(tx, table, words, query);
                 return tx.Scan(query.text(), query.params(), [&](const Row&) {
                   ++found;
                   return absl::OkStatus();
                 });
               }),
        IsOk());
    return found;
  }

  // Themes, feedback with one, a recovery action, a harm flag with a contact.
  absl::Status Tell(Transaction& tx) {
    v1::ApplyThemesRequest themes;
    v1::Theme& theme = *themes.mutable_taxonomy()->add_themes();
    theme.set_name("themes/effort");
    theme.set_label("Effort");
    theme.set_kind(v1::Theme::KIND_FRUSTRATION);
    RETURN_IF_ERROR(Themes().Apply(tx, quinn_, themes).status());
    v1::CreateFeedbackRequest give;
    give.set_parent("people/-");
    give.mutable_feedback()->set_text("Trop de café, 誰か");
    give.mutable_feedback()->add_themes("themes/effort");
    RETURN_IF_ERROR(
        Feedbacks(clock(), revisions_).Create(tx, ann_, give).status());
    v1::CreateRecoveryActionRequest open;
    open.set_parent("people/-");
    open.mutable_recovery_action()->set_contact("people/ann/contacts/call-1");
    open.mutable_recovery_action()->set_kind(v1::RecoveryAction::KIND_NOTE);
    open.mutable_recovery_action()->set_note("A card.");
    RETURN_IF_ERROR(RecoveryActions(clock()).Create(tx, lea_, open).status());
    v1::TellStoryRequest told;
    told.set_subject(great_call_);
    RETURN_IF_ERROR(Stories(clock()).Tell(tx, lea_, told).status());
    v1::RaiseHarmFlagRequest raise;
    raise.set_practice("Hidden fee");
    raise.set_text("It is on page nine.");
    raise.add_contacts("people/ann/contacts/call-1");
    return HarmFlags(clock()).Raise(tx, ann_, raise).status();
  }

  // A floor session, a quota and a work day.
  absl::Status TakeCalls(Transaction& tx) {
    v1::CreateFloorSessionRequest log;
    log.set_parent("people/-");
    v1::FloorSession& session = *log.mutable_floor_session();
    *session.mutable_start_time() = ToTimestamp(now_us_ - kMicrosPerDay);
    *session.mutable_end_time() = ToTimestamp(now_us_ - kMicrosPerDay / 2);
    session.set_channel(v1::CHANNEL_CHAT);
    RETURN_IF_ERROR(FloorSessions(clock()).Create(tx, ada_, log).status());
    v1::SetFloorQuotaRequest quota;
    quota.set_role(v1::ROLE_LEAD);
    quota.set_weekly_minutes(60);
    RETURN_IF_ERROR(FloorQuotas(clock()).Set(tx, quinn_, quota).status());
    v1::BatchUpdateWorkDaysRequest days;
    v1::WorkDay& day = *days.add_requests()->mutable_work_day();
    day.set_name("people/ann/workDays/2026-03-31");
    day.set_logged_minutes(480);
    return WorkDays(clock()).BatchUpdate(tx, admin_, days).status();
  }

  absl::Status Rest(Transaction& tx, const v1::Evaluation& read) {
    v1::AcknowledgeEvaluationRequest acknowledge;
    acknowledge.set_name(read.name());
    acknowledge.set_comment("Grüße, 誰か \xF0\x9F\x99\x82");
    RETURN_IF_ERROR(evaluations_.Acknowledge(tx, ann_, acknowledge).status());
    v1::CreateContestRequest contest;
    contest.set_parent(read.name());
    v1::ContestItem& item = *contest.mutable_contest()->add_items();
    item.set_question_id("warmth");
    item.set_reason("I laughed.");
    item.mutable_proposed()->set_choice_id("half");
    RETURN_IF_ERROR(contests_.Create(tx, ann_, contest).status());
    RETURN_IF_ERROR(Calibrate(tx));
    RETURN_IF_ERROR(Answer(tx));
    RETURN_IF_ERROR(Praise(tx));
    RETURN_IF_ERROR(Tell(tx));
    RETURN_IF_ERROR(TakeCalls(tx));
    v1::CreateCommentRequest comment;
    comment.set_parent(read.name());
    comment.mutable_comment()->set_text("Listen again.");
    RETURN_IF_ERROR(comments_.Create(tx, ada_, comment).status());
    v1::CreateEvaluationRequest draft;
    draft.set_parent("people/-");
    *draft.mutable_evaluation() = AnswersTo("yes", "yes", "no");
    draft.mutable_evaluation()->set_contact("people/-/contacts/call-3");
    RETURN_IF_ERROR(evaluations_.Create(tx, ada_, draft).status());
    v1::CreateSelfCheckCycleRequest cycle;
    cycle.set_cycle_id("h1");
    cycle.mutable_cycle()->set_form("forms/call");
    RETURN_IF_ERROR(cycles_.Create(tx, quinn_, cycle).status());
    v1::PickContactRequest pick;
    pick.set_name("people/bob/selfChecks/h1");
    pick.set_contact("people/bob/contacts/call-4");
    v1::CreateContactRequest contact;
    contact.set_parent("people/bob");
    contact.set_contact_id("call-4");
    contact.mutable_contact()->set_channel(v1::CHANNEL_CHAT);
    contact.mutable_contact()->mutable_start_time()->set_seconds(1);
    RETURN_IF_ERROR(contacts_.Create(tx, admin_, contact).status());
    RETURN_IF_ERROR(self_checks_.Pick(tx, bob_, pick).status());
    v1::SubmitFormFeedbackRequest feedback;
    feedback.set_parent(pick.name());
    feedback.mutable_feedback()->set_idea("Ask less.");
    RETURN_IF_ERROR(feedbacks_.Submit(tx, bob_, feedback).status());
    v1::CreateSamplingPlanRequest plan;
    plan.set_sampling_plan_id("weekly");
    plan.mutable_sampling_plan()->set_form("forms/call");
    plan.mutable_sampling_plan()->set_count_per_agent(1);
    plan.mutable_sampling_plan()->set_period(v1::SamplingPlan::PERIOD_WEEK);
    RETURN_IF_ERROR(SamplingPlans(clock()).Create(tx, quinn_, plan).status());
    v1::DrawSampleRequest draw;
    draw.set_name("samplingPlans/weekly");
    draw.set_period("2026-W10");
    RETURN_IF_ERROR(Draws(clock()).Make(tx, quinn_, draw).status());
    v1::CreateTokenRequest token;
    token.mutable_token()->set_display_name("Ada's desk");
    token.mutable_token()->set_person("people/ada");
    RETURN_IF_ERROR(Tokens(clock()).Create(tx, admin_, token).status());
    // Many with NULL, many without, and in turns: all the shapes of a
    // statement.
    for (int64_t i = 0; i < 90; ++i) {
      const bool has_person = i >= 30 && (i < 60 || i % 3 > 0);
      RETURN_IF_ERROR(tx.Send(
          "INSERT INTO token VALUES ($1, $2, $3, $4, $5, $6, $7)",
          {absl::StrCat(100 + i), "", has_person ? Value("ada") : Value(),
           int64_t{0}, has_person ? Value() : Value(i), Value(), Bytes{}}));
    }
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) {
      every_byte += static_cast<char>(byte);
    }
    for (const char* id : {"a", "B", "_", "é", "ключ", "\xF0\x9F\x99\x82"}) {
      RETURN_IF_ERROR(
          RecordAnswer(tx, {id, "caller", "Method", "digest"}, every_byte, 1));
    }
    return RecordAnswer(tx, {"empty", "", "", ""}, "", 1);
  }

  absl::Status Run(Database& other, const std::string& sql) {
    return InWrite(other, [&](Transaction& tx) { return tx.Send(sql, {}); });
  }
  std::vector<std::string> People(Database& other) {
    std::vector<std::string> people;
    EXPECT_THAT(InRead(other,
                       [&](Transaction& tx) {
                         return tx.Scan("SELECT id FROM person ORDER BY id", {},
                                        [&](const Row& row) {
                                          people.push_back(Cells(row).Text());
                                          return absl::OkStatus();
                                        });
                       }),
                IsOk());
    return people;
  }

  std::string great_call_;  // that was nominated
};

TEST_P(StoreCopyTest, AnyDatabaseToAnyAndBackIsTheSame) {
  Database* from = &db();
  std::vector<std::unique_ptr<Target>> targets;
  std::string hash;
  std::vector<Backend> way = Backends();
  way.push_back(way.front());
  for (const Backend& backend : way) {
    targets.push_back(std::make_unique<Target>(backend));
    ATTUNE_ASSERT_OK_AND_ASSIGN(const CopiedStore copied,
                                CopyStore(*from, **targets.back(), {}));
    EXPECT_EQ(copied.difference, "");
    EXPECT_EQ(copied.source_hash, copied.target_hash);
    if (hash.empty()) hash = copied.source_hash;
    EXPECT_EQ(copied.target_hash, hash);
    EXPECT_EQ(copied.verified.evaluations(), 3);
    EXPECT_EQ(copied.verified.survey_responses(), 1);
    EXPECT_EQ(copied.verified.differences_size(), 0);
    for (const CopiedTable& table : copied.tables) {
      EXPECT_GT(table.rows, 0) << table.name << ": the center has none";
      EXPECT_EQ(table.copied, table.rows) << table.name;
    }
    EXPECT_EQ(CountFound(**targets.back(), "great_call", {"patient"}), 1u);
    EXPECT_EQ(CountFound(**targets.back(), "prop", {"grü", "stay"}), 1u);
    EXPECT_EQ(CountFound(**targets.back(), "prop", {"patient"}), 0u);
    from = &**targets.back();
  }
}

TEST_P(StoreCopyTest, WhateverStatementFailsTheNextRunGoesOn) {
  std::string hash;
  bool failed = true;
  for (int nth = 1; failed; nth += 5) {
    Target target(Backends().at(0));
    FaultyDatabase faulty(*target, nth);
    const CopyOptions small_pages = {.page_rows = 20};
    const auto first = CopyStore(db(), faulty, small_pages);
    failed = faulty.fired();
    if (failed) {
      EXPECT_THAT(first, HasReason("FAULT"));
      ATTUNE_ASSERT_OK_AND_ASSIGN(const CopiedStore second,
                                  CopyStore(db(), *target, small_pages));
      EXPECT_EQ(second.difference, "");
      EXPECT_EQ(second.source_hash, second.target_hash);
      EXPECT_EQ(second.verified.differences_size(), 0);
      hash = second.target_hash;
    } else {
      ASSERT_THAT(first, IsOk());
      EXPECT_EQ(first->target_hash, hash);
    }
  }
}

TEST_P(StoreCopyTest, ASecondRunFindsNothingToDo) {
  Target target(GetParam());
  ASSERT_THAT(CopyStore(db(), *target, {}), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const CopiedStore again,
                              CopyStore(db(), *target, {}));
  for (const CopiedTable& table : again.tables) EXPECT_EQ(table.copied, 0);
  EXPECT_EQ(again.source_hash, again.target_hash);
}

TEST_P(StoreCopyTest, ATargetWithSomethingElseIsLeftAlone) {
  const struct {
    Row team;
    const char* difference;
  } kTeams[] = {
      {{"a", int64_t{1}, Bytes{}}, "team (a): only in the target"},
      {{"z", int64_t{1}, Bytes{}}, "team (blue): only in the source"},
      {{"blue", int64_t{9}, Bytes{}}, "team (blue): not the same"},
  };
  for (const auto& [team, difference] : kTeams) {
    Target target(GetParam());
    ASSERT_THAT(InWrite(*target,
                        [row = team](Transaction& tx) {
                          return tx.Send("INSERT INTO team VALUES ($1, $2, $3)",
                                         row);
                        }),
                IsOk());
    const auto refused = CopyStore(db(), *target, {});
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
    EXPECT_THAT(refused, HasReason("STORE_NOT_EMPTY"));
    EXPECT_THAT(std::string(refused.status().message()), HasSubstr(difference));
    EXPECT_TRUE(People(*target).empty());
  }
}

TEST_P(StoreCopyTest, ACopyThatWasUsedSinceIsNotGoneOnWith) {
  Target target(GetParam());
  ASSERT_THAT(CopyStore(db(), *target, {}), IsOk());
  ASSERT_THAT(Run(*target, "UPDATE evaluation SET version = version + 1"),
              IsOk());
  EXPECT_THAT(CopyStore(db(), *target, {}), HasReason("STORE_NOT_EMPTY"));
}

// Writes into one table something else than it is told.
class LyingDatabase : public Database {
 public:
  explicit LyingDatabase(Database& inner) : inner_(inner) {}
  void Write(absl::Time deadline, Body body, Done done) override {
    inner_.Write(
        deadline,
        [body = std::move(body)](Transaction& tx) {
          LyingTransaction lying(tx);
          return body(lying);
        },
        std::move(done));
  }
  void Read(absl::Time deadline, Body body, Done done) override {
    inner_.Read(deadline, std::move(body), std::move(done));
  }
  absl::Status Health() const override { return inner_.Health(); }

 private:
  class LyingTransaction : public Transaction {
   public:
    explicit LyingTransaction(Transaction& inner) : inner_(inner) {}
    absl::Status Scan(
        absl::string_view sql, absl::Span<const Value> params,
        absl::FunctionRef<absl::Status(const Row&)> on_row) override {
      Row row(params.begin(), params.end());
      if (absl::StrContains(sql, "INTO transcript") &&
          row[0] == Value("call-2")) {
        std::get<Bytes>(row[2]).data.back() ^= 1;
      }
      return inner_.Scan(sql, row, on_row);
    }
    const TextSearch& text_search() const override {
      return inner_.text_search();
    }

   private:
    Transaction& inner_;
  };

  Database& inner_;
};

TEST_P(StoreCopyTest, AWrongBitInTheTargetIsNamed) {
  Target target(GetParam());
  LyingDatabase lying(*target);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const CopiedStore copied,
                              CopyStore(db(), lying, {}));
  EXPECT_NE(copied.source_hash, copied.target_hash);
  EXPECT_EQ(copied.difference, "transcript (call-2, ann): not the same");
}

TEST_P(StoreCopyTest, RollupsThatWereWrongStayWrongAndAreTold) {
  ASSERT_THAT(Run(db(), "UPDATE evaluation_rollup SET n = n + 1"), IsOk());
  Target target(GetParam());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const CopiedStore copied,
                              CopyStore(db(), *target, {}));
  EXPECT_EQ(copied.source_hash, copied.target_hash);
  EXPECT_GT(copied.verified.differences_size(), 0);
}

TEST_P(StoreCopyTest, ProgressRisesToTheNumberOfRows) {
  Target target(GetParam());
  int64_t last = 0;
  int64_t total = 0;
  CopyPhase phase = CopyPhase::kCopy;
  const auto on_progress = [&](CopyPhase now, int64_t done, int64_t of) {
    if (now != phase) {
      EXPECT_EQ(std::exchange(last, 0), total);
      phase = now;
    }
    EXPECT_GE(done, last);
    EXPECT_LE(done, of);
    last = done;
    total = of;
  };
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const CopiedStore copied,
      CopyStore(db(), *target, {.page_rows = 1, .on_progress = on_progress}));
  int64_t rows = 0;
  for (const CopiedTable& table : copied.tables) rows += table.rows;
  EXPECT_EQ(last, rows);
  EXPECT_EQ(total, rows);
  EXPECT_EQ(phase, CopyPhase::kProve);
}

ATTUNE_ON_EVERY_BACKEND(StoreCopyTest);

using EmptyStoreCopyTest = StoreTest;

TEST_P(EmptyStoreCopyTest, NothingIsCopiedAndProved) {
  Target target(Backends().at(0));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const CopiedStore copied,
                              CopyStore(db(), *target, {}));
  EXPECT_EQ(copied.source_hash, copied.target_hash);
  EXPECT_EQ(copied.source_hash.size(), 64u);
  for (const CopiedTable& table : copied.tables) EXPECT_EQ(table.rows, 0);
}

ATTUNE_ON_EVERY_BACKEND(EmptyStoreCopyTest);

}  // namespace
}  // namespace attune
