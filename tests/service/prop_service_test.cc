// The customer's voice over a running server, with and without a token.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/service/server_test.h"

namespace attune {
namespace {

using Voice = v1::VoiceService::Stub;

constexpr char kText[] = "Unmistakable words of a customer.";

class PropServiceTest : public ServerTest {
 protected:
  void SetUp() override {
    Start();
    AddTeam("red");
    AddPerson("ann", {v1::ROLE_AGENT}, "red");
    AddPerson("bob", {v1::ROLE_AGENT}, "");
    AddPerson("lea", {v1::ROLE_LEAD}, "red");
    AddPerson("ada", {v1::ROLE_ADVOCATE}, "");
    AddContact("ann", "c1");
    AddForm("call");
  }

  std::string Invite() {
    v1::CreatePropInviteRequest request;
    request.set_contact("people/ann/contacts/c1");
    const auto made = ClientOf("ann").Call(&Voice::CreatePropInvite, request);
    EXPECT_THAT(made, IsOk());
    return made.ok() ? made->token() : "";
  }
  absl::StatusOr<v1::SubmitPropResponse> Submit(const Client& client,
                                                const std::string& token,
                                                const std::string& text) {
    v1::SubmitPropRequest request;
    request.set_token(token);
    request.set_text(text);
    request.set_consent_to_share(true);
    return client.Call(&Voice::SubmitProp, request);
  }
  absl::StatusOr<v1::ListPropsResponse> List(const std::string& person,
                                             const std::string& search) {
    v1::ListPropsRequest request;
    request.set_parent("people/-");
    request.set_search(search);
    return ClientOf(person).Call(&Voice::ListProps, request);
  }
  absl::StatusOr<v1::Prop> Publish(const std::string& name,
                                   const std::string& request_id) {
    v1::ModeratePropRequest request;
    request.set_name(name);
    request.set_state(v1::Prop::STATE_PUBLISHED);
    request.set_etag("1");
    request.set_request_id(request_id);
    return lea().Call(&Voice::ModerateProp, request);
  }
  // With one token, so that a retry is one.
  const Client& lea() {
    if (!lea_) lea_ = ClientOf("lea");
    return *lea_;
  }
  std::optional<Client> lea_;
};

TEST_F(PropServiceTest, ACustomerSpeaksAndTakesItBackWithoutAToken) {
  const std::string token = Invite();
  v1::GetPropInviteRequest about;
  about.set_token(token);
  const auto summary = Anonymous().Call(&Voice::GetPropInvite, about);
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->agent_display_name(), "ann");
  EXPECT_EQ(summary->day(), "2023-11-14");
  EXPECT_THAT(Submit(Anonymous(), token, std::string(1 << 20, 'x')),
              HasViolation("text", "TEXT_TOO_LONG"));
  // A wrong API token is in nobody's way.
  const auto said = Submit(Client(Channel(), "att_x_y"), token, kText);
  ASSERT_THAT(said, IsOk());
  EXPECT_THAT(Submit(Anonymous(), token, kText), HasReason("INVITE_USED"));
  const auto mine = List("ann", "");
  ASSERT_THAT(mine, IsOk());
  ASSERT_EQ(mine->props_size(), 1);
  EXPECT_EQ(List("bob", "")->props_size(), 0);
  const auto published = Publish(mine->props(0).name(), "once");
  ASSERT_THAT(published, IsOk());
  EXPECT_EQ(List("bob", "unmistakable")->props_size(), 1);

  Destroy();
  Start();
  lea_.reset();
  EXPECT_EQ(List("bob", "unmistakable")->props(0).text(), kText);
  v1::RevokePropRequest revoke;
  revoke.set_receipt(said->receipt());
  ASSERT_THAT(Anonymous().Call(&Voice::RevokeProp, revoke), IsOk());
  for (const char* person : {"ann", "bob", "lea"}) {
    EXPECT_EQ(List(person, "")->props_size(), 0) << person;
  }
}

TEST_F(PropServiceTest, AnAnswerThatIsKeptForRetriesHasNoWordsOfACustomer) {
  ASSERT_THAT(Submit(Anonymous(), Invite(), kText), IsOk());
  const std::string name = List("lea", "")->props(0).name();
  const auto first = Publish(name, "once");
  ASSERT_THAT(first, IsOk());
  EXPECT_FALSE(absl::StrContains(first->SerializeAsString(), "Unmistakable"));
  const auto again = Publish(name, "once");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->DebugString(), first->DebugString());
}

TEST_F(PropServiceTest, NoLogHasWhatWasSaidOrASecret) {
  std::ostringstream log;
  auto previous = spdlog::default_logger();
  auto logger = std::make_shared<spdlog::logger>(
      "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log));
  spdlog::set_default_logger(logger);
  spdlog::set_level(spdlog::level::trace);
  const std::string token = Invite();
  (void)Submit(Anonymous(), token, absl::StrCat(kText, "\x1B"));
  const auto said = Submit(Anonymous(), token, kText);
  v1::RevokePropRequest revoke;
  revoke.set_receipt(absl::StrCat(said->receipt(), "0"));
  (void)Anonymous().Call(&Voice::RevokeProp, revoke);
  (void)List("ann", "unmistakable");
  (void)ClientOf("ann").Call(
      &Voice::RecordCancellation,
      Text<v1::RecordCancellationRequest>(
          "cancellation { name: 'people/ann/contacts/c1/cancellation' "
          "reason_text: 'Unmistakable' }"));
  Destroy();
  spdlog::set_default_logger(previous);
  EXPECT_TRUE(absl::StrContains(log.str(), "SubmitProp code=OK"));
  EXPECT_FALSE(
      absl::StrContains(absl::AsciiStrToLower(log.str()), "unmistakable"));
  EXPECT_FALSE(absl::StrContains(log.str(), token.substr(41)));
  EXPECT_FALSE(absl::StrContains(log.str(), said->receipt().substr(41)));
}

TEST_F(PropServiceTest, ARetryOfANominationGetsTheFirstAnswer) {
  const Client ann = ClientOf("ann");
  const auto request = Text<v1::NominateGreatCallRequest>(R"pb(
    great_call {
      contact: "people/ann/contacts/c1"
      form: "forms/call"
      section_id: "s"
      reason: "<script>alert(1)</script> =HYPERLINK()"
    }
    request_id: "once")pb");
  const auto first = ann.Call(&Voice::NominateGreatCall, request);
  ASSERT_THAT(first, IsOk());
  const auto again = ann.Call(&Voice::NominateGreatCall, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->DebugString(), first->DebugString());
  v1::ConfirmGreatCallRequest confirm;
  confirm.set_name(first->name());
  ASSERT_THAT(ClientOf("ada").Call(&Voice::ConfirmGreatCall, confirm), IsOk());
  Destroy();
  Start();
  const auto found = ClientOf("bob").Call(
      &Voice::ListGreatCalls, Text<v1::ListGreatCallsRequest>(
                                  "parent: 'people/-' search: 'hyper script'"));
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->great_calls_size(), 1);
  // Kept as it is.
  EXPECT_EQ(found->great_calls(0).reason(), request.great_call().reason());
}

}  // namespace
}  // namespace attune
