import type { Draft } from "../outbox/parcel.js";
import type { Api } from "./api.js";
import type { Assignment, Claims } from "../contract/assignment.js";
import type { Receipt } from "../contract/label.js";
import { Refused, Undelivered, Unreachable } from "./failures.js";
import type { State } from "./state.js";
import type { Stock } from "./stock.js";
import { deadlineOf, newDraft, started, type Work } from "./work.js";

/** More pairs than this are never held at once. */
const MOST_AHEAD = 20;

/** Of the campaign's open places, one annotator holds at most this share beyond what the campaign asks for. */
const SHARE_AHEAD = 0.05;

/** A claim that takes longer than this means a poor network, in milliseconds. */
const SLOW = 1500;

/** A poor network is remembered this long, in milliseconds. */
const POOR_FOR = 10 * 60_000;

/** Leases are extended at most once in this time, in milliseconds. */
const HEARTBEAT = 60_000;

/** A lease that seems to have run out is asked about at most this often, in milliseconds. */
const CHECK = 5000;

/** The next pair is painted before anything else is fetched and decoded, in milliseconds. */
const AFTER_PAINTING = 200;

/** Claims pairs ahead, keeps their leases, and puts them before the annotator. Without a stock it does nothing. */
export class Desk {
  /** For which stock pairs are being claimed, by a call of their own or with a judgement that is being sent. */
  private claiming: Stock | undefined;
  /** For which of these a judgement brings them, and since when. */
  private riding: { readonly stock: Stock; readonly begun: number } | undefined;
  private poorUntil = 0;
  private beaten = 0;
  private checked = 0;

  constructor(
    private readonly api: Pick<Api, "claim" | "heartbeat" | "renew">,
    private readonly state: State,
  ) {}

  /** Claims as many pairs as should be ready. */
  async fill(): Promise<void> {
    const { stock, campaign, outgoing } = this.state;
    if (!stock || this.claiming === stock || stock.held >= this.target()) {
      return;
    }
    this.claiming = stock;
    const begun = performance.now();
    try {
      const claims = await this.api.claim(campaign, this.count(outgoing.waiting));
      this.timed(begun);
      if (this.state.stock === stock) {
        this.take(claims, stock);
      }
    } catch (error) {
      if (error instanceof Unreachable) {
        this.poor();
      }
      stock.looked = false;
      this.state.tell("failed", error);
    } finally {
      if (this.claiming === stock) {
        this.claiming = undefined;
      }
    }
  }

  /**
   * A judgement is about to be sent: how many pairs to ask for with it, if any should be ready that are not. `arrived` or
   * `stayedAway` must follow.
   */
  ride(): number | undefined {
    const { stock, outgoing } = this.state;
    if (!stock || this.claiming === stock || stock.held >= this.target()) {
      return undefined;
    }
    this.claiming = stock;
    this.riding = { stock, begun: performance.now() };
    // the judgement itself holds no lease any more when they are counted
    return this.count(outgoing.waiting - 1);
  }

  /** The judgement was acknowledged, with the pairs that were asked for or, where there are none to be had, without. */
  arrived({ assignments, progress }: Pick<Receipt, "assignments" | "progress">): void {
    const ridden = this.alight();
    if (ridden && assignments?.length && this.state.stock === ridden.stock) {
      this.timed(ridden.begun);
      this.take({ assignments, progress, empty: null }, ridden.stock);
    } else if (ridden) {
      // a claim says why
      void this.fill();
    }
  }

  /** The judgement was not acknowledged, so nothing came with it. */
  stayedAway(): void {
    if (this.alight()) {
      void this.fill();
    }
  }

  private alight(): Desk["riding"] {
    const ridden = this.riding;
    this.riding = undefined;
    if (ridden && this.claiming === ridden.stock) {
      this.claiming = undefined;
    }
    return ridden;
  }

  /** Judgements on their way hold their leases. */
  private count(waiting: number): number {
    return Math.min(MOST_AHEAD, this.target() + Math.max(0, waiting));
  }

  private timed(begun: number): void {
    if (performance.now() - begun > SLOW) {
      this.poor();
    }
  }

  /** Puts the pairs of an earlier page on the desk without asking: the server cannot be reached. */
  restore(): void {
    const { kept } = this.state;
    const leased = [...kept.values()].filter((draft) => draft.lease && !this.state.settled(draft.id));
    leased.sort((one, other) => one.lease!.place - other.lease!.place);
    for (const draft of leased) {
      kept.delete(draft.id);
      this.works.push({ draft, deadline: draft.lease!.deadline, cursor: 0 });
      this.state.tell("governed", draft.assignment.protocolSha256);
    }
    this.stocked();
  }

  /** Puts a pair before all others, to be judged (again) now. */
  reopen(draft: Draft): void {
    this.begin({ draft, deadline: Number.POSITIVE_INFINITY, cursor: 0 });
  }

  /** Puts a pair whose lease was got back before all others. */
  takeBack(draft: Draft): void {
    this.begin({ draft, deadline: deadlineOf(draft.assignment), cursor: 0 });
  }

