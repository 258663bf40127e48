/** Disputed pairs, verdicts and what annotators learn of them; see the REST description of /api/v1/campaigns/…/adjudications. */
import type { SubmittedAnswers } from "../answer/answers.js";
import type { Image, ProtocolVersion } from "./campaign.js";

export interface WaitingPair {
  readonly pair: string;
  readonly instruction: string;
  readonly category: string | null;
  readonly source: Image;
  /** Wrong verdicts that a decision is expected to put right. */
  readonly value: number;
  readonly answers: number;
  /** Whether an objection to an earlier verdict was accepted. */
  readonly again: boolean;
}

export interface WaitingPairs {
  /** How many wait; only the first are in the list. */
  readonly waiting: number;
  readonly protocol: ProtocolVersion;
  readonly pairs: readonly WaitingPair[];
}

export interface PastVerdict {
  readonly id: string;
  readonly answers: SubmittedAnswers;
  readonly reason: string | null;
  readonly at: string;
  readonly protocol: string;
  readonly holds: boolean;
  readonly gold: boolean;
  readonly objections: readonly string[];
}

export interface DisputedPair {
  readonly pair: string;
  readonly instruction: string;
  readonly category: string | null;
  readonly protocolSha256: string;
  readonly protocol: string;
  readonly source: Image;
  readonly left: Image;
  readonly right: Image;
  readonly answers: readonly { readonly person: number; readonly answers: SubmittedAnswers; readonly comment: string | null }[];
  /** An annotator is still asked for an answer. */
  readonly asked: boolean;
  /** The reader answered it: somebody else must decide. */
  readonly own: boolean;
  readonly verdict: PastVerdict | null;
  readonly majority: Readonly<Record<string, string>>;
}

export interface Decision {
  readonly protocolSha256: string;
  readonly supersedes: string | null;
  readonly answers: SubmittedAnswers;
  readonly reason: string;
  readonly gold: boolean;
}

/** Where an annotator was overruled, in the sides that they saw. */
export interface Lesson {
  readonly verdict: string;
  readonly instruction: string;
  readonly source: Image;
  readonly left: Image;
  readonly right: Image;
  readonly own: SubmittedAnswers;
  readonly decided: SubmittedAnswers;
  readonly overruled: readonly string[];
  readonly reason: string | null;
  readonly at: string;
  readonly holds: boolean;
  readonly objection: {
    readonly words: string;
    readonly accepted: boolean | null;
    readonly answer: string | null;
  } | null;
  readonly mayObject: boolean;
}
