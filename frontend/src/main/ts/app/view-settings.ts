import { html, nothing, type TemplateResult } from "lit";
import type { Key } from "../i18n/dictionary.js";
import type { Comparison } from "../viewer/scene.js";
import type { Actions } from "./actions.js";
import type { Manner } from "./manner.js";
import type { Viewing } from "./viewing.js";

/**
 * What belongs to the way to look that is chosen.
 *
 * @param single a worked example may have one edit, which has no other to be compared with
 * @param mapped the evidence is on the screen; it takes the place of the difference map
 */
export function viewSettings(view: Viewing, single: boolean, mapped: boolean, manner: Manner, actions: Actions): TemplateResult {
  const { t, keys } = manner;
  const hold = (short: Key, long: Key) => holdButton(view.held, manner, actions, short, long);
  switch (view.mode) {
    case "side-by-side":
      return mapped ? html`` : hold("flip_source", "to_see_source");
    case "difference":
      return mapped
        ? html``
        : html`<label>
          ${t("threshold")} <kbd>${keys.label("lower")}</kbd>
          <input
            type="range"
            min="1"
            max="40"
            step="1"
            .value=${String(view.threshold)}
            @input=${(event: Event) => view.setThreshold(Number((event.target as HTMLInputElement).value))}
          />
          <kbd>${keys.label("raise")}</kbd><output class="number">${view.threshold}</output>
        </label>
        <span class="ramp" role="img" aria-label=${t("ramp")}></span><span class="wide">${t("large_change")}</span>`;
    default:
      return html`${single ? nothing : html`<div class="segments" role="radiogroup" aria-label=${t("compare")}>
          ${(["each", "edits"] as Comparison[]).map(
            (pair) => html`<button role="radio" aria-checked=${view.pair === pair} @click=${() => view.compare(pair)}>
              ${pair === "each" ? t("source_with_each") : html`${t("a_with_b")} <kbd>${keys.label("compare")}</kbd>`}
            </button>`,
          )}
        </div>`}
        ${view.mode !== "blink"
          ? nothing
          : view.pair === "edits" && !single
            ? hold("flip", "to_flip_b")
            : hold("flip", "to_flip_source")}`;
  }
}

/** Shows the other picture in place for as long as it is held, by key, finger or mouse. */
function holdButton(held: boolean, { t }: Manner, actions: Actions, short: Key, long: Key): TemplateResult {
  const sentence = `${t("hold")} ${t("space")} ${t(long)}`;
  const release = () => actions.hold(false);
  return html`<button
    class="button small toggle hold"
    aria-pressed=${held}
    aria-label=${sentence}
    title=${sentence}
    @pointerdown=${(event: PointerEvent) => {
      if (event.button === 0) {
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
        actions.hold(true);
      }
    }}
    @pointerup=${release}
    @pointercancel=${release}
    @contextmenu=${(event: Event) => event.preventDefault()}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        actions.hold(true);
      }
    }}
    @keyup=${release}
    @blur=${release}
  >
    <span class="long">${t("hold")} <kbd>${t("space")}</kbd> ${t(long)}</span><span class="short">${t(short)} <kbd>${t("space")}</kbd></span>
  </button>`;
}
