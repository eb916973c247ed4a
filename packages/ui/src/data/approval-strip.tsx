import type { ReactNode } from "react";
import type { StatusSign, StatusTone } from "../states/status-word.tsx";
import { StatusWord } from "../states/status-word.tsx";
import { Avatar } from "./avatar.tsx";

export type Approver = {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** The rule that put this person here. */
  readonly rule: string;
  readonly state: { readonly tone: StatusTone; readonly sign: StatusSign; readonly word: string };
  /** Since when, and due when. */
  readonly timing?: ReactNode;
  readonly isCurrent?: boolean;
  readonly actions?: ReactNode;
};

/** A group is who may decide beside each other. */
export type ApprovalGroup = { readonly id: string; readonly approvers: readonly Approver[] };

/** Who has to agree, in order: those beside each other in one group are stacked. */
export function ApprovalStrip({
  groups,
  label,
}: {
  readonly groups: readonly ApprovalGroup[];
  readonly label: string;
}) {
  return (
    <ol className="k-approvals" aria-label={label}>
      {groups.map((group) => (
        <li key={group.id} className="k-approval-group">
          {group.approvers.map((approver) => (
            <ApproverCard key={approver.id} approver={approver} />
          ))}
        </li>
      ))}
    </ol>
  );
}

function ApproverCard({ approver }: { readonly approver: Approver }) {
  const { name, role, rule, state, timing, isCurrent = false, actions } = approver;
  return (
    <div
      className="k-approver"
      data-current={isCurrent || undefined}
      {...(isCurrent ? { "aria-current": "step" } : {})}
    >
      <Avatar name={name} isNamed />
      <div className="k-approver-text">
        <span className="k-approver-name">{name}</span>
        <span className="k-hint">{role}</span>
        <StatusWord tone={state.tone} sign={state.sign}>
          {state.word}
        </StatusWord>
        {timing !== undefined && <span className="k-hint">{timing}</span>}
        <span className="k-hint k-approver-rule">{rule}</span>
        {actions !== undefined && <span className="k-approver-actions">{actions}</span>}
      </div>
    </div>
  );
}
