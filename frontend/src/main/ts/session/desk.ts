import { pictures } from "../viewer/picture-store.js";
import type { Api } from "./api.js";
import type { Assignment, Claims, EmptyReason, Progress } from "./contract.js";
import { Refused, Undelivered, Unreachable } from "./failures.js";
import { deadlineOf, newDraft, picturesOf, started, type Work } from "./work.js";
import type { Draft } from "../outbox/database.js";

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

/** What the desk needs to know from the session around it. */
export interface DeskOwner {
  readonly account: string;
  readonly campaign: string;
  /** Judgements on their way; their leases count as held. */
  waiting(): number;
  /** Whether an answer for this assignment is on its way or was taken already. */
  settled(assignment: string): boolean;
  /** What is known of the campaign's progress. */
  readonly progress: Progress | undefined;
  progressed(progress: Progress): void;
  /** A pair is to be judged under the protocol with this digest. */
  governed(protocolDigest: string): void;
  /** The pairs on the desk are others than before. */
  stocked(works: readonly Work[]): void;
  changed(): void;
  unreachable(error: unknown): void;
}

/** The pairs that are leased to the annotator: the first is judged now, the others are ready to be. */
export class Desk {
  readonly works: Work[] = [];
  /** Why there is no pair, as of the last claim. */
  empty: EmptyReason | null = null;
  private claiming = false;
  private poorUntil = 0;
  private beaten = 0;
  private checked = 0;
  private readonly leaseMilliseconds: number;

  constructor(
    private readonly api: Api,
    private readonly owner: DeskOwner,
    private readonly prefetch: number,
    leaseSeconds: number,
    /** Drafts of an earlier page, by assignment. */
    private readonly drafts: Map<string, Draft>,
  ) {
    this.leaseMilliseconds = leaseSeconds * 1000;
  }

  get current(): Work | undefined {
    return this.works[0];
  }

  /** Claims as many pairs as should be ready, and gets their pictures. */
  async fill(): Promise<void> {
    if (this.claiming || this.works.filter((work) => !work.lost).length >= this.target()) {
      return;
    }
    this.claiming = true;
    const begun = performance.now();
    try {
      const count = Math.min(MOST_AHEAD, this.target() + this.owner.waiting());
      const claims = await this.api.claim(this.owner.campaign, count);
      if (performance.now() - begun > SLOW) {
        this.poor();
      }
      this.take(claims);
    } catch (error) {
      if (error instanceof Unreachable) {
        this.poor();
      }
      this.owner.unreachable(error);
    } finally {
      this.claiming = false;
    }
  }

  /** Puts the pairs of an earlier page on the desk without asking: the server cannot be reached. */
  restore(): void {
    const leased = [...this.drafts.values()].filter((draft) => draft.lease && !this.owner.settled(draft.id));
    leased.sort((one, other) => one.lease!.place - other.lease!.place);
    for (const draft of leased) {
      this.drafts.delete(draft.id);
      this.works.push({ draft, deadline: draft.lease!.deadline, cursor: 0 });
      this.owner.governed(draft.assignment.protocolSha256);
    }
    this.prefetchPictures();
    this.owner.changed();
  }

  /** The network is poor: hold more pairs for a while. */
  poor(): void {
    this.poorUntil = Date.now() + POOR_FOR;
  }

  /** Puts a pair before all others, to be judged (again) now. */
  reopen(draft: Draft): void {
    this.begin({ draft, deadline: Number.POSITIVE_INFINITY, cursor: 0 });
  }

  /** Puts the pair that was judged last back before all others: its judgement is nowhere but here. */
  putBack(work: Work): void {
    const reopened = this.works.find((other) => other.draft.id === work.draft.id);
    if (reopened) {
      // somebody was faster and corrects it already; there is no label yet that the correction could replace
      const { supersedes: _, ...draft } = reopened.draft;
      reopened.draft = { ...draft, ...(work.draft.supersedes === undefined ? {} : { supersedes: work.draft.supersedes }) };
      reopened.unsettled = work.unsettled;
    } else {
      this.works.unshift(work);
    }
  }

  /** Puts a pair whose lease was got back before all others. */
  takeBack(draft: Draft): void {
    this.begin({ draft, deadline: deadlineOf(draft.assignment), cursor: 0 });
  }

  private begin(work: Work): void {
    this.works.unshift(work);
    this.owner.governed(work.draft.assignment.protocolSha256);
    this.prefetchPictures();
  }

  /** Takes a pair off the desk, the current one if none is named. */
  next(done = this.current): void {
    this.remove(done);
    this.check();
    window.setTimeout(() => {
      this.prefetchPictures();
      void this.fill();
    }, AFTER_PAINTING);
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
    const work = this.current;
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
        work.lost = "complete";
      } else {
        this.owner.unreachable(error);
      }
    }
    this.owner.changed();
  }

  private target(): number {
    const network = (navigator as { connection?: { effectiveType?: string; saveData?: boolean } }).connection;
    const poor = Date.now() < this.poorUntil || /2g|3g/.test(network?.effectiveType ?? "");
    // enough for a while without a network, where the campaign is large enough that nobody goes short of pairs
    const spare = Math.floor((this.owner.progress?.open ?? 0) * SHARE_AHEAD);
    return Math.min(MOST_AHEAD, Math.max(1, spare, poor ? this.prefetch * 4 : this.prefetch));
  }

  private take(claims: Claims): void {
    for (const assignment of claims.assignments) {
      const known = this.works.find((work) => work.draft.id === assignment.id);
      if (known) {
        this.refresh(known, assignment);
        delete known.lost;
      } else if (!this.owner.settled(assignment.id)) {
        const draft = this.drafts.get(assignment.id) ?? newDraft(assignment, this.owner.account, this.owner.campaign);
        this.drafts.delete(assignment.id);
        this.works.push({ draft: { ...draft, assignment }, deadline: deadlineOf(assignment), cursor: 0 });
      }
    }
    this.empty = this.works.length === 0 ? (claims.empty ?? "held_by_others") : null;
    this.owner.progressed(claims.progress);
    new Set(claims.assignments.map(({ protocolSha256 }) => protocolSha256)).forEach((digest) => this.owner.governed(digest));
    this.prefetchPictures();
    this.owner.changed();
  }

  private refresh(work: Work, assignment: Assignment): void {
    if (work.draft.supersedes === undefined) {
      work.draft = { ...work.draft, assignment };
      work.deadline = deadlineOf(assignment);
    }
  }

  private prefetchPictures(): void {
    this.owner.stocked(this.works);
    void pictures.prefetch(this.works.flatMap((work) => picturesOf(work.draft.assignment)));
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
        other.deadline = now + this.leaseMilliseconds;
      }
    } catch (error) {
      if (error instanceof Undelivered) {
        this.owner.unreachable(error);
        return;
      }
      this.lose(work);
    }
    this.owner.changed();
  }

  /** A pair without answers makes room in silence; one with answers is kept and said to be lost. */
  private lose(work: Work): void {
    if (started(work.draft)) {
      work.lost = "expired";
      return;
    }
    this.remove(work);
    void this.fill();
  }

  private remove(work: Work | undefined): void {
    const at = work ? this.works.indexOf(work) : -1;
    if (at >= 0) {
      this.works.splice(at, 1);
    }
  }
}
