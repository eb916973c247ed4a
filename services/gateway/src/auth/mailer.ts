import type { Logger } from "pino";

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};

/** Sends one message, or rejects. */
export type Mailer = (mail: Mail) => Promise<void>;

/** Writes whole messages to the log, links included: only for tests, which read them there. */
export function createLogMailer(log: Logger): Mailer {
  return (mail) => {
    log.info({ mail }, "mail not sent but logged");
    return Promise.resolve();
  };
}
