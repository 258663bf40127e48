import type { Cell } from "../answer/answers.js";
import type { Protocol } from "../answer/protocol.js";
import type { Draft } from "../outbox/parcel.js";
import { Outgoing } from "../outbox/outgoing.js";
import type { Course } from "../training/course.js";
import type { Assignment } from "../contract/assignment.js";
import type { Progress } from "../contract/campaign.js";
import type { Feedback } from "../contract/label.js";
import { Emitter } from "./emitter.js";
import type { Events } from "./events.js";
import { failureOf, type OtherAccount, Refused, type SignedOut, type Undelivered } from "./failures.js";
import { type NetworkState, networkOf } from "./network.js";
import type { Notice, Undoable } from "./notice.js";
import { type Facts, type Phase, phaseOf } from "./phase.js";
import type { Stock } from "./stock.js";
import { Tally } from "./tally.js";
import type { Terms } from "./terms.js";
import { Versions } from "./versions.js";
import type { Work } from "./work.js";

/** An annotator's session in one campaign, as far as it is known: all that is shown comes from here. */
export class State extends Emitter<Events> implements Facts {
  /** The account's id; empty before it is known. */
  account = "";
  readonly versions = new Versions();
  progress: Progress | undefined;
  /** There while a new annotator goes through guideline, examples and qualification set. */
  training: Course | undefined;
  /** There while this tab works. */
  stock: Stock | undefined;
  /** Another tab works on the campaign. */
  elsewhere = false;
  /** The server said no to working here. */
  refusal: Refused | undefined;
  /** Why the last call did not get through, if it did not. */
  failing: Undelivered | undefined;

  readonly outgoing = new Outgoing();
  /** Assignments to which an answer was given or delivered in this page. */
  readonly taken = new Set<string>();
  /** The last submission, while it can be reopened. */
  undoable: Undoable | undefined;
  /** What was done in this page. */
  readonly tally = new Tally();
  /** A judgement that cannot be stored is on its way; the next pair comes when the server has it. */
  sending = false;
  /** The current judgement could neither be stored nor sent. */
  unsafe = false;
  /** Drafts of pairs that are not on the desk, by assignment. The desk takes from here what comes back by itself. */
  kept = new Map<string, Draft>();
  /** The known answer to a pair that was just judged, until it is put away or the next one is. */
  told: { readonly assignment: Assignment; readonly feedback: Feedback } | undefined;

  /**
   * @param store the browser's own store: whether its last write failed, and whether one is under way
   * @param door why no call leaves the page, when none does
   */
  constructor(
    readonly campaign: string,
    readonly store: { readonly failing: boolean; readonly writing: boolean },
    private readonly door: { readonly closed: SignedOut | OtherAccount | undefined },
  ) {
    super();
  }

  // ---- what follows from it

  get phase(): Phase {
    return phaseOf(this);
  }

  get current(): Work | undefined {
    return this.training?.work ?? this.stock?.current;
  }

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

  get closed(): SignedOut | OtherAccount | undefined {
    return this.door.closed;
  }

  get pair(): Facts["pair"] {
    return this.current ? this.versions.stateOf(this.current.draft.assignment.protocolSha256) : "none";
  }

  get looked(): boolean {
    return this.stock?.looked ?? false;
  }

  /** What does not get through, if anything does not. */
  get undelivered(): Undelivered | undefined {
    return this.closed ?? (this.outgoing.waiting > 0 ? this.outgoing.failing : undefined) ?? this.failing;
  }

  get network(): NetworkState {
    return networkOf(this.undelivered, this.store.failing, this.store.writing || this.outgoing.sending || this.sending);
  }

  /** Whether an answer for this assignment is on its way or was taken already. */
  settled(assignment: string): boolean {
    return this.taken.has(assignment) || this.outgoing.holds(assignment);
  }

  // ---- what happens to it

  changed(): void {
    this.tell("change", undefined);
  }

  say(notice: Notice): void {
    this.tell("notice", notice);
  }

  /** The server answered. Answers to earlier requests may arrive late: one's own count never goes back. */
  progressed(progress: Progress): void {
    if (this.progress && progress.mine < this.progress.mine) return;
    this.progress = progress;
    if (!this.closed) this.failing = undefined;
  }

  /** A refusal is an answer, if not the one that was hoped for. */
  failed(error: unknown): void {
    this.failing = error instanceof Refused ? undefined : failureOf(error);
  }
}
