#include "engine/form/forms.h"

#include <google/protobuf/util/message_differencer.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/form/compiled_form.h"
#include "engine/form/form_compare.h"
#include "engine/form/form_lint.h"
#include "engine/form/revisions.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/resource.h"
#include "engine/scoring/answers.h"
#include "engine/scoring/score.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/store/rollups.h"

namespace attune {
namespace {

constexpr size_t kMaxNoteBytes = 4096;
constexpr int kMaxRevision = 10'000;

bool MayEditForms(const Caller& caller) {
  return caller.roles.Has(v1::ROLE_QA_LEAD) || caller.roles.Has(v1::ROLE_ADMIN);
}

// The form without what the server itself keeps.
v1::Form ContentOf(v1::Form form) {
  form.clear_name();
  form.clear_etag();
  form.clear_create_time();
  form.clear_update_time();
  form.clear_latest_revision();
  return form;
}

// Without what a list leaves out.
void Abridge(v1::Form& form) {
  form.clear_sections();
  form.clear_examples();
}

constexpr char kInsert[] = R"sql(
  INSERT INTO form (id, version, latest_revision, body) VALUES ($1, 1, 0, $2)
  ON CONFLICT (id) DO NOTHING RETURNING id)sql";

constexpr char kFind[] = R"sql(
  SELECT body FROM form WHERE id = $1)sql";

constexpr char kUpdate[] = R"sql(
  UPDATE form SET version = $2, latest_revision = $3, body = $4
  WHERE id = $1)sql";

constexpr char kInsertRevision[] = R"sql(
  INSERT INTO form_revision (form, revision, uid, effective_us, body)
  VALUES ($1, $2, $3, $4, $5))sql";

absl::StatusOr<v1::Form> FindDraft(Transaction& tx, absl::string_view id) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {std::string(id)}));
  if (rows.empty()) return NotFound(FormName(id));
  v1::Form form;
  Cells cells(rows[0]);
  cells.Message(form);
  RETURN_IF_ERROR(cells.Done());
  return form;
}

// The draft for those who may edit it, else the newest published content.
absl::StatusOr<v1::Form> FindVisible(Transaction& tx, const Caller& caller,
                                     absl::string_view id, int64_t now_us) {
  ASSIGN_OR_RETURN(v1::Form draft, FindDraft(tx, id));
  if (MayEditForms(caller)) return draft;
  auto published = FindRevision(tx, RevisionName{std::string(id), 0}, now_us);
  if (!published.ok()) return NotFound(FormName(id));
  v1::Form form = std::move(*published->mutable_form());
  form.set_name(draft.name());
  form.set_latest_revision(draft.latest_revision());
  *form.mutable_create_time() = draft.create_time();
  *form.mutable_update_time() = published->publish_time();
  return form;
}

absl::Status NoSource() {
  return Invalid("source", "SOURCE_MISSING",
                 "Give the name of a stored form, or a form.");
}

absl::Status SaveForm(Transaction& tx, absl::string_view id, int64_t version,
                      v1::Form& form) {
  form.set_etag(absl::StrCat(version));
  return tx
      .Run(kUpdate, {std::string(id), version, int64_t{form.latest_revision()},
                     Bytes{form.SerializeAsString()}})
      .status();
}

}  // namespace

absl::StatusOr<v1::Form> FindContent(Transaction& tx, const Caller& caller,
                                     absl::string_view field,
                                     absl::string_view name, int64_t now_us) {
  if (const auto id = ParseFormName(name)) {
    return FindVisible(tx, caller, *id, now_us);
  }
  if (const auto revision = ParseFormRevisionName(name)) {
    ASSIGN_OR_RETURN(v1::FormRevision found,
                     FindRevision(tx, *revision, now_us));
    return std::move(*found.mutable_form());
  }
  return Invalid(field, "NAME_INVALID",
                 "Name a form, forms/{form}, or a revision, "
                 "forms/{form}/revisions/{revision}.");
}

absl::StatusOr<CompiledForm> CompileToTry(const v1::Form& form) {
  std::optional<CompiledForm> draft = CompiledForm::MakeDraft(form);
  if (draft) return *std::move(draft);
  return CompiledForm::Make(form);
}

absl::StatusOr<v1::Form> Forms::Create(
    Transaction& tx, const Caller&,
    const v1::CreateFormRequest& request) const {
  Violations bad;
  if (!IsResourceId(request.form_id())) {
    bad.Add("form_id", "ID_INVALID", "An id is [a-z0-9][a-z0-9._-]{0,62}.");
  }
  bad.Append("", CheckFormLimits(request.form()));
  RETURN_IF_ERROR(bad.ToStatus());
  const int64_t now_us = clock_();
  v1::Form form = ContentOf(request.form());
  form.set_name(FormName(request.form_id()));
  form.set_etag("1");
  *form.mutable_create_time() = ToTimestamp(now_us);
  *form.mutable_update_time() = ToTimestamp(now_us);
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kInsert, {request.form_id(), Bytes{form.SerializeAsString()}}));
  if (rows.empty()) return AlreadyExists(form.name());
  return form;
}

