#include "engine/voice/theme_tag_rows.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"

namespace attune {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO theme_tag (subject, person, theme, tagger, day)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (subject, person, theme) DO NOTHING)sql";

constexpr char kDelete[] = R"sql(
  DELETE FROM theme_tag WHERE subject = $1 AND person = $2 AND theme = $3
  RETURNING theme)sql";

constexpr char kForget[] = R"sql(
  DELETE FROM theme_tag WHERE subject = $1 AND person = $2)sql";

constexpr char kFind[] = R"sql(
  SELECT subject, theme, tagger, day FROM theme_tag
  WHERE subject = $1 AND person = $2 ORDER BY theme)sql";

}  // namespace

absl::Status CheckThemes(Transaction& tx, const ThemeNames& themes,
                         absl::string_view field, Violations& bad) {
  if (themes.empty()) return absl::OkStatus();
  Query query("SELECT id, retired FROM theme WHERE id IN (");
  for (int i = 0; i < themes.size(); ++i) {
    query.Add(i == 0 ? "?" : ", ?", {ParseThemeName(themes[i]).value_or("")});
  }
  query.Add(")");
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  std::map<std::string, bool> retired;
  for (const Row& row : rows) {
    Cells cells(row);
    const std::string id = cells.Text();
    retired[ThemeName(id)] = cells.Int() != 0;
    RETURN_IF_ERROR(cells.Done());
  }
  for (int i = 0; i < themes.size(); ++i) {
    const auto found = retired.find(themes[i]);
    const std::string path = absl::StrCat(field, "[", i, "]");
    if (found == retired.end()) {
      bad.Add(path, "THEME_UNKNOWN",
              "There is no such theme; ListThemes tells them.");
    } else if (found->second) {
      bad.Add(path, "THEME_RETIRED", "This theme is no longer in use.");
    }
  }
  return absl::OkStatus();
}

absl::Status InsertThemeTags(Transaction& tx, const TagSubject& subject,
                             const std::string& tagger,
                             const ThemeNames& themes) {
  for (const std::string& theme : themes) {
    RETURN_IF_ERROR(tx.Send(
        kInsert,
        {subject.name, subject.person, ParseThemeName(theme).value_or(""),
         tagger.empty() ? Value() : Value(tagger), subject.day}));
  }
  return absl::OkStatus();
}

absl::Status DeleteThemeTags(Transaction& tx, const TagSubject& subject,
                             const ThemeNames& themes) {
  for (const std::string& theme : themes) {
    ASSIGN_OR_RETURN(const std::vector<Row> rows,
                     tx.Run(kDelete, {subject.name, subject.person,
                                      ParseThemeName(theme).value_or("")}));
    if (rows.empty()) {
      return NotFound(absl::StrCat(subject.name, " tagged with ", theme));
    }
  }
  return absl::OkStatus();
}

absl::Status ForgetThemeTags(Transaction& tx, const std::string& subject,
                             const std::string& person) {
  return tx.Send(kForget, {subject, person});
}

v1::ThemeTag ReadThemeTag(Cells& cells) {
  v1::ThemeTag tag;
  tag.set_subject(cells.Text());
  tag.set_theme(ThemeName(cells.Text()));
  const std::string tagger = cells.TextOr("");
  if (!tagger.empty()) tag.set_tagger(PersonName(tagger));
  tag.set_day(FormatDay(cells.Int()));
  return tag;
}

absl::StatusOr<std::vector<v1::ThemeTag>> FindThemeTags(
    Transaction& tx, const TagSubject& subject) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {subject.name, subject.person}));
  std::vector<v1::ThemeTag> tags;
  for (const Row& row : rows) {
    Cells cells(row);
    tags.push_back(ReadThemeTag(cells));
    RETURN_IF_ERROR(cells.Done());
  }
  return tags;
}

absl::Status TellThemes(Transaction& tx,
                        const std::vector<v1::Feedback*>& items) {
  if (items.empty()) return absl::OkStatus();
  std::map<std::string, v1::Feedback*> by_name;
  Query query("SELECT subject, theme FROM theme_tag WHERE subject IN (");
  for (v1::Feedback* item : items) {
    query.Add(by_name.empty() ? "?" : ", ?", {item->name()});
    item->clear_themes();
    by_name[item->name()] = item;
  }
  query.Add(") ORDER BY theme");
  return tx.Scan(query.text(), query.params(), [&](const Row& row) {
    Cells cells(row);
    const std::string subject = cells.Text();
    const std::string theme = cells.Text();
    RETURN_IF_ERROR(cells.Done());
    by_name[subject]->add_themes(ThemeName(theme));
    return absl::OkStatus();
  });
}

}  // namespace attune
