import type { AttentionWatch } from "../session/attention.js";
import type { ViewState } from "../viewer/pair-viewer.js";
import type { Comparison, Mode } from "../viewer/scene.js";
import type { Command } from "./key-map.js";
import type { Stage } from "./stage.js";

/** The ways to look at a pair, and the commands that choose them. */
export const MODES = [
  { mode: "side-by-side", command: "side_by_side" },
  { mode: "swipe", command: "swipe" },
  { mode: "blink", command: "blink" },
  { mode: "difference", command: "difference" },
] as const;

interface View {
  mode: Mode;
  pair: Comparison;
  lens: boolean;
  /** The source is shown in place of the edits. */
  held: boolean;
  threshold: number;
  swipe: number;
  /** Nothing is known before the pictures are there. */
  look: Partial<ViewState>;
  /** A picture of the current pair did not load. */
  failed: boolean;
}

/** How the current pair is looked at, and what keys and buttons change about it. */
export class Viewing implements View {
  mode: Mode = "side-by-side";
  pair: Comparison = "each";
  lens = false;
  held = false;
  threshold = 6;
  swipe = 0.5;
  look: Partial<ViewState> = {};
  failed = false;

  constructor(
    private readonly stage: Stage,
    private readonly attention: AttentionWatch,
  ) {}

  set(change: Partial<View>): void {
    Object.assign(this, change);
    this.stage.redraw();
  }

  /** Another pair is shown. */
  begin(): void {
    this.set({ failed: false, held: false, look: {} });
  }

  perform(command: Command): void {
    const mode = MODES.find((known) => known.command === command)?.mode;
    if (mode) {
      this.set({ mode });
    } else {
      this.actions[command]?.();
    }
  }

  private readonly actions: Partial<Record<Command, () => void>> = {
    magnifier: () => {
      this.set({ lens: !this.lens });
      this.attention.used("magnifier");
    },
    compare: () => this.compare(this.pair === "each" || this.still ? "edits" : "each"),
    fit: () => this.stage.viewer?.fit(),
    one: () => this.stage.viewer?.pixels(1),
    two: () => this.stage.viewer?.pixels(2),
    zoom_in: () => this.stage.viewer?.zoomBy(1.25),
    zoom_out: () => this.stage.viewer?.zoomBy(0.8),
    lower: () => this.nudge(-1),
    raise: () => this.nudge(1),
  };

  /** A mode that shows the three pictures and compares no two of them in one place. */
  get still(): boolean {
    return this.mode === "side-by-side" || this.mode === "difference";
  }

  private nudge(step: 1 | -1): void {
    if (this.mode === "difference") {
      this.setThreshold(this.threshold + step);
    } else if (this.mode === "swipe") {
      this.set({ swipe: Math.min(0.98, Math.max(0.02, this.swipe + step * 0.03)) });
    }
  }

  compare(pair: Comparison): void {
    this.set(this.still ? { pair, mode: "swipe" } : { pair });
  }

  setThreshold(value: number): void {
    this.set({ threshold: Math.min(40, Math.max(1, value)) });
  }

  hold(held: boolean): void {
    if (held && !this.held) {
      this.attention.flip();
    }
    this.set({ held });
  }

  /** Tries the pictures again. */
  retry(): void {
    this.set({ failed: false });
    this.stage.viewer?.retry();
  }
}
