import { html, nothing, svg, type TemplateResult } from "lit";
import type { Key } from "../i18n/dictionary.js";
import { AnswerRow } from "./answer-row.js";
import { COMPARISONS, type Comparison } from "./answers.js";

const COLOURS: Readonly<Record<Comparison, string>> = {
  left_much: "a",
  left: "a",
  tie: "tie",
  both_bad: "bad",
  right: "b",
  right_much: "b",
};

/** The three columns, each under the picture it names. */
const COLUMNS = { middle: [0, 2, 4], left: [2, 0, 4] } as const;

/**
 * One dimension of a comparison: A much better, A better, tie, both bad, B better, B much better.
 * Properties: `value`, `active` (keys answer it) and those of every row. Event: `answer` ({value}); `activate`.
 */
export class AnswerScale extends AnswerRow {
  static override properties = { ...AnswerRow.properties, value: { attribute: false } };
  declare value: string | undefined;
  declare active: boolean;

  constructor() {
    super();
    this.active = false;
  }

  protected override get choices(): number {
    return COMPARISONS.length;
  }

  protected override get complete(): boolean {
    return this.value !== undefined;
  }

  protected override get pointed(): boolean {
    return this.active;
  }

  protected override render(): TemplateResult {
    const id = `dimension-${this.dimension.id}`;
    return html`<div class="dim ${this.active ? "on" : ""}" role="radiogroup" aria-labelledby=${id}>
      ${this.legend(id)}
      <div class="scale">
        ${COLUMNS[this.order].map(
          (from) => html`<div class="column">${[from, from + 1].map((index) => this.choice(COMPARISONS[index]!, index))}</div>`,
        )}
      </div>
    </div>`;
  }

  private choice(value: Comparison, index: number): TemplateResult {
    const { t } = this;
    const checked = this.value === value;
    const hint = t(`${value}_hint` as Key);
    const key = this.keyLabels[index];
    return this.button(
      {
        cell: this.dimension.id,
        value,
        colour: COLOURS[value],
        checked,
        reachable: checked || (this.value === undefined && index === 0),
        label: `${t(value)}. ${hint}`,
        hint,
        content: html`${mark(value)}<span class="text">${t(value)}</span>${key ? html`<kbd>${key}</kbd>` : nothing}`,
      },
      { value },
      null,
    );
  }
}

/** Shape says what colour repeats: bars for how much better, an equals sign, a cross. */
function mark(value: Comparison): TemplateResult {
  if (value === "tie" || value === "both_bad") {
    const path = value === "tie" ? "M3 4.5h10M3 9.5h10" : "M4 3l8 8M12 3l-8 8";
    return html`<span class="mark"><svg viewBox="0 0 16 14" aria-hidden="true">${svg`<path d=${path} />`}</svg></span>`;
  }
  return html`<span class="mark"><i></i><i class=${value.endsWith("_much") ? "" : "open"}></i></span>`;
}

customElements.define("answer-scale", AnswerScale);
