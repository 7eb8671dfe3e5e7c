// Stored harm flags, on every database.

#include "engine/voice/harm_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/voice/harm_flag.h"
#include "tests/engine/center_test.h"
#include "tests/engine/store/faulty_database.h"

namespace attune {
namespace {

using HarmFlag = v1::HarmFlag;
using testing::ElementsAre;

constexpr char kPractice[] = "Trial turns into a subscription";

class HarmFlagsTest : public CenterTest {
 protected:
  void SetUp() override {
    CenterTest::SetUp();
    ann_.reach = lea_.reach = {.own = true, .team = true};
    bob_.reach = {.own = true, .team = true};
  }

  void AddCalls(const std::string& agent, int count) {
    for (int i = 0; i < count; ++i) {
      v1::CreateContactRequest request;
      request.set_parent("people/" + agent);
      request.set_contact_id(absl::StrCat(agent, "-", i));
      request.mutable_contact()->set_channel(v1::CHANNEL_CHAT);
      request.mutable_contact()->mutable_start_time()->set_seconds(1);
      ASSERT_THAT(InWrite([&](Transaction& tx) {
                    return contacts_.Create(tx, admin_, request);
                  }),
                  IsOk());
    }
  }

  absl::StatusOr<HarmFlag> Raise(const Caller& caller,
                                 const std::string& practice,
                                 const std::vector<std::string>& contacts = {},
                                 int64_t estimate = -1) {
    v1::RaiseHarmFlagRequest request;
    request.set_practice(practice);
    request.set_text("Nobody is told.");
    if (estimate >= 0) request.set_customers_estimate(estimate);
    for (const std::string& contact : contacts) request.add_contacts(contact);
    return InWrite(
        [&](Transaction& tx) { return flags_.Raise(tx, caller, request); });
  }
  absl::StatusOr<HarmFlag> Add(const Caller& caller, const std::string& name,
                               const std::vector<std::string>& contacts) {
    v1::AddHarmContactsRequest request;
    request.set_name(name);
    for (const std::string& contact : contacts) request.add_contacts(contact);
    return InWrite([&](Transaction& tx) {
      return flags_.AddContacts(tx, caller, request);
    });
  }
  absl::StatusOr<HarmFlag> Get(const Caller& caller, const std::string& name) {
    v1::GetHarmFlagRequest request;
    request.set_name(name);
    return InRead(
        [&](Transaction& tx) { return flags_.Get(tx, caller, request); });
  }
  absl::StatusOr<HarmFlag> Answer(const Caller& caller, const std::string& name,
                                  const std::string& changed = "We tell them.",
                                  const std::string& changer = "") {
    v1::AnswerHarmFlagRequest request;
    request.set_name(name);
    request.set_changed(changed);
    request.set_changer(changer);
    return InWrite(
        [&](Transaction& tx) { return flags_.Answer(tx, caller, request); });
  }
  // Practices of what a list gives.
  std::vector<std::string> Practices(const Caller& caller,
                                     v1::ListHarmFlagsRequest request = {}) {
    request.set_page_size(1);
    std::vector<std::string> practices;
    while (true) {
      const auto page = InRead(
          [&](Transaction& tx) { return flags_.List(tx, caller, request); });
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return practices;
      for (const HarmFlag& flag : page->harm_flags()) {
        practices.push_back(flag.practice());
      }
      if (page->next_page_token().empty()) return practices;
      request.set_page_token(page->next_page_token());
    }
  }
  std::vector<std::string> Contacts(const Caller& caller,
                                    const std::string& name) {
    v1::ListHarmContactsRequest request;
    request.set_name(name);
    request.set_page_size(1);
    std::vector<std::string> contacts;
    while (true) {
      const auto page = InRead([&](Transaction& tx) {
        return flags_.ListContacts(tx, caller, request);
      });
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return contacts;
      for (const auto& each : page->contacts()) {
        contacts.push_back(each.contact());
      }
      if (page->next_page_token().empty()) return contacts;
      request.set_page_token(page->next_page_token());
    }
  }

