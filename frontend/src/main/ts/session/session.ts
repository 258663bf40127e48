import { missing, nextOpen, toSubmitted, type Cell } from "../answer/answers.js";
import type { Protocol } from "../answer/protocol.js";
import { Database, type Draft, type Parcel } from "../outbox/database.js";
import { Outbox, type OutboxListener } from "../outbox/outbox.js";
import { Api, Refused, Unreachable } from "./api.js";
import { AttentionWatch } from "./attention.js";
import type { Account, EmptyReason, OwnLabel, Preferences, Progress, Receipt, Submission } from "./contract.js";
import { Desk, type DeskOwner } from "./desk.js";
import { type Notice, type Undoable, UNDO_WINDOW } from "./notice.js";
import { type Phase, phaseOf } from "./phase.js";
import { SingleTab } from "./single-tab.js";
import { submissionOf } from "./submission.js";
import { Tally } from "./tally.js";
import { Terms } from "./terms.js";
import { draftOf, started, type Work } from "./work.js";

/** While nothing is waiting, looks for new pairs this often, in milliseconds. */
const LOOK_AGAIN = 30_000;

/**
 * The annotator's session in one campaign: what is on the desk, what is on its way, what can be undone. Emits "change"
 * when something to be shown changed and "notice" (CustomEvent<Notice>) when something is to be said.
 */
export class Session extends EventTarget implements OutboxListener, DeskOwner {
  phase: Phase = "loading";
  preferences: Preferences = {};
  progress: Progress | undefined;
  terms: Terms | undefined;
  undoable: Undoable | undefined;
  /** What was done in this page. */
  readonly tally = new Tally();
  /** Judgements whose lease was lost before they were submitted. */
  setAside: Draft[] = [];
  readonly attention = new AttentionWatch();
  private readonly api = new Api();
  private person: Account | undefined;
  private database: Database | undefined;
  private outbox: Outbox | undefined;
  private desk: Desk | undefined;
  /** Why the last call did not get through, if it did not. */
  private failing: "offline" | "signed-out" | undefined;
  private readonly tab: SingleTab;
  private readonly taken = new Set<string>();
  private timer: number | undefined;

  constructor(readonly campaign: string) {
    super();
    this.tab = new SingleTab(`diptych-annotate-${campaign}`, (mine) => void (mine ? this.work() : this.leave()));
  }

  // ---- start

  async start(): Promise<void> {
    try {
      this.database ??= await Database.open();
    } catch {
      this.enter("no-store");
      return;
    }
    try {
      const { account } = await this.api.session();
      this.person = account;
      this.preferences = account.preferences ?? {};
      await this.readTerms();
    } catch (error) {
      this.enter(phaseOf(error));
      if (error instanceof Unreachable) {
        this.again(() => this.start(), 3000);
      }
      return;
    }
    this.outbox = new Outbox(this.database, this.api, this.person.id, this);
    this.tab.start();
  }

  private async readTerms(): Promise<void> {
    const document = await this.api.campaign(this.campaign);
    this.terms = new Terms(document);
    this.progress = document.progress;
    if (this.preferences.confirmed?.[this.campaign] === undefined) {
      // whoever begins begins with this protocol; a later one has to be read and confirmed
      this.prefer(this.terms.read(this.preferences));
    }
    this.changed();
  }

  /** Works in this tab instead of the other. */
  takeOver(): void {
    this.tab.take();
  }

  private async work(): Promise<void> {
    const { prefetch, leaseSeconds } = this.terms!;
    this.enter("loading");
    await this.outbox!.start();
    const drafts = await this.database!.drafts(this.person!.id, this.campaign);
    const leased = new Map(drafts.filter((draft) => draft.supersedes === undefined).map((draft) => [draft.id, draft]));
    this.desk = new Desk(this.api, this, prefetch, leaseSeconds, leased);
    drafts.filter((draft) => draft.supersedes !== undefined).forEach((draft) => this.desk!.reopen(draft));
    await this.desk.fill();
    this.setAside = [...leased.values()].filter(started);
    this.open();
  }

  private leave(): void {
    this.keep();
    this.outbox?.stop();
    this.desk = undefined;
    this.enter("elsewhere");
  }

  // ---- what there is

  get protocol(): Protocol {
    return this.terms!.protocol;
  }

  get owner(): Account | undefined {
    return this.person;
  }

  get account(): string {
    return this.person?.id ?? "";
  }

  get current(): Work | undefined {
    return this.desk?.current;
  }

  get empty(): EmptyReason | null {
    return this.desk?.empty ?? null;
  }

