import { ActiveClock, duration } from "./active-clock.js";
import type { Attention } from "../contract/attention.js";

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
  /** Active time when the evidence appeared, while it can be seen. */
  private evidenceSince: number | undefined;

  /** @param watched whether somebody can see the page and type into it */
  constructor(private readonly watched: () => boolean) {}

  /** Begins with a pair, or goes on with one. */
  begin(record: AttentionRecord): void {
    this.record = sane(record);
    this.clock = new ActiveClock(this.record.activeMilliseconds);
    this.modeSince = this.record.activeMilliseconds;
    this.evidenceSince = undefined;
    this.input();
  }

  input(): void {
    if (this.watched()) {
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

  /** The edit-leak evidence appears or goes. */
  evidence(shown: boolean): void {
    this.record = { ...this.record, attention: this.timed() };
    this.evidenceSince = shown ? this.active() : undefined;
    if (shown) {
      const { shown: times, milliseconds } = this.record.attention.evidence ?? { shown: 0, milliseconds: 0 };
      this.note({ evidence: { shown: times + 1, milliseconds } });
    }
  }

  /** Active milliseconds on this pair. */
  active(): number {
    return duration(this.clock.read(performance.now()));
  }

  read(): AttentionRecord {
    return sane({
      ...this.record,
      activeMilliseconds: this.active(),
      attention: { ...this.timed(), modes: this.modes() },
    });
  }

  /** What is known, with the evidence's time so far. */
  private timed(): Attention {
    const { attention } = this.record;
    const { evidence } = attention;
    return evidence && this.evidenceSince !== undefined
      ? { ...attention, evidence: { ...evidence, milliseconds: evidence.milliseconds + this.active() - this.evidenceSince } }
      : attention;
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

/** Every time in its range: a clock that was set, or a draft of another version, must not spoil a label for good. */
export function sane(record: AttentionRecord): AttentionRecord {
  const { activeMilliseconds, firstAnswerMilliseconds, attention } = record;
  const { evidence } = attention;
  return {
    ...record,
    activeMilliseconds: duration(activeMilliseconds),
    ...(firstAnswerMilliseconds === undefined ? {} : { firstAnswerMilliseconds: duration(firstAnswerMilliseconds) }),
    attention: {
      ...attention,
      modes: Object.fromEntries(Object.entries(attention.modes).map(([mode, time]) => [mode, duration(time)])),
      ...(evidence ? { evidence: { ...evidence, milliseconds: duration(evidence.milliseconds) } } : {}),
    },
  };
}
