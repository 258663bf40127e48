/** A rest of this length begins a new stretch of work, in milliseconds. */
const REST = 5 * 60_000;

/** A suggestion that is put off comes again after this long, in milliseconds. */
const LATER = 10 * 60_000;

/** The choices for the length of a stretch, in minutes; 0 for no suggestions. */
export const STRETCHES = [0, 25, 50, 90] as const;

export const DEFAULT_STRETCH = 50;

/**
 * Knows how long somebody has worked without a rest, and when to suggest one. It is told about moments and never asks a
 * clock. All times in milliseconds.
 */
export class PauseClock {
  private began: number | undefined;
  private last = 0;
  private quietUntil = 0;

  /** Somebody did something. */
  input(now: number): void {
    if (this.began === undefined || now - this.last > REST) {
      this.began = now;
      this.quietUntil = 0;
    }
    this.last = now;
  }

  /** Time worked without a rest. */
  stretch(now: number): number {
    return this.began === undefined || now - this.last > REST ? 0 : this.last - this.began;
  }

  /**
   * Whether to suggest a pause now: the stretch is long enough, nobody put it off, and no answer is in progress.
   *
   * @param after length of a stretch, 0 for never
   */
  due(now: number, after: number, answering: boolean): boolean {
    return after > 0 && !answering && now >= this.quietUntil && this.stretch(now) >= after;
  }

  /** Not now. */
  later(now: number): void {
    this.quietUntil = now + LATER;
  }

  /** A pause begins; the next stretch begins after it. */
  rest(): void {
    this.began = undefined;
    this.quietUntil = 0;
  }
}
