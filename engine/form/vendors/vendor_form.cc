#include "engine/form/vendors/vendor_form.h"

#include "engine/form/vendors/amazon_connect.h"
#include "engine/form/vendors/genesys.h"
#include "engine/form/vendors/google.h"
#include "engine/form/vendors/json_file.h"
#include "engine/form/vendors/unscored.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

v1::Form Read(Vendor vendor, const VendorJson& file, NaWeight na_weight,
              ImportLog& log) {
  const VendorObject root = VendorObject::Root(file, log);
  if (log.refused()) return {};
  switch (vendor) {
    case Vendor::kAmazonConnect:
      return ReadAmazonConnect(root, na_weight, log);
    case Vendor::kGenesys:
      return ReadGenesys(root, log);
    case Vendor::kGoogle:
      return ReadGoogle(root, log);
  }
  return {};
}

}  // namespace

absl::StatusOr<ImportedForm> ImportVendorForm(Vendor vendor,
                                              absl::string_view json,
                                              NaWeight na_weight) {
  ASSIGN_OR_RETURN(const VendorJson file, ParseVendorJson(json));
  ImportLog log;
  ImportedForm imported{Read(vendor, file, na_weight, log), {}};
  if (log.refused()) return log.ToStatus();
  SetUnscoredApart(imported.form);
  imported.notes = log.TakeNotes();
  return imported;
}

}  // namespace attune
