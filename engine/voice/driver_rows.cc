#include "engine/voice/driver_rows.h"

#include <algorithm>
#include <utility>

namespace attune {
namespace {

constexpr double kFull = 100;

}  // namespace

std::vector<Predictor> PredictorsOf(v1::DriverReport::Level level,
                                    const v1::Form& form) {
  std::vector<Predictor> predictors;
  for (const v1::Section& section : form.sections()) {
    if (level != v1::DriverReport::LEVEL_QUESTION) {
      predictors.push_back({section.section_id(), section.title()});
      continue;
    }
    for (const v1::Question& question : section.questions()) {
      predictors.push_back({question.question_id(), question.text()});
    }
  }
  return predictors;
}

DriverRows::DriverRows(v1::DriverReport::Level level,
                       std::vector<Predictor> predictors)
    : level_(level), predictors_(std::move(predictors)) {
  for (size_t i = 0; i < predictors_.size(); ++i) {
    places_[predictors_[i].id] = i;
  }
}

void DriverRows::Begin(double outcome) {
  contacts_.push_back({outcome, std::vector<Cell>(predictors_.size())});
}

void DriverRows::Add(const v1::Score& score) {
  if (level_ != v1::DriverReport::LEVEL_QUESTION) {
    for (const v1::SectionScore& section : score.sections()) {
      if (!section.has_percent()) continue;
      Count(section.section_id(), section.percent(), section.effective_share());
    }
    return;
  }
  for (const v1::QuestionScore& question : score.questions()) {
    if (question.state() != v1::QuestionScore::STATE_SCORED ||
        question.points_possible() <= 0) {
      continue;
    }
    Count(question.question_id(),
          kFull * question.points_earned() / question.points_possible(),
          question.effective_share());
  }
}

void DriverRows::Count(const std::string& id, double percent, double share) {
  const auto place = places_.find(id);
  if (place == places_.end()) return;  // only an earlier revision has it
  Cell& cell = contacts_.back().cells[place->second];
  cell.sum += percent;
  cell.share_sum += share;
  ++cell.n;
}

DriverRows::Complete DriverRows::Finish() {
  Complete complete;
  complete.contacts = static_cast<int64_t>(contacts_.size());
  std::vector<size_t> used;
  for (size_t i = 0; i < predictors_.size(); ++i) {
    const auto applied = std::count_if(
        contacts_.begin(), contacts_.end(),
        [i](const Contact& contact) { return contact.cells[i].n > 0; });
    if (applied > 0 && 2 * applied >= complete.contacts) {
      used.push_back(i);
      complete.predictors.push_back(predictors_[i]);
    } else {
      complete.rare.push_back(predictors_[i]);
    }
  }
  complete.weights.resize(used.size());
  complete.data.predictors.resize(used.size());
  for (const Contact& contact : contacts_) {
    if (std::any_of(used.begin(), used.end(),
                    [&contact](size_t i) { return contact.cells[i].n == 0; })) {
      continue;
    }
    complete.data.outcome.push_back(contact.outcome);
    for (size_t j = 0; j < used.size(); ++j) {
      const Cell& cell = contact.cells[used[j]];
      complete.data.predictors[j].push_back(cell.sum / cell.n);
      complete.weights[j] += cell.share_sum / cell.n;
    }
  }
  const auto rows = static_cast<double>(complete.data.outcome.size());
  for (double& weight : complete.weights) {
    weight = rows > 0 ? weight / rows : 0;
  }
  return complete;
}

}  // namespace attune
