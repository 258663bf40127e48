import type { Point, Size, View } from "./geometry.js";
import type { Picture } from "./picture.js";

export type Which = "source" | "a" | "b";
export type Mode = "side-by-side" | "swipe" | "blink" | "difference";

/** What swipe and blink compare: the source with each edit, or the two edits with each other. */
export type Comparison = "each" | "edits";

/** A pane shows one picture, or in a comparison of the edits both. */
export type PaneKind = Which | "edits";

/** Coloured maps to be laid over the edits; each covers the frame. */
export type Overlays = Readonly<Partial<Record<"a" | "b", ImageBitmap>>>;

/** Everything the painter needs to know about what is to be seen. */
export interface Scene {
  readonly pictures: Readonly<Partial<Record<Which, Picture>>>;
  readonly frame: Size;
  readonly view: View;
  readonly mode: Mode;
  /** The other picture is shown in place while a key is held. */
  readonly held: boolean;
  /** The divider's place in a pane, 0..1. */
  readonly swipe: number;
  /** The frame point under the magnifier. */
  readonly lens: Point | undefined;
  readonly heat: Readonly<Partial<Record<Which, ImageBitmap>>>;
  /** What is laid over the edits, in every mode. */
  readonly overlays: Overlays | undefined;
}
