/** Judgements, as the server takes them and gives them back; see the REST description of /api/v1/annotate. */
import type { SubmittedAnswers } from "../answer/answers.js";
import type { Assignment } from "./assignment.js";
import type { Attention } from "./attention.js";
import type { Progress } from "./campaign.js";

export interface Submission {
  /** Made by the client: the same id is never counted twice. */
  readonly id: string;
  readonly assignment: string;
  readonly token: number;
  readonly answers?: SubmittedAnswers;
  readonly skip?: { readonly reason: string };
  readonly comment?: string;
  readonly flagged?: boolean;
  readonly activeMilliseconds: number;
  readonly firstAnswerMilliseconds?: number;
  readonly attention?: Attention;
  readonly supersedes?: string;
}

export interface Receipt {
  readonly id: string;
  readonly status: "accepted" | "duplicate" | "extra";
  readonly progress: Progress;
  /** The known answer, when the pair had one and the campaign tells it. */
  readonly feedback?: Feedback;
  /** What the annotator holds now, where the request asked for it (`?next=`) and it could be had. */
  readonly assignments?: readonly Assignment[];
}

/** The known answer to a pair that was just answered, where the campaign tells it. */
export interface Feedback {
  readonly answers: SubmittedAnswers;
  /** Per dimension: 1 right, 0.5 a near miss, 0. */
  readonly scores: Readonly<Record<string, number>>;
  /** Text by language; may be empty. */
  readonly reason: Readonly<Record<string, string>>;
}

export interface OwnLabel {
  readonly id: string;
  readonly assignment: Assignment;
  readonly answers: SubmittedAnswers | null;
  readonly skipReason?: string | null;
  readonly comment: string | null;
  readonly flagged?: boolean;
  readonly submittedAt: string;
  readonly superseded: boolean;
}
