import type { Lesson } from "../contract/adjudication.js";
import { nextOpen } from "../answer/answers.js";
import { languageOf } from "../i18n/translate.js";
import { Database } from "../outbox/database.js";
import { Outbox } from "../outbox/outbox.js";
import { Training } from "../training/training.js";
import { pictures } from "../viewer/picture-store.js";
import { Api } from "./api.js";
import { AttentionWatch } from "./attention.js";
import { named } from "./base.js";
import type { Evidence } from "../contract/evidence.js";
import type { OwnLabel } from "../contract/label.js";
import type { WorkFigures } from "../contract/work-figures.js";
import { Desk } from "./desk.js";
import { OtherAccount, Refused, Troubled, Unreachable } from "./failures.js";
import { Judging } from "./judging.js";
import { OfflineCopy } from "./offline-copy.js";
import { PauseClock } from "./pause-clock.js";
import { nameOf, Profile } from "./profile.js";
import { SetAside } from "./set-aside.js";
import { SignIn } from "./sign-in.js";
import { SingleTab } from "./single-tab.js";
import { State } from "./state.js";
import type { Events } from "./events.js";
import { Stock } from "./stock.js";
import { VersionReader } from "./version-reader.js";
import { started, type Work } from "./work.js";
import { illustrationsOf, picturesOf } from "./picture-address.js";

/** While nothing is waiting, looks for new pairs this often, in milliseconds. */
const LOOK_AGAIN = 30_000;

/** After a call that did not get through, tries again after this long, in milliseconds. */
const TRY_AGAIN = 5000;
const START_AGAIN = 3000;

/** The annotator's session in one campaign: its parts, and what one of them does when something happens to another. */
export class Session {
  readonly attention = new AttentionWatch(() => document.visibilityState === "visible" && document.hasFocus());
  readonly pauses = new PauseClock();
  private readonly api = new Api();
  private readonly database = new Database(named("diptych"), () => this.restore());
  readonly state: State;
  readonly profile: Profile;
  readonly judging: Judging;
  readonly setAside: SetAside;
  readonly training: Training;
  private readonly versions: VersionReader;
  private readonly desk: Desk;
  private readonly outbox: Outbox;
  private readonly signIn = new SignIn(this.api, () => this.doorChanged());
  private offline: OfflineCopy | undefined;
  private tab: SingleTab | undefined;
  /** The pair that was opened last, while it is on the screen. */
  private opened: Work | undefined;
  private resting = false;
  private timer: number | undefined;

  /** @param language of the page, where it is set */
  constructor(campaign: string, language = "") {
    const { api, database, attention } = this;
    const state = (this.state = new State(campaign, database, api));
    this.profile = new Profile(
      api,
      () => state.changed(),
      () => state.say({ kind: "preferences-unsaved" }),
    );
    this.versions = new VersionReader(api, state, () => languageOf(language || this.profile.owner?.language || navigator.language));
    this.desk = new Desk(api, state);
    this.outbox = new Outbox(database, api, state, this.desk);
    this.judging = new Judging(state, attention, this.desk, this.outbox, database);
    this.setAside = new SetAside(api, state, this.desk, this.outbox, database);
    this.training = new Training(api, state, attention, database);
    database.changed = () => state.changed();
    state.on("change", () => this.openCurrent());
    state.on("governed", (digest) => this.learn(digest));
    state.on("stocked", (works) => this.stocked(works));
    state.on("failed", (error) => this.failed(error));
    state.on("delivered", (delivery) => this.delivered(delivery));
    state.on("unstuck", (sent) => this.unstuck(sent));
    state.on("trained", () => this.trained());
    window.addEventListener("online", () => this.outbox.wake());
  }

  // ---- start

