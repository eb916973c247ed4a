import type { Problem, TenderTerms, TenderView } from "@kontor/protocol";
import { newId } from "@kontor/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useKontor } from "../app/session-provider.tsx";
import { DraftSaver } from "./draft-saver.ts";
import { termsOfView } from "./draft-terms.ts";
import type { Invited } from "./invitations.ts";
import { useInvited } from "./invitations.ts";
import type { TermsProblem } from "./wizard-state.ts";
import {
  calendarProblems,
  faultsOfAnswer,
  shapeProblems,
  standingFaults,
  standingsOf,
  wishesOf,
} from "./wizard-state.ts";

/** How long after the last change a draft is saved. */
const saveAfterMs = 1_200;

type Refused = { readonly problem: Problem; readonly terms: TenderTerms };

/** What the screens of the wizard share. */
export type DraftDesk = ReturnType<typeof useDraft>;

/** A draft under one's hands: its terms, whether they are saved, and what stands in the way of publishing them. */
export function useDraft(view: TenderView) {
  const { tenderId } = view;
  const saver = useSaver(view);
  const saving = useSyncExternalStore(saver.subscribe, saver.state);
  const [terms, setTerms] = useState(() => termsOfView(view));
  const [refused, setRefused] = useState<Refused | null>(null);
  const { invited, change: changeInvited } = useInvited(tenderId);
  const now = useMinute();
  const change = (next: TenderTerms): void => {
    setTerms(next);
    saver.change(next);
  };
  const blockers: readonly TermsProblem[] = [...shapeProblems(terms), ...calendarProblems(terms, now)];
  const said = refused === null ? [] : standingFaults(faultsOfAnswer(refused.problem), refused.terms, terms);
  const isNamed = ({ pointer }: TermsProblem): boolean => blockers.some((one) => one.pointer === pointer);
  const problems = [...blockers, ...said.filter((one) => !isNamed(one))];
  const wishes = wishesOf(terms, invited.length);
  const standings = standingsOf(problems, wishes);
  const publish = usePublish({ tenderId, saver, invited, changeInvited });
  return {
    tenderId,
    marketplaceId: view.marketplaceId,
    terms,
    change,
    saving,
    save: () => saver.flush(),
    invited,
    changeInvited,
    now,
    blockers,
    problems,
    wishes,
    standings,
    refusal: refused !== null && faultsOfAnswer(refused.problem).length === 0 ? refused.problem : null,
    publish: async (): Promise<boolean> => {
      const problem = await publish();
      setRefused(problem === null ? null : { problem, terms });
      return problem === null;
    },
  };
}

function useSaver({ tenderId, version, ...view }: TenderView): DraftSaver {
  const kontor = useKontor();
  const [saver] = useState(
    () =>
      new DraftSaver({
        version,
        terms: termsOfView({ tenderId, version, ...view }),
        send: ({ key, ...revision }) => kontor.commands.reviseTender({ tenderId, ...revision }, { key }),
        newKey: newId,
        canSave: (terms) => shapeProblems(terms).length === 0,
        later: (then) => {
          const timer = setTimeout(then, saveAfterMs);
          return () => clearTimeout(timer);
        },
      }),
  );
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (saver.state().kind !== "saved") event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("beforeunload", warn);
      void saver.flush();
    };
  }, [saver]);
  return saver;
}

type Publishing = {
  readonly tenderId: string;
  readonly saver: DraftSaver;
  readonly invited: readonly Invited[];
  readonly changeInvited: (list: readonly Invited[]) => void;
};

/** Saves, publishes and invites; null when published. Invitations that failed stay on the list. */
function usePublish({ tenderId, saver, invited, changeInvited }: Publishing) {
  const kontor = useKontor();
  const queries = useQueryClient();
  const [keys] = useState(() => new Map<number, string>());
  return async (): Promise<Problem | null> => {
    if (!(await saver.flush())) {
      const state = saver.state();
      if (state.kind === "refused") return state.problem;
    }
    const key = keys.get(saver.version) ?? newId();
    keys.set(saver.version, key);
    const outcome = await kontor.commands.publishTender({ tenderId, expectedVersion: saver.version }, { key });
    if (!outcome.ok) {
      if (outcome.problem.code !== "outcome_unknown") keys.delete(saver.version);
      return outcome.problem;
    }
    const left: Invited[] = [];
    for (const one of invited) {
      const answer = await kontor.commands.inviteSupplier({ tenderId, companyId: one.companyId });
      if (!answer.ok) left.push(one);
    }
    changeInvited(left);
    await queries.invalidateQueries({ queryKey: ["tender"] });
    await queries.invalidateQueries({ queryKey: ["tenders"] });
    return null;
  };
}

/** The time to the minute: dates pass while somebody writes. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
