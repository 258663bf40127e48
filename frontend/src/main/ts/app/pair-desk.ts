import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { localized } from "../answer/protocol.js";
import type { Session } from "../session/session.js";
import { addressOf } from "../session/picture-address.js";
import "../viewer/pair-viewer.js";
import type { ViewState } from "../viewer/pair-viewer.js";
import type { Comparison, Mode } from "../viewer/scene.js";
import type { Actions } from "./actions.js";
import { dock } from "./dock.js";
import type { EvidenceDisplay } from "./evidence-display.js";
import { footer, type Said } from "./footer.js";
import { icon } from "./icons.js";
import "./instruction-text.js";
import type { Manner } from "./manner.js";
import { testFooter } from "../training/test-parts.js";
import { toolBar } from "./tool-bar.js";
import type { Viewing } from "./viewing.js";
import { written } from "./written.js";

/** The pair: instruction, viewer, questions, actions. */
export function pairDesk(
  session: Session,
  view: Viewing,
  evidence: EvidenceDisplay,
  said: Said,
  manner: Manner,
  actions: Actions,
): TemplateResult {
  const { t, language, keys, order, words } = manner;
  const { state } = session;
  const { protocol, training } = state;
  const { id, assignment, supersedes } = state.current!.draft;
  const { failed } = view;
  // made anew for every pair: nothing that was done to the last one's text is left
  const instruction = keyed(
    id,
    html`<section class="instruction" aria-label=${t("instruction")}>
      <instruction-text
        .text=${assignment.instruction}
        .language=${language}
        .keyLabel=${keys.label("instruction")}
      ></instruction-text>
      <div class="tags">
        ${supersedes
          ? html`<span class="chip warn" title=${t("correction_hint")}>${t("correction")}</span
              ><button class="button small" @click=${() => session.judging.abandon()}>${t("keep_earlier")}</button>`
          : nothing}
        ${assignment.category ? html`<span class="chip wrapping">${written(assignment.category)}</span>` : nothing}
        <span class="chip line wrapping">${localized(protocol.title, language)} v${protocol.version}</span>
      </div>
    </section>`,
  );
  return html`${instruction}
    ${toolBar({ view, evidence: training ? undefined : evidence, source: assignment.source, single: false }, manner, actions)}
    <main class="stage">
      <pair-viewer
        class=${failed ? "hidden" : ""}
        .source=${addressOf(assignment.source)}
        .a=${addressOf(assignment.left)}
        .b=${addressOf(assignment.right)}
        .mode=${view.mode}
        .pair=${view.pair}
        .lens=${view.lens}
        .held=${view.held}
        .threshold=${view.threshold}
        .swipe=${view.swipe}
        .order=${order}
        .overlays=${evidence.shown?.overlays}
        .remarks=${evidence.words()}
        .words=${words}
        @view-change=${(event: CustomEvent<ViewState>) => {
          view.set({ look: event.detail });
          session.attention.zoom(event.detail.zoom);
        }}
        @viewed-mode=${(event: CustomEvent<{ mode: Mode; pair: Comparison }>) => session.attention.viewMode(event.detail.mode)}
        @swipe-change=${(event: CustomEvent<{ swipe: number }>) => view.set({ swipe: event.detail.swipe })}
        @image-error=${() => view.set({ failed: true })}
      ></pair-viewer>
      ${failed
        ? html`<div class="vacancy" role="status">
            ${icon("warning")}
            <h2>${t("picture_failed")}</h2>
            <p>${t("picture_failed_text")}</p>
            <div class="acts">
              <button class="button" @click=${() => view.retry()}>${t("retry")}</button>
              <button class="button" @click=${() => actions.perform("skip")}>${t("skip_pair")}</button>
            </div>
          </div>`
        : nothing}
    </main>
    ${dock(state, failed, manner, actions)}
    ${training ? testFooter(state, said.notice, failed, manner, actions) : footer(session, said, failed, manner, actions)}`;
}
