import { html, nothing, type TemplateResult } from "lit";
import type { Comparison, Mode } from "../viewer/scene.js";
import type { AnnotationWorkspace } from "./annotation-workspace.js";
import { icon } from "./icons.js";
import type { Command } from "./key-map.js";

export const MODES: readonly { readonly mode: Mode; readonly command: Command & ("side_by_side" | "swipe" | "blink" | "difference") }[] = [
  { mode: "side-by-side", command: "side_by_side" },
  { mode: "swipe", command: "swipe" },
  { mode: "blink", command: "blink" },
  { mode: "difference", command: "difference" },
];

/** View modes, magnifier, what belongs to the mode, zoom. */
export function toolBar(workspace: AnnotationWorkspace): TemplateResult {
  const { t, keys, view } = workspace;
  const { look } = view;
  return html`<section class="tools" aria-label=${t("viewer")}>
    <div class="segments" role="radiogroup" aria-label=${t("view_mode")}>
      ${MODES.map(
        ({ mode, command }) => html`<button role="radio" aria-checked=${workspace.view.mode === mode} @click=${() => workspace.perform(command)}>
          ${icon(mode)}${t(command)} <kbd>${keys.label(command)}</kbd>
        </button>`,
      )}
    </div>
    <button
      class="button small toggle"
      aria-pressed=${workspace.view.lens}
      aria-label=${t("magnifier")}
      title="${t("magnifier")} (${keys.label("magnifier")})"
      @click=${() => workspace.perform("magnifier")}
    >
      ${icon("lens")}<span class="text">${t("magnifier")}</span> <kbd>${keys.label("magnifier")}</kbd>
    </button>
    ${workspace.session.training ? nothing : evidenceButton(workspace)}
    <div class="context">${context(workspace)}${workspace.evidence.mapped ? evidenceLegend(workspace) : nothing}</div>
    <div class="zoom">
      <button class="button quiet icon-only small" aria-label=${t("zoom_out")} title="${t("zoom_out")} (−)" @click=${() => workspace.perform("zoom_out")}>
        ${icon("minus")}
      </button>
      <output class="number" aria-label=${t("zoom")}>${look.percent}%</output>
      <button class="button quiet icon-only small" aria-label=${t("zoom_in")} title="${t("zoom_in")} (+)" @click=${() => workspace.perform("zoom_in")}>
        ${icon("plus")}
      </button>
      <div class="segments" role="group" aria-label=${t("zoom")}>
        <button aria-pressed=${look.fitted} @click=${() => workspace.perform("fit")}>${t("fit")} <kbd>${keys.label("fit")}</kbd></button>
        <button aria-pressed=${look.percent === 100} @click=${() => workspace.perform("one")}>1:1 <kbd>${keys.label("one")}</kbd></button>
        <button aria-pressed=${look.percent === 200} @click=${() => workspace.perform("two")}>2:1 <kbd>${keys.label("two")}</kbd></button>
      </div>
    </div>
  </section>`;
}

/** What changed outside the edit; the qualification set is judged without it. */
function evidenceButton(workspace: AnnotationWorkspace): TemplateResult {
  const { t, keys } = workspace;
  return html`<button
    class="button small toggle"
    aria-pressed=${workspace.evidence.on}
    aria-label=${t("evidence")}
    title="${t("evidence_hint")} (${keys.label("evidence")})"
    @click=${() => workspace.perform("evidence")}
  >
    ${icon("evidence")}<span class="text">${t("evidence")}</span> <kbd>${keys.label("evidence")}</kbd>
  </button>`;
}

/** What the colours and the outline mean. */
function evidenceLegend({ t, view }: AnnotationWorkspace): TemplateResult {
  return html`<span class="legend-line ${view.still ? "" : "wide"}" title=${t("evidence_hint")}>
    <i class="outlined"></i>${t("evidence_outlined")}<span class="ramp" role="img" aria-label=${t("ramp")}></span>${t("evidence_coloured")}
  </span>`;
}

function context(workspace: AnnotationWorkspace): TemplateResult {
  const { t, keys } = workspace;
  const space = html`<kbd>${t("space")}</kbd>`;
  switch (workspace.view.mode) {
    case "side-by-side":
      return workspace.evidence.mapped ? html`` : html`<span>${t("hold")} ${space} ${t("to_see_source")}</span>`;
    case "difference":
      // the evidence takes the place of the difference map
      return workspace.evidence.mapped
        ? html``
        : html`<label>
          ${t("threshold")} <kbd>${keys.label("lower")}</kbd>
          <input
            type="range"
            min="1"
            max="40"
            step="1"
            .value=${String(workspace.view.threshold)}
            @input=${(event: Event) => workspace.view.setThreshold(Number((event.target as HTMLInputElement).value))}
          />
          <kbd>${keys.label("raise")}</kbd><output class="number">${workspace.view.threshold}</output>
        </label>
        <span class="ramp" role="img" aria-label=${t("ramp")}></span><span class="wide">${t("large_change")}</span>`;
    default:
      return html`<div class="segments" role="radiogroup" aria-label=${t("compare")}>
          ${(["each", "edits"] as Comparison[]).map(
            (pair) => html`<button role="radio" aria-checked=${workspace.view.pair === pair} @click=${() => workspace.view.compare(pair)}>
              ${pair === "each" ? t("source_with_each") : html`${t("a_with_b")} <kbd>${keys.label("compare")}</kbd>`}
            </button>`,
          )}
        </div>
        ${workspace.view.mode === "blink"
          ? html`<span class="wide">${t("hold")} ${space} ${t(workspace.view.pair === "edits" ? "to_flip_b" : "to_flip_source")}</span>`
          : html``}`;
  }
}
