// The stored inbox, on every database.

#include "engine/voice/feedbacks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/status_macros.h"
#include "engine/voice/feedback.h"
#include "engine/voice/themes.h"
#include "tests/engine/center_test.h"
#include "tests/engine/store/faulty_database.h"

namespace attune {
namespace {

using Feedback = v1::Feedback;
using testing::ElementsAre;

constexpr Reach kReads{.own = true, .rated = true};
constexpr Reach kLeads{.own = true, .rated = true, .team = true};

class FeedbacksTest : public CenterTest {
 protected:
  void SetUp() override {
    CenterTest::SetUp();
    v1::ApplyThemesRequest themes;
    for (const char* id : {"effort", "price"}) {
      v1::Theme& theme = *themes.mutable_taxonomy()->add_themes();
      theme.set_name(absl::StrCat("themes/", id));
      theme.set_label(id);
      theme.set_kind(v1::Theme::KIND_FRUSTRATION);
    }
    ASSERT_THAT(InWrite([&](Transaction& tx) {
                  return Themes().Apply(tx, quinn_, themes);
                }),
                IsOk());
  }

  void AddPerson(const std::string& id, v1::Role role,
                 const std::string& team) {
    v1::CreatePersonRequest request;
    request.set_person_id(id);
    request.mutable_person()->add_roles(role);
    request.mutable_person()->set_team(team);
    ASSERT_THAT(InWrite([&](Transaction& tx) {
                  return people_.Create(tx, admin_, request);
                }),
                IsOk());
  }

  // As the policy grants it for giving.
  static Caller Giving(Caller caller) {
    if (!caller.reach.all) caller.reach = {.own = true, .team = true};
    return caller;
  }

  absl::StatusOr<Feedback> Give(const Caller& caller, const Feedback& feedback,
                                const std::string& parent = "people/-") {
    v1::CreateFeedbackRequest request;
    request.set_parent(parent);
    *request.mutable_feedback() = feedback;
    return InWrite([&](Transaction& tx) {
      return feedback_.Create(tx, Giving(caller), request);
    });
  }
  absl::StatusOr<Feedback> Say(const Caller& caller, const std::string& text) {
    Feedback feedback;
    feedback.set_text(text);
    return Give(caller, feedback);
  }
  Feedback About(const std::string& contact) {
    Feedback feedback;
    feedback.set_text("About a call.");
    feedback.set_contact(contact);
    return feedback;
  }
  Feedback OfForm(const std::string& question) {
    Feedback feedback;
    feedback.set_text("About the form.");
    feedback.set_form("forms/call");
    feedback.set_question_id(question);
    return feedback;
  }

  absl::StatusOr<Feedback> Get(const Caller& caller, const std::string& name) {
    v1::GetFeedbackRequest request;
    request.set_name(name);
    return InRead(
        [&](Transaction& tx) { return feedback_.Get(tx, caller, request); });
  }
  absl::StatusOr<Feedback> Decide(const Caller& caller, const std::string& name,
                                  Feedback::State state,
                                  const std::string& etag = "") {
    v1::DecideFeedbackRequest request;
    request.set_name(name);
    request.set_state(state);
    request.set_words("Because.");
    request.set_etag(etag);
    return InWrite(
        [&](Transaction& tx) { return feedback_.Decide(tx, caller, request); });
  }
  absl::StatusOr<Feedback> Reassign(const Caller& caller,
                                    const std::string& name,
                                    const std::string& owner) {
    v1::ReassignFeedbackRequest request;
    request.set_name(name);
    request.set_owner(owner);
    request.set_reason("It is yours.");
    return InWrite([&](Transaction& tx) {
      return feedback_.Reassign(tx, caller, request);
    });
  }
  absl::StatusOr<Feedback> Mark(const Caller& caller,
                                v1::MarkFeedbackRequest request,
                                const std::string& name) {
    request.set_name(name);
    return InWrite(
        [&](Transaction& tx) { return feedback_.Mark(tx, caller, request); });
  }

  // Texts of what a list gives.
  std::vector<std::string> Texts(const Caller& caller,
                                 v1::ListFeedbackRequest request = {}) {
    if (request.parent().empty()) request.set_parent("people/-");
    std::vector<std::string> texts;
    while (true) {
      const auto page = InRead(
          [&](Transaction& tx) { return feedback_.List(tx, caller, request); });
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return texts;
      for (const Feedback& one : page->feedback()) texts.push_back(one.text());
      if (page->next_page_token().empty()) return texts;
      request.set_page_token(page->next_page_token());
    }
  }

