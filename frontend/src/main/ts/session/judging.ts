import { missing, nextOpen, toSubmitted } from "../answer/answers.js";
import type { Database } from "../outbox/database.js";
import type { Draft } from "../outbox/parcel.js";
import type { Outbox } from "../outbox/outbox.js";
import type { AttentionWatch } from "./attention.js";
import type { OwnLabel, Submission } from "../contract/label.js";
import type { Desk } from "./desk.js";
import { OtherAccount, SignedOut } from "./failures.js";
import { stuck } from "./network.js";
import { UNDO_WINDOW } from "./notice.js";
import type { State } from "./state.js";
import { uuid } from "./unique.js";
import { draftOf, started, type Work } from "./work.js";

type Given = Pick<Submission, "answers" | "skip">;

/** Answers to the current pair, from the first key to a correction after submitting. */
export class Judging {
  constructor(
    private readonly state: State,
    private readonly attention: AttentionWatch,
    private readonly desk: Desk,
    private readonly outbox: Pick<Outbox, "add">,
    private readonly database: Pick<Database, "keepDraft" | "dropDraft">,
  ) {}

  // ---- an answer in the making

  answer(index: number, value: number | string): void {
    const work = this.state.current;
    const cell = this.state.cells[index];
    if (!work || work.lost || !cell || this.state.sending) {
      return;
    }
    this.attention.answered();
    work.draft = { ...work.draft, answers: { ...work.draft.answers, [cell.key]: value } };
    work.cursor = nextOpen(this.state.cells, work.draft.answers, index) ?? index;
    this.keep();
  }

  point(index: number): void {
    if (this.state.current && index >= 0 && index < this.state.cells.length) {
      this.state.current.cursor = index;
      this.state.changed();
    }
  }

  comment(text: string): void {
    this.revise({ comment: text });
  }

  flag(flagged: boolean, comment: string): void {
    this.revise({ flagged, comment });
    if (flagged) {
      this.state.say({ kind: "flagged" });
    }
  }

  /** The current pair with all its answers; undefined, with a notice, when one is missing. */
  complete(): Work | undefined {
    const work = this.state.current;
    if (!work || work.lost || this.state.sending) {
      return undefined;
    }
    const [open] = missing(this.state.cells, work.draft.answers);
    if (open) {
      work.cursor = this.state.cells.findIndex((cell) => cell.key === open.key);
      this.state.say({ kind: "missing", cell: open });
      this.state.changed();
      return undefined;
    }
    return work;
  }

  /** Queues the judgement and goes on; false, with a notice, when an answer is missing. */
  submit(): boolean {
    const work = this.complete();
    if (!work) {
      return false;
    }
    void this.send(work, { answers: toSubmitted(this.state.protocol, work.draft.answers) });
    return true;
  }

  skip(reason: string, note: string): void {
    const work = this.state.current;
    if (work && !work.lost && !this.state.sending) {
      work.draft = { ...work.draft, comment: note || work.draft.comment };
      void this.send(work, { skip: { reason } });
    }
  }

  /**
   * Puts a judgement where it is safe. The next pair comes at once while the browser's store is well, and goes again should
   * it fail; with a store that fails it comes when the server has the judgement.
   */
  private async send(work: Work, answer: Given): Promise<void> {
    const draft: Draft = { ...work.draft, attention: this.attention.read() };
    const submissions = withUnsettled(work, submissionOf(draft, answer));
    const submission = submissions.at(-1)!;
    const { account, campaign } = this.state;
    let ahead = !this.state.store.failing;
    if (ahead) {
      this.goOn(work, draft, submission);
    } else {
      this.state.sending = true;
      this.state.changed();
    }
    const stay = () => {
      if (ahead) {
        ahead = false;
        this.comeBack(work, draft, submission);
      }
      this.state.sending = true;
      this.state.changed();
    };
    try {
      let how: "stored" | "sent" = "stored";
      for (const each of submissions) {
        how = await this.outbox.add({ account, campaign, submission: each, draft }, stay);
      }
      this.state.sending = false;
      this.state.unsafe = false;
      if (!ahead) {
        this.goOn(work, draft, submission);
      }
      const waits = how === "stored" && stuck(this.state.network);
      this.state.say({ kind: answer.skip ? "skipped" : waits ? "stored" : "submitted" });
    } catch (error) {
      if (!(error instanceof SignedOut || error instanceof OtherAccount)) {
        work.unsettled = submission;
      }
      this.state.sending = false;
      this.state.unsafe = true;
      this.state.say({ kind: "unsafe" });
      this.state.changed();
    }
  }

