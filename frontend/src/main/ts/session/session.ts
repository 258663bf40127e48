import { type Cell, nextOpen } from "../answer/answers.js";
import type { Protocol } from "../answer/protocol.js";
import { languageOf } from "../i18n/translate.js";
import { Database, type Parcel } from "../outbox/database.js";
import { Outbox, type OutboxListener } from "../outbox/outbox.js";
import { Api } from "./api.js";
import { AttentionWatch } from "./attention.js";
import { named } from "./base.js";
import type { Assignment, EmptyReason, Evidence, OwnLabel, Progress, Receipt, WorkFigures } from "./contract.js";
import { Connection, type NetworkState, stateOf } from "./connection.js";
import { Desk, type DeskOwner } from "./desk.js";
import { OtherAccount, Refused, Troubled, Undelivered, Unreachable } from "./failures.js";
import { Judging, type JudgingOwner } from "./judging.js";
import type { Notice } from "./notice.js";
import { PauseClock } from "./pause-clock.js";
import { type Phase, phaseOf } from "./phase.js";
import { OfflineCopy } from "./offline-copy.js";
import { nameOf, Profile } from "./profile.js";
import { SetAside, type SetAsideOwner } from "./set-aside.js";
import { SignIn } from "./sign-in.js";
import { SingleTab } from "./single-tab.js";
import type { Terms } from "./terms.js";
import { Training, type TrainingOwner } from "../training/training.js";
import type { Feedback } from "../training/training-contract.js";
import { Versions } from "./versions.js";
import { started, type Work } from "./work.js";

/** While nothing is waiting, looks for new pairs this often, in milliseconds. */
const LOOK_AGAIN = 30_000;

/**
 * The annotator's session in one campaign: what is on the desk and what is on its way. Emits "change" when something to
 * be shown changed and "notice" (CustomEvent<Notice>) when something is to be said.
 */
export class Session extends EventTarget implements OutboxListener, DeskOwner, JudgingOwner, SetAsideOwner, TrainingOwner {
  phase: Phase = "loading";
  progress: Progress | undefined;
  /** There while a new annotator goes through guideline, examples and qualification set. */
  training: Training | undefined;
  /** The known answer to a pair that was just judged, until it is put away or the next one is. */
  told: { readonly assignment: Assignment; readonly feedback: Feedback } | undefined;
  readonly attention = new AttentionWatch();
  readonly judging = new Judging(this);
  readonly pauses = new PauseClock();
  readonly database = new Database(named("diptych"), () => this.restore());
  desk: Desk | undefined;
  outbox: Outbox | undefined;
  private offline: OfflineCopy | undefined;
  private readonly api = new Api();
  readonly profile = new Profile(
    this.api,
    () => this.changed(),
    () => this.say({ kind: "preferences-unsaved" }),
  );
  readonly versions: Versions;
  readonly setAside = new SetAside(this.api, this);
  private readonly connection = new Connection();
  private readonly signIn = new SignIn(this.api, () => this.doorChanged());
  private resting = false;
  private tab: SingleTab | undefined;

  /** @param language of the page, where it is set */
  constructor(
    readonly campaign: string,
    private readonly language = "",
  ) {
    super();
    this.versions = new Versions(this.api, campaign, () =>
      languageOf(this.language || this.profile.owner?.language || navigator.language),
    );
    this.database.changed = () => this.changed();
  }

  // ---- start

  async start(): Promise<void> {
    this.signIn.watch();
    try {
      await this.profile.read();
      this.progress = await this.versions.read();
      this.changed();
      this.training = new Training(this.api, this);
      if (await this.training.begin()) {
        return;
      }
    } catch (error) {
      this.connection.failed(error);
      this.enter(phaseOf(error));
      if (error instanceof Unreachable || error instanceof Troubled) {
        this.connection.again(() => this.start(), 3000);
      }
      return;
    }
    this.connection.reached();
    this.trained();
  }

  /** Nothing stands before the queue (any more). */
  trained(): void {
    this.training = undefined;
    this.enter("loading");
    this.offline = new OfflineCopy(this.database, this.campaign);
    this.outbox = new Outbox(this.database, this.api, this.account, this);
    const name = named(`diptych-annotate-${this.account}-${this.campaign}`);
    this.tab = new SingleTab(name, (mine) => void (mine ? this.work() : this.leave()));
    this.tab.start();
  }