  // `quinn 2 (1 1 0 0); ...`
  std::string Unanswered(const Caller& caller) {
    const auto report = InRead(
        [&](Transaction& tx) { return feedback_.Unanswered(tx, caller, {}); });
    EXPECT_THAT(report, IsOk());
    std::string text;
    for (const auto& owner : report->owners()) {
      absl::StrAppend(&text, owner.owner(), " ", owner.unanswered(), " (",
                      owner.up_to_7_days(), " ", owner.up_to_14_days(), " ",
                      owner.up_to_30_days(), " ", owner.over_30_days(), "); ");
    }
    return text;
  }

  Caller ada_reads_ = CallerOf("ada", "", v1::ROLE_ADVOCATE, kReads);
  Caller ann_reads_ = CallerOf("ann", "red", v1::ROLE_AGENT, kReads);
  Caller bob_reads_ = CallerOf("bob", "blue", v1::ROLE_AGENT, kReads);
  Caller lea_leads_ = CallerOf("lea", "red", v1::ROLE_LEAD, kLeads);
  Feedbacks feedback_{clock(), revisions_};
};

TEST_P(FeedbacksTest, WhatIsGivenIsKeptAsItIs) {
  Feedback said = OfForm("warmth");
  said.set_text("<b>Is a joke</b> a try?\n");
  said.add_themes("themes/price");
  said.add_themes("themes/effort");
  said.add_tags("humour");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback given, Give(ann_, said));
  EXPECT_EQ(given.name().rfind("people/ann/feedback/", 0), 0u);
  EXPECT_EQ(given.kind(), Feedback::KIND_FEEDBACK);
  EXPECT_EQ(given.side(), Feedback::SIDE_AGENT);
  EXPECT_EQ(given.about(), Feedback::ABOUT_FORM);
  EXPECT_EQ(given.form_revision(), "forms/call/revisions/1");
  EXPECT_EQ(given.state(), Feedback::STATE_OPEN);
  EXPECT_EQ(given.owner(), "people/quinn");
  EXPECT_EQ(given.text(), said.text());
  EXPECT_THAT(given.themes(), ElementsAre("themes/effort", "themes/price"));
  EXPECT_EQ(ToMicros(given.due_time()) - ToMicros(given.create_time()),
            14 * kMicrosPerDay);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback read,
                              Get(ann_reads_, given.name()));
  EXPECT_EQ(read.DebugString(), given.DebugString());
  const std::string id = given.name().substr(given.name().rfind('/') + 1);
  EXPECT_THAT(Get(quinn_, "people/-/feedback/" + id), IsOk());
}

TEST_P(FeedbacksTest, EachMatterGoesToWhoseItIs) {
  const auto owner_of = [&](const Caller& giver, const Feedback& feedback) {
    const auto given = Give(giver, feedback);
    EXPECT_THAT(given, IsOk());
    return given.ok() ? given->owner() : "";
  };
  EXPECT_EQ(owner_of(ann_, OfForm("")), "people/quinn");
  EXPECT_EQ(owner_of(ann_, About("people/-/contacts/call-1")), "people/lea");
  EXPECT_EQ(owner_of(quinn_, About("people/bob/contacts/call-3")),
            "people/quinn");  // team blue has no lead, and nobody else is there
  Feedback of_bob;
  of_bob.set_text("He helped me.");
  of_bob.set_person("people/bob");
  EXPECT_EQ(owner_of(ada_, of_bob), "people/quinn");
  // A lead does not answer what they said themselves, or what is about them.
  EXPECT_EQ(owner_of(lea_, About("people/ann/contacts/call-1")),
            "people/quinn");
  Feedback of_lea;
  of_lea.set_text("She interrupts.");
  of_lea.set_person("people/lea");
  EXPECT_EQ(owner_of(ann_, of_lea), "people/quinn");
  // The least busy: quinn has five or more.
  AddPerson("quill", v1::ROLE_QA_LEAD, "");
  EXPECT_EQ(owner_of(ann_, OfForm("")), "people/quill");
  // One who has been asked for.
  Feedback asked = OfForm("");
  asked.set_owner("people/ada");
  EXPECT_EQ(owner_of(ann_, asked), "people/ada");
}

