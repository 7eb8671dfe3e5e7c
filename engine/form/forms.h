// The stored forms: one editable draft each, and the published revisions.

#ifndef ATTUNE_ENGINE_FORM_FORMS_H_
#define ATTUNE_ENGINE_FORM_FORMS_H_

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/form_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/form/compiled_form.h"
#include "engine/store/database.h"

namespace attune {

class Revisions;

// Thread-safe.  Drafts are within reach of those who may edit forms; published
// revisions of everyone.
class Forms {
 public:
  // `revisions` is shared with whoever else scores on this database.
  Forms(Clock clock, std::shared_ptr<Revisions> revisions)
      : clock_(std::move(clock)), revisions_(std::move(revisions)) {}

  // ALREADY_EXISTS.
  absl::StatusOr<v1::Form> Create(Transaction& tx, const Caller& caller,
                                  const v1::CreateFormRequest& request) const;
  absl::StatusOr<v1::Form> Get(Transaction& tx, const Caller& caller,
                               const v1::GetFormRequest& request) const;
  absl::StatusOr<v1::ListFormsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListFormsRequest& request) const;
  // ABORTED if the etag is stale.
  absl::StatusOr<v1::Form> Update(Transaction& tx, const Caller& caller,
                                  const v1::UpdateFormRequest& request) const;
  absl::StatusOr<v1::LintFormResponse> Lint(
      Transaction& tx, const Caller& caller,
      const v1::LintFormRequest& request) const;
  // INVALID_ARGUMENT with every lint error; ABORTED if the etag is stale;
  // FAILED_PRECONDITION (NOTHING_CHANGED).
  absl::StatusOr<v1::FormRevision> Publish(
      Transaction& tx, const Caller& caller,
      const v1::PublishFormRequest& request) const;
  absl::StatusOr<v1::FormRevision> GetRevision(
      Transaction& tx, const Caller& caller,
      const v1::GetFormRevisionRequest& request) const;
  absl::StatusOr<v1::ListFormRevisionsResponse> ListRevisions(
      Transaction& tx, const Caller& caller,
      const v1::ListFormRevisionsRequest& request) const;
  absl::StatusOr<v1::FormComparison> Compare(
      Transaction& tx, const Caller& caller,
      const v1::CompareFormsRequest& request) const;
  absl::StatusOr<v1::Score> PreviewScore(
      Transaction& tx, const Caller& caller,
      const v1::PreviewScoreRequest& request) const;

 private:
  Clock clock_;
  std::shared_ptr<Revisions> revisions_;
};

// The content of `forms/{form}`, its draft for those who may edit it, or of a
// revision.  INVALID_ARGUMENT at `field`, NOT_FOUND.
absl::StatusOr<v1::Form> FindContent(Transaction& tx, const Caller& caller,
                                     absl::string_view field,
                                     absl::string_view name, int64_t now_us);

// A form that lint would still refuse can be tried out if its numbers are
// sound; else what is wrong is told.
absl::StatusOr<CompiledForm> CompileToTry(const v1::Form& form);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_FORMS_H_
