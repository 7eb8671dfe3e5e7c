#include "service/form_service.h"

namespace attune {

FormService::FormService(Serve& serve, const Forms& forms,
                         const Backtests& backtests)
    : ByteService("attune.v1.FormService", serve) {
  Unary("CreateForm", forms, &Forms::Create);
  Unary("GetForm", forms, &Forms::Get);
  Unary("ListForms", forms, &Forms::List);
  Unary("UpdateForm", forms, &Forms::Update);
  Unary("LintForm", forms, &Forms::Lint);
  Unary("PublishForm", forms, &Forms::Publish);
  Unary("GetFormRevision", forms, &Forms::GetRevision);
  Unary("ListFormRevisions", forms, &Forms::ListRevisions);
  Unary("CompareForms", forms, &Forms::Compare);
  Unary("PreviewScore", forms, &Forms::PreviewScore);
  Progressing("BacktestForm", backtests, &Backtests::Run);
}

}  // namespace attune
