#include "engine/voice/props.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/engine/voice/customer_test.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

constexpr char kText[] = "She stayed until it worked.\n<b>Thank you!</b> =1+1";

class PropsTest : public CustomerTest {
 protected:
  // The token of an invitation for a contact.
  std::string Invite(const std::string& contact, const Caller& caller) {
    v1::CreatePropInviteRequest request;
    request.set_contact(absl::StrCat("people/-/contacts/", contact));
    const auto made = Ask(invites_, &PropInvites::Create, caller, request);
    EXPECT_THAT(made, IsOk());
    return made.ok() ? made->token() : "";
  }
  absl::StatusOr<v1::PropInviteSummary> About(const std::string& token) {
    v1::GetPropInviteRequest request;
    request.set_token(token);
    return Ask(invites_, &PropInvites::Get, anybody_, request);
  }
  absl::StatusOr<v1::SubmitPropResponse> Submit(const std::string& token,
                                                const std::string& text,
                                                bool share) {
    v1::SubmitPropRequest request;
    request.set_token(token);
    request.set_text(text);
    request.set_consent_to_share(share);
    return Ask(props_, &Props::Submit, anybody_, request);
  }
  // The receipt of a prop for call-1 of ann.
  std::string Say(bool share) {
    const auto said = Submit(Invite("call-1", ann_), kText, share);
    EXPECT_THAT(said, IsOk());
    return said.ok() ? said->receipt() : "";
  }
  std::vector<v1::Prop> List(const Caller& caller,
                             const std::string& search = "") {
    v1::ListPropsRequest request;
    request.set_parent("people/-");
    request.set_search(search);
    const auto list = Ask(props_, &Props::List, caller, request);
    EXPECT_THAT(list, IsOk());
    if (!list.ok()) return {};
    return {list->props().begin(), list->props().end()};
  }
  // Whether each of ann, her lead, quinn; bob, his lead, ada finds it.
  std::string WhoReads(const std::string& search = "") {
    std::string who;
    for (const Caller& caller : {ann_, lea_, quinn_, bob_, lou_, ada_}) {
      Caller reader = caller;
      if (caller.person == "ada") reader.reach = kOwn;  // as the policy has it
      const auto props = List(reader, search);
      absl::StrAppend(&who, props.empty()             ? "-"
                            : props[0].text().empty() ? "s"
                                                      : "y");
    }
    return who;
  }
  absl::StatusOr<v1::Prop> Moderate(const Caller& caller, v1::Prop::State state,
                                    const std::string& reason,
                                    const std::string& etag) {
    v1::ModeratePropRequest request;
    request.set_name(absl::StrCat("people/-/props/", id()));
    request.set_state(state);
    request.set_reason(reason);
    request.set_etag(etag);
    return Ask(props_, &Props::Moderate, caller, request);
  }
  absl::StatusOr<v1::Prop> Get(const Caller& caller) {
    v1::GetPropRequest request;
    request.set_name(absl::StrCat("people/ann/props/", id()));
    return Ask(props_, &Props::Get, caller, request);
  }
  absl::StatusOr<v1::RevokePropResponse> Revoke(const std::string& receipt) {
    v1::RevokePropRequest request;
    request.set_receipt(receipt);
    return Ask(props_, &Props::Revoke, anybody_, request);
  }
  absl::StatusOr<v1::RevokePropResponse> RevokeFor(const Caller& caller,
                                                   const std::string& reason) {
    v1::RevokePropForCustomerRequest request;
    request.set_name(absl::StrCat("people/ann/props/", id()));
    request.set_reason(reason);
    return Ask(props_, &Props::RevokeForCustomer, caller, request);
  }
  int64_t Counted() {
    v1::GetRecognitionRequest request;
    request.set_person("people/ann");
    const auto found = Ask(recognitions_, &Recognitions::Get, lea_, request);
    EXPECT_THAT(found, IsOk());
    return found.ok() ? found->props() : -1;
  }
  // Of the only prop.
  std::string id() {
    std::string id;
    EXPECT_THAT(InRead([&](Transaction& tx) {
                  return tx.Scan("SELECT id FROM prop", {},
                                 [&](const Row& row) {
                                   id = Cells(row).Text();
                                   return absl::OkStatus();
                                 });
                }),
                IsOk());
    return id;
  }
};

