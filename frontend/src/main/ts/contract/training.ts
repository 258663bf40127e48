import type { Image } from "./campaign.js";

/** What the server says about a new annotator's way into the queue. */

export type Step = "guideline" | "examples" | "test" | "qualified" | "failed";

export interface Standing {
  readonly step: Step;
  /** Pairs are refused until the annotator qualifies. */
  readonly barred: boolean;
  readonly examples: number;
  /** Places of the examples that were answered, from 0. */
  readonly answeredExamples: readonly number[];
  /** Size of the qualification set; 0: there is none. */
  readonly questions: number;
  /** Share that must be right. */
  readonly passMark: number;
  readonly tries: number;
  readonly triesLeft: number;
  /** Attempts gone through. */
  readonly finishedAttempts: number;
  /** How far the attempt is that was begun and not finished. */
  readonly underway: { readonly answered: number; readonly total: number } | null;
  /** Whether pairs of the queue are held, which are finished first. */
  readonly holding: boolean;
  /** Why a lead has sent them to the test again; null for who goes through it for the first time. */
  readonly again: string | null;
}

/** A pair of the qualification set. */
export interface Question {
  readonly id: string;
  readonly instruction: string;
  readonly category: string | null;
  readonly source: Image;
  readonly left: Image;
  readonly right: Image;
}

export interface Result {
  readonly score: number;
  readonly passMark: number;
  readonly passed: boolean;
  /** The score of each dimension. */
  readonly dimensions: Readonly<Record<string, number>>;
}

export interface Attempt {
  readonly id: string;
  readonly number: number;
  readonly answered: number;
  readonly total: number;
  readonly next: Question | null;
  readonly result: Result | null;
}
