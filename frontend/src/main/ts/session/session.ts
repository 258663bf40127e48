import { type Cell, nextOpen } from "../answer/answers.js";
import type { Protocol } from "../answer/protocol.js";
import { Database, type Parcel } from "../outbox/database.js";
import { Outbox, type OutboxListener } from "../outbox/outbox.js";
import { Api, Refused, Unreachable } from "./api.js";
import { AttentionWatch } from "./attention.js";
import type { EmptyReason, Evidence, OwnLabel, Progress, Receipt } from "./contract.js";
import { Connection } from "./connection.js";
import { Desk, type DeskOwner } from "./desk.js";
import { Judging, type JudgingOwner } from "./judging.js";
import type { Notice } from "./notice.js";
import { type Phase, phaseOf } from "./phase.js";
import { OfflineCopy } from "./offline-copy.js";
import { Profile } from "./profile.js";
import { SetAside, type SetAsideOwner } from "./set-aside.js";
import { SingleTab } from "./single-tab.js";
import { Terms } from "./terms.js";
import { started, type Work } from "./work.js";

/** While nothing is waiting, looks for new pairs this often, in milliseconds. */
const LOOK_AGAIN = 30_000;

/**
 * The annotator's session in one campaign: what is on the desk and what is on its way. Emits "change" when something to
 * be shown changed and "notice" (CustomEvent<Notice>) when something is to be said.
 */
export class Session extends EventTarget implements OutboxListener, DeskOwner, JudgingOwner, SetAsideOwner {
  phase: Phase = "loading";
  progress: Progress | undefined;
  terms: Terms | undefined;
  readonly attention = new AttentionWatch();
  readonly judging = new Judging(this);
  desk: Desk | undefined;
  outbox: Outbox | undefined;
  database: Database | undefined;
  private offline: OfflineCopy | undefined;
  private readonly api = new Api();
  readonly profile = new Profile(
    this.api,
    () => this.changed(),
    () => this.say({ kind: "preferences-unsaved" }),
  );
  readonly setAside = new SetAside(this.api, this);
  private readonly connection = new Connection();
  private readonly tab: SingleTab;

  constructor(readonly campaign: string) {
    super();
    this.tab = new SingleTab(`diptych-annotate-${campaign}`, (mine) => void (mine ? this.work() : this.leave()));
  }

  // ---- start

  async start(): Promise<void> {
    try {
      this.database ??= await Database.open();
    } catch {
      this.unstored();
      return;
    }
    try {
      await this.profile.read();
      await this.readTerms();
    } catch (error) {
      this.enter(phaseOf(error));
      if (error instanceof Unreachable) {
        this.connection.again(() => this.start(), 3000);
      }
      return;
    }
    this.offline = new OfflineCopy(this.database, this.campaign);
    this.outbox = new Outbox(this.database, this.api, this.account, this);
    this.tab.start();
  }

  private async readTerms(): Promise<void> {
    const document = await this.api.campaign(this.campaign);
    this.terms = new Terms(document);
    this.progress = document.progress;
    const { preferences } = this.profile;
    if (preferences.confirmed?.[this.campaign] === undefined) {
      // whoever begins begins with this protocol; a later one has to be read and confirmed
      this.profile.prefer(this.terms.read(preferences));
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
    const drafts = await this.database!.drafts(this.account, this.campaign);
    const leased = new Map(drafts.filter((draft) => draft.supersedes === undefined).map((draft) => [draft.id, draft]));
    this.desk = new Desk(this.api, this, prefetch, leaseSeconds, leased);
    drafts.filter((draft) => draft.supersedes !== undefined).forEach((draft) => this.desk!.reopen(draft));
    await this.desk.fill();
    if (this.connection.failing === "offline") {
      this.desk.restore();
    } else {
      this.offline!.forget([...leased.values()].filter((draft) => !started(draft)));
    }
    this.setAside.drafts = [...leased.values()].filter(started);
    this.open();
  }

  private leave(): void {
    this.judging.keep();
    this.outbox?.stop();
    this.desk = undefined;
    this.enter("elsewhere");
  }

  // ---- what there is

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
    return this.desk?.current;
  }

  get empty(): EmptyReason | null {
    return this.desk?.empty ?? null;
  }

  get queued(): number {
    return this.outbox?.waiting ?? 0;
  }

  get network(): ReturnType<Connection["state"]> {
    return this.connection.state(this.outbox?.state);
  }

  ownLabels(): Promise<readonly OwnLabel[]> {
    return this.api.ownLabels(this.campaign, 50);
  }

  evidence(assignment: string): Promise<Evidence> {
    return this.api.evidence(assignment);
  }

  // ---- leases

  input(): void {
    this.attention.input();
    this.judging.tally.input(performance.now());
    this.desk?.input();
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
    return this.judging.settled(assignment) || (this.outbox?.holds(assignment) ?? false);
  }

  stocked(works: readonly Work[]): void {
    this.offline?.keep(works);
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
    this.connection.reached();
  }

  unreachable(error: unknown): void {
    if (error instanceof Refused && (error.status !== 401 || !this.current)) {
      this.enter(phaseOf(error));
    }
    this.connection.failed(error);
    this.connection.again(() => this.desk?.fill(), 5000);
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
    this.connection.reached();
    this.say({ kind: "back-online", sent });
    void this.desk?.fill();
  }

  // ---- what the page sees

  /** Shows the first pair of the desk. */
  open(): void {
    const work = this.current;
    if (work) {
      const next = nextOpen(this.cells, work.draft.answers, -1);
      work.cursor = next ?? this.cells.length - 1;
      this.attention.begin(work.draft.attention);
      this.enter("working");
    } else {
      const { failing } = this.connection;
      this.enter(failing === "offline" ? "unreachable" : (failing ?? "empty"));
      this.connection.again(() => this.look(), LOOK_AGAIN);
    }
  }

  changed(): void {
    const vacant = ["empty", "unreachable", "signed-out"].includes(this.phase);
    if (this.desk && ((vacant && this.current) || (this.phase === "working" && !this.current))) {
      this.open();
    }
    this.dispatchEvent(new Event("change"));
  }

  say(notice: Notice): void {
    this.dispatchEvent(new CustomEvent<Notice>("notice", { detail: notice }));
  }

  /** The browser's store cannot be used. */
  unstored(): void {
    this.enter("no-store");
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.dispatchEvent(new Event("change"));
  }
}
