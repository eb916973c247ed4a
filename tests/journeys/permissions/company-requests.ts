/** What requests about a company and its people name. */
export type CompanyIds = {
  readonly organizationId: string;
  readonly slug: string;
  readonly memberId: string;
  readonly memberEmail: string;
  /** Pending, sent by the company. */
  readonly sentId: string;
  /** Pending, the one to accept and the one to reject. */
  readonly receivedIds: readonly [string, string];
  /** To whom the company's invitation was sent. */
  readonly invitedEmail: string;
};

export type CompanyRequest = {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
};

/** How one asks at an endpoint about one's own company, and in which ways about a foreign one. */
export type CompanyDoor = {
  readonly own: (own: CompanyIds) => CompanyRequest;
  /** Who asks about his own; the owner unless said otherwise. */
  readonly by?: "clerk";
  /** None where the endpoint takes nothing that could name a company. */
  readonly foreign: (foreign: CompanyIds, own: CompanyIds) => readonly CompanyRequest[];
};

type Reading = readonly ("organizationId" | "organizationSlug")[];

/** Reads of a company by its id or slug. */
const reading = (...names: Reading): CompanyDoor => {
  const asked = ({ organizationId, slug }: CompanyIds) =>
    names.map((name) => ({ query: { [name]: name === "organizationId" ? organizationId : slug } }));
  return { own: (own) => asked(own)[0] ?? {}, foreign: asked };
};

const answering = (which: 0 | 1): CompanyDoor => ({
  own: ({ receivedIds }) => ({ body: { invitationId: receivedIds[which] } }),
  foreign: ({ receivedIds }) => [{ body: { invitationId: receivedIds[which] } }],
});

/** A change of a member, in the member's company or as if he were of another. */
const changing = (bodyOf: (member: string) => Readonly<Record<string, unknown>>): CompanyDoor => ({
  own: ({ organizationId, memberId }) => ({ body: { organizationId, ...bodyOf(memberId) } }),
  foreign: ({ organizationId, memberId, memberEmail }, own) =>
    [organizationId, own.organizationId].flatMap((company) =>
      [memberId, memberEmail].map((member) => ({ body: { organizationId: company, ...bodyOf(member) } })),
    ),
});

/** Every endpoint of the account library that is about companies; in this order each works about one's own. */
export const companyDoors: Readonly<Record<string, CompanyDoor>> = {
  "GET list": { own: () => ({}), foreign: () => [] },
  "GET get-full-organization": reading("organizationId", "organizationSlug"),
  "GET list-members": reading("organizationId", "organizationSlug"),
  "GET list-invitations": reading("organizationId"),
  "GET list-user-invitations": {
    own: () => ({}),
    foreign: ({ invitedEmail }) => [{ query: { email: invitedEmail } }],
  },
  "GET get-invitation": {
    own: ({ receivedIds: [id] }) => ({ query: { id } }),
    foreign: ({ sentId }) => [{ query: { id: sentId } }],
  },
  "POST create": {
    own: ({ slug }) => ({ body: { name: "One more", slug: `${slug}-more`, keepCurrentActiveOrganization: true } }),
    foreign: ({ slug }) => [{ body: { name: "Taken", slug } }],
  },
  "POST update": {
    own: ({ organizationId }) => ({ body: { organizationId, data: { name: "Own House, renamed" } } }),
    foreign: ({ organizationId, slug }, own) => [
      { body: { organizationId, data: { name: "Captured" } } },
      { body: { organizationId: own.organizationId, data: { slug } } },
    ],
  },
  "POST set-active": {
    own: ({ organizationId }) => ({ body: { organizationId } }),
    foreign: ({ organizationId, slug }) => [{ body: { organizationId } }, { body: { organizationSlug: slug } }],
  },
  "POST invite-member": {
    own: ({ organizationId }) => ({ body: { organizationId, email: "friend@example.test", role: "buyer" } }),
    foreign: ({ organizationId, invitedEmail }) => [
      { body: { organizationId, email: "intruder@example.test", role: "owner" } },
      { body: { organizationId, email: invitedEmail, role: "buyer", resend: true } },
    ],
  },
  "POST cancel-invitation": {
    own: ({ sentId }) => ({ body: { invitationId: sentId } }),
    foreign: ({ sentId }) => [{ body: { invitationId: sentId } }],
  },
  "POST accept-invitation": answering(0),
  "POST reject-invitation": answering(1),
  "POST update-member-role": changing((memberId) => ({ memberId, role: "finance" })),
  "POST leave": {
    by: "clerk",
    own: ({ organizationId }) => ({ body: { organizationId } }),
    foreign: ({ organizationId }) => [{ body: { organizationId } }],
  },
  "POST remove-member": changing((memberIdOrEmail) => ({ memberIdOrEmail })),
};
