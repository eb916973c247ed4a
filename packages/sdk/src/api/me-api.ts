import type { CompanyRole, ParticipationSide, ParticipationStatus, StaffRole } from "@kontor/protocol";
import type { Requester } from "../http/requester.ts";
import { readPath } from "../http/requester.ts";
import type { Result } from "../result.ts";

/** Who calls: the person behind the session or key and the companies and offices he acts for. */
export type Me = {
  readonly userId: string;
  readonly credential: "session" | "key";
  /** The company that the session or key acts for. */
  readonly companyId?: string;
  readonly installationAdmin: boolean;
  readonly companies: readonly {
    readonly companyId: string;
    readonly name: string;
    readonly roles: readonly CompanyRole[];
    readonly participations: readonly {
      readonly marketplaceId: string;
      readonly side: ParticipationSide;
      readonly status: ParticipationStatus;
    }[];
  }[];
  readonly staffRoles: readonly { readonly marketplaceId: string; readonly role: StaffRole }[];
};

/** One thing that the caller may do, and as what. */
export type OwnPermission = {
  readonly action: string;
  readonly resource: string;
  readonly as: readonly ("company" | "operator" | "auditor" | "installation_admin")[];
};

export type MeApi = {
  readonly read: () => Promise<Result<Me>>;
  readonly permissions: (marketplaceId?: string) => Promise<Result<readonly OwnPermission[]>>;
};

export function createMeApi(requester: Requester): MeApi {
  return {
    read: () => readPath(requester, "/v1/me"),
    permissions: async (marketplaceId) => {
      const query = { marketplaceId };
      const result = await readPath<{ data: readonly OwnPermission[] }>(requester, "/v1/me/permissions", query);
      return result.ok ? { ok: true, value: result.value.data } : result;
    },
  };
}
