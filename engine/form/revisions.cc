#include "engine/form/revisions.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr size_t kMaxRemembered = 1024;

constexpr char kFindOne[] = R"sql(
  SELECT revision, uid, effective_us FROM form_revision
  WHERE form = $1 AND revision = $2)sql";

constexpr char kFindNewest[] = R"sql(
  SELECT revision, uid, effective_us FROM form_revision
  WHERE form = $1 AND effective_us <= $2
  ORDER BY revision DESC LIMIT 1)sql";

constexpr char kFindForm[] = R"sql(
  SELECT id FROM form WHERE id = $1)sql";

constexpr char kFindBody[] = R"sql(
  SELECT body FROM form_revision WHERE form = $1 AND revision = $2)sql";

constexpr char kFindNewestBody[] = R"sql(
  SELECT body FROM form_revision WHERE form = $1
  ORDER BY revision DESC LIMIT 1)sql";

struct Found {
  int64_t revision = 0;
  std::string uid;
  int64_t effective_us = 0;
};

absl::StatusOr<Found> ReadLocated(Transaction& tx, const RevisionName& name,
                                  const std::vector<Row>& rows) {
  const bool newest = name.revision == 0;
  if (rows.empty()) {
    ASSIGN_OR_RETURN(const std::vector<Row> forms,
                     tx.Run(kFindForm, {name.form}));
    if (forms.empty()) return NotFound(FormName(name.form));
    if (!newest) return NotFound(FormRevisionName(name.form, name.revision));
    return FailedPrecondition(
        "FORM_NOT_PUBLISHED",
        absl::StrCat(FormName(name.form),
                     " has no revision in effect; publish it first."));
  }
  Found found;
  Cells cells(rows[0]);
  found.revision = cells.Int();
  found.uid = cells.Text();
  found.effective_us = cells.Int();
  RETURN_IF_ERROR(cells.Done());
  return found;
}

absl::StatusOr<v1::FormRevision> ReadBody(Transaction& tx,
                                          absl::string_view form,
                                          int64_t revision) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFindBody, {std::string(form), revision}));
  if (rows.empty()) return NotFound(FormRevisionName(form, revision));
  v1::FormRevision document;
  Cells cells(rows[0]);
  cells.Message(document);
  RETURN_IF_ERROR(cells.Done());
  return document;
}

}  // namespace

absl::StatusOr<v1::FormRevision> FindRevision(Transaction& tx,
                                              const RevisionName& name,
                                              int64_t now_us) {
  const Statement locate = Revisions::Locate(name, now_us);
  ASSIGN_OR_RETURN(const std::vector<Row> located,
                   tx.Run(locate.sql, locate.params));
  ASSIGN_OR_RETURN(const Found found, ReadLocated(tx, name, located));
  return ReadBody(tx, name.form, found.revision);
}

Statement Revisions::Locate(const RevisionName& name, int64_t now_us) {
  if (name.revision == 0) return {kFindNewest, {name.form, now_us}};
  return {kFindOne, {name.form, name.revision}};
}

absl::StatusOr<std::shared_ptr<const Revision>> Revisions::FindInEffect(
    Transaction& tx, const RevisionName& name, int64_t now_us) {
  const Statement locate = Locate(name, now_us);
  ASSIGN_OR_RETURN(const std::vector<Row> located,
                   tx.Run(locate.sql, locate.params));
  return FindInEffect(tx, name, now_us, located);
}

absl::StatusOr<std::shared_ptr<const Revision>> Revisions::FindInEffect(
    Transaction& tx, const RevisionName& name, int64_t now_us,
    const std::vector<Row>& located) {
  ASSIGN_OR_RETURN(const Found found, ReadLocated(tx, name, located));
  if (found.effective_us > now_us) {
    return FailedPrecondition(
        "REVISION_NOT_IN_EFFECT",
        absl::StrCat(FormRevisionName(name.form, found.revision),
                     " is not in effect yet."));
  }
  {
    absl::MutexLock lock(&mutex_);
    const auto known = by_uid_.find(found.uid);
    if (known != by_uid_.end()) return known->second;
  }
  ASSIGN_OR_RETURN(v1::FormRevision document,
                   ReadBody(tx, name.form, found.revision));
  ASSIGN_OR_RETURN(CompiledForm compiled, CompiledForm::Make(document.form()));
  ASSIGN_OR_RETURN(SectionSlots slots, FindSlots(tx, name.form));
  auto revision = std::make_shared<const Revision>(
      Revision{RevisionName{name.form, found.revision}, std::move(document),
               std::move(compiled), std::move(slots)});
  absl::MutexLock lock(&mutex_);
  if (by_uid_.size() >= kMaxRemembered) by_uid_.clear();
  by_uid_[found.uid] = revision;
  return revision;
}

absl::StatusOr<std::optional<v1::FormRevision>> FindNewestRevision(
    Transaction& tx, absl::string_view form_id) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFindNewestBody, {std::string(form_id)}));
  std::optional<v1::FormRevision> revision;
  if (rows.empty()) return revision;
  Cells cells(rows[0]);
  cells.Message(revision.emplace());
  RETURN_IF_ERROR(cells.Done());
  return revision;
}

}  // namespace attune
