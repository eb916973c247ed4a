import type { Logger } from "pino";

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};

/** Sends one message, or rejects. */
export type Mailer = (mail: Mail) => Promise<void>;

/** Writes messages to the log instead of sending them: fit for a demonstration, not for real people. */
export function createLogMailer(log: Logger): Mailer {
  return (mail) => {
    log.info({ mail }, "mail not sent but logged");
    return Promise.resolve();
  };
}
