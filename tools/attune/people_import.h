// People and teams from CSV files.

#ifndef ATTUNE_TOOLS_ATTUNE_PEOPLE_IMPORT_H_
#define ATTUNE_TOOLS_ATTUNE_PEOPLE_IMPORT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/directory_service.pb.h"
#include "tools/attune/import_rows.h"

namespace attune {

template <typename Request>
struct ImportRow {
  RowOrigin origin;
  Request request;
};

// `person_id,display_name,roles,team_id,hire_date`; the first and the roles
// (separated by `|`) are required.  INVALID_ARGUMENT if it is no such file.
absl::StatusOr<std::vector<ImportRow<v1::CreatePersonRequest>>> ParsePeople(
    const std::string& file, absl::string_view text, std::vector<BadRow>& bad);

// `team_id,display_name`; the first is required.
absl::StatusOr<std::vector<ImportRow<v1::CreateTeamRequest>>> ParseTeams(
    const std::string& file, absl::string_view text, std::vector<BadRow>& bad);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_PEOPLE_IMPORT_H_