  /** Works in this tab instead of the other. */
  takeOver(): void {
    this.tab?.take();
  }

  private async work(): Promise<void> {
    const { prefetch, leaseSeconds } = this.versions.latest!;
    this.enter("loading");
    await this.outbox!.start();
    const drafts = await this.database.drafts(this.account, this.campaign).catch(() => []);
    const leased = new Map(drafts.filter((draft) => draft.supersedes === undefined).map((draft) => [draft.id, draft]));
    this.setAside.kept = leased;
    this.desk = new Desk(this.api, this, prefetch, leaseSeconds, leased);
    drafts.filter((draft) => draft.supersedes !== undefined).forEach((draft) => this.desk!.reopen(draft));
    await this.desk.fill();
    if (this.connection.failing) {
      this.desk.restore();
    } else {
      this.offline!.forget([...leased.values()].filter((draft) => !started(draft)));
    }
    this.open();
  }

  private leave(): void {
    this.judging.keep();
    this.outbox?.stop();
    this.desk = undefined;
    this.enter("elsewhere");
  }

  // ---- what there is

  /** What is asked about the current pair; without one, about pairs to come. */
  get terms(): Terms | undefined {
    return (this.current && this.versions.of(this.current.draft.assignment.protocolSha256)) ?? this.versions.latest;
  }

  get protocol(): Protocol {
    return this.terms!.protocol;
  }

  get cells(): readonly Cell[] {
    return this.terms!.cells;
  }

  get account(): string {
    return this.profile.account;
  }

  get current(): Work | undefined {
    return this.training?.work ?? this.desk?.current;
  }

  /** Whether the current pair can be shown: there is one, and its version of the protocol was read. */
  private get judgeable(): boolean {
    return this.current !== undefined && this.versions.ready(this.current.draft.assignment.protocolSha256);
  }

  get empty(): EmptyReason | null {
    return this.desk?.empty ?? null;
  }

  get queued(): number {
    return this.outbox?.waiting ?? 0;
  }

  /** What does not get through, if anything does not. */
  get failing(): Undelivered | undefined {
    return this.api.closed ?? (this.queued > 0 ? this.outbox?.failing : undefined) ?? this.connection.failing;
  }

  get network(): NetworkState {
    const { failing } = this;
    if (failing) {
      return stateOf(failing);
    }
    if (this.database.failing) {
      return "unstored";
    }
    return this.database.writing || this.outbox?.sending || this.judging.sending ? "saving" : "saved";
  }

  /** What the person is called who is signed in here in place of the page's. */
  get intruder(): string {
    return this.api.closed instanceof OtherAccount ? nameOf(this.api.closed.account) : "";
  }

  ownLabels(): Promise<readonly OwnLabel[]> {
    return this.api.ownLabels(this.campaign, 50);
  }

  evidence(assignment: string): Promise<Evidence> {
    return this.api.evidence(assignment);
  }

  workFigures(): Promise<WorkFigures> {
    return this.api.workFigures(this.campaign);
  }

  /** The annotator has read what changed in the protocol, and goes on. */
  async confirmChange(): Promise<void> {
    try {
      await this.versions.confirm();
      this.open();
    } catch (error) {
      this.say({ kind: "unconfirmed" });
      if (error instanceof Refused) {
        // it changed once more meanwhile
        await this.versions.ask().catch(() => undefined);
        this.changed();
      }
    }
  }

  // ---- leases

  input(): void {
    if (this.resting) {
      return;
    }
    this.attention.input();
    this.pauses.input(performance.now());
    this.desk?.input();
  }

  /** A pause begins: nothing counts as work until it ends. */
  rest(): void {
    this.attention.pause();
    this.pauses.rest();
    this.resting = true;
  }

  /** The pause ends. */
  resume(): void {
    this.resting = false;
    this.input();
  }

  /** Once a second: notices a lease that ran out and the end of undo. */
  tick(): void {
    this.desk?.check();
    this.judging.tick();
  }

  async renew(): Promise<void> {
    if (this.current) {
      await this.desk!.renew(this.current);
    }
  }