  get cells(): readonly Cell[] {
    return this.terms!.cells;
  }

  get queued(): number {
    return this.outbox?.waiting ?? 0;
  }

  get refused(): readonly Parcel[] {
    return this.outbox?.refused ?? [];
  }

  get network(): "saved" | "saving" | "offline" | "signed-out" {
    const state = this.outbox?.state;
    if (state === "signed-out" || state === "offline") {
      return state;
    }
    return this.failing ?? (state === "sending" ? "saving" : "saved");
  }

  // ---- judging

  answer(index: number, value: number | string): void {
    const work = this.current;
    const cell = this.cells[index];
    if (!work || work.lost || !cell) {
      return;
    }
    this.attention.answered();
    work.draft = { ...work.draft, answers: { ...work.draft.answers, [cell.key]: value } };
    work.cursor = nextOpen(this.cells, work.draft.answers, index) ?? index;
    this.keep();
  }

  point(index: number): void {
    if (this.current && index >= 0 && index < this.cells.length) {
      this.current.cursor = index;
      this.changed();
    }
  }

  comment(text: string): void {
    this.revise({ comment: text });
  }

  flag(flagged: boolean, comment: string): void {
    this.revise({ flagged, comment });
    if (flagged) {
      this.say({ kind: "flagged" });
    }
  }

  /** Queues the judgement and goes on; false, with a notice, when an answer is missing. */
  submit(): boolean {
    const work = this.current;
    if (!work || work.lost) {
      return false;
    }
    const [open] = missing(this.cells, work.draft.answers);
    if (open) {
      work.cursor = this.cells.findIndex((cell) => cell.key === open.key);
      this.say({ kind: "missing", cell: open });
      this.changed();
      return false;
    }
    this.send(work, { answers: toSubmitted(this.protocol, work.draft.answers) });
    this.tally.add(this.undoable!.draft.attention.activeMilliseconds);
    this.say({ kind: this.network === "offline" ? "stored" : "submitted" });
    return true;
  }

  skip(reason: string, note: string): void {
    const work = this.current;
    if (work && !work.lost) {
      work.draft = { ...work.draft, comment: note || work.draft.comment };
      this.send(work, { skip: { reason } });
      this.say({ kind: "skipped" });
    }
  }

  private send(work: Work, answer: Pick<Submission, "answers" | "skip">): void {
    const draft: Draft = { ...work.draft, attention: this.attention.read() };
    const submission = submissionOf(draft, answer);
    this.taken.add(draft.id);
    const skipped = answer.skip !== undefined;
    this.undoable = { label: submission.id, draft, skipped, until: Date.now() + UNDO_WINDOW };
    void this.outbox!.add({ account: this.account, campaign: this.campaign, submission, draft }).catch(() =>
      this.enter("no-store"),
    );
    this.desk!.next();
    this.open();
  }

  /** Reopens the last submission. The next submit of it replaces the label. */
  undo(): void {
    const undoable = this.undoable;
    if (!undoable || Date.now() > undoable.until || !this.desk) {
      return;
    }
    this.undoable = undefined;
    if (!undoable.skipped) {
      this.tally.remove(undoable.draft.attention.activeMilliseconds);
    }
    this.correct(undoable.draft, undoable.label, undoable.skipped);
    this.say({ kind: "reopened" });
  }

  /** Opens an own label again. */
  edit(label: OwnLabel): void {
    const draft = draftOf(label, this.account, this.campaign);
    this.correct(draft, label.id, label.answers === null);
  }

  /** Gives up a correction; the label stays as it was. */
  abandon(): void {
    const draft = this.current?.draft;
    if (draft?.supersedes !== undefined) {
      void this.database?.deleteDraft(draft.id);
      this.desk!.next();
      this.open();
    }
  }

  private correct(draft: Draft, label: string, skipped: boolean): void {
    this.keep();
    this.desk!.reopen({ ...draft, supersedes: label });
    this.open();
    this.keep();
    if (skipped && !this.outbox!.holds(draft.id)) {
      void this.renew();
    }
  }

  // ---- leases

  input(): void {
    this.attention.input();
    this.tally.input(performance.now());
    this.desk?.input();
  }

  /** Once a second: notices a lease that ran out and the end of undo. */
  tick(): void {
    this.desk?.check();
    if (this.undoable && Date.now() > this.undoable.until) {
      this.undoable = undefined;
      this.changed();
    }
  }

  async renew(): Promise<void> {
    if (this.current) {
      await this.desk!.renew(this.current);
    }
  }