TEST_P(FeedbacksTest, IdeasGoToWhoIsNamedForThem) {
  Feedbacks named(clock(), revisions_, "ada");
  v1::CreateFeedbackRequest request;
  request.set_parent("people/-");
  request.mutable_feedback()->set_text("A quiet room.");
  const auto owner = [&](const Caller& giver) {
    const auto given = InWrite(
        [&](Transaction& tx) { return named.Create(tx, giver, request); });
    EXPECT_THAT(given, IsOk());
    return given.ok() ? given->owner() : "";
  };
  EXPECT_EQ(owner(ann_), "people/ada");
  EXPECT_EQ(owner(ada_), "people/quinn");  // not their own
  request.mutable_feedback()->set_process("refunds");
  EXPECT_EQ(owner(ann_), "people/ada");
  request.mutable_feedback()->set_audience(Feedback::AUDIENCE_LEADERSHIP);
  EXPECT_EQ(owner(ann_), "people/quinn");
  Feedbacks gone(clock(), revisions_, "nobody");
  const auto given =
      InWrite([&](Transaction& tx) { return gone.Create(tx, ann_, request); });
  ASSERT_THAT(given, IsOk());
  EXPECT_EQ(given->owner(), "people/quinn");
}

TEST_P(FeedbacksTest, AStoryTellsWhatItShows) {
  Feedback story = About("people/ann/contacts/call-1");
  story.set_kind(Feedback::KIND_STORY);
  story.mutable_showing()->set_form("forms/call");
  story.mutable_showing()->set_section_id("connection");
  story.mutable_showing()->set_value("anything");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback told, Give(lea_, story));
  EXPECT_EQ(told.kind(), Feedback::KIND_STORY);
  EXPECT_EQ(told.showing().value(), "emotional_connection");
  EXPECT_FALSE(told.customer_consents());
  story.mutable_showing()->set_section_id("none");
  EXPECT_THAT(Give(lea_, story),
              HasViolation("feedback.showing.section_id", "SECTION_UNKNOWN"));
}

TEST_P(FeedbacksTest, WhatIsNotThereOrOutOfReachIsRefused) {
  EXPECT_THAT(Give(ann_, About("people/ann/contacts/none")),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Give(ann_, About("people/bob/contacts/call-3")),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Give(ann_, About("people/-/contacts/call-3")),
              StatusIs(absl::StatusCode::kNotFound));
  Feedback of_bob;
  of_bob.set_text("x");
  of_bob.set_person("people/bob");
  EXPECT_THAT(Give(ann_, of_bob), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Give(ada_, of_bob), IsOk());
  Feedback of_nobody = of_bob;
  of_nobody.set_person("people/none");
  EXPECT_THAT(Give(ada_, of_nobody), StatusIs(absl::StatusCode::kNotFound));
  Feedback form = OfForm("");
  form.set_form("forms/none");
  EXPECT_THAT(Give(ann_, form), StatusIs(absl::StatusCode::kNotFound));
  // Everything that hangs on it at once.
  Feedback wrong = OfForm("none");
  wrong.add_themes("themes/effort");
  wrong.add_themes("themes/none");
  wrong.set_owner("people/bob");
  const auto status = Give(ann_, wrong).status();
  EXPECT_THAT(status, HasViolation("feedback.question_id", "QUESTION_UNKNOWN"));
  EXPECT_THAT(status, HasViolation("feedback.themes[1]", "THEME_UNKNOWN"));
  EXPECT_THAT(status, HasViolation("feedback.owner", "OWNER_UNFIT"));
  wrong = OfForm("");
  wrong.set_owner("people/none");
  EXPECT_THAT(Give(ann_, wrong), HasViolation("feedback.owner", "OWNER_UNFIT"));
  EXPECT_EQ(Texts(quinn_).size(), 1u);
}

