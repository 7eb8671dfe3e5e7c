#include "engine/voice/theme_tags.h"

#include <string>
#include <vector>

#include "engine/names.h"
#include "engine/page.h"
#include "engine/report/period.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"
#include "engine/voice/theme.h"
#include "engine/voice/theme_tag_rows.h"
#include "engine/voice/voice_subjects.h"

namespace attune {
namespace {

// What a request tags or untags, checked as far as it goes without themes.
template <typename Request>
absl::StatusOr<TagSubject> FindTagSubject(Transaction& tx, const Caller& caller,
                                          const Request& request) {
  Violations bad;
  CheckThemeNames(request.themes(), "themes", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(const VoiceSubject found,
                   FindVoiceSubject(tx, caller, request.subject(), "subject"));
  return TagSubject{found.name, found.person, DayOf(found.said_us)};
}

template <typename Response>
absl::StatusOr<Response> TagsOf(Transaction& tx, const TagSubject& subject) {
  ASSIGN_OR_RETURN(const auto tags, FindThemeTags(tx, subject));
  Response response;
  response.mutable_tags()->Assign(tags.begin(), tags.end());
  return response;
}

}  // namespace

absl::StatusOr<v1::TagThemeResponse> ThemeTags::Tag(
    Transaction& tx, const Caller& caller,
    const v1::TagThemeRequest& request) const {
  ASSIGN_OR_RETURN(const TagSubject subject,
                   FindTagSubject(tx, caller, request));
  Violations bad;
  RETURN_IF_ERROR(CheckThemes(tx, request.themes(), "themes", bad));
  RETURN_IF_ERROR(bad.ToStatus());
  RETURN_IF_ERROR(
      InsertThemeTags(tx, subject, caller.person, request.themes()));
  return TagsOf<v1::TagThemeResponse>(tx, subject);
}

absl::StatusOr<v1::UntagThemeResponse> ThemeTags::Untag(
    Transaction& tx, const Caller& caller,
    const v1::UntagThemeRequest& request) const {
  ASSIGN_OR_RETURN(const TagSubject subject,
                   FindTagSubject(tx, caller, request));
  RETURN_IF_ERROR(DeleteThemeTags(tx, subject, request.themes()));
  return TagsOf<v1::UntagThemeResponse>(tx, subject);
}

absl::StatusOr<v1::ListThemeTagsResponse> ThemeTags::List(
    Transaction& tx, const Caller&,
    const v1::ListThemeTagsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 2));
  Violations bad;
  const DayRange days = ParsePeriod(request.period(), bad);
  const auto theme = ParseThemeName(request.theme());
  if (!request.theme().empty() && !theme) {
    bad.Add("theme", "NAME_INVALID", "A theme is themes/{theme}.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  Query query(
      "SELECT t.subject, t.theme, t.tagger, t.day FROM theme_tag t "
      "WHERE 1 = 1");
  if (theme) query.Add(" AND t.theme = ?", {*theme});
  if (days.first) query.Add(" AND t.day >= ?", {*days.first});
  if (days.last) query.Add(" AND t.day <= ?", {*days.last});
  if (!page.after.empty()) {
    query.Add(" AND (t.subject, t.theme) > (?, ?)",
              {page.after[0], page.after[1]});
  }
  query.Add(" ORDER BY t.subject, t.theme LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListThemeTagsResponse response;
  for (const Row& row : rows) {
    if (response.tags_size() == page.size) {
      const v1::ThemeTag& last = response.tags(response.tags_size() - 1);
      response.set_next_page_token(NextPageToken(
          page, {last.subject(), ParseThemeName(last.theme()).value_or("")}));
      break;
    }
    Cells cells(row);
    *response.add_tags() = ReadThemeTag(cells);
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

}  // namespace attune
