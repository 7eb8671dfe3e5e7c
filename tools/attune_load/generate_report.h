// What was generated, and the truth behind it.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_GENERATE_REPORT_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_GENERATE_REPORT_H_

#include <string>

#include "tools/attune_load/generate.h"
#include "tools/attune_load/year.h"

namespace attune {

// What statistics over the year should find.  One object:
// {seed, form, first_day, last_day, advocates: [{person, severity}], agents:
// [{person, skill_first_day, skill_last_day}]}, percents of an evaluation's
// total; severity as in Year::Severity().
std::string TruthJson(const Year& year, const std::string& form_id);

std::string GenerateTable(const Year& year, const GenerateResult& result);

// One object, names in snake_case, part of the interface: {seed, form_revision,
// form_published, teams: {created, existing}, people, contacts, evaluations
// (likewise), seconds, evaluations_per_second, advocates: as in the truth}.
std::string GenerateJson(const Year& year, const GenerateResult& result);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_GENERATE_REPORT_H_