absl::StatusOr<v1::Form> Forms::Get(Transaction& tx, const Caller& caller,
                                    const v1::GetFormRequest& request) const {
  const auto id = ParseFormName(request.name());
  if (!id) return Invalid("name", "NAME_INVALID", "A form is forms/{form}.");
  return FindVisible(tx, caller, *id, clock_());
}

absl::StatusOr<v1::ListFormsResponse> Forms::List(
    Transaction& tx, const Caller& caller,
    const v1::ListFormsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  Query query("SELECT id FROM form WHERE ");
  query.Add("id > ?", {page.after.empty() ? "" : page.after[0]});
  if (!MayEditForms(caller)) {
    query.Add(
        " AND EXISTS (SELECT 1 FROM form_revision r WHERE r.form = form.id "
        "AND r.effective_us <= ?)",
        {clock_()});
  }
  query.Add(" ORDER BY id LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListFormsResponse response;
  std::string last;
  for (const Row& row : rows) {
    if (response.forms_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    RETURN_IF_ERROR(cells.Done());
    ASSIGN_OR_RETURN(v1::Form form, FindVisible(tx, caller, last, clock_()));
    Abridge(form);
    *response.add_forms() = std::move(form);
  }
  return response;
}

absl::StatusOr<v1::Form> Forms::Update(
    Transaction& tx, const Caller&,
    const v1::UpdateFormRequest& request) const {
  Violations bad;
  const auto id = ParseFormName(request.form().name());
  if (!id) bad.Add("form.name", "NAME_INVALID", "A form is forms/{form}.");
  if (request.form().etag().empty()) {
    bad.Add("form.etag", "ETAG_MISSING", "Send the etag that was read.");
  }
  bad.Append("", CheckFormLimits(request.form()));
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(const v1::Form stored, FindDraft(tx, *id));
  ASSIGN_OR_RETURN(const int64_t version,
                   NextVersion(stored, request.form().etag()));
  v1::Form form = ContentOf(request.form());
  form.set_name(stored.name());
  *form.mutable_create_time() = stored.create_time();
  *form.mutable_update_time() = ToTimestamp(clock_());
  form.set_latest_revision(stored.latest_revision());
  RETURN_IF_ERROR(SaveForm(tx, *id, version, form));
  return form;
}

absl::StatusOr<v1::LintFormResponse> Forms::Lint(
    Transaction& tx, const Caller& caller,
    const v1::LintFormRequest& request) const {
  v1::Form form;
  switch (request.source_case()) {
    case v1::LintFormRequest::kName: {
      ASSIGN_OR_RETURN(
          form, FindContent(tx, caller, "name", request.name(), clock_()));
      break;
    }
    case v1::LintFormRequest::kForm:
      form = request.form();
      break;
    case v1::LintFormRequest::SOURCE_NOT_SET:
      return NoSource();
  }
  v1::LintFormResponse response;
  for (v1::LintFinding& finding : LintForm(form)) {
    *response.add_findings() = std::move(finding);
  }
  return response;
}

absl::StatusOr<v1::FormRevision> Forms::Publish(
    Transaction& tx, const Caller& caller,
    const v1::PublishFormRequest& request) const {
  const int64_t now_us = clock_();
  Violations bad;
  const auto id = ParseFormName(request.name());
  if (!id) bad.Add("name", "NAME_INVALID", "A form is forms/{form}.");
  if (request.etag().empty()) {
    bad.Add("etag", "ETAG_MISSING",
            "Send the etag of the draft that was read.");
  }
  if (request.change_note().empty() ||
      request.change_note().size() > kMaxNoteBytes ||
      !IsCleanUtf8(request.change_note())) {
    bad.Add("change_note", "CHANGE_NOTE_INVALID",
            "Tell agents why the form changes, in 1 to 4096 bytes.");
  }
  int64_t effective_us = now_us;
  if (request.has_effective_time()) {
    effective_us = ToMicros(request.effective_time());
    if (!IsValid(request.effective_time()) || effective_us < now_us) {
      bad.Add("effective_time", "TIME_INVALID",
              "A revision takes effect now or later.");
    }
  }
  RETURN_IF_ERROR(bad.ToStatus());

  ASSIGN_OR_RETURN(v1::Form draft, FindDraft(tx, *id));
  ASSIGN_OR_RETURN(const int64_t version, NextVersion(draft, request.etag()));
  const v1::Form content = ContentOf(draft);
  RETURN_IF_ERROR(CompiledForm::Make(content).status());
  const int32_t number = draft.latest_revision() + 1;
  if (number > kMaxRevision) {
    return MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_REVISIONS",
                     "A form has at most 10000 revisions.");
  }
  if (draft.latest_revision() > 0) {
    ASSIGN_OR_RETURN(
        const v1::FormRevision newest,
        FindRevision(tx, RevisionName{*id, draft.latest_revision()}, now_us));
    if (google::protobuf::util::MessageDifferencer::Equals(newest.form(),
                                                           content)) {
      return FailedPrecondition(
          "NOTHING_CHANGED",
          absl::StrCat("The draft equals ", newest.name(), "."));
    }
  }

  v1::FormRevision revision;
  revision.set_name(FormRevisionName(*id, number));
  *revision.mutable_form() = content;
  revision.set_change_note(request.change_note());
  *revision.mutable_effective_time() = ToTimestamp(effective_us);
  *revision.mutable_publish_time() = ToTimestamp(now_us);
  if (!caller.person.empty()) {
    revision.set_publisher(PersonName(caller.person));
  }
  RETURN_IF_ERROR(tx.Run(kInsertRevision,
                         {*id, int64_t{number}, MakeUuid(now_us), effective_us,
                          Bytes{revision.SerializeAsString()}})
                      .status());
  RETURN_IF_ERROR(AssignSlots(tx, *id, content).status());
  draft.set_latest_revision(number);
  *draft.mutable_update_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(SaveForm(tx, *id, version, draft));
  return revision;
}

absl::StatusOr<v1::FormRevision> Forms::GetRevision(
    Transaction& tx, const Caller&,
    const v1::GetFormRevisionRequest& request) const {
  const auto name = ParseFormRevisionName(request.name());
  if (!name) {
    return Invalid("name", "NAME_INVALID",
                   "A revision is forms/{form}/revisions/{revision}.");
  }
  return FindRevision(tx, *name, clock_());
}

absl::StatusOr<v1::ListFormRevisionsResponse> Forms::ListRevisions(
    Transaction& tx, const Caller&,
    const v1::ListFormRevisionsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  const auto id = ParseFormName(request.parent());
  if (!id) return Invalid("parent", "NAME_INVALID", "A form is forms/{form}.");
  RETURN_IF_ERROR(FindDraft(tx, *id).status());
  Query query("SELECT revision, body FROM form_revision WHERE ");
  query.Add("form = ?", {*id});
  int64_t before = 0;
  if (!page.after.empty() && absl::SimpleAtoi(page.after[0], &before)) {
    query.Add(" AND revision < ?", {before});
  }
  query.Add(" ORDER BY revision DESC LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListFormRevisionsResponse response;
  int64_t last = 0;
  for (const Row& row : rows) {
    if (response.revisions_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {absl::StrCat(last)}));
      break;
    }
    Cells cells(row);
    last = cells.Int();
    v1::FormRevision& revision = *response.add_revisions();
    cells.Message(revision);
    RETURN_IF_ERROR(cells.Done());
    Abridge(*revision.mutable_form());
  }
  return response;
}