TEST_P(PropsTest, AnInvitationTellsWhomItIsAboutAndIsGoodOnce) {
  const std::string token = Invite("call-1", ann_);
  EXPECT_THAT(token, StartsWith("inv_"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::PropInviteSummary about, About(token));
  EXPECT_EQ(about.agent_display_name(), "ann");
  EXPECT_EQ(about.channel(), v1::CHANNEL_PHONE);
  EXPECT_EQ(about.day(), "2026-03-02");
  EXPECT_EQ(about.max_text_bytes(), 4096);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SubmitPropResponse said,
                              Submit(token, kText, true));
  EXPECT_THAT(said.receipt(), StartsWith("rcp_"));
  EXPECT_THAT(About(token), HasReason("INVITE_USED"));
  EXPECT_THAT(Submit(token, "Again.", true), HasReason("INVITE_USED"));
  const auto props = List(ann_);
  ASSERT_EQ(props.size(), 1u);
  EXPECT_EQ(props[0].text(), kText);
  EXPECT_EQ(props[0].contact(), "people/ann/contacts/call-1");
  EXPECT_EQ(props[0].state(), v1::Prop::STATE_PENDING);
  EXPECT_EQ(props[0].consent_time().seconds(), said.submit_time().seconds());
  // And a second customer of the same contact there is not.
  v1::CreatePropInviteRequest again;
  again.set_contact("people/ann/contacts/call-1");
  EXPECT_THAT(Ask(invites_, &PropInvites::Create, lea_, again),
              HasReason("PROP_EXISTS"));
}

TEST_P(PropsTest, WhatIsNoInvitationIsUnknownInTheSameWords) {
  const std::string token = Invite("call-1", ann_);
  const std::string other = Invite("call-2", ann_);
  const absl::Status unknown = About("").status();
  EXPECT_THAT(unknown, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(unknown, HasReason("INVITE_UNKNOWN"));
  const std::string id = token.substr(4, 36);
  for (const std::string& wrong :
       {std::string("nonsense"), absl::StrCat("inv_", id, "_00"),
        absl::StrCat("inv_", id, "_"), absl::StrCat("inv_", id),
        absl::StrCat("att_", token.substr(4)), token.substr(0, 60),
        absl::StrCat("inv_", id, other.substr(40)), absl::StrCat(token, "0"),
        absl::StrCat(" ", token), std::string("inv_0_0"),
        std::string(1 << 20, '_')}) {
    EXPECT_EQ(About(wrong).status(), unknown) << wrong.substr(0, 80);
    EXPECT_EQ(Submit(wrong, kText, true).status(), unknown);
  }
  EXPECT_EQ(Number("SELECT COUNT(*) FROM prop"), 0);
  // Only a hash of it is stored.
  EXPECT_EQ(Number("SELECT COUNT(*) FROM prop_invite WHERE secret_hash = '" +
                   token.substr(41) + "'"),
            0);
  EXPECT_THAT(About(token), IsOk());
}

TEST_P(PropsTest, AnInvitationExpiresAndIsReplaced) {
  v1::CreatePropInviteRequest request;
  request.set_contact("people/ann/contacts/call-1");
  const auto create = [&](int64_t in_seconds) {
    request.mutable_expire_time()->set_seconds(now_us_ / 1'000'000 +
                                               in_seconds);
    return Ask(invites_, &PropInvites::Create, ann_, request);
  };
  constexpr int64_t kDay = 86'400;
  EXPECT_THAT(create(0), HasViolation("expire_time", "TIME_INVALID"));
  EXPECT_THAT(create(91 * kDay), HasViolation("expire_time", "TIME_INVALID"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto first, create(90 * kDay));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto second, create(kDay));
  EXPECT_THAT(About(first.token()), HasReason("INVITE_REPLACED"));
  EXPECT_THAT(Submit(first.token(), kText, true), HasReason("INVITE_REPLACED"));
  EXPECT_THAT(About(second.token()), IsOk());
  now_us_ += kMicrosPerDay;
  EXPECT_THAT(About(second.token()), HasReason("INVITE_EXPIRED"));
  EXPECT_THAT(Submit(second.token(), kText, true), HasReason("INVITE_EXPIRED"));
  EXPECT_EQ(Number("SELECT COUNT(*) FROM prop"), 0);
}

TEST_P(PropsTest, OnlyTheAgentAndTheirLeadsInvite) {
  v1::CreatePropInviteRequest request;
  request.set_contact("people/ann/contacts/call-1");
  for (const Caller& caller : {bob_, lou_}) {
    EXPECT_THAT(Ask(invites_, &PropInvites::Create, caller, request),
                StatusIs(absl::StatusCode::kNotFound));
  }
  EXPECT_THAT(Ask(invites_, &PropInvites::Create, lea_, request), IsOk());
  request.set_contact("call-1");
  request.mutable_expire_time()->set_seconds(1);
  const auto wrong = Ask(invites_, &PropInvites::Create, ann_, request);
  EXPECT_THAT(wrong, HasViolation("contact", "NAME_INVALID"));
  EXPECT_THAT(wrong, HasViolation("expire_time", "TIME_INVALID"));
}

TEST_P(PropsTest, AWrongTextLeavesTheInvitationAsItIs) {
  const std::string token = Invite("call-1", ann_);
  const struct {
    std::string text;
    const char* reason;
  } kTable[] = {{"", "TEXT_MISSING"},
                {" \n\t", "TEXT_MISSING"},
                {std::string(1 << 20, 'x'), "TEXT_TOO_LONG"},
                {std::string(4097, 'x'), "TEXT_TOO_LONG"},
                {"\x1B[31mred", "TEXT_CONTROL"},
                {std::string("a\0b", 3), "TEXT_NOT_CLEAN"},
                {"\xFF", "TEXT_NOT_CLEAN"}};
  for (const auto& row : kTable) {
    const auto refused = Submit(token, row.text, true);
    EXPECT_THAT(refused, HasViolation("text", row.reason));
    // No error repeats the customer's words.
    EXPECT_FALSE(absl::StrContains(refused.status().ToString(), "red"));
  }
  EXPECT_THAT(Submit(token, std::string(4096, 'x'), true), IsOk());
}

TEST_P(PropsTest, WithoutConsentItIsBetweenTheAgentAndThoseWhoModerate) {
  Say(/*share=*/false);
  EXPECT_EQ(WhoReads(), "yyy---");
  ASSERT_THAT(Moderate(lea_, v1::Prop::STATE_PUBLISHED, "", "1"), IsOk());
  EXPECT_EQ(WhoReads(), "yyy---");
  EXPECT_THAT(Get(bob_), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Get(ann_), IsOk());
}

TEST_P(PropsTest, WithConsentEverybodyReadsItOnceItIsPublished) {
  Say(/*share=*/true);
  EXPECT_EQ(WhoReads(), "yyy---");
  EXPECT_EQ(Counted(), 0);
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Prop published,
      Moderate(lea_, v1::Prop::STATE_PUBLISHED, "Lovely.", "1"));
  EXPECT_EQ(published.text(), "");
  EXPECT_EQ(published.moderator(), "people/lea");
  EXPECT_EQ(WhoReads(), "yyyyyy");
  EXPECT_EQ(WhoReads("stayed thank"), "yyyyyy");
  EXPECT_EQ(WhoReads("missing"), "------");
  EXPECT_EQ(Counted(), 1);
  ASSERT_THAT(Moderate(quinn_, v1::Prop::STATE_HIDDEN, "Names a person.",
                       published.etag()),
              IsOk());
  // The agent is told, without the text; no search finds it.
  EXPECT_EQ(WhoReads(), "syy---");
  EXPECT_EQ(WhoReads("stayed"), "------");
  EXPECT_EQ(Counted(), 0);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Prop told, Get(ann_));
  EXPECT_EQ(told.moderate_reason(), "Names a person.");
  EXPECT_EQ(told.text(), "");
  ASSERT_THAT(Moderate(quinn_, v1::Prop::STATE_PUBLISHED, "", told.etag()),
              IsOk());
  EXPECT_EQ(WhoReads("stayed"), "yyyyyy");
}