  HarmFlags flags_{clock()};
};

TEST_P(HarmFlagsTest, WhoRaisesThePracticeAgainJoins) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const HarmFlag first,
      Raise(ann_, kPractice, {"people/-/contacts/call-1"}, 40));
  EXPECT_EQ(first.practice(), kPractice);
  EXPECT_EQ(first.state(), HarmFlag::STATE_OPEN);
  EXPECT_EQ(first.level(), HarmFlag::LEVEL_LEAD);
  EXPECT_EQ(first.contact_count(), 1);
  EXPECT_EQ(first.customers_estimate(), 40);
  // Bob sees nothing of it before he raises it himself.
  EXPECT_THAT(Get(bob_, first.name()), StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const HarmFlag joined,
                              Raise(bob_, "trial TURNS  into a subscription ",
                                    {"people/bob/contacts/call-3"}, 10));
  EXPECT_EQ(joined.name(), first.name());
  EXPECT_EQ(joined.raiser_count(), 2);
  EXPECT_EQ(joined.contact_count(), 2);
  EXPECT_EQ(joined.customers_estimate(), 40);
  ASSERT_EQ(joined.raises_size(), 1);
  EXPECT_EQ(joined.raises(0).raiser(), "people/bob");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const HarmFlag all, Get(lea_, first.name()));
  ASSERT_EQ(all.raises_size(), 2);
  EXPECT_EQ(all.raises(0).raiser(), "people/ann");
  EXPECT_THAT(Raise(ann_, kPractice), HasReason("RAISED_BEFORE"));
  // Each contact counts once, whoever names it.
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const HarmFlag third,
      Raise(ada_, kPractice, {"people/ann/contacts/call-1"}));
  EXPECT_EQ(third.contact_count(), 2);
  EXPECT_EQ(third.raiser_count(), 3);
}

TEST_P(HarmFlagsTest, AContactCountsOnceAndWrongOnesAreNamedTogether) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const HarmFlag flag,
      Raise(ann_, kPractice, {"people/ann/contacts/call-1"}));
  const auto status =
      Add(ann_, flag.name(),
          {"people/ann/contacts/call-2", "people/-/contacts/call-1",
           "people/bob/contacts/call-3", "people/ann/contacts/none", "call",
           "people/-/contacts/call-2"})
          .status();
  EXPECT_THAT(status, HasViolation("contacts[1]", "CONTACT_COUNTED"));
  EXPECT_THAT(status, HasViolation("contacts[2]", "CONTACT_UNKNOWN"));
  EXPECT_THAT(status, HasViolation("contacts[3]", "CONTACT_UNKNOWN"));
  EXPECT_THAT(status, HasViolation("contacts[4]", "NAME_INVALID"));
  EXPECT_THAT(status, HasViolation("contacts[5]", "CONTACT_REPEATED"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const HarmFlag same, Get(ann_, flag.name()));
  EXPECT_EQ(same.contact_count(), 1);  // nothing half applied
  EXPECT_THAT(Add(ann_, flag.name(), {}),
              HasViolation("contacts", "CONTACTS_MISSING"));
  EXPECT_THAT(Add(ann_, flag.name(), std::vector<std::string>(101, "people/a")),
              HasViolation("contacts", "TOO_MANY"));
  EXPECT_THAT(Add(bob_, flag.name(), {"people/bob/contacts/call-3"}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Add(ann_, "harmFlags/none", {}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Add(ann_, "flag", {}), HasViolation("name", "NAME_INVALID"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const HarmFlag added,
      Add(quinn_, flag.name(), {"people/bob/contacts/call-3"}));
  EXPECT_EQ(added.contact_count(), 2);
  EXPECT_THAT(
      Contacts(quinn_, flag.name()),
      ElementsAre("people/ann/contacts/call-1", "people/bob/contacts/call-3"));
  EXPECT_THAT(Contacts(ann_, flag.name()),
              ElementsAre("people/ann/contacts/call-1"));
  EXPECT_THAT(Contacts(lea_, flag.name()),
              ElementsAre("people/ann/contacts/call-1"));
}

TEST_P(HarmFlagsTest, RaisingIsRefusedWhole) {
  EXPECT_THAT(Raise(admin_, kPractice), HasReason("NO_PERSON"));
  const auto wrong =
      Raise(ann_, " \n", {"people/bob/contacts/call-3"}, 0).status();
  EXPECT_THAT(wrong, HasViolation("practice", "PRACTICE_MISSING"));
  EXPECT_THAT(wrong, HasViolation("contacts[0]", "CONTACT_UNKNOWN"));
  EXPECT_THAT(Raise(ann_, std::string(1 << 20, 'x')),
              HasViolation("practice", "TEXT_TOO_LONG"));
  EXPECT_THAT(Raise(ann_, "a\x07"), HasViolation("practice", "TEXT_CONTROL"));
  EXPECT_TRUE(Practices(quinn_).empty());
}

TEST_P(HarmFlagsTest, GoingUpDecidesWhoAnswers) {
  AddCalls("ann", 10);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const HarmFlag flag, Raise(ann_, kPractice));
  const auto level = [&] { return Get(quinn_, flag.name())->level(); };
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(level(), HarmFlag::LEVEL_LEAD);
    ASSERT_THAT(
        Add(ann_, flag.name(), {absl::StrCat("people/ann/contacts/ann-", i)}),
        IsOk());
  }
  EXPECT_EQ(level(), HarmFlag::LEVEL_QA_LEAD);
  EXPECT_THAT(Answer(lea_, flag.name()),
              StatusIs(absl::StatusCode::kPermissionDenied));
  for (int i = 3; i < 10; ++i) {
    ASSERT_THAT(
        Add(ann_, flag.name(), {absl::StrCat("people/ann/contacts/ann-", i)}),
        IsOk());
  }
  EXPECT_EQ(level(), HarmFlag::LEVEL_MANAGER);
  EXPECT_THAT(Answer(quinn_, flag.name()),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Answer(admin_, flag.name()),
              HasViolation("changer", "CHANGER_MISSING"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const HarmFlag answered,
      Answer(admin_, flag.name(), "We tell them.", "people/quinn"));
  EXPECT_EQ(answered.answer().changer(), "people/quinn");
  EXPECT_EQ(answered.answer().answerer(), "");
}

TEST_P(HarmFlagsTest, AgeAloneLeadsToTheManagers) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const HarmFlag old, Raise(ann_, "old"));
  now_us_ += 14 * kMicrosPerDay;
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const HarmFlag recent,
      Raise(quinn_, "recent",
            {"people/ann/contacts/call-1", "people/ann/contacts/call-2",
             "people/bob/contacts/call-3"}));
  ASSERT_THAT(Raise(bob_, "small"), IsOk());
  EXPECT_EQ(Get(quinn_, old.name())->level(), HarmFlag::LEVEL_MANAGER);
  EXPECT_THAT(Answer(lea_, old.name()),
              StatusIs(absl::StatusCode::kPermissionDenied));
  v1::ListHarmFlagsRequest request;
  EXPECT_THAT(Practices(quinn_, request),
              ElementsAre("old", "recent", "small"));
  request.set_level(HarmFlag::LEVEL_QA_LEAD);
  EXPECT_THAT(Practices(lea_, request), ElementsAre("old", "recent"));
  request.set_level(HarmFlag::LEVEL_MANAGER);
  EXPECT_THAT(Practices(quinn_, request), ElementsAre("old"));
  EXPECT_THAT(Practices(ann_), ElementsAre("old"));
  // An answered one keeps the level that it had.
  ASSERT_THAT(Answer(quinn_, recent.name()), IsOk());
  now_us_ += 30 * kMicrosPerDay;
  EXPECT_THAT(Practices(quinn_, request), ElementsAre("old", "small"));
  request.set_level(HarmFlag::LEVEL_QA_LEAD);
  request.set_state(HarmFlag::STATE_ANSWERED);
  EXPECT_THAT(Practices(quinn_, request), ElementsAre("recent"));
}

