import type { CompanyRole, KeyRole, ParticipationSide } from "@kontor/protocol";
import type { Kontor, LiveClient } from "@kontor/sdk";
import { createKontor, requireValue } from "@kontor/sdk";
import type { Wire } from "./recorded-socket.ts";
import { createWire } from "./recorded-socket.ts";

export const password = "correct horse battery staple";

/** Somebody who is signed in, or a program with a key. */
export type Person = {
  readonly name: string;
  readonly email: string;
  readonly userId: string;
  readonly client: Kontor;
  /** What his live connections received. */
  readonly wire: Wire;
  /** His live connection, opened when first asked for; closed with the world. */
  readonly live: () => LiveClient;
  /** Headers by which the server knows him, for requests past the client. */
  readonly headers: () => Readonly<Record<string, string>>;
};

/** A company with its owner, who may do everything, and whoever it hires. */
export type Company = {
  readonly companyId: string;
  readonly name: string;
  readonly boss: Person;
  readonly hire: (...roles: readonly CompanyRole[]) => Promise<Person>;
  /** A program that acts for the company. */
  readonly robot: (...roles: readonly KeyRole[]) => Promise<Person>;
};

/** Makes people on one installation. */
export type Registry = {
  readonly person: (name: string) => Promise<Person>;
  readonly company: (name: string) => Promise<Company>;
  /** Nobody: a client without any credential. */
  readonly stranger: () => Kontor;
  readonly closeAll: () => void;
};

export function createRegistry(baseUrl: string): Registry {
  const lives: LiveClient[] = [];
  let count = 0;

  async function person(name: string): Promise<Person> {
    count += 1;
    const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, "-")}-${count}@example.test`;
    const made = clientOf({ baseUrl });
    const { id } = requireValue(await made.client.auth.signUp({ name, email, password }));
    // The cookie that the sign-up brought shows itself with the next request.
    requireValue(await made.client.me.read());
    return personOf({ name, email, userId: id }, made, lives);
  }

  async function company(name: string): Promise<Company> {
    const boss = await person(`Boss of ${name}`);
    const { id: companyId } = requireValue(await boss.client.companies.create(name));
    requireValue(await boss.client.companies.setActive(companyId));
    const profile = { legalName: name, country: "DE", registrationNo: `HRB ${count}`, vatId: "", address: "Kai 1" };
    requireValue(await boss.client.companies.saveProfile(profile));
    return {
      companyId,
      name,
      boss,
      async hire(...roles) {
        const hired = await person(`${roles.join(" ")} of ${name}`);
        const invited = requireValue(await boss.client.companies.invite({ companyId, email: hired.email, roles }));
        requireValue(await hired.client.companies.acceptInvitation(invited.id));
        requireValue(await hired.client.companies.setActive(companyId));
        return hired;
      },
      async robot(...roles) {
        const { key } = requireValue(await boss.client.apiKeys.create({ name: `robot ${roles.join(" ")}`, roles }));
        const made = clientOf({ baseUrl, credentials: { apiKey: key } });
        requireValue(await made.client.me.read());
        return personOf({ name: `robot of ${name}`, email: "", userId: boss.userId }, made, lives);
      },
    };
  }

  return {
    person,
    company,
    stranger: () => createKontor({ baseUrl }),
    closeAll: () => {
      for (const live of lives) live.close();
    },
  };
}

type Made = Pick<Person, "client" | "wire" | "headers">;

/** A client whose credential can be read off what it sent last. */
function clientOf(options: Parameters<typeof createKontor>[0]): Made {
  const wire = createWire();
  let sent: Record<string, string> = {};
  const client = createKontor({
    ...options,
    WebSocket: wire.Socket,
    fetch: (url, init) => {
      sent = { ...(init.headers as Record<string, string>) };
      return fetch(url, init);
    },
  });
  return {
    client,
    wire,
    headers: () => {
      const { cookie, "x-api-key": key } = sent;
      return { ...(cookie === undefined ? {} : { cookie }), ...(key === undefined ? {} : { "x-api-key": key }) };
    },
  };
}

function personOf(who: Pick<Person, "name" | "email" | "userId">, made: Made, lives: LiveClient[]): Person {
  let live: LiveClient | null = null;
  return {
    ...who,
    ...made,
    live() {
      if (live === null || live.state === "closed") {
        live = made.client.live();
        lives.push(live);
      }
      return live;
    },
  };
}

/** Asks to take part and is let in by an operator. */
export async function takePart(
  company: Company,
  market: { readonly marketplaceId: string; readonly operator: Person },
  side: ParticipationSide,
): Promise<void> {
  const { marketplaceId, operator } = market;
  const { companyId, boss } = company;
  const { version } = requireValue(await boss.client.participations.request(marketplaceId, side));
  requireValue(await operator.client.participations.approve({ marketplaceId, companyId, version }));
}