TEST_P(PropsTest, ModerationIsForLeadsOfOthersAndSaysWhy) {
  Say(/*share=*/true);
  EXPECT_THAT(Moderate(lou_, v1::Prop::STATE_PUBLISHED, "", "1"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Moderate(lea_, v1::Prop::STATE_HIDDEN, " ", "1"),
              HasViolation("reason", "REASON_MISSING"));
  const auto wrong = Moderate(lea_, v1::Prop::STATE_PENDING, "", "");
  EXPECT_THAT(wrong, HasViolation("state", "STATE_INVALID"));
  EXPECT_THAT(wrong, HasViolation("etag", "ETAG_MISSING"));
  EXPECT_THAT(Moderate(lea_, v1::Prop::STATE_PUBLISHED, "", "7"),
              StatusIs(absl::StatusCode::kAborted));
  Caller own = lea_;
  own.person = "ann";
  EXPECT_THAT(Moderate(own, v1::Prop::STATE_PUBLISHED, "", "1"),
              HasReason("OWN_PROP"));
  EXPECT_EQ(WhoReads(), "yyy---");
}

TEST_P(PropsTest, TheCustomerTakesItBackAndItIsNowhere) {
  const std::string receipt = Say(/*share=*/true);
  ASSERT_THAT(Moderate(lea_, v1::Prop::STATE_PUBLISHED, "She stayed!", "1"),
              IsOk());
  EXPECT_EQ(WhoReads("stayed"), "yyyyyy");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::RevokePropResponse first,
                              Revoke(receipt));
  EXPECT_EQ(WhoReads(), "------");
  EXPECT_EQ(WhoReads("stayed"), "------");
  EXPECT_THAT(Get(ann_), StatusIs(absl::StatusCode::kNotFound));
  // Those who moderate are told, and that without a word of it.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Prop gone, Get(lea_));
  EXPECT_EQ(gone.state(), v1::Prop::STATE_REVOKED);
  EXPECT_EQ(gone.text(), "");
  EXPECT_EQ(gone.moderate_reason(), "");
  EXPECT_FALSE(gone.consent_to_share());
  EXPECT_THAT(Moderate(lea_, v1::Prop::STATE_PUBLISHED, "", gone.etag()),
              HasReason("PROP_REVOKED"));
  // Neither the row nor the index has it.
  EXPECT_EQ(Number("SELECT COUNT(*) FROM prop WHERE words = ''"), 1);
  bool has_text = false;
  ASSERT_THAT(
      InRead([&](Transaction& tx) {
        return tx.Scan("SELECT body FROM prop", {}, [&](const Row& row) {
          has_text |= absl::StrContains(Cells(row).Blob(), "stayed");
          return absl::OkStatus();
        });
      }),
      IsOk());
  EXPECT_FALSE(has_text);
  // What the agent did stays recognised.
  EXPECT_EQ(Counted(), 1);
  // Again is the same.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::RevokePropResponse second,
                              Revoke(receipt));
  EXPECT_EQ(second.revoke_time().seconds(), first.revoke_time().seconds());
}

