#include "engine/store/postgres_citus.h"

#include "absl/strings/str_cat.h"

namespace attune {

const std::vector<CitusTable>& CitusTables() {
  static const auto& tables = *new std::vector<CitusTable>{
      {"team", ""},
      {"person", ""},
      {"form", ""},
      {"form_revision", ""},
      {"form_section", ""},
      {"token", ""},
      {"calibration", ""},
      {"calibration_rater", ""},
      {"calibration_result", ""},
      {"self_check_cycle", ""},
      {"sampling_plan", ""},
      {"sample_draw", ""},
      {"change_note", ""},
      {"harm_flag", ""},
      {"theme", ""},
      {"floor_quota", ""},
      {"contact", "person"},
      {"transcript", "person"},
      {"evaluation", "person"},
      {"evaluation_rollup", "person"},
      {"contest", "person"},
      {"contest_item", "person"},
      {"evaluation_comment", "person"},
      {"survey_response", "person"},
      {"survey_rollup", "person"},
      {"self_check", "person"},
      {"self_check_pick", "person"},
      {"form_feedback", "person"},
      {"assignment", "person"},
      {"prop_invite", "person"},
      {"prop", "person"},
      {"great_call", "person"},
      {"great_call_kudos", "person"},
      {"relationship_value", "person"},
      {"cancellation", "person"},
      {"feedback", "person"},
      {"recovery_action", "person"},
      {"harm_raise", "person"},
      {"harm_contact", "person"},
      {"theme_tag", "person"},
      {"story_telling", "person"},
      {"floor_session", "person"},
      {"work_day", "person"},
      {"answered_request", "caller"},
  };
  return tables;
}

std::string PlaceCitusTable(const CitusTable& table) {
  const std::string call =
      table.column.empty()
          ? absl::StrCat("create_reference_table('", table.name, "')")
          : absl::StrCat("create_distributed_table('", table.name, "', '",
                         table.column, "')");
  return absl::StrCat("SELECT ", call,
                      " WHERE NOT EXISTS (SELECT FROM pg_dist_partition"
                      " WHERE logicalrelid = '",
                      table.name, "'::regclass)");
}

}  // namespace attune
