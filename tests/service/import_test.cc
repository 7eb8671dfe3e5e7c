// The stream of ImportEvaluations.

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/service/server_test.h"

namespace attune {
namespace {

class ImportTest : public ServerTest {
 protected:
  void SetUp() override {
    Start();
    AddPerson("ann", {v1::ROLE_AGENT}, "");
    AddPerson("rae", {v1::ROLE_ADVOCATE}, "");
    AddContact("ann", "c1");
    AddContact("ann", "c2");
    AddForm("call");
  }

  static v1::ImportEvaluationsRequest Yes(const std::string& contact) {
    auto request = Text<v1::ImportEvaluationsRequest>(R"pb(
      evaluation {
        form_revision: "forms/call"
        answers { question_id: "q" choice_id: "yes" }
      })pb");
    request.mutable_evaluation()->set_contact(
        absl::StrCat("people/ann/contacts/", contact));
    return request;
  }

  static absl::StatusOr<v1::ImportEvaluationsResponse> Import(
      const Client& client,
      const std::vector<v1::ImportEvaluationsRequest>& messages) {
    grpc::ClientContext context;
    client.Prepare(context);
    v1::ImportEvaluationsResponse response;
    v1::EvaluationService::Stub stub(client.channel());
    const auto writer = stub.ImportEvaluations(&context, &response);
    for (const auto& message : messages) {
      if (!writer->Write(message)) break;
    }
    writer->WritesDone();
    const grpc::Status status = writer->Finish();
    if (!status.ok()) return FromGrpc(status);
    return response;
  }

  int Evaluations() {
    v1::ListEvaluationsRequest request;
    request.set_parent("people/-");
    const auto list =
        Admin().Call(&v1::EvaluationService::Stub::ListEvaluations, request);
    return list.ok() ? list->evaluations_size() : -1;
  }
};

TEST_F(ImportTest, AStreamIsStoredAsOne) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto response,
                              Import(ClientOf("rae"), {Yes("c1"), Yes("c2")}));
  EXPECT_EQ(response.imported_count(), 2);
  EXPECT_EQ(response.failed_count(), 0);
  EXPECT_EQ(Evaluations(), 2);
}

TEST_F(ImportTest, OneBadMessageStopsAll) {
  EXPECT_FALSE(Import(ClientOf("rae"), {Yes("c1"), Yes("c9")}).ok());
  EXPECT_EQ(Evaluations(), 0);
}

TEST_F(ImportTest, ARetryGetsTheFirstAnswerAndStoresNothing) {
  std::vector<v1::ImportEvaluationsRequest> messages = {Yes("c1"), Yes("c2")};
  messages[0].set_request_id("r-1");
  const Client rater = ClientOf("rae");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto first, Import(rater, messages));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto again, Import(rater, messages));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(Evaluations(), 2);
  messages.pop_back();
  EXPECT_THAT(Import(rater, messages),
              HasViolation("request_id", "REQUEST_ID_REUSED"));
}

TEST_F(ImportTest, TheCallerIsCheckedBeforeAnythingIsRead) {
  const auto agent = Import(ClientOf("ann"), {});
  EXPECT_THAT(agent, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Import(Anonymous(), {}),
              StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_THAT(Import(Client(Channel(), "att_no_such"), {}),
              StatusIs(absl::StatusCode::kUnauthenticated));
}

TEST_F(ImportTest, BadTextIsToldWithItsPlaceInTheStream) {
  std::vector<v1::ImportEvaluationsRequest> messages = {Yes("c1"), Yes("c2")};
  messages[1].mutable_evaluation()->mutable_answers(0)->set_comment(
      std::string("\0", 1));
  EXPECT_THAT(
      Import(ClientOf("rae"), messages),
      HasViolation("[1].evaluation.answers[0].comment", "NUL_CHARACTER"));
  EXPECT_EQ(Evaluations(), 0);
}

TEST_F(ImportTest, MoreMessagesThanItTakesAreRefused) {
  const auto response =
      Import(ClientOf("rae"), std::vector<v1::ImportEvaluationsRequest>(20001));
  EXPECT_THAT(response, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(response, HasReason("IMPORT_TOO_LARGE"));
}

TEST_F(ImportTest, MoreBytesThanItTakesAreRefused) {
  v1::ImportEvaluationsRequest large;
  large.mutable_evaluation()->set_comment(std::string(4'000'000, 'x'));
  const auto response = Import(
      ClientOf("rae"), std::vector<v1::ImportEvaluationsRequest>(17, large));
  EXPECT_THAT(response, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(response, HasReason("IMPORT_TOO_LARGE"));
}

TEST_F(ImportTest, AStreamThatIsNeverFinishedIsEndedAtItsDeadline) {
  config().set_deadline_seconds(1);
  Start();
  const Client rater = ClientOf("rae");
  grpc::ClientContext context;
  rater.Prepare(context);
  v1::ImportEvaluationsResponse response;
  v1::EvaluationService::Stub stub(rater.channel());
  const auto writer = stub.ImportEvaluations(&context, &response);
  ASSERT_TRUE(writer->Write(Yes("c1")));
  const absl::Status status = FromGrpc(writer->Finish());
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_EQ(Evaluations(), 0);
}

TEST_F(ImportTest, WhoHangsUpStoresNothing) {
  const Client rater = ClientOf("rae");
  grpc::ClientContext context;
  rater.Prepare(context);
  v1::ImportEvaluationsResponse response;
  v1::EvaluationService::Stub stub(rater.channel());
  const auto writer = stub.ImportEvaluations(&context, &response);
  ASSERT_TRUE(writer->Write(Yes("c1")));
  context.TryCancel();
  EXPECT_EQ(writer->Finish().error_code(), grpc::StatusCode::CANCELLED);
  server().Stop(absl::Seconds(10));  // when this returns, it is over
  Start();
  EXPECT_EQ(Evaluations(), 0);
}

}  // namespace
}  // namespace attune