  private goOn(work: Work, draft: Draft, { id, skip }: Submission): void {
    this.state.taken.add(draft.id);
    this.state.undoable = { label: id, draft, skipped: skip !== undefined, until: Date.now() + UNDO_WINDOW };
    if (!skip) {
      this.state.tally.add(draft.attention.activeMilliseconds);
    }
    this.desk.next(work);
  }

  /** The judgement is nowhere but on this page, so its pair comes back. */
  private comeBack(work: Work, draft: Draft, submission: Submission): void {
    this.state.taken.delete(draft.id);
    if (this.state.undoable?.label === submission.id) {
      this.state.undoable = undefined;
    }
    if (!submission.skip) {
      this.state.tally.remove(draft.attention.activeMilliseconds);
    }
    work.draft = draft;
    this.state.stock?.putBack(work);
    this.state.changed();
  }

  /** Reopens the last submission. The next submit of it replaces the label. */
  undo(): void {
    const undoable = this.state.undoable;
    if (!undoable || Date.now() > undoable.until || !this.state.stock || this.state.sending) {
      return;
    }
    this.state.undoable = undefined;
    if (!undoable.skipped) {
      this.state.tally.remove(undoable.draft.attention.activeMilliseconds);
    }
    this.correct(undoable.draft, undoable.label, undoable.skipped);
    this.state.say({ kind: "reopened" });
  }

  /** Opens an own label again. */
  edit(label: OwnLabel): void {
    if (this.state.sending || !this.state.stock) {
      return;
    }
    const draft = draftOf(label, this.state.account, this.state.campaign);
    this.correct(draft, label.id, label.answers === null);
  }

  /** Gives up a correction; the label stays as it was. */
  abandon(): void {
    const draft = this.state.current?.draft;
    if (draft?.supersedes !== undefined && !this.state.sending) {
      this.database.dropDraft(draft.id);
      this.desk.next();
    }
  }

  private correct(draft: Draft, label: string, skipped: boolean): void {
    this.keep();
    this.desk.reopen({ ...draft, supersedes: label });
    this.keep();
    if (skipped && !this.state.outgoing.holds(draft.id)) {
      void this.desk.renew(this.state.current!);
    }
  }

  // ---- inside

  private revise(change: Partial<Draft>): void {
    if (this.state.current) {
      this.state.current.draft = { ...this.state.current.draft, ...change };
      this.keep();
    }
  }

  /** Writes the current draft to the browser's store. */
  keep(): void {
    const work = this.state.current;
    const attention = this.attention.read();
    // that the evidence was seen is not forgotten over a reload
    const seen = attention.attention.evidence !== undefined;
    if (work && (started(work.draft) || work.draft.supersedes !== undefined || seen)) {
      work.draft = { ...work.draft, attention };
      this.database.keepDraft(work.draft);
    }
    this.state.changed();
  }

  /** Puts the known answer to the pair before away. */
  understood(): void {
    if (this.state.told) {
      this.state.told = undefined;
      this.state.changed();
    }
  }

  /** Notices the end of undo. */
  tick(): void {
    if (this.state.undoable && Date.now() > this.state.undoable.until) {
      this.state.undoable = undefined;
      this.state.changed();
    }
  }
}

/**
 * What has to be sent of a judgement of which an earlier form may have arrived: the same once more, under its first id; or,
 * when it has been changed, the earlier one and its correction.
 */
function withUnsettled({ unsettled }: Work, submission: Submission): readonly Submission[] {
  if (!unsettled) {
    return [submission];
  }
  const content = ({ answers, skip, comment, flagged }: Submission) => JSON.stringify([answers, skip, comment, flagged]);
  return content(unsettled) === content(submission) ? [unsettled] : [unsettled, { ...submission, supersedes: unsettled.id }];
}

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
