// People, teams, contacts and transcripts on the wire.

#ifndef ATTUNE_SERVICE_DIRECTORY_SERVICE_H_
#define ATTUNE_SERVICE_DIRECTORY_SERVICE_H_

#include "engine/people/contacts.h"
#include "engine/people/people.h"
#include "engine/people/teams.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class DirectoryService final : public ByteService {
 public:
  DirectoryService(Serve& serve, const People& people, const Teams& teams,
                   const Contacts& contacts);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_DIRECTORY_SERVICE_H_
