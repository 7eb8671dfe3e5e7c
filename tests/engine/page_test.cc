#include "engine/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "attune/v1/directory_service.pb.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(PageTest, SizesAreDefaultedAndCapped) {
  EXPECT_EQ(ParsePage(0, "", "", 1)->size, 50);
  EXPECT_EQ(ParsePage(7, "", "", 1)->size, 7);
  EXPECT_EQ(ParsePage(5000, "", "", 1)->size, 1000);
  EXPECT_THAT(ParsePage(-1, "", "", 1),
              HasViolation("page_size", "PAGE_SIZE_NEGATIVE"));
}

TEST(PageTest, ATokenGoesOnAfterItsKey) {
  v1::ListPeopleRequest request;
  request.set_team("teams/a");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Page first, PageOf(request, 2));
  EXPECT_THAT(first.after, IsEmpty());
  request.set_page_token(NextPageToken(first, {"k", "2"}));
  request.set_page_size(9);  // the size may change on the way
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Page next, PageOf(request, 2));
  EXPECT_THAT(next.after, ElementsAre("k", "2"));
}

TEST(PageTest, ATokenOfAnotherListIsRefused) {
  v1::ListPeopleRequest request;
  request.set_team("teams/a");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Page first, PageOf(request, 1));
  request.set_page_token(NextPageToken(first, {"k"}));
  request.set_team("teams/b");
  EXPECT_THAT(PageOf(request, 1),
              HasViolation("page_token", "PAGE_TOKEN_INVALID"));
}

TEST(PageTest, WhatIsNoTokenIsRefused) {
  for (const std::string& token :
       {std::string("x"), std::string("!!!"), std::string("YWJj"),
        std::string(5000, 'A'), std::string("\0", 1)}) {
    EXPECT_THAT(ParsePage(1, token, "f", 1),
                HasViolation("page_token", "PAGE_TOKEN_INVALID"));
  }
}

}  // namespace
}  // namespace attune