  /** Tries the network at once. */
  tryNow(): void {
    if (this.api.closed) {
      void this.signIn.look();
    } else if (this.terms) {
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
    return this.judging.settled(assignment) || (this.outbox?.holds(assignment) ?? false);
  }

  stocked(works: readonly Work[]): void {
    this.offline?.keep(works);
  }

  governed(protocolDigest: string): void {
    this.versions
      .learn(protocolDigest)
      .then(() => this.phase !== "working" && this.current && this.open())
      .catch((error: unknown) => {
        this.unreachable(error);
        this.connection.again(() => this.governed(protocolDigest), 3000);
      });
  }

  progressed(progress: Progress): void {
    // answers to earlier requests may arrive late: one's own count never goes back
    if (this.progress && progress.mine < this.progress.mine) return;
    this.progress = progress;
    if (!this.api.closed) this.connection.reached();
  }

  refused(error: Refused): void {
    this.enter(phaseOf(error));
  }

  unreachable(error: unknown): void {
    if (error instanceof Refused && error.code === "not_qualified") {
      // the campaign has got a qualification set since this page was opened
      window.location.reload();
      return;
    }
    if (error instanceof Refused) {
      this.enter(phaseOf(error));
    }
    this.connection.failed(error);
    this.connection.again(() => this.desk?.fill(), 5000);
    this.changed();
  }

  outboxChanged(): void {
    this.changed();
  }

  /** Somebody signed out, in again, or as another: calls leave the page or they do not. */
  private doorChanged(): void {
    const { closed } = this.api;
    if (closed) {
      // what was typed is kept for its account, and nothing is sent until that is signed in again
      this.judging.keep();
      if (closed instanceof OtherAccount) {
        this.enter("other-account");
      } else if (this.phase === "other-account") {
        this.enter("signed-out");
      }
    } else {
      this.admitted();
    }
    this.changed();
  }

  /** The page's own account is signed in again: goes on where it stopped. */
  private admitted(): void {
    this.connection.reached();
    if (!this.outbox && !this.training) {
      void this.start();
      return;
    }
    if (this.phase === "other-account" || this.phase === "signed-out") {
      if (this.training) {
        this.enter(this.training.work ? "working" : "training");
      } else {
        this.open();
      }
    }
    this.outbox?.wake();
    if (this.desk) {
      this.offline?.renew(this.desk.works);
      this.look();
    }
    this.dispatchEvent(new Event("resumed"));
  }

  /** The browser's store was opened anew and may be empty: all that is here is written again. */
  private restore(): void {
    this.outbox?.restore();
    this.desk?.works.forEach(({ draft }) => this.database.keepDraft(draft));
    this.judging.keep();
  }

  delivered({ submission, draft }: Parcel, receipt: Receipt): void {
    this.progressed(receipt.progress);
    if (submission.skip && this.current?.draft.supersedes === submission.id) {
      // a skip gave the pair back to the queue; undoing it needs the pair again
      void this.renew();
    }
    if (receipt.feedback) {
      this.told = { assignment: draft.assignment, feedback: receipt.feedback };
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
    this.connection.reached();
    this.say({ kind: "back-online", sent });
    void this.desk?.fill();
  }

  // ---- what the page sees

  /** Shows the first pair of the desk. */
  open(): void {
    const work = this.current;
    if (work && !this.judgeable) {
      this.enter(this.versions.mustRead(work.draft.assignment.protocolSha256) ? "reading" : "loading");
    } else if (work) {
      const next = nextOpen(this.cells, work.draft.answers, -1);
      work.cursor = next ?? this.cells.length - 1;
      this.attention.begin(work.draft.attention);
      this.enter("working");
    } else {
      const failing = this.api.closed ?? this.connection.failing;
      this.enter(failing ? phaseOf(failing) : "empty");
      this.connection.again(() => this.look(), LOOK_AGAIN);
    }
  }

  show(what: "training" | "working"): void {
    this.enter(what);
  }

  /** Puts the known answer away. */
  understood(): void {
    if (this.told) {
      this.told = undefined;
      this.changed();
    }
  }

  changed(): void {
    const vacant = ["empty", "unreachable", "signed-out"].includes(this.phase);
    if (this.desk && ((vacant && this.current) || (this.phase === "working" && !this.judgeable))) {
      this.open();
    }
    this.dispatchEvent(new Event("change"));
  }

  say(notice: Notice): void {
    this.dispatchEvent(new CustomEvent<Notice>("notice", { detail: notice }));
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.dispatchEvent(new Event("change"));
  }
}
