/** Input keeps a person active for this long, in milliseconds. */
export const ATTENTIVE = 30_000;

/** No pair is looked at for longer than a day, in milliseconds. */
export const LONGEST = 86_400_000;

/** A duration as it is stored: whole milliseconds from 0 to a day. What is no number is no time. */
export function duration(milliseconds: number): number {
  return Number.isFinite(milliseconds) ? Math.min(LONGEST, Math.max(0, Math.round(milliseconds))) : milliseconds === Infinity ? LONGEST : 0;
}

/**
 * Measures active time: while the page is visible and focused, and somebody gave input within the last 30 seconds.
 * It is told about moments and never asks a clock, so it can be tested. All times in milliseconds.
 */
export class ActiveClock {
  private total = 0;
  private since: number | undefined;
  private until = 0;

  constructor(start = 0) {
    this.total = start;
  }

  /** Somebody did something. */
  input(now: number): void {
    if (this.since === undefined || now > this.until) {
      this.settle(now);
      this.since = now;
    }
    this.until = now + ATTENTIVE;
  }

  /** The page was hidden or lost the focus. */
  pause(now: number): void {
    this.settle(now);
    this.since = undefined;
  }

  read(now: number): number {
    return this.total + this.running(now);
  }

  private running(now: number): number {
    return this.since === undefined ? 0 : Math.max(0, Math.min(now, this.until) - this.since);
  }

  private settle(now: number): void {
    this.total += this.running(now);
    this.since = undefined;
  }
}
