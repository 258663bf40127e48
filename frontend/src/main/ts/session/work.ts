import { fromSubmitted } from "../answer/answers.js";
import type { Draft } from "../outbox/parcel.js";
import { NO_ATTENTION } from "./attention.js";
import type { Assignment } from "../contract/assignment.js";
import type { OwnLabel, Submission } from "../contract/label.js";

/** A pair on the annotator's desk: the lease, and the judgement as far as it is made. */
export interface Work {
  draft: Draft;
  /** When the lease ends, in this computer's time (`Date.now()`). */
  deadline: number;
  /** The lease is gone: "expired" may be renewed, "complete" has all its judgements, "out" was taken out by the lead. */
  lost?: "expired" | "complete" | "out" | "paused";
  /** The cell that keys answer. */
  cursor: number;
  /** Sent without being stored, and whether it arrived is not known. */
  unsettled?: Submission | undefined;
}

/** The deadline in local time; the server's clock may differ from ours. */
export function deadlineOf(assignment: Assignment, now = Date.now()): number {
  return now + (Date.parse(assignment.expiresAt) - Date.parse(assignment.serverTime));
}

export function newDraft(assignment: Assignment, account: string, campaign: string): Draft {
  return {
    id: assignment.id,
    account,
    campaign,
    assignment,
    answers: {},
    comment: "",
    flagged: false,
    attention: NO_ATTENTION,
  };
}

/** An own label, to be judged again. */
export function draftOf(label: OwnLabel, account: string, campaign: string): Draft {
  return {
    ...newDraft(label.assignment, account, campaign),
    answers: label.answers ? fromSubmitted(label.answers) : {},
    comment: label.comment ?? "",
    flagged: label.flagged ?? false,
  };
}

export function started(draft: Draft): boolean {
  return Object.keys(draft.answers).length > 0 || draft.comment !== "" || draft.flagged;
}