absl::StatusOr<v1::FormComparison> Forms::Compare(
    Transaction& tx, const Caller& caller,
    const v1::CompareFormsRequest& request) const {
  ASSIGN_OR_RETURN(const v1::Form base,
                   FindContent(tx, caller, "base", request.base(), clock_()));
  ASSIGN_OR_RETURN(const v1::Form other,
                   FindContent(tx, caller, "other", request.other(), clock_()));
  return CompareForms(base, other);
}

absl::StatusOr<v1::Score> Forms::PreviewScore(
    Transaction& tx, const Caller& caller,
    const v1::PreviewScoreRequest& request) const {
  const auto score_on =
      [&](const CompiledForm& form) -> absl::StatusOr<v1::Score> {
    RETURN_IF_ERROR(
        CheckAnswers(form, request.answers(), Completeness::kPartial)
            .ToStatus());
    return ExplainScore(form, request.answers());
  };
  if (request.source_case() == v1::PreviewScoreRequest::SOURCE_NOT_SET) {
    return NoSource();
  }
  if (request.has_name()) {
    if (const auto name = ParseFormRevisionName(request.name())) {
      ASSIGN_OR_RETURN(const auto revision,
                       revisions_->FindInEffect(tx, *name, clock_()));
      return score_on(revision->compiled);
    }
    ASSIGN_OR_RETURN(const v1::Form form,
                     FindContent(tx, caller, "name", request.name(), clock_()));
    ASSIGN_OR_RETURN(const CompiledForm compiled, CompileToTry(form));
    return score_on(compiled);
  }
  ASSIGN_OR_RETURN(const CompiledForm compiled, CompileToTry(request.form()));
  return score_on(compiled);
}

}  // namespace attune
