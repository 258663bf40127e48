import { html, nothing, type TemplateResult } from "lit";
import type { Actions } from "../app/actions.js";
import type { Manner } from "../app/manner.js";
import { toolBar } from "../app/tool-bar.js";
import type { Viewing } from "../app/viewing.js";
import type { ExamplePictures } from "../contract/campaign.js";
import { addressOf } from "../session/picture-address.js";
import "../viewer/pair-viewer.js";
import type { ViewState } from "../viewer/pair-viewer.js";

/** An example's pictures in the viewer of the queue, with all that it can do. */
export function exampleViewer({ source, edits }: ExamplePictures, view: Viewing, manner: Manner, actions: Actions): TemplateResult {
  const { t } = manner;
  const [first, second] = edits;
  if (!first) {
    return html``;
  }
  return html`<div class="pictured">
    ${toolBar({ view, evidence: undefined, source, single: second === undefined }, manner, actions)}
    <div class="glass">
      ${view.failed
        ? html`<div class="vacancy" role="status">
            <p>${t("picture_failed")}</p>
            <button class="button" @click=${() => view.retry()}>${t("retry")}</button>
          </div>`
        : nothing}
      <pair-viewer
        class=${view.failed ? "hidden" : ""}
        .source=${addressOf(source)}
        .a=${addressOf(first)}
        .b=${second ? addressOf(second) : ""}
        .mode=${view.mode}
        .pair=${view.pair}
        .lens=${view.lens}
        .held=${view.held}
        .threshold=${view.threshold}
        .swipe=${view.swipe}
        .order=${manner.order}
        .words=${manner.words}
        @view-change=${(event: CustomEvent<ViewState>) => view.set({ look: event.detail })}
        @swipe-change=${(event: CustomEvent<{ swipe: number }>) => view.set({ swipe: event.detail.swipe })}
        @image-error=${() => view.set({ failed: true })}
      ></pair-viewer>
    </div>
  </div>`;
}
