import type { Api } from "../session/api.js";
import type { Assignment } from "../contract/assignment.js";
import { failureOf, Refused, Troubled, type Undelivered } from "../session/failures.js";
import type { Desk } from "../session/desk.js";
import type { State } from "../session/state.js";
import type { Database } from "./database.js";
import type { Parcel } from "./parcel.js";
import { StoreFailure } from "./handle.js";
import type { Outgoing } from "./outgoing.js";

/** Waits between tries while a judgement does not get through, in milliseconds. */
const PAUSES = [1000, 2000, 4000, 8000, 15_000];

/** A judgement that a server in good health answered with an error this often is set aside. */
const TRIES = 5;

/** Begins the reason of a judgement that was set aside for errors. */
const ERROR = "error_";

/** A new judgement is sent this much later, in milliseconds. */
const AFTER_PAINTING = 100;

/**
 * Sends judgements in order, each until the server has acknowledged it. They are in the browser's store from the moment of
 * submitting, so neither a reload nor a dead network loses one; their ids make sending twice harmless. A judgement that
 * the server refuses stays here and is reported, never dropped.
 */
export class Outbox {
  private readonly outgoing: Outgoing;
  private failures = 0;
  /** How many were sent since something did not get through; undefined while all does. */
  private sentSinceFailure: number | undefined;
  private running: Promise<void> | undefined;
  private stopped = true;
  private timer: number | undefined;

  constructor(
    private readonly database: Pick<Database, "enqueue" | "updateParcel" | "deleteParcel" | "parcels">,
    private readonly api: Pick<Api, "submit" | "well">,
    private readonly state: State,
    private readonly desk: Pick<Desk, "ride" | "arrived" | "stayedAway">,
  ) {
    this.outgoing = state.outgoing;
  }

  /** Takes up what an earlier page or another tab left. */
  async start(): Promise<void> {
    this.stopped = false;
    await this.takeUp();
    this.wake();
  }

  /** Sends nothing more: another tab does. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** The store was opened anew, maybe by a browser that had emptied it: what is here is written again. */
  restore(): void {
    this.outgoing.stored.forEach((parcel) => void this.database.updateParcel(parcel).catch(() => undefined));
    if (!this.stopped) {
      void this.takeUp().then(() => this.wake());
    }
  }

