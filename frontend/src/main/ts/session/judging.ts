import { type Cell, missing, nextOpen, toSubmitted } from "../answer/answers.js";
import type { Protocol } from "../answer/protocol.js";
import type { Database, Draft } from "../outbox/database.js";
import type { Outbox } from "../outbox/outbox.js";
import type { AttentionWatch } from "./attention.js";
import type { OwnLabel, Submission } from "./contract.js";
import type { Desk } from "./desk.js";
import { type Notice, type Undoable, UNDO_WINDOW } from "./notice.js";
import { submissionOf } from "./submission.js";
import { Tally } from "./tally.js";
import { draftOf, started, type Work } from "./work.js";

/** What judging needs from the session around it. */
export interface JudgingOwner {
  readonly account: string;
  readonly campaign: string;
  readonly protocol: Protocol;
  readonly cells: readonly Cell[];
  readonly current: Work | undefined;
  readonly network: string;
  readonly attention: AttentionWatch;
  /** There while this tab works. */
  readonly desk: Desk | undefined;
  readonly outbox: Outbox | undefined;
  readonly database: Database | undefined;
  /** Shows the first pair of the desk. */
  open(): void;
  /** Gets the current pair's lease back. */
  renew(): Promise<void>;
  changed(): void;
  say(notice: Notice): void;
  /** The browser's store refused to write. */
  unstored(): void;
}

/** Answers to the current pair, from the first key to a correction after submitting. */
export class Judging {
  /** The last submission, while it can be reopened. */
  undoable: Undoable | undefined;
  /** What was done in this page. */
  readonly tally = new Tally();
  private readonly taken = new Set<string>();

  constructor(private readonly owner: JudgingOwner) {}

  // ---- an answer in the making

  answer(index: number, value: number | string): void {
    const work = this.owner.current;
    const cell = this.owner.cells[index];
    if (!work || work.lost || !cell) {
      return;
    }
    this.owner.attention.answered();
    work.draft = { ...work.draft, answers: { ...work.draft.answers, [cell.key]: value } };
    work.cursor = nextOpen(this.owner.cells, work.draft.answers, index) ?? index;
    this.keep();
  }

  point(index: number): void {
    if (this.owner.current && index >= 0 && index < this.owner.cells.length) {
      this.owner.current.cursor = index;
      this.owner.changed();
    }
  }

  comment(text: string): void {
    this.revise({ comment: text });
  }

  flag(flagged: boolean, comment: string): void {
    this.revise({ flagged, comment });
    if (flagged) {
      this.owner.say({ kind: "flagged" });
    }
  }

  /** The current pair with all its answers; undefined, with a notice, when one is missing. */
  complete(): Work | undefined {
    const work = this.owner.current;
    if (!work || work.lost) {
      return undefined;
    }
    const [open] = missing(this.owner.cells, work.draft.answers);
    if (open) {
      work.cursor = this.owner.cells.findIndex((cell) => cell.key === open.key);
      this.owner.say({ kind: "missing", cell: open });
      this.owner.changed();
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
    this.send(work, { answers: toSubmitted(this.owner.protocol, work.draft.answers) });
    this.tally.add(this.undoable!.draft.attention.activeMilliseconds);
    this.owner.say({ kind: this.owner.network === "offline" ? "stored" : "submitted" });
    return true;
  }

  skip(reason: string, note: string): void {
    const work = this.owner.current;
    if (work && !work.lost) {
      work.draft = { ...work.draft, comment: note || work.draft.comment };
      this.send(work, { skip: { reason } });
      this.owner.say({ kind: "skipped" });
    }
  }

  private send(work: Work, answer: Pick<Submission, "answers" | "skip">): void {
    const draft: Draft = { ...work.draft, attention: this.owner.attention.read() };
    const submission = submissionOf(draft, answer);
    this.taken.add(draft.id);
    const skipped = answer.skip !== undefined;
    this.undoable = { label: submission.id, draft, skipped, until: Date.now() + UNDO_WINDOW };
    void this.owner.outbox!.add({ account: this.owner.account, campaign: this.owner.campaign, submission, draft }).catch(() =>
      this.owner.unstored(),
    );
    this.owner.desk!.next();
    this.owner.open();
  }

  /** Reopens the last submission. The next submit of it replaces the label. */
  undo(): void {
    const undoable = this.undoable;
    if (!undoable || Date.now() > undoable.until || !this.owner.desk) {
      return;
    }
    this.undoable = undefined;
    if (!undoable.skipped) {
      this.tally.remove(undoable.draft.attention.activeMilliseconds);
    }
    this.correct(undoable.draft, undoable.label, undoable.skipped);
    this.owner.say({ kind: "reopened" });
  }

  /** Opens an own label again. */
  edit(label: OwnLabel): void {
    const draft = draftOf(label, this.owner.account, this.owner.campaign);
    this.correct(draft, label.id, label.answers === null);
  }

  /** Gives up a correction; the label stays as it was. */
  abandon(): void {
    const draft = this.owner.current?.draft;
    if (draft?.supersedes !== undefined) {
      void this.owner.database?.deleteDraft(draft.id);
      this.owner.desk!.next();
      this.owner.open();
    }
  }

  private correct(draft: Draft, label: string, skipped: boolean): void {
    this.keep();
    this.owner.desk!.reopen({ ...draft, supersedes: label });
    this.owner.open();
    this.keep();
    if (skipped && !this.owner.outbox!.holds(draft.id)) {
      void this.owner.renew();
    }
  }

  // ---- inside

  private revise(change: Partial<Draft>): void {
    if (this.owner.current) {
      this.owner.current.draft = { ...this.owner.current.draft, ...change };
      this.keep();
    }
  }

  /** Writes the current draft to the browser's store. */
  keep(): void {
    const work = this.owner.current;
    const attention = this.owner.attention.read();
    // that the evidence was seen is not forgotten over a reload
    const seen = attention.attention.evidence !== undefined;
    if (work && (started(work.draft) || work.draft.supersedes !== undefined || seen)) {
      work.draft = { ...work.draft, attention };
      void this.owner.database?.saveDraft(work.draft);
    }
    this.owner.changed();
  }

  /** Whether an answer for this assignment was given in this page. */
  settled(assignment: string): boolean {
    return this.taken.has(assignment);
  }

  /** Notices the end of undo. */
  tick(): void {
    if (this.undoable && Date.now() > this.undoable.until) {
      this.undoable = undefined;
      this.owner.changed();
    }
  }
}
