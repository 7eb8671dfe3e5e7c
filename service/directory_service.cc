#include "service/directory_service.h"

namespace attune {

DirectoryService::DirectoryService(Serve& serve, const People& people,
                                   const Teams& teams, const Contacts& contacts)
    : ByteService("attune.v1.DirectoryService", serve) {
  Unary("CreatePerson", people, &People::Create);
  Unary("GetPerson", people, &People::Get);
  Unary("ListPeople", people, &People::List);
  Unary("UpdatePerson", people, &People::Update);
  Unary("BatchCreatePeople", people, &People::BatchCreate);
  Unary("CreateTeam", teams, &Teams::Create);
  Unary("GetTeam", teams, &Teams::Get);
  Unary("ListTeams", teams, &Teams::List);
  Unary("UpdateTeam", teams, &Teams::Update);
  Unary("BatchCreateTeams", teams, &Teams::BatchCreate);
  Unary("CreateContact", contacts, &Contacts::Create);
  Unary("GetContact", contacts, &Contacts::Get);
  Unary("ListContacts", contacts, &Contacts::List);
  Unary("BatchCreateContacts", contacts, &Contacts::BatchCreate);
  Unary("GetTranscript", contacts, &Contacts::GetTranscript);
}

}  // namespace attune
