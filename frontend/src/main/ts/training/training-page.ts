import { html, nothing, type TemplateResult } from "lit";
import type { Actions } from "../app/actions.js";
import { guideline } from "../app/guide-drawer.js";
import { icon } from "../app/icons.js";
import type { Manner } from "../app/manner.js";
import type { Viewing } from "../app/viewing.js";
import { localized } from "../answer/protocol.js";
import type { Key } from "../i18n/dictionary.js";
import type { Session } from "../session/session.js";
import type { Course } from "./course.js";
import { exampleExercise } from "./example-exercise.js";

/** What a new annotator sees before the queue, apart from the pairs of the qualification set. */
export function trainingPage(
  course: Course,
  { state, training }: Pick<Session, "state" | "training">,
  view: Viewing,
  manner: Manner,
  actions: Actions,
): TemplateResult {
  const { t, language, keys } = manner;
  const { page, standing, attempt } = course;
  const percent = (share: number) => Math.round(share * 100);
  switch (page) {
    case "guideline":
      return frame(t("training_guideline_title"), html`<h2 class="unseen">${t("guidelines")}</h2><div class="scroller">${guideline(state, false, manner)}</div>`, t("training_confirm"), t("training_guideline_text"));
    case "example": {
      const exercise = course.exercise!;
      return frame(
        t("training_example_title", { n: exercise.place + 1, of: standing.examples }),
        exampleExercise(exercise, course, view, training, manner, actions),
        t(exercise.checked ? "training_next" : "training_check"),
        t("training_example_text"),
        exercise.missing && t("answer_first", { dimension: localized(exercise.missing.short, language).toLowerCase() }),
      );
    }
    case "introduction":
      return frame(
        t("training_test_title"),
        html`${standing.again ? html`<p>${t("training_again", { reason: standing.again })}</p>` : nothing}
        <ul class="facts">
          <li>${t("training_test_size", { n: standing.underway?.total ?? standing.questions })}</li>
          <li>${t("training_test_mark", { percent: percent(standing.passMark) })}</li>
          <li>${t("training_test_tries", { n: standing.triesLeft })}</li>
          <li>${t("training_test_silent")}</li>
        </ul>
        ${guidelineLink()}`,
        testAction(),
        standing.underway ? t("training_underway", { n: standing.underway.answered, of: standing.underway.total }) : undefined,
      );
    case "result":
      return result();
    case "failed":
    case "question":
      return frame(t("training_failed_title"), html`<p>${t("training_failed_text")}</p>`, t("look_again"));
  }

  function result(): TemplateResult {
    const { score, passMark, passed, dimensions } = attempt!.result!;
    const { protocol } = state;
    return frame(
      t(passed ? "training_passed_title" : "training_missed_title"),
      html`<p class="score">${t("training_score", { percent: percent(score), needed: percent(passMark) })}</p>
        <dl class="shares">
          ${protocol.dimensions.map(
            (dimension) => html`<dt>${localized(dimension.title, language)}</dt>
              <dd class="number">${percent(dimensions[dimension.id] ?? 0)} %</dd>`,
          )}
        </dl>
        <p>${t(passed ? "training_passed_text" : "training_missed_text", { n: standing.triesLeft })}</p>
        ${passed ? nothing : guidelineLink()}`,
      passed ? t("training_to_queue") : standing.step === "test" ? testAction() : t("training_on"),
    );
  }

  /** What begins the set, or goes on with it. */
  function testAction(): string {
    const { underway, finishedAttempts, triesLeft } = standing;
    if (underway) {
      return t("training_go_on", { n: underway.answered + 1, of: underway.total });
    }
    return finishedAttempts > 0 ? t("training_try_again", { n: triesLeft }) : t("training_start");
  }

  function guidelineLink(): TemplateResult {
    return html`<p>
      <button class="button book" @click=${() => actions.toggle("guideline")}>
        ${icon("book")}${t("guidelines")} <kbd>${keys.label("guideline")}</kbd>
      </button>
    </p>`;
  }

  function frame(title: string, body: TemplateResult, action: string, text?: string, missing?: string): TemplateResult {
    return html`<div class="training" role="region" aria-label=${t("training")} tabindex="0">
      <div class="column ${course.pictures ? "wide" : ""}">
        ${steps(course, manner)}
        <h1 tabindex="-1">${title}</h1>
        ${text ? html`<p class="muted">${text}</p>` : nothing} ${body}
        <div class="acts">
          <button class="button primary submit" aria-disabled=${missing !== undefined} @click=${() => void training.proceed()}>
            ${action} <kbd>${t("enter")}</kbd>
          </button>
          ${missing ? html`<span class="muted missing">${missing}</span>` : nothing}
          <span class="stuck" role="status">${course.stuck ? html`${icon("cloud_off")}${t("training_stuck")}` : nothing}</span>
        </div>
      </div>
    </div>`;
  }
}

/** Where the annotator is on the way. */
function steps({ page, standing }: Course, { t }: Manner): TemplateResult {
  const names: Key[] = ["training_step_guideline", "training_step_examples", ...(standing.questions > 0 ? (["training_step_test"] as const) : [])];
  const at = page === "guideline" ? 0 : page === "example" ? 1 : 2;
  return html`<ol class="steps">
    ${names.map(
      (name, index) => html`<li class=${index < at ? "done" : ""} aria-current=${index === at ? "step" : nothing}>
        ${index < at ? icon("check") : nothing}${t(name)}
      </li>`,
    )}
  </ol>`;
}