  async start(): Promise<void> {
    this.signIn.watch();
    try {
      await this.profile.read();
      this.state.account = this.profile.account;
      await this.versions.read();
      this.state.changed();
      const toTrain = await this.training.begin();
      this.state.failing = undefined;
      this.state.refusal = undefined;
      if (toTrain) {
        this.offline = this.copy();
        this.offline.keep([]);
        // what was answered before the test was asked for is sent all the same
        void this.outbox.start();
      } else {
        this.trained();
      }
    } catch (error) {
      this.state.failed(error);
      this.state.refusal = error instanceof Refused ? error : undefined;
      if (error instanceof Unreachable || error instanceof Troubled) {
        this.again(() => this.start(), START_AGAIN);
      }
    }
    this.state.changed();
  }

  /** Nothing stands before the queue (any more). */
  private trained(): void {
    if (this.tab) {
      return;
    }
    this.offline = this.copy();
    const { account, campaign } = this.state;
    this.tab = new SingleTab(named(`diptych-annotate-${account}-${campaign}`), (mine) => void (mine ? this.work() : this.leave()));
    this.tab.start();
    this.state.changed();
  }

  /** What a reload without a network needs; told anew, since the answers that it begins with are others after a training. */
  private copy(): OfflineCopy {
    return new OfflineCopy(this.database, this.state.campaign, this.state.versions.latest!.illustrations.flatMap(illustrationsOf));
  }

  /** Works in this tab instead of the other. */
  takeOver(): void {
    this.tab?.take();
  }

  private async work(): Promise<void> {
    const { state, desk } = this;
    state.elsewhere = false;
    state.changed();
    await this.outbox.start();
    const drafts = await this.database.drafts(state.account, state.campaign).catch(() => []);
    if (state.elsewhere) {
      return;
    }
    const stock = (state.stock = new Stock());
    const leased = drafts.filter((draft) => draft.supersedes === undefined);
    state.kept = new Map(leased.map((draft) => [draft.id, draft]));
    drafts.filter((draft) => draft.supersedes !== undefined).forEach((draft) => desk.reopen(draft));
    await desk.fill();
    if (state.stock !== stock) {
      return;
    }
    if (state.failing) {
      desk.restore();
    } else {
      this.offline!.forget([...state.kept.values()].filter((draft) => !started(draft)));
    }
    this.wait();
  }

  private leave(): void {
    this.judging.keep();
    this.outbox.stop();
    this.state.stock = undefined;
    this.state.elsewhere = true;
    this.state.changed();
  }

  // ---- what the server is asked

  /** Where this person was overruled, the latest first. */
  lessons(): Promise<readonly Lesson[]> {
    return this.api.lessons(this.state.campaign);
  }

  /** Objects to a verdict, once. */
  object(verdict: string, words: string): Promise<unknown> {
    return this.api.object(this.state.campaign, verdict, words);
  }

  ownLabels(): Promise<readonly OwnLabel[]> {
    return this.api.ownLabels(this.state.campaign, 50);
  }

  evidence(assignment: string): Promise<Evidence> {
    return this.api.evidence(assignment);
  }

  workFigures(): Promise<WorkFigures> {
    return this.api.workFigures(this.state.campaign);
  }

  /** The annotator has read what changed in the protocol, and goes on. */
  async confirmChange(): Promise<void> {
    try {
      await this.versions.confirm();
    } catch (error) {
      this.state.say({ kind: "unconfirmed" });
      if (error instanceof Refused) {
        // it changed once more meanwhile
        await this.versions.ask().catch(() => undefined);
        this.state.changed();
      }
    }
  }

  /** Tries to get the current pair's lease back. */
  async renew(): Promise<void> {
    if (this.state.current) {
      await this.desk.renew(this.state.current);
    }
  }

  /** Tries the network at once. */
  tryNow(): void {
    if (this.state.closed) {
      void this.signIn.look();
    } else if (this.state.terms) {
      this.outbox.wake();
      void this.look();
    } else {
      void this.start();
    }
  }

  /** Looks for pairs. */
  async look(): Promise<void> {
    await this.desk.fill();
    this.wait();
  }

