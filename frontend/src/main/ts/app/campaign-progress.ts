import { html, nothing, type TemplateResult } from "lit";
import type { State } from "../session/state.js";
import type { Manner } from "./manner.js";

/** One's own count, and apart from it the campaign's, whose bar never stands without its number. */
export function campaignProgress({ progress: known, outgoing }: Pick<State, "progress" | "outgoing">, { t }: Manner): TemplateResult | typeof nothing {
  if (!known) {
    return nothing;
  }
  const share = known.wanted > 0 ? (known.filled / known.wanted) * 100 : 0;
  const counts = t("progress_text", { filled: known.filled, wanted: known.wanted });
  return html`<div class="progress">
    <b class="number">${t("today", { n: known.today + outgoing.waiting })}</b>
    <span class="whole" title="${t("progress")}: ${counts}">
      ${t("progress_campaign")}
      <span class="bar" role="progressbar" aria-label=${t("progress")} aria-valuemin="0" aria-valuemax=${known.wanted} aria-valuenow=${known.filled}>
        <i style="width:${share}%"></i>
      </span>
      <span class="number">${counts}</span>
    </span>
  </div>`;
}
