#include "engine/ids.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace attune {
namespace {

TEST(IdsTest, FollowTheirPatterns) {
  EXPECT_TRUE(IsResourceId("28"));
  EXPECT_TRUE(IsResourceId("harper-valley_2.1"));
  for (const char* id : {"", "-a", "A", "a/b", "a b", "é"}) {
    EXPECT_FALSE(IsResourceId(id)) << id;
  }
  EXPECT_TRUE(IsResourceId(std::string(63, 'a')));
  EXPECT_FALSE(IsResourceId(std::string(64, 'a')));
  EXPECT_TRUE(IsContactId("Call:2020-03-15"));
  EXPECT_FALSE(IsContactId("call/1"));
  EXPECT_TRUE(IsItemId("two_tries"));
  EXPECT_FALSE(IsItemId("2_tries"));
  EXPECT_FALSE(IsItemId("two-tries"));
}

TEST(IdsTest, UuidsAreVersionSevenOfTheirTime) {
  // 2026-01-01T00:00:00Z is 1767225600000 ms = 0x019b76daa800.
  const std::string uuid = MakeUuid(1'767'225'600'000'000);
  ASSERT_EQ(uuid.size(), 36u);
  EXPECT_EQ(uuid.substr(0, 14), "019b76da-a800-");
  EXPECT_EQ(uuid[14], '7');
  EXPECT_TRUE(uuid[19] == '8' || uuid[19] == '9' || uuid[19] == 'a' ||
              uuid[19] == 'b')
      << uuid;
}

TEST(IdsTest, UuidsIncreaseWithinAMillisecondOnEveryThread) {
  const int64_t later = 4'102'444'800'000'000;  // 2100, after all other tests
  std::vector<std::vector<std::string>> made(4);
  std::vector<std::thread> threads;
  for (auto& mine : made) {
    threads.emplace_back([&mine] {
      for (int i = 0; i < 5000; ++i) mine.push_back(MakeUuid(later));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> all;
  for (const auto& mine : made) {
    for (size_t i = 1; i < mine.size(); ++i) ASSERT_LT(mine[i - 1], mine[i]);
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), 20'000u);
}

TEST(IdsTest, HashIsSha256) {
  // FIPS 180-2, appendix B.1.
  EXPECT_EQ(Sha256Hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Utf8Test, AcceptsWhatRfc3629Does) {
  EXPECT_TRUE(IsCleanUtf8("plain"));
  EXPECT_TRUE(IsCleanUtf8("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"));
  EXPECT_FALSE(IsCleanUtf8(absl::string_view("a\0b", 3)));
  EXPECT_FALSE(IsCleanUtf8("\xC0\xAF"));          // overlong
  EXPECT_FALSE(IsCleanUtf8("\xE0\x80\xAF"));      // overlong
  EXPECT_FALSE(IsCleanUtf8("\xED\xA0\x80"));      // surrogate
  EXPECT_FALSE(IsCleanUtf8("\xF4\x90\x80\x80"));  // over U+10FFFF
  EXPECT_FALSE(IsCleanUtf8("\xE2\x82"));          // cut short
  EXPECT_FALSE(IsCleanUtf8("\x80"));              // begins in the middle
}

}  // namespace
}  // namespace attune
