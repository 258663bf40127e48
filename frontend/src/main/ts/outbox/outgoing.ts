import type { Undelivered } from "../session/failures.js";
import type { Parcel } from "./parcel.js";

/** Judgements that the server has not acknowledged, in the order of sending. */
export class Outgoing {
  /** Why the last try did not get through, if it did not. */
  failing: Undelivered | undefined;
  /** A try is under way. */
  trying = false;
  private readonly queue: Parcel[] = [];

  /** How many will still be sent. */
  get waiting(): number {
    return this.queue.length - this.refused.length;
  }

  /** Those that the server did not take. */
  get refused(): readonly Parcel[] {
    return this.queue.filter((parcel) => parcel.refused);
  }

  /** Those that are in the browser's store. */
  get stored(): readonly Parcel[] {
    return this.queue.filter((parcel) => parcel.sequence !== undefined);
  }

  get sending(): boolean {
    return this.trying && this.failing === undefined;
  }

  /** The one to send next. */
  get next(): Parcel | undefined {
    return this.queue.find((parcel) => !parcel.refused);
  }

  /** Whether a judgement on this assignment is here. */
  holds(assignment: string): boolean {
    return this.queue.some((parcel) => parcel.submission.assignment === assignment);
  }

  /** Takes up those that are not here yet. */
  add(parcels: readonly Parcel[]): void {
    const here = new Set(this.queue.map((parcel) => parcel.submission.id));
    this.queue.push(...parcels.filter((parcel) => !here.has(parcel.submission.id)));
  }

  /** False when it is not here any more: another tab, or a person's word, may have been faster. */
  replace(parcel: Parcel, by: Parcel): boolean {
    const at = this.placeOf(parcel);
    if (at >= 0) {
      this.queue[at] = by;
    }
    return at >= 0;
  }

  remove(parcel: Parcel): void {
    const at = this.placeOf(parcel);
    if (at >= 0) {
      this.queue.splice(at, 1);
    }
  }

  private placeOf({ submission }: Parcel): number {
    return this.queue.findIndex((queued) => queued.submission.id === submission.id);
  }
}
