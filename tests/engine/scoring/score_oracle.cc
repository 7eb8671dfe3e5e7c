#include "tests/engine/scoring/score_oracle.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <map>
#include <optional>
#include <string>

namespace attune {
namespace {

using Fraction = boost::multiprecision::cpp_rational;
using Integer = boost::multiprecision::cpp_int;

Fraction Exact(double decimal) {
  return Fraction(Integer(std::llround(decimal * 10'000)), Integer(10'000));
}

// Half up; `scale` is 100 for two places, 10,000 for four.
double Rounded(const Fraction& value, int scale) {
  const Fraction shifted = value * scale + Fraction(1, 2);
  const Integer whole = numerator(shifted) / denominator(shifted);
  return static_cast<double>(static_cast<int64_t>(whole)) / scale;
}

struct Fate {
  v1::QuestionScore::State state = v1::QuestionScore::STATE_UNSCORED;
  Fraction earned = 0;
};

class Oracle {
 public:
  Oracle(const v1::Form& form, const std::vector<v1::Answer>& answers)
      : form_(form) {
    for (const v1::Section& section : form.sections()) {
      for (const v1::Question& question : section.questions()) {
        questions_[question.question_id()] = &question;
      }
    }
    std::map<std::string, int> times;
    for (const v1::Answer& answer : answers) ++times[answer.question_id()];
    for (const v1::Answer& answer : answers) {
      const auto question = questions_.find(answer.question_id());
      if (question != questions_.end() && times[answer.question_id()] == 1 &&
          Fits(*question->second, answer)) {
        answers_[answer.question_id()] = answer;
      }
    }
  }

  v1::Score Run() {
    for (const v1::Section& section : form_.sections()) {
      for (const v1::Question& question : section.questions()) {
        fates_[question.question_id()] = Decide(section, question);
      }
    }
    const auto before = Total(false);
    const auto shares_of = Whole();
    v1::Score score;
    score.set_rule(form_.rule() == v1::Form::RULE_UNSPECIFIED
                       ? v1::Form::WEIGHTED_SECTION_MEANS
                       : form_.rule());
    for (const v1::Section& section : form_.sections()) {
      TellSection(section, shares_of, score);
    }
    TellLosses(score);
    auto after = Total(true);
    for (const v1::CriticalFailure& failure : score.critical_failures()) {
      if (failure.effect() == v1::Critical::ZERO_FORM && after) after = 0;
    }
    TellTotal(before, after, score);
    return score;
  }

 private:
  static bool Chosen(const v1::Answer& answer, const std::string& choice_id) {
    const auto& many = answer.choice_ids();
    return answer.choice_id() == choice_id ||
           std::find(many.begin(), many.end(), choice_id) != many.end();
  }

  static bool Fits(const v1::Question& question, const v1::Answer& answer) {
    v1::Answer bare = answer;
    bare.clear_question_id();
    bare.clear_comment();
    bare.clear_evidence();
    if (answer.na()) {
      bare.clear_na();
      return question.na().allowed() && bare.ByteSizeLong() == 0;
    }
    const auto has = [&](const std::string& choice_id) {
      for (const v1::Choice& choice : question.choices()) {
        if (choice.choice_id() == choice_id) return true;
      }
      return false;
    };
    switch (question.type()) {
      case v1::Question::SINGLE_CHOICE:
        bare.clear_choice_id();
        return bare.ByteSizeLong() == 0 && has(answer.choice_id());
      case v1::Question::MULTI_CHOICE: {
        bare.clear_choice_ids();
        if (bare.ByteSizeLong() != 0) return false;
        std::map<std::string, int> times;
        for (const std::string& choice_id : answer.choice_ids()) {
          if (!has(choice_id) || ++times[choice_id] > 1) return false;
        }
        return true;
      }
      case v1::Question::NUMBER:
        bare.clear_number();
        return answer.has_number() && bare.ByteSizeLong() == 0 &&
               (question.ranges().empty() ||
                RangePoints(question, answer.number()).has_value());
      case v1::Question::TEXT:
        bare.clear_text();
        return bare.ByteSizeLong() == 0 && !answer.text().empty();
      default:  // random dates are either real ones or empty
        bare.clear_date();
        return bare.ByteSizeLong() == 0 && !answer.date().empty();
    }
  }

  static std::optional<Fraction> RangePoints(const v1::Question& question,
                                             double number) {
    for (const v1::Range& range : question.ranges()) {
      if (number >= range.from() && number <= range.to()) {
        return Exact(range.points());
      }
    }
    return std::nullopt;
  }

  bool Visible(const v1::Question& question) const {
    if (question.visible_when().empty()) return true;
    int holding = 0;
    for (const v1::VisibleWhen& term : question.visible_when()) {
      const v1::Question& target = *questions_.at(term.question_id());
      const auto answer = answers_.find(term.question_id());
      if (answer == answers_.end() || !Visible(target)) continue;
      for (const std::string& choice_id : term.choice_ids()) {
        if (Chosen(answer->second, choice_id)) {
          ++holding;
          break;
        }
      }
    }
    return question.any_of() ? holding > 0
                             : holding == question.visible_when_size();
  }

  bool EverScored(const v1::Section& section,
                  const v1::Question& question) const {
    if (form_.feedback_only()) return false;
    if (section.has_weight() && section.weight() == 0) return false;
    return question.type() != v1::Question::TEXT &&
           question.type() != v1::Question::DATE;
  }

  static Fraction Maximum(const v1::Question& question) {
    if (question.has_max_points()) return Exact(question.max_points());
    Fraction sum = 0;
    Fraction most = 0;
    for (const v1::Choice& choice : question.choices()) {
      sum += Exact(choice.points());
      most = std::max(most, Exact(choice.points()));
    }
    for (const v1::Range& range : question.ranges()) {
      most = std::max(most, Exact(range.points()));
    }
    return question.type() == v1::Question::MULTI_CHOICE ? sum : most;
  }

  static Fraction Weight(const v1::Question& question) {
    return question.has_weight() ? Exact(question.weight()) : Maximum(question);
  }

  Fraction Weight(const v1::Section& section) const {
    if (section.has_weight()) return Exact(section.weight());
    Fraction sum = 0;
    for (const v1::Question& question : section.questions()) {
      if (EverScored(section, question) && !question.bonus()) {
        sum += Weight(question);
      }
    }
    return sum;
  }

  static Fraction Earned(const v1::Question& question,
                         const v1::Answer& answer) {
    if (question.type() == v1::Question::NUMBER) {
      return *RangePoints(question, answer.number());
    }
    Fraction sum = 0;
    for (const v1::Choice& choice : question.choices()) {
      if (Chosen(answer, choice.choice_id())) sum += Exact(choice.points());
    }
    return std::min(sum, Maximum(question));
  }

  Fate Decide(const v1::Section& section, const v1::Question& question) const {
    if (!Visible(question)) return {v1::QuestionScore::STATE_HIDDEN};
    const auto answer = answers_.find(question.question_id());
    const bool scored = EverScored(section, question);
    if (answer == answers_.end() && (scored || question.required())) {
      return {v1::QuestionScore::STATE_UNANSWERED};
    }
    if (!scored) return {v1::QuestionScore::STATE_UNSCORED};
    if (!answer->second.na()) {
      return {v1::QuestionScore::STATE_SCORED,
              Earned(question, answer->second)};
    }
    v1::Form::NaPolicy policy = form_.na_policy();
    if (question.na_policy() != v1::Form::NA_POLICY_UNSPECIFIED) {
      policy = question.na_policy();
    }
    if (policy == v1::Form::FULL_CREDIT) {
      return {v1::QuestionScore::STATE_NA_FULL_CREDIT, Maximum(question)};
    }
    return {v1::QuestionScore::STATE_NA};
  }

  const Fate& FateOf(const v1::Question& question) const {
    return fates_.at(question.question_id());
  }

  bool Applicable(const v1::Question& question) const {
    const auto state = FateOf(question).state;
    return state == v1::QuestionScore::STATE_SCORED ||
           state == v1::QuestionScore::STATE_NA_FULL_CREDIT;
  }

  bool ByWeight() const {
    return form_.rule() != v1::Form::POINTS &&
           form_.rule() != v1::Form::SCALED_POINTS;
  }
  bool ByMeans() const {
    return form_.rule() == v1::Form::RULE_UNSPECIFIED ||
           form_.rule() == v1::Form::WEIGHTED_SECTION_MEANS;
  }

  // What a question adds to its section: w r, or p.
  Fraction Gain(const v1::Question& question) const {
    const Fraction& earned = FateOf(question).earned;
    return ByWeight() ? Weight(question) * earned / Maximum(question) : earned;
  }
  // w, or m.
  Fraction Stake(const v1::Question& question) const {
    return ByWeight() ? Weight(question) : Maximum(question);
  }

  Fraction Gains(const v1::Section& section) const {
    return Remembered(gains_, section, [&] { return SumGains(section); });
  }
  Fraction Stakes(const v1::Section& section) const {
    return Remembered(stakes_, section, [&] { return SumStakes(section); });
  }

  template <typename Sum>
  static const Fraction& Remembered(
      std::map<const v1::Section*, Fraction>& known, const v1::Section& section,
      Sum sum) {
    const auto found = known.find(&section);
    if (found != known.end()) return found->second;
    return known.emplace(&section, sum()).first->second;
  }

  Fraction SumGains(const v1::Section& section) const {
    Fraction sum = 0;
    for (const v1::Question& question : section.questions()) {
      if (Applicable(question)) sum += Gain(question);
    }
    return sum;
  }
  Fraction SumStakes(const v1::Section& section) const {
    Fraction sum = 0;
    for (const v1::Question& question : section.questions()) {
      if (Applicable(question) && !question.bonus()) sum += Stake(question);
    }
    return sum;
  }

  Fraction Capped(const Fraction& percent) const {
    return std::min(percent, form_.has_bonus_cap_percent()
                                 ? Exact(form_.bonus_cap_percent())
                                 : Fraction(100));
  }

  // Before any zeroing; nothing if nothing applies.
  std::optional<Fraction> SectionPercent(const v1::Section& section) const {
    const Fraction stakes = Stakes(section);
    if (stakes == 0) return std::nullopt;
    return Capped(Gains(section) / stakes * 100);
  }

  static Fraction Below(const v1::Critical& critical) {
    return critical.has_below_percent() ? Exact(critical.below_percent())
                                        : Fraction(100);
  }

  bool Fails(const v1::Question& question) const {
    return question.has_critical() && Applicable(question) &&
           FateOf(question).earned / Maximum(question) * 100 <
               Below(question.critical());
  }
  bool Fails(const v1::Section& section) const {
    const auto percent = SectionPercent(section);
    return section.has_critical() && percent &&
           *percent < Below(section.critical());
  }

  bool Zeroed(const v1::Section& section) const {
    if (!SectionPercent(section)) return false;
    bool zeroed = Fails(section) &&
                  section.critical().effect() == v1::Critical::ZERO_SECTION;
    for (const v1::Question& question : section.questions()) {
      zeroed |= Fails(question) &&
                question.critical().effect() == v1::Critical::ZERO_SECTION;
    }
    return zeroed;
  }

  Fraction SectionFactor(const v1::Section& section) const {
    const bool used = ByMeans() || form_.rule() == v1::Form::SCALED_POINTS;
    return used ? Weight(section) : Fraction(1);
  }

  // The denominator of the total, and of all shares.
  Fraction Whole() const {
    Fraction whole = 0;
    for (const v1::Section& section : form_.sections()) {
      const Fraction stakes = Stakes(section);
      if (stakes == 0) continue;
      whole += ByMeans() ? Weight(section) : SectionFactor(section) * stakes;
    }
    return whole;
  }

  std::optional<Fraction> Total(bool with_zeroes) const {
    const Fraction whole = Whole();
    if (whole == 0) return std::nullopt;
    Fraction sum = 0;
    for (const v1::Section& section : form_.sections()) {
      const auto percent = SectionPercent(section);
      if (!percent || (with_zeroes && Zeroed(section))) continue;
      sum += ByMeans() ? Weight(section) * *percent
                       : SectionFactor(section) * Gains(section) * 100;
    }
    return Capped(sum / whole);
  }

  // Percent of the total that one question decides.
  Fraction Share(const v1::Section& section, const v1::Question& question,
                 const Fraction& whole) const {
    const Fraction stakes = Stakes(section);
    if (!Applicable(question) || question.bonus() || stakes == 0 ||
        whole == 0) {
      return 0;
    }
    return (ByMeans() ? Weight(section) / whole * Stake(question) / stakes
                      : SectionFactor(section) * Stake(question) / whole) *
           100;
  }

  void TellSection(const v1::Section& section, const Fraction& whole,
                   v1::Score& score) {
    Fraction section_share = 0;
    Fraction section_lost = 0;
    for (const v1::Question& question : section.questions()) {
      const Fate& fate = FateOf(question);
      const Fraction share = Share(section, question, whole);
      Fraction lost = 0;
      if (share != 0) {
        lost = share * (1 - fate.earned / Maximum(question));
      }
      section_share += share;
      section_lost += lost;
      v1::QuestionScore& told = *score.add_questions();
      told.set_question_id(question.question_id());
      told.set_section_id(section.section_id());
      told.set_state(fate.state);
      told.set_points_earned(Rounded(fate.earned, 10'000));
      if (EverScored(section, question)) {
        told.set_points_possible(Rounded(Maximum(question), 10'000));
      }
      told.set_effective_share(Rounded(share, 10'000));
      told.set_lost(Rounded(lost, 10'000));
      told.set_bonus(question.bonus());
      if (fate.state == v1::QuestionScore::STATE_UNANSWERED) {
        score.add_unanswered(question.question_id());
      }
      if (Fails(question)) {
        AddFailure(section, question.question_id(), question.critical(), score);
      }
    }
    v1::SectionScore& told = *score.add_sections();
    told.set_section_id(section.section_id());
    told.set_title(section.title());
    told.set_value(section.value());
    told.set_weight(Rounded(Weight(section), 10'000));
    told.set_effective_share(Rounded(section_share, 10'000));
    told.set_lost(Rounded(section_lost, 10'000));
    told.set_zeroed(Zeroed(section));
    const auto percent = SectionPercent(section);
    if (percent) {
      told.set_percent(Zeroed(section) ? 0 : Rounded(*percent, 100));
    }
    if (Fails(section)) AddFailure(section, "", section.critical(), score);
  }

  static void AddFailure(const v1::Section& section,
                         const std::string& question_id,
                         const v1::Critical& critical, v1::Score& score) {
    v1::CriticalFailure& failure = *score.add_critical_failures();
    failure.set_question_id(question_id);
    failure.set_section_id(section.section_id());
    failure.set_category(critical.category());
    failure.set_effect(std::max(critical.effect(), v1::Critical::FLAG));
  }

  static void TellLosses(v1::Score& score) {
    std::vector<v1::Loss> losses;
    for (const v1::QuestionScore& question : score.questions()) {
      if (question.lost() == 0) continue;
      v1::Loss loss;
      loss.set_question_id(question.question_id());
      loss.set_section_id(question.section_id());
      loss.set_lost(question.lost());
      losses.push_back(loss);
    }
    for (int place = 0; place < 3 && !losses.empty(); ++place) {
      size_t largest = 0;
      for (size_t i = 1; i < losses.size(); ++i) {
        if (losses[i].lost() > losses[largest].lost()) largest = i;
      }
      *score.add_largest_losses() = losses[largest];
      losses.erase(losses.begin() + static_cast<std::ptrdiff_t>(largest));
    }
  }

  void TellTotal(const std::optional<Fraction>& before,
                 const std::optional<Fraction>& after, v1::Score& score) const {
    if (!after) return;
    if (score.unanswered_size() > 0) {
      score.set_percent_so_far(Rounded(*after, 100));
      return;
    }
    score.set_percent(Rounded(*after, 100));
    score.set_percent_before_critical(Rounded(*before, 100));
    double highest = -1;
    for (const v1::Band& band : form_.bands()) {
      if (band.from_percent() <= score.percent() &&
          band.from_percent() > highest) {
        highest = band.from_percent();
        score.set_band(band.title());
      }
    }
    score.set_below_floor(form_.has_floor_percent() &&
                          score.percent() < form_.floor_percent());
  }

  const v1::Form& form_;
  std::map<std::string, const v1::Question*> questions_;
  std::map<std::string, v1::Answer> answers_;
  std::map<std::string, Fate> fates_;
  mutable std::map<const v1::Section*, Fraction> gains_;
  mutable std::map<const v1::Section*, Fraction> stakes_;
};

}  // namespace

v1::Score OracleScore(const v1::Form& form,
                      const std::vector<v1::Answer>& answers) {
  return Oracle(form, answers).Run();
}

}  // namespace attune