  /**
   * Takes a judgement. Resolves when it is safe: in the store, or, where the store fails, acknowledged by the server.
   *
   * @param unstored told when the store fails, before the judgement is sent without it
   * @throws Undelivered when it is neither stored nor sent; nobody but the caller has it then
   */
  async add(parcel: Parcel, unstored: () => void): Promise<"stored" | "sent"> {
    try {
      this.outgoing.add([{ ...parcel, sequence: await this.database.enqueue(parcel) }]);
    } catch (error) {
      if (!(error instanceof StoreFailure)) {
        throw error;
      }
      unstored();
      return this.sendAtOnce(parcel);
    }
    this.state.changed();
    // it is safe in the store; the next pair is painted before the network has a say
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), AFTER_PAINTING);
    return "stored";
  }

  /**
   * Sends refused judgements again, those whose lease was lost under leases got back with `renew`; a pair's corrections go
   * with it. Rejects with what `renew` rejects with; the judgements that it did not get to stay refused.
   */
  async offerAgain(renew: (assignment: string) => Promise<Assignment>): Promise<void> {
    for (const id of new Set(this.outgoing.refused.map((parcel) => parcel.submission.assignment))) {
      const parcels = this.outgoing.refused.filter((refused) => refused.submission.assignment === id);
      // one that met an error may have been stored all the same; its lease is asked about only when the server says so
      const failed = parcels.every((parcel) => parcel.refused!.startsWith(ERROR));
      const token = failed ? undefined : (await renew(id)).token;
      for (const parcel of parcels) {
        const { refused: _, words: __, attempts: ___, ...rest } = parcel;
        const again: Parcel = token === undefined ? rest : { ...rest, submission: { ...rest.submission, token } };
        await this.replace(parcel, again);
      }
      this.wake();
    }
  }

  /** Forgets the refused judgements; only on a person's word. */
  async discard(): Promise<void> {
    for (const parcel of this.outgoing.refused) {
      await this.remove(parcel);
    }
  }

  /** Tries at once. */
  wake(): void {
    clearTimeout(this.timer);
    if (!this.running && !this.stopped && this.next()) {
      this.outgoing.trying = true;
      this.running = this.run().finally(() => {
        this.running = undefined;
        this.outgoing.trying = false;
        this.state.changed();
      });
      this.state.changed();
    }
  }

  private async run(): Promise<void> {
    for (let next = this.next(); next; next = this.next()) {
      try {
        // the next pairs come with the acknowledgement: a judgement costs one call. What an earlier page left may be of
        // another campaign, and its pairs are none of this desk's
        const count = next.campaign === this.state.campaign ? this.desk.ride() : undefined;
        const receipt = await this.api.submit(next.submission, count);
        // a claim that was answered before the server had it names its pair still
        this.state.taken.add(next.submission.assignment);
        await this.remove(next);
        this.reached(1);
        this.desk.arrived(receipt);
        this.state.tell("delivered", { parcel: next, receipt });
      } catch (error) {
        this.desk.stayedAway();
        if (error instanceof Refused) {
          await this.refuse(next, error.code || String(error.status), error.detail);
          this.reached(0);
        } else if (error instanceof Troubled && (await this.hopeless(next, error))) {
          this.reached(0);
        } else {
          this.fail(failureOf(error));
          return;
        }
      }
    }
  }

  private next(): Parcel | undefined {
    return this.stopped ? undefined : this.outgoing.next;
  }

  private async takeUp(): Promise<void> {
    try {
      this.outgoing.add(await this.database.parcels(this.state.account));
    } catch {
      // nothing can be read now; the store says so, and what is given from now on is sent at once
    }
    this.state.changed();
  }

  /** Sends a judgement that could not be stored, after those that were given before. */
  private async sendAtOnce(parcel: Parcel): Promise<"sent"> {
    this.wake();
    await this.running;
    try {
      this.state.tell("delivered", { parcel, receipt: await this.api.submit(parcel.submission) });
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw failureOf(error);
      }
      // the server's word is final, so the judgement waits with the others that it did not take
      this.outgoing.add([{ ...parcel, refused: error.code || String(error.status), words: error.detail }]);
    }
    this.reached(0);
    this.state.changed();
    return "sent";
  }

  /** Counts an error of a server that is well otherwise; sets the judgement aside when it has met too many. */
  private async hopeless(parcel: Parcel, error: Troubled): Promise<boolean> {
    if (error.busy || !(await this.api.well())) {
      return false;
    }
    const counted = { ...parcel, attempts: (parcel.attempts ?? 0) + 1 };
    if (counted.attempts < TRIES) {
      await this.replace(parcel, counted);
      return false;
    }
    await this.refuse(counted, `${ERROR}${error.status}`);
    return true;
  }

  private refuse(parcel: Parcel, refused: string, words = ""): Promise<void> {
    return this.replace(parcel, { ...parcel, refused, ...(words ? { words } : {}) });
  }

  /** The server has taken or refused one. */
  private reached(sent: number): void {
    this.outgoing.failing = undefined;
    this.failures = 0;
    if (this.sentSinceFailure !== undefined) {
      this.sentSinceFailure += sent;
      if (!this.next()) {
        if (this.sentSinceFailure > 0) {
          this.state.tell("unstuck", this.sentSinceFailure);
        }
        this.sentSinceFailure = undefined;
      }
    }
  }

  private fail(failure: Undelivered): void {
    this.outgoing.failing = failure;
    this.sentSinceFailure ??= 0;
    const pause = PAUSES[Math.min(this.failures, PAUSES.length - 1)]!;
    this.failures++;
    this.timer = setTimeout(() => this.wake(), pause);
  }

  /** What cannot be stored is still true for this page; the store says that it fails. */
  private async replace(parcel: Parcel, by: Parcel): Promise<void> {
    if (this.outgoing.replace(parcel, by)) {
      if (by.sequence !== undefined) {
        await this.database.updateParcel(by).catch(() => undefined);
      }
      this.state.changed();
    }
  }

  private async remove(parcel: Parcel): Promise<void> {
    this.outgoing.remove(parcel);
    if (parcel.sequence !== undefined) {
      await this.database.deleteParcel(parcel.sequence).catch(() => undefined);
    }
    this.state.changed();
  }
}
