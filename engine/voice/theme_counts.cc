#include "engine/voice/theme_counts.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "attune/v1/cancellation.pb.h"
#include "attune/v1/great_call.pb.h"
#include "attune/v1/prop.pb.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"

namespace attune {
namespace {

static_assert(v1::GreatCall::STATE_CONFIRMED == 2);
static_assert(v1::Prop::STATE_PUBLISHED == 2);
static_assert(v1::Cancellation::RESULT_CANCELLED == 1);

using Setter = void (v1::ThemeCounts::*)(int64_t);
using Getter = int64_t (v1::ThemeCounts::*)() const;

// What a thing that is tagged counts as; the numbers of the statements below.
enum Source : int64_t {
  kGreatCalls,
  kProps,
  kPromoters,
  kDetractors,
  kLosses,
  kKept,
  kTold,
  kOthers
};

struct Field {
  Getter get;
  Setter set;
};
constexpr Field kFields[] = {
    {&v1::ThemeCounts::great_calls, &v1::ThemeCounts::set_great_calls},
    {&v1::ThemeCounts::props, &v1::ThemeCounts::set_props},
    {&v1::ThemeCounts::promoters, &v1::ThemeCounts::set_promoters},
    {&v1::ThemeCounts::detractors, &v1::ThemeCounts::set_detractors},
    {&v1::ThemeCounts::losses, &v1::ThemeCounts::set_losses},
    {&v1::ThemeCounts::kept, &v1::ThemeCounts::set_kept},
    {&v1::ThemeCounts::told, &v1::ThemeCounts::set_told},
    {&v1::ThemeCounts::others, &v1::ThemeCounts::set_others},
};

// What is tagged with a theme, day by day, each joined by the id at the end of
// its name: 20 is where that begins after `people/{person}/greatCalls/`.  What
// has no such row is of another kind.
constexpr char kTagged[] = R"sql(
  SELECT t.theme, t.day,
         CASE WHEN g.state = 2 THEN 0
              WHEN x.state = 2 THEN 1
              WHEN r.nps >= 9 THEN 2
              WHEN r.nps <= 6 THEN 3
              WHEN l.result = 1 THEN 4
              WHEN l.result IS NOT NULL THEN 5
              WHEN f.for_report = 1 THEN 6
              ELSE 7 END,
         COUNT(*)
  FROM theme_tag t
  LEFT JOIN great_call g
    ON g.person = t.person AND t.subject LIKE '%/greatCalls/%'
       AND g.id = substr(t.subject, length(t.person) + 20)
  LEFT JOIN prop x
    ON x.person = t.person AND t.subject LIKE '%/props/%'
       AND x.id = substr(t.subject, length(t.person) + 15)
  LEFT JOIN survey_response r
    ON r.person = t.person AND t.subject LIKE '%/surveyResponses/%'
       AND r.id = substr(t.subject, length(t.person) + 25)
  LEFT JOIN cancellation l
    ON l.person = t.person AND t.subject LIKE '%/cancellation'
       AND l.contact = substr(t.subject, length(t.person) + 18,
                              length(t.subject) - length(t.person) - 31)
  LEFT JOIN feedback f
    ON f.person = t.person AND t.subject LIKE '%/feedback/%'
       AND f.id = substr(t.subject, length(t.person) + 18)
  WHERE)sql";

constexpr char kUntagged[] = R"sql(
  SELECT l.reason, l.day, CASE WHEN l.result = 1 THEN 4 ELSE 5 END, COUNT(*)
  FROM cancellation l WHERE NOT EXISTS (
    SELECT 1 FROM theme_tag t
    WHERE t.person = l.person
      AND t.subject = 'people/' || l.person || '/contacts/' || l.contact ||
                      '/cancellation') AND)sql";

void AddWhere(const VoiceMonths& months, const std::optional<std::string>& team,
              const std::string& table, Query& query) {
  query.Add(absl::StrCat(" ", table, ".day >= ? AND ", table, ".day < ?"),
            {months.begin(), months.end()});
  if (team) {
    query.Add(absl::StrCat(" AND ", table,
                           ".person IN (SELECT id FROM person WHERE team = ?)"),
              {*team});
  }
  query.Add(" GROUP BY 1, 2, 3");
}

void Count(const VoiceMonths& months, int64_t day, int64_t source, int64_t n,
           MonthlyCounts& counts) {
  v1::ThemeCounts& month = counts.at(months.PlaceOf(day));
  const Field& field = kFields[static_cast<size_t>(source)];
  (month.*field.set)((month.*field.get)() + n);
}

}  // namespace

absl::StatusOr<std::map<std::string, MonthlyCounts>> CountThemes(
    Transaction& tx, const VoiceMonths& months,
    const std::optional<std::string>& team,
    const std::map<std::string, v1::Theme>& themes) {
  std::map<std::string, MonthlyCounts> counts;
  Query tagged(kTagged);
  AddWhere(months, team, "t", tagged);
  RETURN_IF_ERROR(tx.Scan(tagged.text(), tagged.params(), [&](const Row& row) {
    Cells cells(row);
    MonthlyCounts& theme = counts[cells.Text()];
    const int64_t day = cells.Int();
    const int64_t source = cells.Int();
    Count(months, day, source, cells.Int(), theme);
    return cells.Done();
  }));
  std::map<int64_t, std::string> by_reason;
  for (const auto& [id, theme] : themes) {
    if (theme.retired()) continue;
    for (const int reason : theme.exit_reasons()) by_reason[reason] = id;
  }
  Query untagged(kUntagged);
  AddWhere(months, team, "l", untagged);
  RETURN_IF_ERROR(
      tx.Scan(untagged.text(), untagged.params(), [&](const Row& row) {
        Cells cells(row);
        const auto theme = by_reason.find(cells.Int());
        const int64_t day = cells.Int();
        const int64_t source = cells.Int();
        const int64_t n = cells.Int();
        if (theme != by_reason.end()) {
          Count(months, day, source, n, counts[theme->second]);
        }
        return cells.Done();
      }));
  return counts;
}

}  // namespace attune
