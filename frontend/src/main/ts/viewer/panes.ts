import type { Comparison, Mode, PaneKind, Scene, Which } from "./scene.js";

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
