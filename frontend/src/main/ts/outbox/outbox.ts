import { type Api, Refused, Unreachable } from "../session/api.js";
import type { Assignment, Receipt } from "../session/contract.js";
import type { Database, Parcel } from "./database.js";

/** Waits between tries while the server cannot be reached, in milliseconds. */
const PAUSES = [1000, 2000, 4000, 8000, 15_000];

/** A new judgement is sent this much later, in milliseconds. */
const AFTER_PAINTING = 100;

export type OutboxState = "idle" | "sending" | "offline" | "signed-out";

/** Where the outbox reports to. */
export interface OutboxListener {
  /** State or length changed. */
  outboxChanged(): void;
  delivered(parcel: Parcel, receipt: Receipt): void;
  /** Sent after having been offline. */
  backOnline(sent: number): void;
}

/**
 * Sends judgements in order, each until the server has acknowledged it. They are in IndexedDB from the moment of
 * submitting, so neither a reload nor a dead network loses one; their ids make sending twice harmless. A judgement that
 * the server refuses stays here and is reported, never dropped.
 */
export class Outbox {
  state: OutboxState = "idle";
  private queue: Parcel[] = [];
  private failures = 0;
  private sentSinceOffline = 0;
  private running = false;
  private stopped = true;
  private timer: number | undefined;

  constructor(
    private readonly database: Database,
    private readonly api: Pick<Api, "submit">,
    private readonly account: string,
    private readonly listener: OutboxListener,
  ) {
    window.addEventListener("online", () => this.wake());
  }

  /** Takes up what an earlier page or another tab left. */
  async start(): Promise<void> {
    this.stopped = false;
    this.queue = await this.database.parcels(this.account);
    this.listener.outboxChanged();
    this.wake();
  }

  /** Sends nothing more: another tab does. */
  stop(): void {
    this.stopped = true;
    window.clearTimeout(this.timer);
  }

  /** Judgements that the server has not acknowledged and that will still be sent. */
  get waiting(): number {
    return this.queue.filter((parcel) => !parcel.refused).length;
  }

  /** Judgements that the server did not take. */
  get refused(): readonly Parcel[] {
    return this.queue.filter((parcel) => parcel.refused);
  }

  /** Whether a judgement on this assignment is here. */
  holds(assignment: string): boolean {
    return this.queue.some((parcel) => parcel.submission.assignment === assignment);
  }

  async add(parcel: Parcel): Promise<void> {
    const place: Parcel = { ...parcel, sequence: await this.database.enqueue(parcel) };
    this.queue.push(place);
    this.listener.outboxChanged();
    // it is safe in the store; the next pair is painted before the network has a say
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.wake(), AFTER_PAINTING);
  }

  /**
   * Sends refused judgements again under leases got back with `renew`; a pair's corrections go with it. Rejects with what
   * `renew` rejects with; the judgements that it did not get to stay refused.
   */
  async offerAgain(renew: (assignment: string) => Promise<Assignment>): Promise<void> {
    for (const id of new Set(this.refused.map((parcel) => parcel.submission.assignment))) {
      const { token } = await renew(id);
      for (const parcel of this.refused.filter((refused) => refused.submission.assignment === id)) {
        const { refused: _, ...rest } = parcel;
        const again: Parcel = { ...rest, submission: { ...parcel.submission, token } };
        await this.database.updateParcel(again);
        this.replace(parcel, again);
      }
      this.wake();
    }
  }

  /** Forgets the refused judgements; only on a person's word. */
  async discard(): Promise<void> {
    for (const parcel of this.refused) {
      await this.database.deleteParcel(parcel.sequence!);
      this.replace(parcel);
    }
  }

  /** Tries at once. */
  wake(): void {
    window.clearTimeout(this.timer);
    if (!this.running && !this.stopped) {
      this.running = true;
      void this.run().finally(() => (this.running = false));
    }
  }

  private async run(): Promise<void> {
    for (let next = this.next(); next; next = this.next()) {
      if (this.failures === 0) {
        this.become("sending");
      }
      try {
        const receipt = await this.api.submit(next.submission);
        await this.database.deleteParcel(next.sequence!);
        this.replace(next);
        this.reached(1);
        this.listener.delivered(next, receipt);
      } catch (error) {
        if (error instanceof Refused && error.status !== 401) {
          await this.refuse(next, error);
        } else {
          this.fail(error);
          return;
        }
      }
    }
    this.become("idle");
  }

  private next(): Parcel | undefined {
    return this.stopped ? undefined : this.queue.find((parcel) => !parcel.refused);
  }

  private async refuse(parcel: Parcel, error: Refused): Promise<void> {
    const refused: Parcel = { ...parcel, refused: error.code || String(error.status) };
    await this.database.updateParcel(refused);
    this.reached(0);
    this.replace(parcel, refused);
  }

  private reached(sent: number): void {
    this.sentSinceOffline += sent;
    const { failures, sentSinceOffline } = this;
    if (failures > 0 && !this.next()) {
      this.failures = 0;
      this.listener.backOnline(sentSinceOffline);
    }
    if (failures === 0) {
      this.sentSinceOffline = 0;
    }
  }

  private fail(error: unknown): void {
    if (error instanceof Refused) {
      this.become("signed-out");
    } else {
      if (!(error instanceof Unreachable)) {
        console.error(error);
      }
      this.become("offline");
    }
    if (this.failures === 0) {
      this.sentSinceOffline = 0;
    }
    const pause = PAUSES[Math.min(this.failures, PAUSES.length - 1)]!;
    this.failures++;
    this.timer = window.setTimeout(() => this.wake(), pause);
  }

  private replace(parcel: Parcel, by?: Parcel): void {
    const at = this.queue.findIndex((queued) => queued.sequence === parcel.sequence);
    this.queue.splice(at, 1, ...(by ? [by] : []));
    this.listener.outboxChanged();
  }

  private become(state: OutboxState): void {
    if (this.state !== state) {
      this.state = state;
      this.listener.outboxChanged();
    }
  }
}
