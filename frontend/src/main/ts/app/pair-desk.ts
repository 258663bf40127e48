import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { localized } from "../answer/protocol.js";
import type { Translate } from "../i18n/translate.js";
import { addressOf } from "../session/work.js";
import "../viewer/pair-viewer.js";
import type { ViewState } from "../viewer/pair-viewer.js";
import type { Comparison, Mode } from "../viewer/scene.js";
import type { ViewerWords } from "../viewer/viewer-words.js";
import type { AnnotationWorkspace } from "./annotation-workspace.js";
import { dock } from "./dock.js";
import { footer } from "./footer.js";
import { icon } from "./icons.js";
import "./instruction-text.js";
import { testFooter } from "../training/test-parts.js";
import { toolBar } from "./tool-bar.js";
import { written } from "./written.js";

/** The pair: instruction, viewer, questions, actions. */
export function pairDesk(workspace: AnnotationWorkspace): TemplateResult {
  const { session, t } = workspace;
  const { assignment, supersedes } = session.current!.draft;
  const { protocol } = session;
  // made anew for every pair: nothing that was done to the last one's text is left
  const words = keyed(
    session.current!.draft.id,
    html`<section class="instruction" aria-label=${t("instruction")}>
      <instruction-text
        .text=${assignment.instruction}
        .language=${workspace.language}
        .keyLabel=${workspace.keys.label("instruction")}
      ></instruction-text>
      <div class="tags">
        ${supersedes
          ? html`<span class="chip warn" title=${t("correction_hint")}>${t("correction")}</span
              ><button class="button small" @click=${() => session.judging.abandon()}>${t("keep_earlier")}</button>`
          : nothing}
        ${assignment.category ? html`<span class="chip wrapping">${written(assignment.category)}</span>` : nothing}
        <span class="chip line wrapping">${localized(protocol.title, workspace.language)} v${protocol.version}</span>
      </div>
    </section>`,
  );
  return html`${words}
    ${toolBar(workspace)}
    <main class="stage">
      <pair-viewer
        class=${workspace.view.failed ? "hidden" : ""}
        .source=${addressOf(assignment.source)}
        .a=${addressOf(assignment.left)}
        .b=${addressOf(assignment.right)}
        .mode=${workspace.view.mode}
        .pair=${workspace.view.pair}
        .lens=${workspace.view.lens}
        .held=${workspace.view.held}
        .threshold=${workspace.view.threshold}
        .swipe=${workspace.view.swipe}
        .order=${workspace.order}
        .overlays=${workspace.evidence.shown?.overlays}
        .remarks=${workspace.evidence.words()}
        .words=${workspace.words}
        @view-change=${(event: CustomEvent<ViewState>) => {
          workspace.view.set({ look: event.detail });
          session.attention.zoom(event.detail.zoom);
        }}
        @viewed-mode=${(event: CustomEvent<{ mode: Mode; pair: Comparison }>) => session.attention.viewMode(event.detail.mode)}
        @swipe-change=${(event: CustomEvent<{ swipe: number }>) => workspace.view.set({ swipe: event.detail.swipe })}
        @image-error=${() => workspace.view.set({ failed: true })}
      ></pair-viewer>
      ${workspace.view.failed
        ? html`<div class="vacancy" role="status">
            ${icon("warning")}
            <h2>${t("picture_failed")}</h2>
            <p>${t("picture_failed_text")}</p>
            <div class="acts">
              <button class="button" @click=${() => workspace.view.retry()}>${t("retry")}</button>
              <button class="button" @click=${() => workspace.perform("skip")}>${t("skip_pair")}</button>
            </div>
          </div>`
        : nothing}
    </main>
    ${dock(workspace)} ${session.training ? testFooter(workspace, session.training) : footer(workspace)}`;
}

/** The viewer's words in the page's language. */
export function viewerWords(t: Translate): ViewerWords {
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