  /** While there is no pair, looks for one again after a while. */
  private wait(): void {
    if (this.state.stock && !this.state.current) {
      this.again(() => this.look(), LOOK_AGAIN);
    }
    this.state.changed();
  }

  /** Tries again after a while; the latest wish holds. */
  private again(work: () => unknown, milliseconds: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(work, milliseconds);
  }

  // ---- the person

  input(): void {
    if (!this.resting) {
      this.attention.input();
      this.pauses.input(performance.now());
      this.desk.input();
    }
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
    this.desk.check();
    this.judging.tick();
  }

  /** What the person is called who is signed in here in place of the page's. */
  get intruder(): string {
    const { closed } = this.state;
    return closed instanceof OtherAccount ? nameOf(closed.account) : "";
  }

  // ---- what happens

  /** The first pair of the desk came onto the screen, or none is there any more. */
  private openCurrent(): void {
    const { phase, stock, training } = this.state;
    const work = phase === "working" && !training ? stock?.current : undefined;
    if (work === this.opened) {
      return;
    }
    this.opened = work;
    if (work) {
      const { cells } = this.state;
      work.cursor = nextOpen(cells, work.draft.answers, -1) ?? cells.length - 1;
      this.attention.begin(work.draft.attention);
    } else if (stock && !stock.current) {
      this.again(() => this.look(), LOOK_AGAIN);
    }
  }

  private learn(protocolDigest: string): void {
    this.versions.learn(protocolDigest).catch((error: unknown) => {
      this.failed(error);
      this.again(() => this.learn(protocolDigest), START_AGAIN);
    });
  }

  private stocked(works: readonly Work[]): void {
    this.offline?.keep(works);
    void pictures.prefetch(works.flatMap((work) => picturesOf(work.draft.assignment)));
  }

  private failed(error: unknown): void {
    if (error instanceof Refused && error.code === "not_qualified") {
      // the campaign has got a qualification set since this page was opened
      window.location.reload();
      return;
    }
    this.state.failed(error);
    if (error instanceof Refused) {
      this.state.refusal = error;
    }
    this.again(() => this.desk.fill(), TRY_AGAIN);
    this.state.changed();
  }

  private delivered({ parcel, receipt }: Events["delivered"]): void {
    const { state } = this;
    state.progressed(receipt.progress);
    if (parcel.submission.skip && state.current?.draft.supersedes === parcel.submission.id) {
      // a skip gave the pair back to the queue; undoing it needs the pair again
      void this.renew();
    }
    if (receipt.feedback) {
      state.told = { assignment: parcel.draft.assignment, feedback: receipt.feedback };
    }
    if (receipt.status === "extra") {
      state.say({ kind: "extra" });
    }
    if (!state.current) {
      void this.desk.fill();
    }
    state.changed();
  }

  private unstuck(sent: number): void {
    this.state.failing = undefined;
    this.state.say({ kind: "back-online", sent });
    void this.desk.fill();
  }

  /** Somebody signed out, in again, or as another: calls leave the page or they do not. */
  private doorChanged(): void {
    if (this.state.closed) {
      // what was typed is kept for its account, and nothing is sent until that is signed in again
      this.judging.keep();
    } else {
      this.admitted();
    }
    this.state.changed();
  }

  /** The page's own account is signed in again: goes on where it stopped. */
  private admitted(): void {
    this.state.failing = undefined;
    if (!this.tab && !this.state.training) {
      void this.start();
      return;
    }
    this.outbox.wake();
    if (this.state.stock) {
      this.offline?.renew(this.state.stock.works);
      void this.look();
    }
    this.state.tell("resumed", undefined);
  }

  /** The browser's store was opened anew and may be empty: all that is here is written again. */
  private restore(): void {
    this.outbox.restore();
    this.state.stock?.works.forEach(({ draft }) => this.database.keepDraft(draft));
    this.judging.keep();
  }
}