  /** Leaves a lost pair; its draft is kept. */
  passOn(): void {
    const work = this.current;
    if (work?.lost) {
      this.setAside = [...this.setAside, work.draft];
      this.desk!.next();
      this.open();
    }
  }

  /** Offers judgements again whose lease ran out before they arrived; a pair's corrections go with it. */
  async offerAgain(): Promise<void> {
    try {
      await this.outbox?.offerAgain((id) => this.api.renew(id));
    } catch (error) {
      if (error instanceof Refused) {
        this.say({ kind: "renewal-failed" });
      } else {
        this.unreachable(error);
      }
    }
  }

  /** Forgets the judgements that were not counted; only on a person's word. */
  discard(): void {
    void this.outbox?.discard();
  }

  // ---- account

  ownLabels(): Promise<readonly OwnLabel[]> {
    return this.api.ownLabels(this.campaign, 50);
  }

  prefer(change: Preferences): void {
    this.preferences = { ...this.preferences, ...change };
    this.api.savePreferences(this.preferences).catch(() => this.say({ kind: "preferences-unsaved" }));
    this.changed();
  }

  /** Tries the network at once. */
  tryNow(): void {
    if (this.terms) {
      this.outbox?.wake();
      this.look();
    } else {
      void this.start();
    }
  }

  /** Looks for pairs when there are none. */
  look(): void {
    void this.desk?.fill().then(() => {
      if (this.phase !== "working") {
        this.open();
      }
    });
  }

  // ---- heard from the desk and the outbox

  waiting(): number {
    return this.queued;
  }

  settled(assignment: string): boolean {
    return this.taken.has(assignment) || (this.outbox?.holds(assignment) ?? false);
  }

  governed(protocolDigest: string): void {
    if (protocolDigest !== this.terms?.digest) {
      void this.readTerms().catch((error: unknown) => this.unreachable(error));
    }
  }

  progressed(progress: Progress): void {
    // answers to earlier requests may arrive late: one's own count never goes back
    if (this.progress && progress.mine < this.progress.mine) return;
    this.progress = progress;
    this.failing = undefined;
  }

  unreachable(error: unknown): void {
    const signedOut = error instanceof Refused && error.status === 401;
    if (error instanceof Refused && (!signedOut || !this.current)) {
      this.enter(phaseOf(error));
    }
    this.failing = signedOut ? "signed-out" : "offline";
    this.again(() => this.desk?.fill(), 5000);
    this.changed();
  }

  outboxChanged(): void {
    this.changed();
  }

  delivered({ submission }: Parcel, receipt: Receipt): void {
    this.progressed(receipt.progress);
    if (submission.skip && this.current?.draft.supersedes === submission.id) {
      // a skip gave the pair back to the queue; undoing it needs the pair again
      void this.renew();
    }
    if (receipt.status === "extra") {
      this.say({ kind: "extra" });
    }
    if (!this.current) {
      void this.desk?.fill();
    }
    this.changed();
  }

  backOnline(sent: number): void {
    this.failing = undefined;
    this.say({ kind: "back-online", sent });
    void this.desk?.fill();
  }

  changed(): void {
    const vacant = ["empty", "unreachable", "signed-out"].includes(this.phase);
    if (this.desk && ((vacant && this.current) || (this.phase === "working" && !this.current))) {
      this.open();
    }
    this.dispatchEvent(new Event("change"));
  }

  // ---- inside

  /** Shows the first pair of the desk. */
  private open(): void {
    const work = this.current;
    if (work) {
      const next = nextOpen(this.cells, work.draft.answers, -1);
      work.cursor = next ?? this.cells.length - 1;
      this.attention.begin(work.draft.attention);
      this.enter("working");
    } else {
      this.enter(this.failing === "offline" ? "unreachable" : (this.failing ?? "empty"));
      this.again(() => this.look(), LOOK_AGAIN);
    }
  }

  private revise(change: Partial<Draft>): void {
    if (this.current) {
      this.current.draft = { ...this.current.draft, ...change };
      this.keep();
    }
  }

  /** Writes the current draft to the browser's store. */
  keep(): void {
    const work = this.current;
    if (work && (started(work.draft) || work.draft.supersedes !== undefined)) {
      work.draft = { ...work.draft, attention: this.attention.read() };
      void this.database?.saveDraft(work.draft);
    }
    this.changed();
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.dispatchEvent(new Event("change"));
  }

  private say(notice: Notice): void {
    this.dispatchEvent(new CustomEvent<Notice>("notice", { detail: notice }));
  }

  private again(work: () => unknown, milliseconds: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(work, milliseconds);
  }
}
