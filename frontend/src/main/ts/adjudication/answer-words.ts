import { html, type TemplateResult } from "lit";
import type { Key } from "../i18n/dictionary.js";
import type { Translate } from "../i18n/translate.js";

/** An answer to a dimension as a chip in the colour of what it prefers. */
export function answerChip(answer: string | { left: number; right: number } | undefined, t: Translate): TemplateResult {
  if (answer === undefined) {
    return html`<span class="faint">–</span>`;
  }
  if (typeof answer === "string") {
    const colour = answer === "tie" ? "tie" : answer === "both_bad" ? "bad" : answer.startsWith("left") ? "a" : "b";
    return html`<span class="chip ${colour}">${t(answer as Key)}</span>`;
  }
  const { left, right } = answer;
  const colour = left === right ? "tie" : left > right ? "a" : "b";
  return html`<span class="chip number ${colour}">A ${left}, B ${right}</span>`;
}
