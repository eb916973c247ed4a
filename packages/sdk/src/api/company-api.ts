import type { CompanyProfile, CompanyProfileInput, CompanyRole } from "@kontor/protocol";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifFirstOrMatch } from "../http/versions.ts";
import { newId } from "../ids.ts";
import type { Result } from "../result.ts";
import { askAuth, authPath, nothing } from "./auth-api.ts";

export type Company = { readonly id: string; readonly name: string };
export type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly status: string;
};
export type Member = { readonly id: string; readonly userId: string; readonly role: string };

/** The companies that the signed-in person belongs to. */
export type CompanyApi = {
  /** The maker is its owner. */
  readonly create: (name: string) => Promise<Result<Company>>;
  readonly list: () => Promise<Result<readonly Company[]>>;
  /** From now on this session acts for the company where it does not say another. */
  readonly setActive: (companyId: string) => Promise<Result<void>>;
  readonly members: (companyId: string) => Promise<Result<readonly Member[]>>;
  readonly invite: (invitation: {
    readonly companyId: string;
    readonly email: string;
    readonly roles: readonly CompanyRole[];
  }) => Promise<Result<Invitation>>;
  /** Invitations to the signed-in person. */
  readonly invitations: () => Promise<Result<readonly Invitation[]>>;
  /** Invitations that the company has sent, in whatever state; for its owners and administrators. */
  readonly sentInvitations: (companyId: string) => Promise<Result<readonly Invitation[]>>;
  readonly cancelInvitation: (invitationId: string) => Promise<Result<void>>;
  readonly acceptInvitation: (invitationId: string) => Promise<Result<void>>;
  readonly rejectInvitation: (invitationId: string) => Promise<Result<void>>;
  /** What the company one acts for says of itself, for operators to verify. */
  readonly profile: () => Promise<Result<CompanyProfile>>;
  /** `version` is the one that was read; left out for the first. */
  readonly saveProfile: (profile: CompanyProfileInput, version?: number) => Promise<Result<CompanyProfile>>;
  /** In place of the roles that the member had. */
  readonly changeRoles: (change: {
    readonly companyId: string;
    readonly memberId: string;
    readonly roles: readonly CompanyRole[];
  }) => Promise<Result<Member>>;
  readonly removeMember: (companyId: string, memberIdOrEmail: string) => Promise<Result<void>>;
  /** Ends one's own membership; live connections close. */
  readonly leave: (companyId: string) => Promise<Result<void>>;
};

export function createCompanyApi(requester: Requester): CompanyApi {
  const ask = askAuth(requester);
  const change = <Value>(path: string, body: object): Promise<Result<Value>> =>
    mutate(requester, { method: "POST", path: `${authPath}/organization${path}`, body });
  return {
    create: (name) => change("/create", { name, slug: slugOf(name) }),
    list: () => ask("/organization/list"),
    setActive: async (companyId) => nothing(await ask("/organization/set-active", { organizationId: companyId })),
    members: async (companyId) => {
      const query = new URLSearchParams({ organizationId: companyId });
      const result = await ask<{ readonly members: readonly Member[] }>(`/organization/list-members?${query}`);
      return result.ok ? { ok: true, value: result.value.members } : result;
    },
    invite: ({ companyId, email, roles }) =>
      change("/invite-member", { organizationId: companyId, email, role: roles }),
    invitations: () => ask("/organization/list-user-invitations"),
    sentInvitations: (companyId) =>
      ask(`/organization/list-invitations?${new URLSearchParams({ organizationId: companyId })}`),
    cancelInvitation: async (invitationId) => nothing(await change("/cancel-invitation", { invitationId })),
    acceptInvitation: async (invitationId) => nothing(await change("/accept-invitation", { invitationId })),
    rejectInvitation: async (invitationId) => nothing(await change("/reject-invitation", { invitationId })),
    profile: () => readPath(requester, "/v1/company"),
    saveProfile: (body, version) =>
      mutate(requester, { method: "PUT", path: "/v1/company", body, headers: ifFirstOrMatch(version) }),
    changeRoles: ({ companyId, memberId, roles }) =>
      change("/update-member-role", { organizationId: companyId, memberId, role: roles }),
    removeMember: async (companyId, memberIdOrEmail) =>
      nothing(await change("/remove-member", { organizationId: companyId, memberIdOrEmail })),
    leave: async (companyId) => nothing(await change("/leave", { organizationId: companyId })),
  };
}

/** Unique in the installation: names may repeat. */
function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return `${plain.replace(/^-|-$/g, "").slice(0, 40)}-${newId().slice(-8)}`;
}
