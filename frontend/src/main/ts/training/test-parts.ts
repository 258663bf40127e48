import { html, nothing, type TemplateResult } from "lit";
import { missing } from "../answer/answers.js";
import type { AnnotationWorkspace } from "../app/annotation-workspace.js";
import { icon } from "../app/icons.js";
import { noticeText } from "../app/notices.js";
import type { Training } from "./training.js";

/** How far the qualification set is; stands where the campaign's progress stands. */
export function testProgress({ t }: AnnotationWorkspace, { attempt }: Training): TemplateResult {
  const { answered, total } = attempt!;
  return html`<div class="progress">
    <div
      class="bar"
      role="progressbar"
      aria-label=${t("training_step_test")}
      aria-valuemin="0"
      aria-valuemax=${total}
      aria-valuenow=${answered}
    >
      <i style="width:${(answered / total) * 100}%"></i>
    </div>
    <span class="number"><b>${t("training_question", { n: answered + 1, of: total })}</b></span>
  </div>`;
}

/** Submit and nothing else: the set knows no skipping, flags or corrections. */
export function testFooter(workspace: AnnotationWorkspace, training: Training): TemplateResult {
  const { session, t, language } = workspace;
  const complete = missing(session.cells, session.current!.draft.answers).length === 0;
  const { notice } = workspace.announcer;
  return html`<footer class="foot">
    <span class="muted">${t("training_test_silent")}</span>
    <div class="need" aria-live="polite">
      ${training.stuck
        ? html`<span class="warning">${icon("cloud_off")}${t("training_stuck")}</span>`
        : notice?.kind === "missing"
          ? html`<b class="problem">${noticeText(notice, t, language)}</b>`
          : nothing}
    </div>
    <button class="button primary submit" aria-disabled=${!complete || workspace.view.failed} @click=${() => workspace.submit()}>
      ${t("submit")} <kbd>${t("enter")}</kbd>
    </button>
  </footer>`;
}