TEST_P(FeedbacksTest, OneGivesInOnesOwnName) {
  Feedback feedback;
  feedback.set_text("x");
  EXPECT_THAT(Give(ann_, feedback, "people/bob"),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Give(quinn_, feedback, "people/ann"),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Give(admin_, feedback), HasReason("NO_PERSON"));
  EXPECT_THAT(Give(ann_, feedback, "ann"),
              HasViolation("parent", "NAME_INVALID"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback written,
                              Give(admin_, feedback, "people/bob"));
  EXPECT_EQ(written.side(), Feedback::SIDE_AGENT);
  EXPECT_THAT(Get(bob_reads_, written.name()), IsOk());
  EXPECT_THAT(Give(admin_, feedback, "people/none"),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(FeedbacksTest, GiverOwnerAndLeadSeeItOthersDoNot) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback open, Say(ann_, "open"));
  Feedback secret;
  secret.set_text("for the top");
  secret.set_audience(Feedback::AUDIENCE_LEADERSHIP);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback to_top, Give(ann_, secret));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback of_bob, Say(bob_, "of bob"));
  ASSERT_THAT(Reassign(quinn_, of_bob.name(), "people/ada"), IsOk());
  EXPECT_THAT(Reassign(quinn_, to_top.name(), "people/lea"),
              HasViolation("owner", "OWNER_UNFIT"));
  EXPECT_THAT(Texts(ann_reads_), ElementsAre("open", "for the top"));
  EXPECT_THAT(Texts(bob_reads_), ElementsAre("of bob"));
  EXPECT_THAT(Texts(ada_reads_), ElementsAre("of bob"));
  EXPECT_THAT(Texts(lea_leads_), ElementsAre("open"));
  EXPECT_THAT(Texts(quinn_), ElementsAre("open", "for the top", "of bob"));
  // Whoever finds it in the list gets it, and nobody else.
  for (const Caller& caller :
       {ann_reads_, bob_reads_, ada_reads_, lea_leads_, quinn_}) {
    const std::vector<std::string> texts = Texts(caller);
    for (const Feedback& each : {open, to_top, of_bob}) {
      const bool listed =
          std::find(texts.begin(), texts.end(), each.text()) != texts.end();
      EXPECT_EQ(Get(caller, each.name()).status().code(),
                listed ? absl::StatusCode::kOk : absl::StatusCode::kNotFound)
          << caller.person << " " << each.text();
    }
  }
}

TEST_P(FeedbacksTest, OnlyItsOwnerAnswersAndTheGiverReadsIt) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback said, Say(ann_, "More tea."));
  EXPECT_THAT(Decide(ada_reads_, said.name(), Feedback::STATE_DONE),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Decide(lea_leads_, said.name(), Feedback::STATE_DONE),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Decide(admin_, said.name(), Feedback::STATE_DONE),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Decide(quinn_, said.name(), Feedback::STATE_DONE, "7"),
              HasReason("ETAG_MISMATCH"));
  ASSERT_THAT(Decide(quinn_, said.name(), Feedback::STATE_ACCEPTED, "1"),
              IsOk());
  EXPECT_THAT(Decide(quinn_, said.name(), Feedback::STATE_ACCEPTED),
              HasReason("DECIDED"));
  ASSERT_THAT(Decide(quinn_, said.name(), Feedback::STATE_DONE), IsOk());
  EXPECT_THAT(Decide(quinn_, said.name(), Feedback::STATE_DECLINED),
              HasReason("DECIDED"));
  EXPECT_THAT(Reassign(quinn_, said.name(), "people/ada"),
              HasReason("DECIDED"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback read,
                              Get(ann_reads_, said.name()));
  EXPECT_EQ(read.state(), Feedback::STATE_DONE);
  ASSERT_EQ(read.decisions_size(), 2);
  EXPECT_EQ(read.decisions(0).state(), Feedback::STATE_ACCEPTED);
  EXPECT_EQ(read.decisions(1).words(), "Because.");
  EXPECT_EQ(read.decisions(1).decider(), "people/quinn");
  EXPECT_EQ(read.etag(), "3");
  v1::DecideFeedbackRequest silent;
  silent.set_name(said.name());
  const auto status = InWrite(
      [&](Transaction& tx) { return feedback_.Decide(tx, quinn_, silent); });
  EXPECT_THAT(status, HasViolation("words", "REASON_MISSING"));
  EXPECT_THAT(status, HasViolation("state", "STATE_MISSING"));
}

TEST_P(FeedbacksTest, ReassignedItHasANewOwnerAndAReason) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback said, Say(ann_, "More tea."));
  EXPECT_THAT(Reassign(quinn_, said.name(), "people/bob"),
              HasViolation("owner", "OWNER_UNFIT"));
  EXPECT_THAT(Reassign(quinn_, said.name(), "bob"),
              HasViolation("owner", "NAME_INVALID"));
  Caller lea = lea_;
  lea.reach = {.rated = true, .team = true};
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback moved,
                              Reassign(lea, said.name(), "people/ada"));
  EXPECT_EQ(moved.owner(), "people/ada");
  ASSERT_EQ(moved.handovers_size(), 1);
  EXPECT_EQ(moved.handovers(0).from(), "people/quinn");
  EXPECT_EQ(moved.handovers(0).to(), "people/ada");
  EXPECT_EQ(moved.handovers(0).by(), "people/lea");
  EXPECT_EQ(moved.handovers(0).reason(), "It is yours.");
  EXPECT_THAT(Decide(quinn_, said.name(), Feedback::STATE_DONE),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Decide(ada_reads_, said.name(), Feedback::STATE_DONE), IsOk());
}

