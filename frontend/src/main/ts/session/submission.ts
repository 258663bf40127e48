import type { Draft } from "../outbox/database.js";
import type { Submission } from "./contract.js";
import { uuid } from "./unique.js";

/** A finished draft as the server takes it, under a new id. */
export function submissionOf(draft: Draft, answer: Pick<Submission, "answers" | "skip">): Submission {
  const { activeMilliseconds, firstAnswerMilliseconds, attention } = draft.attention;
  return {
    id: uuid(),
    assignment: draft.id,
    token: draft.assignment.token,
    ...answer,
    ...(draft.comment ? { comment: draft.comment } : {}),
    ...(draft.flagged ? { flagged: true } : {}),
    activeMilliseconds,
    ...(firstAnswerMilliseconds === undefined ? {} : { firstAnswerMilliseconds }),
    attention,
    ...(draft.supersedes ? { supersedes: draft.supersedes } : {}),
  };
}
