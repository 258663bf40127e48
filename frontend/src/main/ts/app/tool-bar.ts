import { html, nothing, type TemplateResult } from "lit";
import type { Key } from "../i18n/dictionary.js";
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
      title=${titled(t("magnifier"), keys.label("magnifier"))}
      @click=${() => workspace.perform("magnifier")}
    >
      ${icon("lens")}<span class="text">${t("magnifier")}</span> <kbd>${keys.label("magnifier")}</kbd>
    </button>
    ${workspace.session.training ? nothing : evidenceButton(workspace)}
    <div class="context">${context(workspace)}${workspace.evidence.mapped ? evidenceLegend(workspace) : nothing}</div>
    <div class="zoom">
      ${map(workspace)}
      <button class="button quiet icon-only small" aria-label=${t("zoom_out")} title=${titled(t("zoom_out"), keys.label("zoom_out"))} @click=${() => workspace.perform("zoom_out")}>
        ${icon("minus")}
      </button>
      <output class="number" aria-label=${t("zoom")} .textContent=${look.percent === undefined ? "–" : `${look.percent}%`}></output>
      <button class="button quiet icon-only small" aria-label=${t("zoom_in")} title=${titled(t("zoom_in"), keys.label("zoom_in"))} @click=${() => workspace.perform("zoom_in")}>
        ${icon("plus")}
      </button>
      <div class="segments" role="group" aria-label=${t("zoom")}>
        <button aria-pressed=${look.fitted} @click=${() => workspace.perform("fit")}>${t("fit")} <kbd>${keys.label("fit")}</kbd></button>
        <button aria-pressed=${!look.fitted && look.percent === 100} @click=${() => workspace.perform("one")}>1:1 <kbd>${keys.label("one")}</kbd></button>
        <button aria-pressed=${!look.fitted && look.percent === 200} @click=${() => workspace.perform("two")}>2:1 <kbd>${keys.label("two")}</kbd></button>
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
    title=${titled(t("evidence_hint"), keys.label("evidence"))}
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

/** Shows the other picture in place for as long as it is held, by key, finger or mouse. */
function holdButton(workspace: AnnotationWorkspace, short: Key, long: Key): TemplateResult {
  const { t, view } = workspace;
  const sentence = `${t("hold")} ${t("space")} ${t(long)}`;
  const release = () => workspace.hold(false);
  return html`<button
    class="button small toggle hold"
    aria-pressed=${view.held}
    aria-label=${sentence}
    title=${sentence}
    @pointerdown=${(event: PointerEvent) => {
      if (event.button === 0) {
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
        workspace.hold(true);
      }
    }}
    @pointerup=${release}
    @pointercancel=${release}
    @contextmenu=${(event: Event) => event.preventDefault()}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        workspace.hold(true);
      }
    }}
    @keyup=${release}
    @blur=${release}
  >
    <span class="long">${t("hold")} <kbd>${t("space")}</kbd> ${t(long)}</span><span class="short">${t(short)} <kbd>${t("space")}</kbd></span>
  </button>`;
}

/** Where on the picture the panes look, when they do not show all of it. It lies in this row, so that it covers nothing. */
function map(workspace: AnnotationWorkspace): TemplateResult | typeof nothing {
  const { shown } = workspace.view.look;
  const source = workspace.session.current?.draft.assignment.source ?? workspace.session.training?.pictures?.source;
  if (!shown || !source) {
    return nothing;
  }
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
  const box = `left:${percent(shown.x)};top:${percent(shown.y)};width:${percent(shown.width)};height:${percent(shown.height)}`;
  return html`<span class="map" role="img" aria-label=${workspace.t("map")} style="aspect-ratio:${source.width}/${source.height}">
    <img src=${source.thumbnail} alt="" /><i style=${box}></i>
  </span>`;
}

/** A name, with the key that does it where there is one. */
export function titled(text: string, key: string): string {
  return key === "" ? text : `${text} (${key})`;
}

/** A worked example may have one edit, which has no other to be compared with. */
function single({ session }: AnnotationWorkspace): boolean {
  return session.training?.pictures?.edits.length === 1;
}

function context(workspace: AnnotationWorkspace): TemplateResult {
  const { t, keys } = workspace;
  switch (workspace.view.mode) {
    case "side-by-side":
      return workspace.evidence.mapped ? html`` : holdButton(workspace, "flip_source", "to_see_source");
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
      return html`${single(workspace) ? nothing : html`<div class="segments" role="radiogroup" aria-label=${t("compare")}>
          ${(["each", "edits"] as Comparison[]).map(
            (pair) => html`<button role="radio" aria-checked=${workspace.view.pair === pair} @click=${() => workspace.view.compare(pair)}>
              ${pair === "each" ? t("source_with_each") : html`${t("a_with_b")} <kbd>${keys.label("compare")}</kbd>`}
            </button>`,
          )}
        </div>`}
        ${workspace.view.mode !== "blink"
          ? nothing
          : workspace.view.pair === "edits" && !single(workspace)
            ? holdButton(workspace, "flip", "to_flip_b")
            : holdButton(workspace, "flip", "to_flip_source")}`;
  }
}
