import type { Problem } from "@kontor/protocol";
import type { Kontor } from "@kontor/sdk";
import type { FormEvent } from "react";
import { useState } from "react";
import { Button, FieldError, Form, Input, Label, TextField } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import { SecondFactorForm } from "./second-factor-form.tsx";
import { Refusal } from "./sign-in-refusal.tsx";

type Field = { readonly value: string; readonly set: (value: string) => void };

export type SignInFormProps = {
  readonly kontor: Kontor;
  readonly onSignedIn: () => Promise<void>;
  readonly email: Field;
  readonly password: Field;
  /** The address is known and stays. */
  readonly isEmailFixed?: boolean;
};

/** Password, then the second factor where the account has one. A refusal keeps what was typed. */
export function SignInForm({ kontor, onSignedIn, email, password, isEmailFixed = false }: SignInFormProps) {
  const t = useText();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [wantsCode, setWantsCode] = useState(false);
  const signIn = async (): Promise<void> => {
    setPending(true);
    const result = await kontor.auth.signIn({ email: email.value.trim(), password: password.value });
    setProblem(result.ok ? null : result.problem);
    if (result.ok && result.value.state === "second_factor") setWantsCode(true);
    if (result.ok && result.value.state === "signed_in") await onSignedIn();
    setPending(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isPending) void signIn();
  };
  if (wantsCode) return <SecondFactorForm kontor={kontor} onSignedIn={onSignedIn} onBack={() => setWantsCode(false)} />;
  return (
    <Form onSubmit={submit} className="space-y-4">
      {problem === null ? null : <Refusal problem={problem} />}
      <TextField
        name="email"
        type="email"
        autoComplete="username"
        isRequired
        isReadOnly={isEmailFixed}
        value={email.value}
        onChange={email.set}
      >
        <Label className="field-label">{t("shell.email")}</Label>
        <Input className="field-input" dir="ltr" />
        <FieldError className="field-error" />
      </TextField>
      <TextField
        name="password"
        type="password"
        autoComplete="current-password"
        isRequired
        value={password.value}
        onChange={password.set}
        autoFocus={isEmailFixed}
      >
        <Label className="field-label">{t("shell.password")}</Label>
        <Input className="field-input" dir="ltr" />
        <FieldError className="field-error" />
      </TextField>
      <Button type="submit" className="button button-primary w-full" isPending={isPending}>
        {isPending ? t("shell.signing_in") : t("shell.sign_in")}
      </Button>
    </Form>
  );
}