TEST_P(FeedbacksTest, TheBestAreMarkedByTheirOwner) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback form,
                              Give(ann_, OfForm("warmth")));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback idea, Say(bob_, "More tea."));
  v1::MarkFeedbackRequest revision;
  revision.set_for_revision(true);
  EXPECT_THAT(Mark(quinn_, revision, idea.name()),
              HasReason("NOT_ABOUT_A_FORM"));
  EXPECT_THAT(Mark(lea_leads_, revision, form.name()),
              StatusIs(absl::StatusCode::kPermissionDenied));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback marked,
                              Mark(quinn_, revision, form.name()));
  EXPECT_TRUE(marked.for_revision());
  EXPECT_EQ(marked.etag(), "2");
  v1::ListFeedbackRequest list;
  list.set_form("forms/call");
  list.set_for_revision(true);
  EXPECT_THAT(Texts(quinn_, list), ElementsAre("About the form."));
  // Declining takes it off.
  ASSERT_THAT(Decide(quinn_, form.name(), Feedback::STATE_DECLINED), IsOk());
  EXPECT_TRUE(Texts(quinn_, list).empty());
  EXPECT_THAT(Mark(quinn_, revision, form.name()), HasReason("DECIDED"));
}

TEST_P(FeedbacksTest, ACustomersWordsNeedTheirConsentForTheMonthlyReport) {
  Feedback customer = About("people/ann/contacts/call-1");
  customer.set_side(Feedback::SIDE_CUSTOMER);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback said, Give(ann_, customer));
  v1::MarkFeedbackRequest report;
  report.set_for_monthly_report(true);
  EXPECT_THAT(Mark(lea_leads_, report, said.name()), HasReason("NO_CONSENT"));
  report.set_customer_consents(true);
  ATTUNE_ASSERT_OK_AND_ASSIGN(Feedback marked,
                              Mark(lea_leads_, report, said.name()));
  EXPECT_TRUE(marked.for_monthly_report());
  v1::ListFeedbackRequest list;
  list.set_for_monthly_report(true);
  EXPECT_EQ(Texts(quinn_, list).size(), 1u);
  // Taken back, it is told no more.
  v1::MarkFeedbackRequest back;
  back.set_customer_consents(false);
  ATTUNE_ASSERT_OK_AND_ASSIGN(marked, Mark(lea_leads_, back, said.name()));
  EXPECT_FALSE(marked.for_monthly_report());
  EXPECT_TRUE(Texts(quinn_, list).empty());
  // Colleagues speak for themselves.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback own, Say(ann_, "More tea."));
  v1::MarkFeedbackRequest plain;
  plain.set_for_monthly_report(true);
  EXPECT_THAT(Mark(quinn_, plain, own.name()), IsOk());
}

