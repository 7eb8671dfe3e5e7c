// What drivers are computed from: contacts with a customer's answer, beside how
// the sections or questions of a form came out in them.

#ifndef ATTUNE_ENGINE_VOICE_DRIVER_ROWS_H_
#define ATTUNE_ENGINE_VOICE_DRIVER_ROWS_H_

#include <map>
#include <string>
#include <vector>

#include "attune/v1/form.pb.h"
#include "attune/v1/score.pb.h"
#include "attune/v1/survey_report.pb.h"
#include "engine/stats/drivers.h"

namespace attune {

// A section or question of the newest revision.
struct Predictor {
  std::string id;
  std::string title;
};

std::vector<Predictor> PredictorsOf(v1::DriverReport::Level level,
                                    const v1::Form& form);

// Gathers the evaluations of contacts, one contact after the other.
class DriverRows {
 public:
  DriverRows(v1::DriverReport::Level level, std::vector<Predictor> predictors);

  // Begins the next contact.
  void Begin(double outcome);
  // An evaluation of it; several are averaged.
  void Add(const v1::Score& score);

  // What applies to half of the contacts or more, and the contacts in which all
  // of that does.
  struct Complete {
    std::vector<Predictor> predictors;
    std::vector<double> weights;  // percent of the form
    std::vector<Predictor> rare;  // the others
    DriverData data;
    int64_t contacts = 0;
  };
  Complete Finish();

 private:
  // Means by predictor, of those evaluations in which it applied.
  struct Cell {
    double sum = 0;
    double share_sum = 0;
    int n = 0;
  };
  struct Contact {
    double outcome;
    std::vector<Cell> cells;
  };
  void Count(const std::string& id, double percent, double share);

  const v1::DriverReport::Level level_;
  const std::vector<Predictor> predictors_;
  std::map<std::string, size_t> places_;
  std::vector<Contact> contacts_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_DRIVER_ROWS_H_
