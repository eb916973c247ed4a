import { createAccessControl } from "better-auth/plugins/access";

const accessControl = createAccessControl({
  organization: ["update", "delete"],
  member: ["create", "update", "delete"],
  invitation: ["create", "cancel"],
  team: ["create", "update", "delete"],
  ac: ["create", "read", "update", "delete"],
  apiKey: ["create", "read", "update", "delete"],
});

const administration = {
  organization: ["update"],
  member: ["create", "update", "delete"],
  invitation: ["create", "cancel"],
  apiKey: ["create", "read", "update", "delete"],
} as const;

const administrator = accessControl.newRole({ ...administration });
const plainMember = accessControl.newRole({ ac: ["read"] });

/** What each role may change about its own company; trading permissions are the registry's business. */
export const companyAccess = {
  ac: accessControl,
  roles: {
    owner: accessControl.newRole({ ...administration, organization: ["update", "delete"] }),
    admin: administrator,
    buyer: plainMember,
    approver: plainMember,
    seller: plainMember,
    finance: plainMember,
  },
};
