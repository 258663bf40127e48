import { html, nothing, type TemplateResult } from "lit";
import type { Image } from "../contract/campaign.js";
import type { Actions } from "./actions.js";
import type { EvidenceDisplay } from "./evidence-display.js";
import { icon } from "./icons.js";
import type { Manner } from "./manner.js";
import { viewSettings } from "./view-settings.js";
import { MODES, type Viewing } from "./viewing.js";

/** What can be looked at, and how it is looked at. */
export interface Looked {
  readonly view: Viewing;
  /** Absent where it may not be had: the qualification set is judged without it. */
  readonly evidence: EvidenceDisplay | undefined;
  /** The source of what is shown. */
  readonly source: Image | undefined;
  /** A worked example may have one edit, which has no other to be compared with. */
  readonly single: boolean;
}

/** View modes, magnifier, what belongs to the mode, zoom. */
export function toolBar(looked: Looked, manner: Manner, actions: Actions): TemplateResult {
  const { t, keys } = manner;
  const { view, evidence } = looked;
  const { look } = view;
  return html`<section class="tools" aria-label=${t("viewer")}>
    <div class="segments" role="radiogroup" aria-label=${t("view_mode")}>
      ${MODES.map(
        ({ mode, command }) => html`<button role="radio" aria-checked=${view.mode === mode} @click=${() => actions.perform(command)}>
          ${icon(mode)}${t(command)} <kbd>${keys.label(command)}</kbd>
        </button>`,
      )}
    </div>
    <button
      class="button small toggle"
      aria-pressed=${view.lens}
      aria-label=${t("magnifier")}
      title=${titled(t("magnifier"), keys.label("magnifier"))}
      @click=${() => actions.perform("magnifier")}
    >
      ${icon("lens")}<span class="text">${t("magnifier")}</span> <kbd>${keys.label("magnifier")}</kbd>
    </button>
    ${evidence ? evidenceButton(evidence, manner, actions) : nothing}
    <div class="context">${viewSettings(view, looked.single, evidence?.mapped ?? false, manner, actions)}${evidence?.mapped ? evidenceLegend(view, manner) : nothing}</div>
    <div class="zoom">
      ${map(looked, manner)}
      <button class="button quiet icon-only small" aria-label=${t("zoom_out")} title=${titled(t("zoom_out"), keys.label("zoom_out"))} @click=${() => actions.perform("zoom_out")}>
        ${icon("minus")}
      </button>
      <output class="number" aria-label=${t("zoom")} .textContent=${look.percent === undefined ? "–" : `${look.percent}%`}></output>
      <button class="button quiet icon-only small" aria-label=${t("zoom_in")} title=${titled(t("zoom_in"), keys.label("zoom_in"))} @click=${() => actions.perform("zoom_in")}>
        ${icon("plus")}
      </button>
      <div class="segments" role="group" aria-label=${t("zoom")}>
        <button aria-pressed=${look.fitted} @click=${() => actions.perform("fit")}>${t("fit")} <kbd>${keys.label("fit")}</kbd></button>
        <button aria-pressed=${!look.fitted && look.percent === 100} @click=${() => actions.perform("one")}>1:1 <kbd>${keys.label("one")}</kbd></button>
        <button aria-pressed=${!look.fitted && look.percent === 200} @click=${() => actions.perform("two")}>2:1 <kbd>${keys.label("two")}</kbd></button>
      </div>
    </div>
  </section>`;
}

/** What changed outside the edit. */
function evidenceButton(evidence: EvidenceDisplay, { t, keys }: Manner, actions: Actions): TemplateResult {
  return html`<button
    class="button small toggle"
    aria-pressed=${evidence.on}
    aria-label=${t("evidence")}
    title=${titled(t("evidence_hint"), keys.label("evidence"))}
    @click=${() => actions.perform("evidence")}
  >
    ${icon("evidence")}<span class="text">${t("evidence")}</span> <kbd>${keys.label("evidence")}</kbd>
  </button>`;
}

/** What the colours and the outline mean. */
function evidenceLegend(view: Viewing, { t }: Manner): TemplateResult {
  return html`<span class="legend-line ${view.still ? "" : "wide"}" title=${t("evidence_hint")}>
    <i class="outlined"></i>${t("evidence_outlined")}<span class="ramp" role="img" aria-label=${t("ramp")}></span>${t("evidence_coloured")}
  </span>`;
}

/** Where on the picture the panes look, when they do not show all of it. It lies in this row, so that it covers nothing. */
function map({ view, source }: Looked, { t }: Manner): TemplateResult | typeof nothing {
  const { shown } = view.look;
  if (!shown || !source) {
    return nothing;
  }
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
  const box = `left:${percent(shown.x)};top:${percent(shown.y)};width:${percent(shown.width)};height:${percent(shown.height)}`;
  return html`<span class="map" role="img" aria-label=${t("map")} style="aspect-ratio:${source.width}/${source.height}">
    <img src=${source.thumbnail} alt="" /><i style=${box}></i>
  </span>`;
}

/** A name, with the key that does it where there is one. */
export function titled(text: string, key: string): string {
  return key === "" ? text : `${text} (${key})`;
}
