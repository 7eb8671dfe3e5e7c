// When a question of a Genesys form is asked.

#ifndef ATTUNE_ENGINE_FORM_VENDORS_GENESYS_VISIBILITY_H_
#define ATTUNE_ENGINE_FORM_VENDORS_GENESYS_VISIBILITY_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "attune/v1/form.pb.h"
#include "engine/form/vendors/import_log.h"
#include "engine/form/vendors/json_file.h"

namespace attune {

// Where in the vendor's form a question stands; `option` is that of a multiple
// select, -1 for the question itself.
struct GenesysPlace {
  int group = 0;
  int question = 0;
  int option = -1;

  auto operator<=>(const GenesysPlace&) const = default;
};

// The answers that predicates may name, in the order of the form.
class GenesysAnswers {
 public:
  // An empty id stands for an answer that is no choice here.
  void Add(const GenesysPlace& place, v1::VisibleWhen answers);

  // The term of one answer.  Nothing if no question before has it.
  std::optional<v1::VisibleWhen> Find(const GenesysPlace& place,
                                      int answer) const;

 private:
  std::map<GenesysPlace, v1::VisibleWhen> all_;
};

// Terms of which all or any must hold.
struct GenesysCondition {
  std::vector<v1::VisibleWhen> terms = {};
  bool any_of = false;
};

// Reads `visibilityCondition` of a group or question, whose group is `group`.
// Predicates that are no path of an answer are refused; those on questions
// that do not stand before are noted and left out.
GenesysCondition ReadGenesysCondition(VendorObject& owner, int group,
                                      const GenesysAnswers& answers,
                                      ImportLog& log);

// Puts all of them on the question: each must hold.  One that is any of
// several cannot stand beside another: it is noted and left out.
void SetVisibility(const std::vector<GenesysCondition>& conditions,
                   v1::Question& question, absl::string_view path,
                   ImportLog& log);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_VENDORS_GENESYS_VISIBILITY_H_
