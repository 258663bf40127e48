import type { Answers } from "../answer/answers.js";
import type { Assignment } from "../contract/assignment.js";
import type { Submission } from "../contract/label.js";
import type { AttentionRecord } from "../session/attention.js";

/** A judgement that is being made. */
export interface Draft {
  /** The assignment's id, the key. */
  readonly id: string;
  readonly account: string;
  readonly campaign: string;
  readonly assignment: Assignment;
  readonly answers: Answers;
  readonly comment: string;
  readonly flagged: boolean;
  readonly attention: AttentionRecord;
  /** The lease of a pair that waits on the desk: its end (`Date.now()` of this computer) and its place in the queue, from 1. */
  readonly lease?: { readonly deadline: number; readonly place: number };
  /** The label that this judgement replaces. */
  readonly supersedes?: string;
}

/** A judgement on its way to the server. */
export interface Parcel {
  /** Order of sending; given by the store, so absent while it is not there. */
  readonly sequence?: number;
  readonly account: string;
  readonly campaign: string;
  readonly submission: Submission;
  /** Kept until the server has the answer, so that it can be offered again. */
  readonly draft: Draft;
  /** How often the server answered it with an error. */
  readonly attempts?: number;
  /** Why the server did not take it; such a parcel waits for a person. */
  readonly refused?: string;
  /** The server's own words for that. */
  readonly words?: string;
}
