#include "engine/names.h"

#include <gtest/gtest.h>

namespace attune {
namespace {

TEST(NamesTest, AreParsedAsTheyAreMade) {
  EXPECT_EQ(ParsePersonName(PersonName("28")), "28");
  EXPECT_EQ(ParseTeamName(TeamName("harper-valley")), "harper-valley");
  const auto contact = ParseContactName(ContactName("28", "Call:1"));
  ASSERT_TRUE(contact);
  EXPECT_EQ(contact->person, "28");
  EXPECT_EQ(contact->id, "Call:1");
  const auto revision = ParseFormRevisionName(FormRevisionName("call", 3));
  ASSERT_TRUE(revision);
  EXPECT_EQ(revision->form, "call");
  EXPECT_EQ(revision->revision, 3);
  EXPECT_EQ(ParseSamplingPlanName(SamplingPlanName("weekly")), "weekly");
  EXPECT_EQ(ParseAssignmentName(AssignmentName("0-1")), "0-1");
  const auto draw = ParseDrawName(DrawName("weekly", "2026-W47"));
  ASSERT_TRUE(draw);
  EXPECT_EQ(draw->plan, "weekly");
  EXPECT_EQ(draw->period, "2026-W47");
  EXPECT_FALSE(ParseSamplingPlanName(DrawName("weekly", "2026-W47")));
  EXPECT_FALSE(ParseDrawName(SamplingPlanName("weekly")));
  EXPECT_FALSE(ParseDrawName("samplingPlans/weekly/draws/"));

  for (const auto& part :
       {ParsePropName(PropName("28", "0-1")),
        ParseGreatCallName(GreatCallName("28", "0-1")),
        ParseCancellationName(CancellationName("28", "0-1"))}) {
    ASSERT_TRUE(part);
    EXPECT_EQ(part->person, "28");
    EXPECT_EQ(part->id, "0-1");
  }
  EXPECT_TRUE(ParsePropName("people/-/props/0-1"));
  EXPECT_FALSE(ParsePropName(PropInviteName("28", "0-1")));
  EXPECT_FALSE(ParseCancellationName(ContactName("28", "0-1")));
  EXPECT_EQ(RelationshipValueName("28", "0-1"),
            "people/28/relationshipValues/0-1");

  EXPECT_EQ(ParseFloorSessionName(FloorSessionName("28", "0-1"))->id, "0-1");
  EXPECT_TRUE(ParseFloorSessionName("people/-/floorSessions/0-1"));
  const auto day = ParseWorkDayName(WorkDayName("28", "2026-11-23"));
  ASSERT_TRUE(day);
  EXPECT_EQ(day->person, "28");
  EXPECT_EQ(day->id, "2026-11-23");
  EXPECT_FALSE(ParseWorkDayName(WorkDayName("28", "2026-02-30")));
  EXPECT_FALSE(ParseWorkDayName(WorkDayName("-", "2026-11-23")));

  const auto check = ParseSelfCheckName(SelfCheckName("28", "2026-h1"));
  ASSERT_TRUE(check);
  EXPECT_EQ(check->person, "28");
  EXPECT_EQ(check->id, "2026-h1");
  EXPECT_EQ(ParseSelfCheckCycleName(SelfCheckCycleName("2026-h1")), "2026-h1");
  EXPECT_FALSE(ParseSelfCheckName(FormFeedbackName("28", "2026-h1")));
  EXPECT_FALSE(ParseSelfCheckName("people/28/selfChecks/2026-H1"));
  EXPECT_FALSE(ParseSelfCheckName("people/-/selfChecks/2026-h1"));
}

TEST(NamesTest, EveryoneIsADashWhereItIsAllowed) {
  EXPECT_EQ(ParsePersonOrAll("people/-"), "-");
  EXPECT_FALSE(ParsePersonName("people/-"));
  EXPECT_TRUE(ParseContactName("people/-/contacts/x"));
  EXPECT_FALSE(ParseEvaluationName("people/-/evaluations/x"));
  EXPECT_FALSE(ParseTranscriptName("people/-/contacts/x/transcript"));
  EXPECT_EQ(ParseFormRevisionName("forms/call/revisions/-")->revision, 0);
}

TEST(NamesTest, OnlyOneSpellingIsAName) {
  for (const char* name :
       {"", "people", "people/", "people/A", "/people/a", "people/a/",
        "people/a/contacts/x", "people//contacts/x"}) {
    EXPECT_FALSE(ParsePersonName(name)) << name;
  }
  for (const char* name :
       {"forms/call/revisions/0", "forms/call/revisions/01",
        "forms/call/revisions/+1", "forms/call/revisions/10001",
        "forms/call/revisions/1/x", "forms/call/revisions/99999999999999999999",
        "forms/call/revisions/"}) {
    EXPECT_FALSE(ParseFormRevisionName(name)) << name;
  }
}

}  // namespace
}  // namespace attune
