import { html, nothing, type TemplateResult } from "lit";
import type { Actions } from "../app/actions.js";
import { icon } from "../app/icons.js";
import type { Manner } from "../app/manner.js";
import type { Viewing } from "../app/viewing.js";
import { type Dimension, localized } from "../answer/protocol.js";
import { moveFocus } from "../answer/radio-keys.js";
import type { Key } from "../i18n/dictionary.js";
import { exampleViewer } from "./example-viewer.js";
import type { Course } from "./course.js";
import type { ExampleQuestion, Exercise } from "./exercise.js";
import type { Training } from "./training.js";

/** A worked example: what was asked and seen, the questions, and after checking the known answer with its reason. */
export function exampleExercise(
  exercise: Exercise,
  { pictures }: Course,
  view: Viewing,
  training: Training,
  manner: Manner,
  actions: Actions,
): TemplateResult {
  const { t, language, keys } = manner;
  const { example } = exercise;
  return html`<div class="example">
      <span class="faint">${t("instruction")}</span>
      <b class="written" dir="auto">${localized(example.instruction, language)}</b>
      ${pictures ? nothing : seen()}
    </div>
    ${pictures ? exampleViewer(pictures, view, manner, actions) : nothing}
    <div class="asked">${exercise.questions.map((question, index) => asked(question, index))}</div>
    <div class="verdict" role="status">${exercise.checked ? reason() : nothing}</div>`;

  /** In words what the edit shows: instead of pictures, or once the annotator has looked at them. */
  function seen(): TemplateResult {
    return html`<span class="faint">${t("training_seen")}</span>
      <span class="written" dir="auto">${localized(example.edit, language)}</span>`;
  }

  function asked(question: ExampleQuestion, index: number): TemplateResult {
    const { dimension, values, known } = question;
    const id = `example-${dimension.id}`;
    const chosen = exercise.chosen[dimension.id];
    const on = !exercise.checked && exercise.cursor === index;
    return html`<div class="dim ${on ? "on" : ""}" role="radiogroup" aria-labelledby=${id}>
      <div class="legend">
        <b id=${id}>${localized(dimension.title, language)}</b>
        <span class="definition">${localized(dimension.question, language)}</span>
      </div>
      <div class="options">
        ${values.map(
          (value, place) => html`<button
            class="answer plain ${exercise.checked && value === known ? "known" : ""}"
            role="radio"
            aria-checked=${chosen === value}
            aria-disabled=${exercise.checked}
            title=${hint(dimension, value)}
            tabindex=${chosen === value || (chosen === undefined && place === 0) ? 0 : -1}
            data-value=${value}
            @click=${() => training.choose(index, value)}
            @keydown=${moveFocus}
          >
            <span class="text">${name(dimension, value)}</span>
            ${on ? html`<kbd>${keys.answerLabel(place + 1)}</kbd>` : nothing}
          </button>`,
        )}
      </div>
      ${exercise.checked ? compared(dimension, chosen, known) : nothing}
    </div>`;
  }

  function compared(dimension: Dimension, chosen: number | string | undefined, known: number | string): TemplateResult {
    return chosen === known
      ? html`<p class="compared">${icon("check")}${t("training_same")}</p>`
      : html`<p class="compared">${t("training_known", { answer: name(dimension, known) })}</p>`;
  }

  function reason(): TemplateResult {
    const why = html`<b>${t("training_reason")}</b> ${localized(example.reason, language)}`;
    return pictures ? html`<p>${seen()}</p><p>${why}</p>` : why;
  }

  function name(dimension: Dimension, value: number | string): string {
    const level = dimension.levels?.find((known) => known.value === value);
    return level ? `${level.value} ${localized(level.label, language)}` : t(value as Key);
  }

  function hint(dimension: Dimension, value: number | string): string {
    const level = dimension.levels?.find((known) => known.value === value);
    return level ? localized(level.text, language) : t(`${value}_hint` as Key);
  }
}
