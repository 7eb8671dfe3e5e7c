#include "engine/voice/relationship_value.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/people/person.h"
#include "engine/texts.h"
#include "engine/voice/report_share.h"

namespace attune {
namespace {

constexpr int kMaxUnits = 1000;

}  // namespace

void CheckRelationshipValue(const v1::CreateRelationshipValueRequest& request,
                            int64_t now_us, Violations& bad) {
  const v1::RelationshipValue& value = request.relationship_value();
  if (!ParsePersonName(request.parent())) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is the agent, people/{person}.");
  }
  if (value.kind() == v1::RelationshipValue::KIND_UNSPECIFIED ||
      !v1::RelationshipValue::Kind_IsValid(value.kind())) {
    bad.Add("relationship_value.kind", "KIND_UNKNOWN",
            "A kind is speaks_well, refers_customers, refers_employees, "
            "recommends, introduces_networks or other.");
  }
  if (value.units() < 0 || value.units() > kMaxUnits) {
    bad.Add("relationship_value.units", "UNITS_INVALID",
            absl::StrCat("Units are 1 to ", kMaxUnits, "; default 1."));
  }
  if (!value.contact().empty()) {
    const auto contact = ParseContactName(value.contact());
    const auto agent = ParsePersonName(request.parent());
    if (!contact) {
      bad.Add("relationship_value.contact", "NAME_INVALID",
              "A contact is people/{person}/contacts/{contact}.");
    } else if (agent && contact->person != "-" && contact->person != *agent) {
      bad.Add("relationship_value.contact", "CONTACT_OF_ANOTHER",
              "The contact is the same agent's.");
    }
  }
  CheckShortText(value.party(), "relationship_value.party", bad);
  if (value.kind() == v1::RelationshipValue::KIND_OTHER &&
      absl::StripAsciiWhitespace(value.note()).empty()) {
    bad.Add("relationship_value.note", "NOTE_MISSING",
            "For another kind of value, say which.");
  }
  CheckText(value.note(), "relationship_value.note", bad);
  if (value.has_occur_time() &&
      (!IsValid(value.occur_time()) || ToMicros(value.occur_time()) > now_us)) {
    bad.Add("relationship_value.occur_time", "TIME_INVALID",
            "It was done in the past, after the year 0.");
  }
}

void RelationshipValueTally::Add(v1::RelationshipValue::Kind kind,
                                 int64_t units, int64_t records) {
  counts_[kind].units += units;
  counts_[kind].records += records;
}

google::protobuf::RepeatedPtrField<v1::RelationshipValueCount>
RelationshipValueTally::Kinds(bool all) const {
  google::protobuf::RepeatedPtrField<v1::RelationshipValueCount> kinds;
  for (int kind = v1::RelationshipValue::Kind_MIN + 1;
       kind <= v1::RelationshipValue::Kind_MAX; ++kind) {
    const auto found = counts_.find(kind);
    if (found == counts_.end() && !all) continue;
    v1::RelationshipValueCount& count = *kinds.Add();
    count.set_kind(static_cast<v1::RelationshipValue::Kind>(kind));
    if (found == counts_.end()) continue;
    count.set_units(found->second.units);
    count.set_records(found->second.records);
  }
  return kinds;
}

v1::ReferralRate ReferralRateOf(int year, v1::ReferralRate::Basis basis,
                                int64_t hits, int64_t n) {
  v1::ReferralRate rate;
  rate.set_year(year);
  rate.set_basis(basis);
  *rate.mutable_share() = ReportShareOf(hits, n);
  return rate;
}

}  // namespace attune