TEST_P(HarmFlagsTest, WithoutAnAnswerAFlagDoesNotEnd) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const HarmFlag flag, Raise(ann_, kPractice));
  EXPECT_THAT(Answer(lea_, flag.name(), " "),
              HasViolation("changed", "REASON_MISSING"));
  EXPECT_THAT(Answer(lea_, flag.name(), "x", "bob"),
              HasViolation("changer", "CHANGER_MISSING"));
  EXPECT_THAT(Answer(lea_, flag.name(), "x", "people/none"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Answer(ann_, flag.name()),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(Get(ann_, flag.name())->state(), HarmFlag::STATE_OPEN);
  ASSERT_THAT(Answer(lea_, flag.name()), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const HarmFlag read, Get(ann_, flag.name()));
  EXPECT_EQ(read.state(), HarmFlag::STATE_ANSWERED);
  EXPECT_EQ(read.answer().changed(), "We tell them.");
  EXPECT_EQ(read.answer().changer(), "people/lea");
  EXPECT_THAT(Answer(lea_, flag.name()), HasReason("ANSWERED"));
  EXPECT_THAT(Add(ann_, flag.name(), {"people/ann/contacts/call-1"}),
              HasReason("ANSWERED"));
  // If it goes on, it is raised anew.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const HarmFlag anew, Raise(ann_, kPractice));
  EXPECT_NE(anew.name(), flag.name());
  EXPECT_EQ(anew.contact_count(), 0);
}

TEST_P(HarmFlagsTest, JoiningIsAllOrNothingWhicheverStatementFails) {
  ASSERT_THAT(Raise(ann_, kPractice, {}, 1), IsOk());
  v1::RaiseHarmFlagRequest request;
  request.set_practice(kPractice);
  request.set_text("Me too.");
  request.set_customers_estimate(9);
  request.add_contacts("people/bob/contacts/call-3");
  for (int nth = 1;; ++nth) {
    ASSERT_LT(nth, 50);
    FaultyDatabase faulty(db(), nth);
    const auto raised = InWrite(faulty, [&](Transaction& tx) {
      return flags_.Raise(tx, bob_, request);
    });
    if (!faulty.fired()) {
      EXPECT_THAT(raised, IsOk());
      break;
    }
    EXPECT_THAT(raised, HasReason("FAULT"));
    EXPECT_TRUE(Practices(bob_).empty()) << nth;
  }
  EXPECT_THAT(Practices(bob_), ElementsAre(kPractice));
}

ATTUNE_ON_EVERY_BACKEND(HarmFlagsTest);

}  // namespace
}  // namespace attune
