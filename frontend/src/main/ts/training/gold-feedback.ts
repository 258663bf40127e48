import { html, nothing, type TemplateResult } from "lit";
import type { SubmittedAnswers } from "../answer/answers.js";
import { type Dimension, localized } from "../answer/protocol.js";
import { icon } from "../app/icons.js";
import type { Manner } from "../app/manner.js";
import type { Key } from "../i18n/dictionary.js";
import type { State } from "../session/state.js";

/** The known answer to the pair before this one: beside the work, never in its way, gone with the next submit. */
export function goldFeedback(
  { told, protocol }: Pick<State, "told" | "protocol">,
  { t, language }: Manner,
  understood: () => void,
): TemplateResult | typeof nothing {
  if (!told) {
    return nothing;
  }
  const { assignment, feedback } = told;
  const right = Object.values(feedback.scores).every((score) => score === 1);
  return html`<aside class="told" aria-label=${t("told_title")}>
    <div class="head">
      <h2>${icon("check")}${t(right ? "told_right" : "told_title")}</h2>
      <button class="button quiet icon-only small" aria-label=${t("close")} @click=${understood}>${icon("close")}</button>
    </div>
    <div class="thumbs">
      <figure><img src=${assignment.left.thumbnail} alt="" /><figcaption>${t("edit_a")}</figcaption></figure>
      <figure><img src=${assignment.right.thumbnail} alt="" /><figcaption>${t("edit_b")}</figcaption></figure>
    </div>
    <div class="known" role="status">
      <dl>
        ${protocol.dimensions.map(
          (dimension) => html`<dt>${localized(dimension.short, language)}</dt>
            <dd>${known(dimension, feedback.answers)} <span class="faint">${t(nearness(feedback.scores[dimension.id] ?? 0))}</span></dd>`,
        )}
      </dl>
      ${Object.keys(feedback.reason).length > 0 ? html`<p>${localized(feedback.reason, language)}</p>` : nothing}
    </div>
  </aside>`;

  function known(dimension: Dimension, answers: SubmittedAnswers): TemplateResult | string {
    const answer = answers[dimension.id];
    if (answer === undefined) {
      return "";
    }
    return typeof answer === "string"
      ? t(answer as Key)
      : html`<span class="side a">A</span> ${answer.left} <span class="side b">B</span> ${answer.right}`;
  }
}

function nearness(score: number): Key {
  return score === 1 ? "told_same" : score > 0 ? "told_near" : "told_other";
}
