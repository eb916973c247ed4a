import type { Problem } from "@kontor/protocol";
import type { Kontor } from "@kontor/sdk";
import type { FormEvent } from "react";
import { useState } from "react";
import { Button, Form, Input, Label, TextField } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import { Refusal } from "./sign-in-refusal.tsx";

/** The code of an authenticator, or one of the codes that were written down. */
export function SecondFactorForm(props: {
  readonly kontor: Kontor;
  readonly onSignedIn: () => Promise<void>;
  readonly onBack: () => void;
}) {
  const t = useText();
  const { kontor, onSignedIn, onBack } = props;
  const [code, setCode] = useState("");
  const [usesBackup, setUsesBackup] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const verify = async (): Promise<void> => {
    setPending(true);
    const { verifyBackupCode, verifyTotp } = kontor.auth;
    const result = await (usesBackup ? verifyBackupCode : verifyTotp)(code.trim());
    setProblem(result.ok ? null : result.problem);
    if (result.ok) await onSignedIn();
    setPending(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isPending) void verify();
  };
  return (
    <Form onSubmit={submit} className="space-y-4">
      {problem === null ? null : <Refusal problem={problem} />}
      <TextField
        name="code"
        autoComplete="one-time-code"
        isRequired
        autoFocus
        value={code}
        onChange={setCode}
        inputMode={usesBackup ? "text" : "numeric"}
      >
        <Label className="field-label">{usesBackup ? t("shell.backup_code") : t("shell.totp_code")}</Label>
        <Input className="field-input font-mono tracking-widest" dir="ltr" />
      </TextField>
      <Button type="submit" className="button button-primary w-full" isPending={isPending}>
        {t("shell.confirm_code")}
      </Button>
      <div className="flex justify-between gap-4 text-sm">
        <Button className="text-brand underline" onPress={() => setUsesBackup(!usesBackup)}>
          {usesBackup ? t("shell.use_totp") : t("shell.use_backup")}
        </Button>
        <Button className="text-brand underline" onPress={onBack}>
          {t("shell.back")}
        </Button>
      </div>
    </Form>
  );
}
