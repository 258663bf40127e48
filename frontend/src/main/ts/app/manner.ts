import { languageOf, type Translate, translator } from "../i18n/translate.js";
import type { Profile } from "../session/profile.js";
import type { ViewerWords } from "../viewer/viewer-words.js";
import { KeyMap } from "./key-map.js";

/** How the page speaks to its person, and how it is laid out for them. */
export interface Manner {
  readonly language: string;
  readonly t: Translate;
  readonly keys: KeyMap;
  /** Where the source is. */
  readonly order: "middle" | "left";
  /** The viewer's words. */
  readonly words: ViewerWords;
}

/**
 * @param language of the page, where it is set
 * @param layout what is printed on the keys
 */
export function mannerOf(language: string, layout: ReadonlyMap<string, string>, profile: Profile): Manner {
  const { preferences, owner, singleKeys } = profile;
  const spoken = languageOf(language || owner?.language || navigator.language);
  const t = translator(spoken);
  return {
    language: spoken,
    t,
    keys: new KeyMap(preferences.keys, layout, singleKeys),
    order: preferences.sourcePosition === "left" ? "left" : "middle",
    words: viewerWords(t),
  };
}

function viewerWords(t: Translate): ViewerWords {
  return {
    source: t("source"),
    a: t("edit_a"),
    b: t("edit_b"),
    help: t("pane_help"),
    swipe: t("swipe_position"),
    changed: (percent) => t("changed", { percent }),
    comparing: t("comparing"),
    size: (width, height, percent) => t("picture_size", { width, height, percent }),
  };
}
