#include "service/policy.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"

namespace attune {
namespace {

struct Row {
  const char* method;
  Grants grants;
};

constexpr Reach kNo = {};
constexpr Reach kOwn = {.own = true};
constexpr Reach kTeam = {.team = true};
constexpr Reach kRated = {.rated = true};
constexpr Reach kRatedTeam = {.rated = true, .team = true};
constexpr Reach kOwnTeam = {.own = true, .team = true};
constexpr Reach kOwnRated = {.own = true, .rated = true};
constexpr Reach kNotAll = {.own = true, .rated = true, .team = true};
constexpr Reach kAll = {.all = true};
constexpr Grants kOpen = {.open = true};

// clang-format off
constexpr Row kDirectory[] = {
    // Method                 agent advocate  lead      qa_lead admin analyst
    {"CreatePerson",         {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
    {"GetPerson",            {kOwn, kAll,     kOwnTeam, kAll,   kAll, kAll}},
    {"ListPeople",           {kOwn, kAll,     kOwnTeam, kAll,   kAll, kAll}},
    {"UpdatePerson",         {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
    {"BatchCreatePeople",    {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
    {"CreateTeam",           {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
    {"GetTeam",              {kAll, kAll,     kAll,     kAll,   kAll, kAll}},
    {"ListTeams",            {kAll, kAll,     kAll,     kAll,   kAll, kAll}},
    {"UpdateTeam",           {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
    {"BatchCreateTeams",     {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
    {"CreateContact",        {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
    {"GetContact",           {kOwn, kAll,     kOwnTeam, kAll,   kAll, kAll}},
    {"ListContacts",         {kOwn, kAll,     kOwnTeam, kAll,   kAll, kAll}},
    {"BatchCreateContacts",  {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
    {"GetTranscript",        {kOwn, kAll,     kOwnTeam, kAll,   kAll, kNo}},
};

constexpr Row kForm[] = {
    // Method                 agent advocate  lead      qa_lead admin analyst
    {"CreateForm",           {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"GetForm",              {kAll, kAll,     kAll,     kAll,   kAll, kAll}},
    {"ListForms",            {kAll, kAll,     kAll,     kAll,   kAll, kAll}},
    {"UpdateForm",           {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"LintForm",             {kAll, kAll,     kAll,     kAll,   kAll, kAll}},
    {"PublishForm",          {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"GetFormRevision",      {kAll, kAll,     kAll,     kAll,   kAll, kAll}},
    {"ListFormRevisions",    {kAll, kAll,     kAll,     kAll,   kAll, kAll}},
    {"CompareForms",         {kAll, kAll,     kAll,     kAll,   kAll, kAll}},
    {"PreviewScore",         {kAll, kAll,     kAll,     kAll,   kAll, kAll}},
    {"BacktestForm",         {kNo,  kNo,      kNo,      kAll,   kAll, kAll}},
};

constexpr Row kEvaluation[] = {
    // Method                 agent advocate  lead      qa_lead admin analyst
    {"CreateEvaluation",     {kNo,  kAll,     kTeam,    kAll,   kAll, kNo}},
    {"UpdateEvaluation",     {kOwn, kAll,     kTeam,    kAll,   kAll, kNo}},
    {"SubmitEvaluation",     {kOwn, kAll,     kTeam,    kAll,   kAll, kNo}},
    {"BatchSubmitEvaluations",
                             {kNo,  kAll,     kTeam,    kAll,   kAll, kNo}},
    {"ImportEvaluations",    {kNo,  kAll,     kTeam,    kAll,   kAll, kNo}},
    {"GetEvaluation",        {kOwn, kOwnRated, kNotAll, kAll,   kAll, kAll}},
    {"ListEvaluations",      {kOwn, kOwnRated, kNotAll, kAll,   kAll, kAll}},
    {"AcknowledgeEvaluation",
                             {kOwn, kNo,      kNo,      kNo,    kNo,  kNo}},
    {"VoidEvaluation",       {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"CreateContest",        {kOwn, kNo,      kNo,      kNo,    kNo,  kNo}},
    {"GetContest",           {kOwn, kOwnRated, kNotAll, kAll,   kAll, kAll}},
    {"ListContests",         {kOwn, kOwnRated, kNotAll, kAll,   kAll, kAll}},
    {"RuleContest",          {kNo,  kAll,     kTeam,    kAll,   kNo,  kNo}},
    {"EscalateContest",      {kOwn, kNo,      kNo,      kNo,    kNo,  kNo}},
    {"CreateComment",        {kOwn, kOwnRated, kNotAll, kAll,   kAll, kNo}},
    {"ListComments",         {kOwn, kOwnRated, kNotAll, kAll,   kAll, kAll}},
    {"CreateSamplingPlan",   {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"GetSamplingPlan",      {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"ListSamplingPlans",    {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"UpdateSamplingPlan",   {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"DrawSample",           {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"GetDraw",              {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"ListDraws",            {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"CreateAssignment",     {kNo,  kNo,      kTeam,    kAll,   kAll, kNo}},
    {"GetAssignment",        {kNo,  kRated, kRatedTeam, kAll,   kAll, kNo}},
    {"ListAssignments",      {kNo,  kRated, kRatedTeam, kAll,   kAll, kNo}},
    {"NextAssignment",       {kNo,  kRated, kRatedTeam, kAll,   kAll, kNo}},
    {"ClaimAssignment",      {kNo,  kRated, kRatedTeam, kAll,   kAll, kNo}},
    {"SkipAssignment",       {kNo,  kRated, kRatedTeam, kAll,   kAll, kNo}},
    {"ReassignAssignment",   {kNo,  kNo,      kTeam,    kAll,   kAll, kNo}},
};

constexpr Row kSelfCheck[] = {
    // Method                 agent advocate  lead      qa_lead admin analyst
    {"CreateSelfCheckCycle", {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"GetSelfCheckCycle",    {kOwn, kOwn,     kOwnTeam, kAll,   kAll, kAll}},
    {"ListSelfCheckCycles",  {kOwn, kOwn,     kOwnTeam, kAll,   kAll, kAll}},
    {"CloseSelfCheckCycle",  {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"PickContact",          {kOwn, kNo,      kTeam,    kAll,   kAll, kNo}},
    {"BeginSelfEvaluation",  {kOwn, kNo,      kNo,      kNo,    kNo,  kNo}},
    {"GetSelfCheck",         {kOwn, kNo,      kOwnTeam, kAll,   kAll, kAll}},
    {"ListSelfChecks",       {kOwn, kNo,      kOwnTeam, kAll,   kAll, kAll}},
    {"ListCallsToScore",     {kNo,  kAll,     kTeam,    kAll,   kAll, kNo}},
    {"SubmitFormFeedback",   {kOwn, kNo,      kNo,      kNo,    kNo,  kNo}},
    {"ListFormFeedback",     {kOwn, kNo,      kOwnTeam, kAll,   kAll, kNo}},
    {"GetSelfGaps",          {kOwn, kNo,      kOwnTeam, kAll,   kAll, kAll}},
};

constexpr Row kCalibration[] = {
    // Method                 agent advocate  lead      qa_lead admin analyst
    {"CreateCalibration",    {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"GetCalibration",       {kNo,  kRated,   kRated,   kAll,   kAll, kAll}},
    {"ListCalibrations",     {kNo,  kRated,   kRated,   kAll,   kAll, kAll}},
    {"BeginCalibrationEvaluation",
                             {kNo,  kRated,   kRated,   kAll,   kNo,  kNo}},
    {"CloseCalibration",     {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"GetCalibrationResult", {kNo,  kRated,   kRated,   kAll,   kAll, kAll}},
    {"GetRaterSeverity",     {kNo,  kRated,   kRatedTeam, kAll, kAll, kAll}},
    {"GetRaterDrift",        {kNo,  kRated,   kRated,   kAll,   kAll, kAll}},
};

constexpr Row kVoice[] = {
    // Method                 agent advocate  lead      qa_lead admin analyst
    {"CreatePropInvite",     {kOwn, kNo,      kOwnTeam, kAll,   kAll, kNo}},
    {"GetPropInvite",        kOpen},
    {"SubmitProp",           kOpen},
    {"RevokeProp",           kOpen},
    {"RevokePropForCustomer",
                             {kNo,  kNo,      kTeam,    kAll,   kAll, kNo}},
    {"GetProp",              {kOwn, kOwn,     kOwnTeam, kAll,   kAll, kOwn}},
    {"ListProps",            {kOwn, kOwn,     kOwnTeam, kAll,   kAll, kOwn}},
    {"ModerateProp",         {kNo,  kNo,      kTeam,    kAll,   kNo,  kNo}},
    {"GetRecognition",       {kOwn, kNo,      kOwnTeam, kAll,   kAll, kAll}},
    {"NominateGreatCall",    {kOwn, kAll,     kOwnTeam, kAll,   kAll, kNo}},
    {"ConfirmGreatCall",     {kNo,  kAll,     kTeam,    kAll,   kNo,  kNo}},
    {"DeclineGreatCall",     {kNo,  kAll,     kTeam,    kAll,   kNo,  kNo}},
    {"GetGreatCall",         {kOwnRated, kAll, kNotAll, kAll,   kAll, kAll}},
    {"ListGreatCalls",       {kOwnRated, kAll, kNotAll, kAll,   kAll, kAll}},
    {"GiveKudos",            {kAll, kAll,     kAll,     kAll,   kAll, kNo}},
    {"CreateRelationshipValue",
                             {kOwn, kAll,     kOwnTeam, kAll,   kAll, kNo}},
    {"ListRelationshipValues",
                             {kOwn, kAll,     kOwnTeam, kAll,   kAll, kAll}},
    {"GetRelationshipValueReport",
                             {kOwn, kNo,      kOwnTeam, kAll,   kAll, kAll}},
    {"RecordCancellation",   {kOwn, kAll,     kOwnTeam, kAll,   kAll, kNo}},
    {"GetCancellation",      {kOwn, kAll,     kOwnTeam, kAll,   kAll, kNo}},
    {"ListCancellations",    {kOwn, kAll,     kOwnTeam, kAll,   kAll, kNo}},
    {"GetVoiceReport",       {kTeam, kAll,    kTeam,    kAll,   kAll, kAll}},
    {"TellStory",            {kNo,  kNo,      kTeam,    kAll,   kAll, kNo}},
    {"GetCancellationReport",
                             {kOwn, kNo,      kOwnTeam, kAll,   kAll, kAll}},
    {"BatchCreateSurveyResponses",
                             {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
    {"GetSurveyResponse",    {kOwn, kNo,      kOwnTeam, kAll,   kAll, kAll}},
    {"ListSurveyResponses",  {kOwn, kNo,      kOwnTeam, kAll,   kAll, kAll}},
    {"GetSurveyReport",       {kOwn, kNo,      kOwnTeam, kAll,   kAll, kAll}},
    {"GetDriverReport",      {kNo,  kNo,      kTeam,    kAll,   kAll, kAll}},
    {"CreateChangeNote",     {kNo,  kNo,      kTeam,    kAll,   kAll, kNo}},
    {"ListChangeNotes",      {kNo,  kNo,      kTeam,    kAll,   kAll, kAll}},
    {"GetChangeNoteReport",  {kNo,  kNo,      kTeam,    kAll,   kAll, kAll}},
};

constexpr Row kReport[] = {
    // Method                 agent advocate  lead      qa_lead admin analyst
    {"GetAgentScorecard",    {kOwn, kNo,      kOwnTeam, kAll,   kAll, kAll}},
    {"GetTeamCoachingReport",
                             {kNo,  kNo,      kTeam,    kAll,   kAll, kAll}},
    {"GetFormHealth",        {kNo,  kNo,      kTeam,    kAll,   kAll, kAll}},
    {"GetContestReport",     {kNo,  kNo,      kTeam,    kAll,   kAll, kAll}},
};

constexpr Row kInbox[] = {
    // Method                 agent advocate  lead      qa_lead admin analyst
    // Creating reaches as far as what it may be about.
    {"CreateFeedback",       {kOwnTeam, kAll, kOwnTeam, kAll,   kAll, kAll}},
    {"GetFeedback",          {kOwnRated, kOwnRated, kNotAll, kAll, kAll,
                              kOwnRated}},
    {"ListFeedback",         {kOwnRated, kOwnRated, kNotAll, kAll, kAll,
                              kOwnRated}},
    {"DecideFeedback",       {kNo,  kOwnRated, kNotAll, kAll,   kAll, kNo}},
    {"ReassignFeedback",     {kNo,  kRated, kRatedTeam, kAll,   kAll, kNo}},
    {"MarkFeedback",         {kNo,  kOwnRated, kNotAll, kAll,   kAll, kNo}},
    {"GetUnansweredFeedback",
                             {kOwnRated, kOwnRated, kNotAll, kAll, kAll,
                              kAll}},
    {"CreateRecoveryAction", {kOwnRated, kAll, kNotAll, kAll,   kAll, kNo}},
    {"GetRecoveryAction",    {kOwnRated, kOwnRated, kNotAll, kAll, kAll,
                              kAll}},
    {"ListRecoveryActions",  {kOwnRated, kOwnRated, kNotAll, kAll, kAll,
                              kAll}},
    {"CloseRecoveryAction",  {kRated, kRated, kRatedTeam, kAll, kAll, kNo}},
    {"GetRecoveryReport",    {kNo,  kNo,      kTeam,    kAll,   kAll, kAll}},
    {"RaiseHarmFlag",        {kOwnTeam, kAll, kOwnTeam, kAll,   kAll, kAll}},
    {"AddHarmContacts",      {kOwnTeam, kAll, kOwnTeam, kAll,   kAll, kAll}},
    {"GetHarmFlag",          {kOwn, kOwn,     kAll,     kAll,   kAll, kOwn}},
    {"ListHarmFlags",        {kOwn, kOwn,     kAll,     kAll,   kAll, kOwn}},
    {"ListHarmContacts",     {kOwnTeam, kAll, kOwnTeam, kAll,   kAll, kAll}},
    {"AnswerHarmFlag",       {kNo,  kNo,      kAll,     kAll,   kAll, kNo}},
    {"ApplyThemes",          {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"ListThemes",           {kAll, kAll,     kAll,     kAll,   kAll, kAll}},
    {"TagTheme",             {kOwnRated, kOwnRated, kNotAll, kAll, kAll, kNo}},
    {"UntagTheme",           {kOwnRated, kOwnRated, kNotAll, kAll, kAll, kNo}},
    {"ListThemeTags",        {kNo,  kNo,      kNo,      kAll,   kAll, kAll}},
    {"GetThemeReport",       {kNo,  kNo,      kTeam,    kAll,   kAll, kAll}},
};

constexpr Row kFloor[] = {
    // Method                 agent advocate  lead      qa_lead admin analyst
    // Any role may have a quota.
    {"CreateFloorSession",   {kOwn, kOwn,     kOwnTeam, kAll,   kAll, kOwn}},
    {"DeleteFloorSession",   {kOwn, kOwn,     kOwnTeam, kAll,   kAll, kOwn}},
    {"ListFloorSessions",    {kOwn, kOwn,     kOwnTeam, kAll,   kAll, kAll}},
    {"SetFloorQuota",        {kNo,  kNo,      kNo,      kAll,   kAll, kNo}},
    {"ListFloorQuotas",      {kAll, kAll,     kAll,     kAll,   kAll, kAll}},
    {"GetFloorHours",        {kOwn, kOwn,     kOwnTeam, kAll,   kAll, kAll}},
    {"BatchUpdateWorkDays",  {kNo,  kNo,      kTeam,    kAll,   kAll, kNo}},
    {"ListWorkDays",         {kOwn, kOwn,     kOwnTeam, kAll,   kAll, kAll}},
    {"GetServiceLevel",      {kOwn, kNo,      kOwnTeam, kAll,   kAll, kAll}},
};

constexpr Row kAdmin[] = {
    // Method                 agent advocate  lead      qa_lead admin analyst
    {"CreateToken",          {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
    {"ListTokens",           {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
    {"RevokeToken",          {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
    {"Verify",               {kNo,  kNo,      kNo,      kNo,    kAll, kNo}},
};
// clang-format on

using Table = absl::flat_hash_map<std::string, Grants>;

void AddRows(absl::string_view service, absl::Span<const Row> rows,
             Table& table) {
  for (const Row& row : rows) {
    table[absl::StrCat("/attune.v1.", service, "/", row.method)] = row.grants;
  }
}

Table MakeTable() {
  Table table;
  AddRows("DirectoryService", kDirectory, table);
  AddRows("FormService", kForm, table);
  AddRows("EvaluationService", kEvaluation, table);
  AddRows("CalibrationService", kCalibration, table);
  AddRows("ReportService", kReport, table);
  AddRows("SelfCheckService", kSelfCheck, table);
  AddRows("VoiceService", kVoice, table);
  AddRows("InboxService", kInbox, table);
  AddRows("FloorService", kFloor, table);
  AddRows("AdminService", kAdmin, table);
  return table;
}

const Table& Policy() {
  static const Table& table = *new Table(MakeTable());
  return table;
}

}  // namespace

const Grants* FindGrants(absl::string_view method) {
  const auto row = Policy().find(method);
  return row == Policy().end() ? nullptr : &row->second;
}

Reach ReachOf(const Grants* grants, RoleSet roles) {
  Reach reach;
  if (grants == nullptr) return reach;
  const std::pair<v1::Role, const Reach&> by_role[] = {
      {v1::ROLE_AGENT, grants->agent}, {v1::ROLE_ADVOCATE, grants->advocate},
      {v1::ROLE_LEAD, grants->lead},   {v1::ROLE_QA_LEAD, grants->qa_lead},
      {v1::ROLE_ADMIN, grants->admin}, {v1::ROLE_ANALYST, grants->analyst}};
  for (const auto& [role, granted] : by_role) {
    if (!roles.Has(role)) continue;
    reach.own |= granted.own;
    reach.rated |= granted.rated;
    reach.team |= granted.team;
    reach.all |= granted.all;
  }
  return reach;
}

std::vector<std::string> MethodsWithGrants() {
  std::vector<std::string> methods;
  for (const auto& [method, grants] : Policy()) methods.push_back(method);
  return methods;
}

}  // namespace attune