TEST_P(FeedbacksTest, ListsAreFilteredAndPagedInTheirOrder) {
  for (const char* question : {"warmth", "leak", "", "solved"}) {
    Feedback feedback = OfForm(question);
    feedback.set_text(absl::StrCat("on ", question));
    ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback given, Give(ann_, feedback));
    v1::MarkFeedbackRequest mark;
    mark.set_for_revision(true);
    ASSERT_THAT(Mark(quinn_, mark, given.name()), IsOk());
  }
  Feedback other;
  other.set_text("other");
  other.set_process("refunds");
  other.add_themes("themes/effort");
  ASSERT_THAT(Give(bob_, other), IsOk());
  v1::ListFeedbackRequest all;
  all.set_page_size(2);
  EXPECT_THAT(Texts(quinn_, all),
              ElementsAre("on warmth", "on leak", "on ", "on solved", "other"));
  v1::ListFeedbackRequest revision;
  revision.set_page_size(1);
  revision.set_for_revision(true);
  EXPECT_THAT(Texts(quinn_, revision),
              ElementsAre("on ", "on leak", "on solved", "on warmth"));
  const auto with = [&](auto set) {
    v1::ListFeedbackRequest request;
    set(request);
    return Texts(quinn_, request);
  };
  EXPECT_THAT(with([](auto& r) { r.set_theme("themes/effort"); }),
              ElementsAre("other"));
  EXPECT_TRUE(with([](auto& r) { r.set_theme("themes/price"); }).empty());
  EXPECT_THAT(with([](auto& r) { r.set_about(Feedback::ABOUT_PROCESS); }),
              ElementsAre("other"));
  EXPECT_THAT(with([](auto& r) { r.set_parent("people/bob"); }),
              ElementsAre("other"));
  EXPECT_THAT(with([](auto& r) {
                r.set_form("forms/call");
                r.set_question_id("leak");
              }),
              ElementsAre("on leak"));
  EXPECT_EQ(with([](auto& r) { r.set_owner("people/quinn"); }).size(), 5u);
  EXPECT_TRUE(with([](auto& r) { r.set_owner("people/-"); }).empty());
  EXPECT_TRUE(with([](auto& r) { r.set_kind(Feedback::KIND_STORY); }).empty());
  EXPECT_TRUE(with([](auto& r) { r.set_overdue_only(true); }).empty());
  EXPECT_TRUE(
      with([](auto& r) { r.mutable_end_time()->set_seconds(0); }).empty());
  now_us_ += 15 * kMicrosPerDay;
  EXPECT_EQ(with([](auto& r) { r.set_overdue_only(true); }).size(), 5u);
  v1::ListFeedbackRequest wrong;
  wrong.set_parent("ann");
  wrong.set_owner("quinn");
  wrong.set_question_id("q");
  wrong.set_theme("effort");
  const auto status = InRead(
      [&](Transaction& tx) { return feedback_.List(tx, quinn_, wrong); });
  for (const char* field : {"parent", "owner", "theme"}) {
    EXPECT_THAT(status, HasViolation(field, "NAME_INVALID"));
  }
  EXPECT_THAT(status, HasViolation("question_id", "FORM_MISSING"));
}

TEST_P(FeedbacksTest, WhatIsUnansweredIsCountedByOwnerAndAge) {
  EXPECT_EQ(Unanswered(quinn_), "");
  const int64_t start = now_us_;
  // Given 40, 20, 10 and 0 days ago; the newest by bob, to ada.
  for (const int days : {0, 20, 30, 40}) {
    now_us_ = start + days * kMicrosPerDay;
    ATTUNE_ASSERT_OK_AND_ASSIGN(const Feedback said,
                                Say(days == 40 ? bob_ : ann_, "x"));
    if (days == 40) {
      ASSERT_THAT(Reassign(quinn_, said.name(), "people/ada"), IsOk());
    }
  }
  EXPECT_EQ(Unanswered(quinn_),
            "people/quinn 3 (0 1 1 1); people/ada 1 (1 0 0 0); ");
  EXPECT_EQ(Unanswered(ann_reads_), "people/quinn 3 (0 1 1 1); ");
  EXPECT_EQ(Unanswered(lea_leads_), "people/quinn 3 (0 1 1 1); ");
  EXPECT_EQ(Unanswered(ada_reads_), "people/ada 1 (1 0 0 0); ");
  // The edges: 7, 14 and 30 days to the microsecond are in the lower band.
  now_us_ = start;
  Feedbacks at_edge(
      Clock([&] { return start + 7 * kMicrosPerDay + 1'000'000; }), revisions_);
  const auto edge = InRead(
      [&](Transaction& tx) { return at_edge.Unanswered(tx, ann_reads_, {}); });
  ASSERT_THAT(edge, IsOk());
  EXPECT_EQ(edge->owners(0).up_to_7_days(), 3);
}

TEST_P(FeedbacksTest, GivingIsAllOrNothingWhicheverStatementFails) {
  Feedback feedback = OfForm("warmth");
  feedback.add_themes("themes/effort");
  v1::CreateFeedbackRequest request;
  request.set_parent("people/-");
  *request.mutable_feedback() = feedback;
  for (int nth = 1;; ++nth) {
    ASSERT_LT(nth, 50);
    FaultyDatabase faulty(db(), nth);
    const auto given = InWrite(faulty, [&](Transaction& tx) {
      return feedback_.Create(tx, ann_, request);
    });
    if (!faulty.fired()) {
      EXPECT_THAT(given, IsOk());
      break;
    }
    EXPECT_THAT(given, HasReason("FAULT"));
    EXPECT_TRUE(Texts(quinn_).empty()) << nth;
  }
  EXPECT_EQ(Texts(quinn_).size(), 1u);
}

ATTUNE_ON_EVERY_BACKEND(FeedbacksTest);

}  // namespace
}  // namespace attune
