import { authBasePath } from "./auth-endpoints.ts";
import type { Mail } from "./mailer.ts";

/*
 * Messages about accounts. An installation may have no pages of its own, so each says what to send to which address
 * of the interface; a link is only in those where following it is enough.
 */

type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly company: string;
  readonly inviter: string;
  /** Where the installation is reached. */
  readonly baseUrl: string;
};

export function invitationMail({ id, email, role, company, inviter, baseUrl }: Invitation): Mail {
  return {
    to: email,
    subject: `Join ${company} on Kontor`,
    text: [
      `${inviter} invites you to join ${company} as ${role.replaceAll(",", ", ")}.`,
      `The invitation is ${id}. It is for this address alone and ends after seven days.`,
      `To accept it, sign up or in at ${baseUrl} with this address and send ${bodyOf({ invitationId: id })} to`,
      `POST ${authBasePath}/organization/accept-invitation, or call companies.acceptInvitation("${id}") of the SDK.`,
    ].join("\n"),
  };
}

type Reset = { readonly email: string; readonly url: string; readonly token: string };

/** The library's link leads to the page that the request named; without one it leads nowhere. */
export function resetMail({ email, url, token }: Reset): Mail {
  const hasPage = (new URL(url).searchParams.get("callbackURL") ?? "") !== "";
  const how = hasPage
    ? [`Set a new password here: ${url}`]
    : [
        `Your code for a new password is ${token}. Send ${bodyOf({ token, newPassword: "…" })} to`,
        `POST ${authBasePath}/reset-password, or call auth.resetPassword of the SDK.`,
      ];
  const rest = "It ends after an hour. If you did not ask for it, nothing has changed.";
  return { to: email, subject: "Set a new password", text: [...how, rest].join("\n") };
}

export function verificationMail({ email, url }: Omit<Reset, "token">): Mail {
  return { to: email, subject: "Confirm your address", text: `Confirm your address here: ${url}` };
}

function bodyOf(members: Readonly<Record<string, string>>): string {
  return JSON.stringify(members);
}
