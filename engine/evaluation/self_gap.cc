#include "engine/evaluation/self_gap.h"

#include <cmath>
#include <optional>
#include <string>

#include "engine/evaluation/standing.h"
#include "engine/stats/mean.h"

namespace attune {
namespace {

constexpr int64_t kTooKind = 10'00;
constexpr int64_t kTooHarsh = -15'00;

double Points(int64_t hundredths) {
  return static_cast<double>(hundredths) / 100;
}

// Sums of one figure on both sides; hundredths.
struct BothSides {
  Sums self;
  Sums advocate;
  Sums gap;

  template <typename Figure>
  void Add(const Figure& figure) {
    self.Add(HundredthsOf(figure.self_percent()));
    advocate.Add(HundredthsOf(figure.advocate_percent()));
    gap.Add(HundredthsOf(figure.gap()));
  }
  // Their means; there is at least one.
  template <typename Figure>
  void Tell(Figure& figure) const {
    figure.set_self_percent(RoundedMean(self.sum, self.n));
    figure.set_advocate_percent(RoundedMean(advocate.sum, advocate.n));
    figure.set_gap(RoundedGap(gap.sum, gap.n));
    figure.set_n(static_cast<int32_t>(gap.n));
  }
};

std::optional<int64_t> TotalOf(const v1::Score& score) {
  if (!score.has_percent()) return std::nullopt;
  return HundredthsOf(score.percent());
}

const v1::SectionScore* FindSection(const v1::Score& score,
                                    const std::string& section_id) {
  for (const v1::SectionScore& section : score.sections()) {
    if (section.section_id() == section_id && section.has_percent()) {
      return &section;
    }
  }
  return nullptr;
}

// Where this section stands in `mean`, at the end if it is new there.
size_t LineOf(const v1::SectionGap& section, v1::SelfCheckGap& mean) {
  int line = 0;
  while (line < mean.sections_size() &&
         mean.sections(line).section_id() != section.section_id()) {
    ++line;
  }
  if (line == mean.sections_size()) {
    mean.add_sections()->set_section_id(section.section_id());
    mean.mutable_sections(line)->set_title(section.title());
  }
  return static_cast<size_t>(line);
}

// The gap of one figure: what the agent said, and the advocates' mean.
int64_t Difference(int64_t self, const Sums& advocates) {
  return self - HundredthsOf(RoundedMean(advocates.sum, advocates.n));
}

void AddSections(const v1::Score& self,
                 absl::Span<const v1::Evaluation> advocates,
                 v1::SelfCheckGap& gap) {
  for (const v1::SectionScore& section : self.sections()) {
    if (!section.has_percent()) continue;
    Sums theirs;
    for (const v1::Evaluation& evaluation : advocates) {
      const v1::SectionScore* found =
          FindSection(EffectiveScore(evaluation), section.section_id());
      if (found != nullptr) theirs.Add(HundredthsOf(found->percent()));
    }
    if (theirs.n == 0) continue;
    v1::SectionGap& line = *gap.add_sections();
    line.set_section_id(section.section_id());
    line.set_title(section.title());
    line.set_self_percent(section.percent());
    line.set_advocate_percent(RoundedMean(theirs.sum, theirs.n));
    line.set_gap(Points(Difference(HundredthsOf(section.percent()), theirs)));
    line.set_n(static_cast<int32_t>(theirs.n));
  }
}

}  // namespace

int64_t HundredthsOf(double percent) { return std::llround(percent * 100); }

double RoundedGap(int64_t sum, int64_t n) {
  const int64_t size = sum < 0 ? -sum : sum;
  const int64_t rounded = (2 * size + n) / (2 * n);
  return Points(sum < 0 ? -rounded : rounded);
}

v1::SelfCheckGap::Reading ReadGap(int64_t gap) {
  if (gap > kTooKind) return v1::SelfCheckGap::READING_TOO_KIND;
  if (gap < kTooHarsh) return v1::SelfCheckGap::READING_TOO_HARSH;
  return v1::SelfCheckGap::READING_NORMAL;
}

v1::SelfCheckGap GapOf(const v1::Evaluation& self,
                       absl::Span<const v1::Evaluation> advocates) {
  v1::SelfCheckGap gap;
  const v1::Score& graded = EffectiveScore(self);
  const std::optional<int64_t> own = TotalOf(graded);
  Sums theirs;
  for (const v1::Evaluation& evaluation : advocates) {
    if (const auto total = TotalOf(EffectiveScore(evaluation))) {
      theirs.Add(*total);
    }
  }
  gap.set_n(static_cast<int32_t>(theirs.n));
  if (own) gap.set_self_percent(Points(*own));
  if (theirs.n > 0) {
    gap.set_advocate_percent(RoundedMean(theirs.sum, theirs.n));
  }
  if (own && theirs.n > 0) {
    const int64_t difference = Difference(*own, theirs);
    gap.set_gap(Points(difference));
    gap.set_reading(ReadGap(difference));
  }
  AddSections(graded, advocates, gap);
  return gap;
}

v1::SelfCheckGap MeanOfGaps(const std::vector<v1::SelfCheckGap>& calls) {
  BothSides total;
  std::vector<BothSides> by_section;  // as the mean's sections
  v1::SelfCheckGap mean;
  for (const v1::SelfCheckGap& call : calls) {
    if (call.has_gap()) total.Add(call);
    for (const v1::SectionGap& section : call.sections()) {
      by_section.resize(static_cast<size_t>(mean.sections_size()) + 1);
      by_section[LineOf(section, mean)].Add(section);
    }
  }
  if (total.gap.n > 0) {
    total.Tell(mean);
    mean.set_reading(ReadGap(HundredthsOf(mean.gap())));
  }
  for (int i = 0; i < mean.sections_size(); ++i) {
    by_section[static_cast<size_t>(i)].Tell(*mean.mutable_sections(i));
  }
  return mean;
}

}  // namespace attune
