#include "engine/voice/themes.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/names.h"
#include "engine/page.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"
#include "engine/voice/theme.h"

namespace attune {
namespace {

constexpr char kFindAll[] = R"sql(
  SELECT body FROM theme)sql";

constexpr char kStore[] = R"sql(
  INSERT INTO theme (id, kind, retired, body) VALUES ($1, $2, $3, $4)
  ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,
                                 retired = excluded.retired,
                                 body = excluded.body)sql";

absl::StatusOr<std::map<std::string, v1::Theme>> FindAll(Transaction& tx) {
  std::map<std::string, v1::Theme> themes;
  RETURN_IF_ERROR(tx.Scan(kFindAll, {}, [&](const Row& row) {
    v1::Theme theme;
    Cells cells(row);
    cells.Message(theme);
    themes[theme.name()] = theme;
    return cells.Done();
  }));
  return themes;
}

absl::Status Store(Transaction& tx, const v1::Theme& theme) {
  return tx.Send(
      kStore, {ParseThemeName(theme.name()).value_or(""), int64_t{theme.kind()},
               int64_t{theme.retired()}, Bytes{theme.SerializeAsString()}});
}

}  // namespace

absl::StatusOr<v1::ApplyThemesResponse> Themes::Apply(
    Transaction& tx, const Caller&,
    const v1::ApplyThemesRequest& request) const {
  Violations bad;
  CheckTaxonomy(request.taxonomy(), "taxonomy", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(auto stored, FindAll(tx));
  v1::ApplyThemesResponse response;
  for (v1::Theme theme : request.taxonomy().themes()) {
    theme.clear_retired();
    const auto before = stored.find(theme.name());
    if (before == stored.end() || before->second.retired()) {
      response.set_created_count(response.created_count() + 1);
      RETURN_IF_ERROR(Store(tx, theme));
    } else if (before->second.SerializeAsString() !=
               theme.SerializeAsString()) {
      response.set_updated_count(response.updated_count() + 1);
      RETURN_IF_ERROR(Store(tx, theme));
    } else {
      response.set_unchanged_count(response.unchanged_count() + 1);
    }
    if (before != stored.end()) stored.erase(before);
  }
  for (auto& [name, theme] : stored) {
    if (theme.retired()) continue;
    theme.set_retired(true);
    RETURN_IF_ERROR(Store(tx, theme));
    response.set_retired_count(response.retired_count() + 1);
  }
  return response;
}

absl::StatusOr<v1::ListThemesResponse> Themes::List(
    Transaction& tx, const Caller&,
    const v1::ListThemesRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  Query query("SELECT id, body FROM theme WHERE ");
  query.Add("id > ?", {page.after.empty() ? "" : page.after[0]});
  if (request.kind() != v1::Theme::KIND_UNSPECIFIED) {
    query.Add(" AND kind = ?", {int64_t{request.kind()}});
  }
  if (!request.show_retired()) query.Add(" AND retired = 0");
  query.Add(" ORDER BY id LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListThemesResponse response;
  std::string last;
  for (const Row& row : rows) {
    if (response.themes_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    cells.Message(*response.add_themes());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

}  // namespace attune
