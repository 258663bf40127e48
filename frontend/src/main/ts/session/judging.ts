import { type Cell, missing, nextOpen, toSubmitted } from "../answer/answers.js";
import type { Protocol } from "../answer/protocol.js";
import type { Database, Draft } from "../outbox/database.js";
import type { Outbox } from "../outbox/outbox.js";
import type { AttentionWatch } from "./attention.js";
import type { NetworkState } from "./connection.js";
import type { OwnLabel, Submission } from "./contract.js";
import type { Desk } from "./desk.js";
import { OtherAccount, SignedOut } from "./failures.js";
import { type Notice, type Undoable, UNDO_WINDOW } from "./notice.js";
import { submissionOf } from "./submission.js";
import { Tally } from "./tally.js";
import { draftOf, started, type Work } from "./work.js";

/** States of the way to the server in which a judgement has to wait. */
const STUCK: ReadonlySet<NetworkState> = new Set(["offline", "troubled", "signed-out"]);

type Given = Pick<Submission, "answers" | "skip">;

/** What judging needs from the session around it. */
export interface JudgingOwner {
  readonly account: string;
  readonly campaign: string;
  readonly protocol: Protocol;
  readonly cells: readonly Cell[];
  readonly current: Work | undefined;
  readonly network: NetworkState;
  readonly attention: AttentionWatch;
  /** There while this tab works. */
  readonly desk: Desk | undefined;
  readonly outbox: Outbox | undefined;
  readonly database: Database;
  /** Shows the first pair of the desk. */
  open(): void;
  /** Gets the current pair's lease back. */
  renew(): Promise<void>;
  changed(): void;
  say(notice: Notice): void;
}

/** Answers to the current pair, from the first key to a correction after submitting. */
export class Judging {
  /** The last submission, while it can be reopened. */
  undoable: Undoable | undefined;
  /** What was done in this page. */
  readonly tally = new Tally();
  /** A judgement that cannot be stored is on its way; the next pair comes when the server has it. */
  sending = false;
  /** The current judgement could neither be stored nor sent. */
  unsafe = false;
  private readonly taken = new Set<string>();

  constructor(private readonly owner: JudgingOwner) {}

  // ---- an answer in the making

  answer(index: number, value: number | string): void {
    const work = this.owner.current;
    const cell = this.owner.cells[index];
    if (!work || work.lost || !cell || this.sending) {
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
    if (!work || work.lost || this.sending) {
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
    void this.send(work, { answers: toSubmitted(this.owner.protocol, work.draft.answers) });
    return true;
  }

  skip(reason: string, note: string): void {
    const work = this.owner.current;
    if (work && !work.lost && !this.sending) {
      work.draft = { ...work.draft, comment: note || work.draft.comment };
      void this.send(work, { skip: { reason } });
    }
  }

  /**
   * Puts a judgement where it is safe. The next pair comes at once while the browser's store is well, and goes again should
   * it fail; with a store that fails it comes when the server has the judgement.
   */
  private async send(work: Work, answer: Given): Promise<void> {
    const draft: Draft = { ...work.draft, attention: this.owner.attention.read() };
    const submissions = withUnsettled(work, submissionOf(draft, answer));
    const submission = submissions.at(-1)!;
    const { account, campaign } = this.owner;
    let ahead = !this.owner.database.failing;
    if (ahead) {
      this.goOn(work, draft, submission);
    } else {
      this.sending = true;
      this.owner.changed();
    }
    const stay = () => {
      if (ahead) {
        ahead = false;
        this.comeBack(work, draft, submission);
      }
      this.sending = true;
      this.owner.changed();
    };
    try {
      let how: "stored" | "sent" = "stored";
      for (const each of submissions) {
        how = await this.owner.outbox!.add({ account, campaign, submission: each, draft }, stay);
      }
      this.sending = false;
      this.unsafe = false;
      if (!ahead) {
        this.goOn(work, draft, submission);
      }
      const waits = how === "stored" && STUCK.has(this.owner.network);
      this.owner.say({ kind: answer.skip ? "skipped" : waits ? "stored" : "submitted" });
    } catch (error) {
      if (!(error instanceof SignedOut || error instanceof OtherAccount)) {
        work.unsettled = submission;
      }
      this.sending = false;
      this.unsafe = true;
      this.owner.say({ kind: "unsafe" });
      this.owner.changed();
    }
  }

  private goOn(work: Work, draft: Draft, { id, skip }: Submission): void {
    this.taken.add(draft.id);
    this.undoable = { label: id, draft, skipped: skip !== undefined, until: Date.now() + UNDO_WINDOW };
    if (!skip) {
      this.tally.add(draft.attention.activeMilliseconds);
    }
    this.owner.desk?.next(work);
    this.owner.open();
  }

  /** The judgement is nowhere but on this page, so its pair comes back. */
  private comeBack(work: Work, draft: Draft, submission: Submission): void {
    this.taken.delete(draft.id);
    if (this.undoable?.label === submission.id) {
      this.undoable = undefined;
    }
    if (!submission.skip) {
      this.tally.remove(draft.attention.activeMilliseconds);
    }
    work.draft = draft;
    this.owner.desk?.putBack(work);
    this.owner.open();
  }

  /** Reopens the last submission. The next submit of it replaces the label. */
  undo(): void {
    const undoable = this.undoable;
    if (!undoable || Date.now() > undoable.until || !this.owner.desk || this.sending) {
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
    if (this.sending) {
      return;
    }
    const draft = draftOf(label, this.owner.account, this.owner.campaign);
    this.correct(draft, label.id, label.answers === null);
  }

  /** Gives up a correction; the label stays as it was. */
  abandon(): void {
    const draft = this.owner.current?.draft;
    if (draft?.supersedes !== undefined && !this.sending) {
      this.owner.database.dropDraft(draft.id);
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
      this.owner.database.keepDraft(work.draft);
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
