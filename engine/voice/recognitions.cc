#include "engine/voice/recognitions.h"

#include <vector>

#include "engine/errors.h"
#include "engine/names.h"
#include "engine/people/people.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr char kProps[] = R"sql(
  SELECT COUNT(*) FROM prop WHERE person = $1 AND counted = 1)sql";

// State 2 is confirmed.
constexpr char kGreatCalls[] = R"sql(
  SELECT COUNT(*), CAST(COALESCE(SUM(kudos), 0) AS BIGINT) FROM great_call
  WHERE person = $1 AND state = 2)sql";

}  // namespace

absl::StatusOr<v1::Recognition> Recognitions::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetRecognitionRequest& request) const {
  const auto id = ParsePersonName(request.person());
  if (!id) {
    return Invalid("person", "NAME_INVALID", "An agent is people/{person}.");
  }
  ASSIGN_OR_RETURN(const v1::Person person, FindPerson(tx, *id));
  if (!caller.Reaches(*id, ParseTeamName(person.team()).value_or(""))) {
    return NotFound(request.person());
  }
  return CountRecognition(tx, *id);
}

absl::StatusOr<v1::Recognition> CountRecognition(Transaction& tx,
                                                 const std::string& person) {
  ASSIGN_OR_RETURN(const auto found,
                   tx.RunAll({{kProps, {person}}, {kGreatCalls, {person}}}));
  v1::Recognition recognition;
  recognition.set_person(PersonName(person));
  Cells props(found[0].at(0));
  recognition.set_props(props.Int());
  RETURN_IF_ERROR(props.Done());
  Cells calls(found[1].at(0));
  recognition.set_great_calls(calls.Int());
  recognition.set_kudos(calls.Int());
  RETURN_IF_ERROR(calls.Done());
  return recognition;
}

}  // namespace attune