  private begin(work: Work): void {
    this.state.stock?.putFirst(work);
    this.state.tell("governed", work.draft.assignment.protocolSha256);
    this.stocked();
  }

  /** Takes a pair off the desk, the current one if none is named. */
  next(done = this.state.stock?.current): void {
    this.state.stock?.remove(done);
    this.check();
    setTimeout(() => {
      this.state.tell("stocked", this.works);
      void this.fill();
    }, AFTER_PAINTING);
    this.state.changed();
  }

  /** Somebody works: extends leases, at most once a minute. */
  input(): void {
    if (Date.now() - this.beaten >= HEARTBEAT) {
      this.beaten = Date.now();
      const leased = this.works.find((work) => !work.lost && Number.isFinite(work.deadline));
      if (leased) {
        void this.beat(leased);
      }
    }
  }

  /** Looks whether the current pair's lease has run out, for example after the computer slept. */
  check(): void {
    const work = this.state.stock?.current;
    const now = Date.now();
    if (work && !work.lost && work.deadline < now && now - this.checked >= CHECK) {
      this.checked = now;
      void this.beat(work);
    }
  }

  /** Tries to get a pair's lease back. */
  async renew(work: Work): Promise<void> {
    try {
      const assignment = await this.api.renew(work.draft.id);
      work.draft = { ...work.draft, assignment };
      work.deadline = deadlineOf(assignment);
      delete work.lost;
    } catch (error) {
      if (error instanceof Refused) {
        // a campaign that is paused goes on some time: the pair can be asked for again
        if (error.code !== "campaign_paused") {
          work.lost = lostBy(error.code);
        }
      } else {
        this.state.tell("failed", error);
      }
    }
    this.state.changed();
  }

  private get works(): Work[] {
    return this.state.stock?.works ?? [];
  }

  /** The network is poor: hold more pairs for a while. */
  private poor(): void {
    this.poorUntil = Date.now() + POOR_FOR;
  }

  private target(): number {
    const { versions, progress } = this.state;
    const { prefetch } = versions.latest!;
    const poor = Date.now() < this.poorUntil || slow();
    // enough for a while without a network, where the campaign is large enough that nobody goes short of pairs
    const spare = Math.floor((progress?.open ?? 0) * SHARE_AHEAD);
    return Math.min(MOST_AHEAD, Math.max(1, spare, poor ? prefetch * 4 : prefetch));
  }

  private take({ assignments, empty, progress }: Claims, stock: Stock): void {
    for (const assignment of assignments) {
      const known = stock.of(assignment.id);
      if (known) {
        refresh(known, assignment);
        delete known.lost;
      } else if (!this.state.settled(assignment.id)) {
        const draft = this.state.kept.get(assignment.id) ?? newDraft(assignment, this.state.account, this.state.campaign);
        this.state.kept.delete(assignment.id);
        stock.works.push({ draft: { ...draft, assignment }, deadline: deadlineOf(assignment), cursor: 0 });
      }
    }
    stock.looked = true;
    stock.empty = stock.current ? null : (empty ?? "held_by_others");
    this.state.refusal = undefined;
    this.state.progressed(progress);
    new Set(assignments.map(({ protocolSha256 }) => protocolSha256)).forEach((digest) => this.state.tell("governed", digest));
    this.stocked();
  }

  private stocked(): void {
    this.state.tell("stocked", this.works);
    this.state.changed();
  }

  private async beat(work: Work): Promise<void> {
    if (work.lost || !Number.isFinite(work.deadline)) {
      return;
    }
    const { id, token } = work.draft.assignment;
    try {
      await this.api.heartbeat(id, token);
      // a heartbeat extends all leases that the annotator still holds in the campaign
      const now = Date.now();
      const held = this.works.filter((other) => Number.isFinite(other.deadline) && (other === work || other.deadline > now));
      for (const other of held) {
        other.deadline = now + this.state.versions.latest!.leaseSeconds * 1000;
      }
    } catch (error) {
      if (error instanceof Undelivered) {
        this.state.tell("failed", error);
        return;
      }
      this.lose(work);
    }
    this.state.changed();
  }

  /** A pair without answers makes room in silence; one with answers is kept and said to be lost. */
  private lose(work: Work): void {
    if (started(work.draft)) {
      work.lost = "expired";
      return;
    }
    this.state.stock?.remove(work);
    void this.fill();
  }
}

/** What became of a pair that was not given back. */
function lostBy(code: string): "out" | "paused" | "complete" {
  if (code === "you_are_paused" || code === "not_qualified") {
    return "paused";
  }
  return code === "pair_taken_out" ? "out" : "complete";
}

function refresh(work: Work, assignment: Assignment): void {
  if (work.draft.supersedes === undefined) {
    work.draft = { ...work.draft, assignment };
    work.deadline = deadlineOf(assignment);
  }
}

/** What the browser itself says of its network. */
function slow(): boolean {
  const { connection } = globalThis.navigator as { connection?: { effectiveType?: string } };
  return /2g|3g/.test(connection?.effectiveType ?? "");
}
