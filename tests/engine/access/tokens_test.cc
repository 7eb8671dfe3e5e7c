#include "engine/access/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/engine/center_test.h"

namespace attune {
namespace {

class TokensTest : public CenterTest {
 protected:
  absl::StatusOr<v1::CreateTokenResponse> Create(const v1::Token& token) {
    v1::CreateTokenRequest request;
    *request.mutable_token() = token;
    return InWrite(
        [&](Transaction& tx) { return tokens_.Create(tx, admin_, request); });
  }
  absl::StatusOr<Caller> Authenticate(const std::string& secret) {
    return InRead(
        [&](Transaction& tx) { return tokens_.Authenticate(tx, secret); });
  }

  Tokens tokens_{clock()};
};

v1::Token TokenOf(const std::string& person) {
  v1::Token token;
  token.set_display_name("test");
  token.set_person(person);
  return token;
}

TEST_P(TokensTest, ASecretTellsWhoSendsIt) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto made, Create(TokenOf("people/lea")));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Caller caller, Authenticate(made.secret()));
  EXPECT_EQ(caller.person, "lea");
  EXPECT_EQ(caller.team, "red");
  EXPECT_TRUE(caller.roles.Has(v1::ROLE_LEAD));
  EXPECT_FALSE(caller.roles.Has(v1::ROLE_ADMIN));
  EXPECT_FALSE(caller.reach.any());
}

TEST_P(TokensTest, RolesOfATokenNarrowThePersons) {
  v1::Token token = TokenOf("people/lea");
  token.add_roles(v1::ROLE_ADMIN);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto made, Create(token));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Caller caller, Authenticate(made.secret()));
  EXPECT_TRUE(caller.roles.empty());
}

TEST_P(TokensTest, AServiceAccountNeedsRoles) {
  EXPECT_THAT(Create(TokenOf("")),
              HasViolation("token.roles", "ROLES_MISSING"));
  v1::Token token = TokenOf("");
  token.add_roles(v1::ROLE_ANALYST);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto made, Create(token));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Caller caller, Authenticate(made.secret()));
  EXPECT_EQ(caller.person, "");
  EXPECT_TRUE(caller.roles.Has(v1::ROLE_ANALYST));
}

TEST_P(TokensTest, WhatIsNoGoodSecretIsRefusedInTheSameWords) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto made, Create(TokenOf("people/ann")));
  v1::Token expiring = TokenOf("people/ann");
  *expiring.mutable_expire_time() = ToTimestamp(now_us_ + 10'000'000);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto expired, Create(expiring));
  now_us_ += 20'000'000;
  v1::RevokeTokenRequest revoke;
  revoke.set_name(made.token().name());
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return tokens_.Revoke(tx, admin_, revoke);
              }),
              IsOk());
  std::string wrong = expired.secret();
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  for (const std::string& secret :
       {made.secret(), expired.secret(), wrong, std::string("att_x_y"),
        std::string(""), std::string("att__"), std::string(5000, '_')}) {
    const auto caller = Authenticate(secret);
    EXPECT_THAT(caller, StatusIs(absl::StatusCode::kUnauthenticated));
    EXPECT_EQ(caller.status().message(),
              Authenticate("nonsense").status().message());
  }
}

TEST_P(TokensTest, OnlyAHashOfTheSecretIsKept) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto made, Create(TokenOf("people/ann")));
  const std::string secret = made.secret().substr(made.secret().rfind('_') + 1);
  EXPECT_EQ(secret.size(), 64u);  // 256 bits in hexadecimal
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto rows, InRead([&](Transaction& tx) {
                                return tx.Run(
                                    "SELECT secret_hash, body FROM token", {});
                              }));
  for (const Row& row : rows) {
    EXPECT_EQ(std::get<std::string>(row[0]).find(secret), std::string::npos);
    EXPECT_EQ(std::get<Bytes>(row[1]).data.find(secret), std::string::npos);
  }
}

ATTUNE_ON_EVERY_BACKEND(TokensTest);

}  // namespace
}  // namespace attune
