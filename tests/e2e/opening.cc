// Who works here, the form that they are scored on, and the plan that draws.

#include <numeric>

#include "absl/strings/str_cat.h"
#include "tests/e2e/chapters.h"

namespace attune::half_year {
namespace {

using Forms = v1::FormService::Stub;

void HireEverybody(Center& center) {
  for (const char* team : {"red", "green", "blue", "gold"}) {
    center.Do("", &v1::DirectoryService::Stub::CreateTeam,
              absl::StrCat("team_id: '", team, "' team {}"));
    center.Hire(absl::StrCat("lead-", team), v1::ROLE_LEAD, team);
  }
  center.Hire("quinn", v1::ROLE_QA_LEAD, "");
  for (const char* advocate : kAdvocates) {
    center.Hire(advocate, v1::ROLE_ADVOCATE, "");
  }
  std::vector<int> agents(40);
  std::iota(agents.begin(), agents.end(), 0);
  center.Join(agents);
}

void PublishTheForm(Center& center) {
  v1::CreateFormRequest create;
  create.set_form_id("call");
  *create.mutable_form() = FirstForm();
  const v1::Form form = center.Do("quinn", &Forms::CreateForm, create);
  v1::PublishFormRequest publish;
  publish.set_name(form.name());
  publish.set_etag(form.etag());
  publish.set_change_note("What we care for, and how much.");
  EXPECT_EQ(center.Do("quinn", &Forms::PublishForm, publish).name(),
            "forms/call/revisions/1");
}

}  // namespace

void Opening(Center& center) {
  HireEverybody(center);
  PublishTheForm(center);
  center.Do("quinn", &v1::EvaluationService::Stub::CreateSamplingPlan, R"pb(
    sampling_plan_id: "monthly"
    sampling_plan {
      form: "forms/call"
      population { channels: CHANNEL_PHONE }
      count_per_agent: 4
      period: PERIOD_MONTH
      overlap_percent: 10
      expire_after { seconds: 1209600 }  # 14 days
      seed: 2026
    })pb");
}

}  // namespace attune::half_year
