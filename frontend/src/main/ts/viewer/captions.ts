import { html, type TemplateResult } from "lit";
import type { Size } from "./geometry.js";
import type { Mode, PaneKind, Which } from "./scene.js";
import { shownIn, swipeSides } from "./panes.js";
import type { ViewerWords } from "./viewer-words.js";

/** What stands above a pane: the names of the pictures that it shows, with room for a note between them. */
export function caption(kind: PaneKind, mode: Mode, held: boolean, words: ViewerWords): TemplateResult {
  const note = html`<div class="note" translate="no"></div>`;
  if (mode === "swipe") {
    const [left, right] = swipeSides(kind);
    return html`<div class="caption">${label(left, words)}${note}${label(right, words)}</div>`;
  }
  return html`<div class="caption">${label(shownIn(kind, { held }), words)}${note}</div>`;
}

function label(which: Which, words: ViewerWords): TemplateResult {
  const letter = which === "source" ? "S" : which.toUpperCase();
  return html`<div class="label" translate="no"><span class="letter ${which}">${letter}</span>${words[which]}</div>`;
}

export function paneName(kind: PaneKind, words: ViewerWords): string {
  return kind === "edits" ? `${words.a}, ${words.b}` : words[kind];
}

/** What there is to say about a pane. */
export interface Noted {
  /** A line of text for each edit, which comes before all else. */
  readonly remarks: Readonly<Record<"a" | "b", string>> | undefined;
  /** The differences are on the screen. */
  readonly comparing: boolean;
  /** Share of each edit that changed, as soon as it is known. */
  readonly changed: Readonly<Partial<Record<Which, number>>>;
  readonly pictures: Readonly<Partial<Record<Which, Size>>>;
  readonly frame: Size;
}

/** The note between the names: remarks, how much has changed, or that a picture has another size than the source. */
export function noteOf(kind: PaneKind, { remarks, comparing, changed, pictures, frame }: Noted, words: ViewerWords): string {
  if (remarks && kind !== "source") {
    return kind === "edits" ? `A  ${remarks.a}\nB  ${remarks.b}` : remarks[kind];
  }
  if (kind === "edits" || kind === "source") {
    return "";
  }
  if (comparing) {
    const share = changed[kind];
    return share === undefined ? words.comparing : words.changed((share * 100).toFixed(1));
  }
  const picture = pictures[kind];
  if (!picture || (picture.width === frame.width && picture.height === frame.height)) {
    return "";
  }
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  return words.size(picture.width, picture.height, Math.round(scale * 100));
}
