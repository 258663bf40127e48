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

/** @param single there is one edit, A; it stands beside its source */
export function paneKinds(mode: Mode, comparison: Comparison, sourceFirst: boolean, single = false): PaneKind[] {
  if (single) {
    return mode === "side-by-side" || mode === "difference" ? ["source", "a"] : ["a"];
  }
  if (mode === "side-by-side" || mode === "difference") {
    return sourceFirst ? ["source", "a", "b"] : ["a", "source", "b"];
  }
  return comparison === "each" ? ["a", "b"] : ["edits"];
}

/** The pictures left and right of the divider. */
export function swipeSides(kind: PaneKind): [Which, Which] {
  return kind === "edits" ? ["a", "b"] : ["source", kind];
}

/** The picture that a pane without divider shows now. */
export function shownIn(kind: PaneKind, scene: Pick<Scene, "held">): Which {
  if (kind === "edits") {
    return scene.held ? "b" : "a";
  }
  return scene.held ? "source" : kind;
}
