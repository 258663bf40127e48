import { ActiveClock } from "./active-clock.js";
import type { Attention } from "./contract.js";

/** What is known of the attention a draft got so far, so that a reload goes on counting. */
export interface AttentionRecord {
  readonly activeMilliseconds: number;
  readonly firstAnswerMilliseconds?: number;
  readonly attention: Attention;
}

export const NO_ATTENTION: AttentionRecord = {
  activeMilliseconds: 0,
  attention: { modes: {}, largestZoom: 1, flips: 0, magnifier: false, guideline: false },
};

/** Follows how one pair is looked at. Keys and text are never recorded. */
export class AttentionWatch {
  private clock = new ActiveClock();
  private record = NO_ATTENTION;
  private mode = "side-by-side";
  private modeSince = 0;

  /** Begins with a pair, or goes on with one. */
  begin(record: AttentionRecord): void {
    this.record = record;
    this.clock = new ActiveClock(record.activeMilliseconds);
    this.modeSince = record.activeMilliseconds;
    this.input();
  }

  input(): void {
    if (document.visibilityState === "visible" && document.hasFocus()) {
      this.clock.input(performance.now());
    }
  }

  pause(): void {
    this.clock.pause(performance.now());
  }

  answered(): void {
    if (this.record.firstAnswerMilliseconds === undefined) {
      this.record = { ...this.record, firstAnswerMilliseconds: this.active() };
    }
  }

  viewMode(mode: string): void {
    this.note({ modes: this.modes() });
    this.modeSince = this.active();
    this.mode = mode;
  }

  zoom(zoom: number): void {
    if (zoom > this.record.attention.largestZoom) {
      this.note({ largestZoom: Math.round(zoom * 100) / 100 });
    }
  }

  flip(): void {
    this.note({ flips: this.record.attention.flips + 1 });
  }

  used(tool: "magnifier" | "guideline"): void {
    this.note({ [tool]: true });
  }

  /** Active milliseconds on this pair. */
  active(): number {
    return Math.round(this.clock.read(performance.now()));
  }

  read(): AttentionRecord {
    return {
      ...this.record,
      activeMilliseconds: this.active(),
      attention: { ...this.record.attention, modes: this.modes() },
    };
  }

  private modes(): Record<string, number> {
    const { modes } = this.record.attention;
    const spent = this.active() - this.modeSince;
    return spent > 0 ? { ...modes, [this.mode]: (modes[this.mode] ?? 0) + spent } : { ...modes };
  }

  private note(change: Partial<Attention>): void {
    this.record = { ...this.record, attention: { ...this.record.attention, ...change } };
  }
}