TEST_P(PropsTest, OneThatWasNeverPublishedDoesNotCount) {
  ASSERT_THAT(Revoke(Say(/*share=*/true)), IsOk());
  EXPECT_EQ(Counted(), 0);
}

TEST_P(PropsTest, AReceiptIsTheCustomersAlone) {
  const std::string receipt = Say(/*share=*/true);
  const std::string id = receipt.substr(4, 36);
  const absl::Status unknown = Revoke("").status();
  EXPECT_THAT(unknown, HasReason("RECEIPT_UNKNOWN"));
  for (const std::string& wrong :
       {absl::StrCat("rcp_", id, "_00"), absl::StrCat("inv_", id, "_00"),
        std::string("rcp_0_0"), absl::StrCat("inv", receipt.substr(3))}) {
    EXPECT_EQ(Revoke(wrong).status(), unknown) << wrong;
  }
  EXPECT_EQ(List(ann_).size(), 1u);
}

TEST_P(PropsTest, ALeadTakesItBackForTheCustomer) {
  Say(/*share=*/true);
  EXPECT_THAT(RevokeFor(lea_, ""), HasViolation("reason", "REASON_MISSING"));
  Caller lead = lea_;
  lead.reach = {.team = true};
  EXPECT_THAT(RevokeFor(lou_, "x"), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_THAT(RevokeFor(lead, "She rang us."), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Prop gone, Get(lea_));
  EXPECT_EQ(gone.revoker(), "people/lea");
  EXPECT_EQ(gone.revoke_reason(), "She rang us.");
  EXPECT_THAT(List(quinn_), IsEmpty());
}

TEST_P(PropsTest, PagesGoOnWhereTheyEnded) {
  for (const char* contact : {"call-1", "call-2", "call-3"}) {
    ASSERT_THAT(Submit(Invite(contact, quinn_), contact, true), IsOk());
  }
  v1::ListPropsRequest request;
  request.set_parent("people/-");
  request.set_page_size(2);
  std::vector<std::string> texts;
  for (int pages = 0; pages < 3; ++pages) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ListPropsResponse page,
                                Ask(props_, &Props::List, quinn_, request));
    for (const v1::Prop& prop : page.props()) texts.push_back(prop.text());
    if (page.next_page_token().empty()) break;
    request.set_page_token(page.next_page_token());
  }
  EXPECT_THAT(texts, ElementsAre("call-3", "call-2", "call-1"));
  request.set_page_token("");
  request.set_team("teams/red");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ListPropsResponse red,
                              Ask(props_, &Props::List, quinn_, request));
  EXPECT_EQ(red.props_size(), 2);
  request.set_parent("ann");
  request.set_team("red");
  request.set_search("?");
  const auto wrong = Ask(props_, &Props::List, quinn_, request);
  EXPECT_THAT(wrong, HasViolation("parent", "NAME_INVALID"));
  EXPECT_THAT(wrong, HasViolation("team", "NAME_INVALID"));
  EXPECT_THAT(wrong, HasViolation("search", "SEARCH_EMPTY"));
}

ATTUNE_ON_EVERY_BACKEND(PropsTest);

}  // namespace
}  // namespace attune
