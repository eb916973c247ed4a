export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};

/** Sends one message, or rejects. */
export type Mailer = (mail: Mail) => Promise<void>;
