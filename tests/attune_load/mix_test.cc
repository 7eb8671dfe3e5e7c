#include "tools/attune_load/mix.h"

#include <gmock/gmock.h>

#include <array>

namespace attune {
namespace {

using testing::HasSubstr;

TEST(MixTest, ReadsWhatItWrites) {
  const auto mix = Mix::Parse("list=2,submit=50");
  ASSERT_TRUE(mix.ok()) << mix.status();
  EXPECT_EQ(mix->ToString(), "submit=50,list=2");
  EXPECT_EQ(mix->weight(CallKind::kSubmit), 50u);
  EXPECT_EQ(mix->weight(CallKind::kGet), 0u);
}

TEST(MixTest, TheDefaultIsHalfSubmits) {
  EXPECT_EQ(Mix::Default().ToString(),
            "submit=50,preview=20,get=15,list=10,report=4,team_report=1");
}

TEST(MixTest, RefusesWhatIsNoMix) {
  for (const char* text :
       {"", "submit", "submit=", "submit=-1", "submit=1.5", "submit=0",
        "submit=1,submit=2", "contacts=1", "walk=1", "submit=1,", "submit=1=2",
        "submit=9999999"}) {
    const auto mix = Mix::Parse(text);
    ASSERT_FALSE(mix.ok()) << text;
    EXPECT_THAT(mix.status().message(), HasSubstr("--mix is such as"));
  }
}

TEST(MixTest, PicksByWeightAndNeverWhatHasNone) {
  const Mix mix = Mix::Parse("submit=3,get=1").value();
  Random random(1);
  std::array<int, kCallKinds> picked = {};
  for (int i = 0; i < 40'000; ++i) {
    ++picked[static_cast<size_t>(mix.Pick(random))];
  }
  EXPECT_NEAR(picked[static_cast<size_t>(CallKind::kSubmit)], 30'000, 500);
  EXPECT_NEAR(picked[static_cast<size_t>(CallKind::kGet)], 10'000, 500);
  EXPECT_EQ(picked[static_cast<size_t>(CallKind::kPreview)], 0);
}

}  // namespace
}  // namespace attune
