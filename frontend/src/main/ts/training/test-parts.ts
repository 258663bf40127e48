import { html, nothing, type TemplateResult } from "lit";
import { missing } from "../answer/answers.js";
import type { Actions } from "../app/actions.js";
import { icon } from "../app/icons.js";
import type { Manner } from "../app/manner.js";
import { noticeText } from "../app/notices.js";
import type { Notice } from "../session/notice.js";
import type { State } from "../session/state.js";
import type { Course } from "./course.js";

/** How far the qualification set is; stands where the campaign's progress stands. */
export function testProgress({ attempt }: Course, { t }: Manner): TemplateResult {
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
export function testFooter(
  { current, cells, training }: Pick<State, "current" | "cells" | "training">,
  notice: Notice | undefined,
  pictureFailed: boolean,
  manner: Manner,
  actions: Actions,
): TemplateResult {
  const { t } = manner;
  const complete = missing(cells, current!.draft.answers).length === 0;
  return html`<footer class="foot">
    <span class="muted">${t("training_test_silent")}</span>
    <div class="need" aria-live="polite">
      ${training?.stuck
        ? html`<span class="warning">${icon("cloud_off")}${t("training_stuck")}</span>`
        : notice?.kind === "missing"
          ? html`<b class="problem">${noticeText(notice, manner)}</b>`
          : nothing}
    </div>
    <button class="button primary submit" aria-disabled=${!complete || pictureFailed} @click=${() => actions.submit()}>
      ${t("submit")} <kbd>${t("enter")}</kbd>
    </button>
  </footer>`;
}
