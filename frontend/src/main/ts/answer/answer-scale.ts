import { html, LitElement, nothing, svg, type TemplateResult } from "lit";
import { icon } from "../app/icons.js";
import type { Key } from "../i18n/dictionary.js";
import { type Translate, translator } from "../i18n/translate.js";
import { COMPARISONS, type Comparison } from "./answers.js";
import { type Dimension, localized } from "./protocol.js";
import { moveFocus } from "./radio-keys.js";

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
 * Properties: `dimension`, `value`, `active`, `order` (where the source is), `language`, `keyLabels`, `disabled`.
 * Event: `answer` ({value}); `activate` when the focus comes by keyboard.
 */
export class AnswerScale extends LitElement {
  static override properties = {
    dimension: { attribute: false },
    value: { attribute: false },
    active: { type: Boolean },
    disabled: { type: Boolean },
    order: {},
    language: {},
    keyLabels: { attribute: false },
    hint: { state: true },
  };
  declare dimension: Dimension;
  declare value: string | undefined;
  declare active: boolean;
  declare disabled: boolean;
  declare order: "middle" | "left";
  declare language: string;
  declare keyLabels: readonly string[];
  declare hint: string;

  constructor() {
    super();
    this.active = false;
    this.disabled = false;
    this.order = "middle";
    this.language = "en";
    this.keyLabels = [];
    this.hint = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const t = translator(this.language);
    const id = `dimension-${this.dimension.id}`;
    return html`<div class="dim ${this.active ? "on" : ""}" role="radiogroup" aria-labelledby=${id}>
      <div class="legend">
        <b id=${id}>${localized(this.dimension.title, this.language)}</b>
        <span class="definition ${this.hint ? "hint" : ""}">${this.hint || localized(this.dimension.question, this.language)}</span>
        <span class="status">${this.status(t)}</span>
      </div>
      <div class="scale">
        ${COLUMNS[this.order].map(
          (from) => html`<div class="column">${[from, from + 1].map((index) => this.button(t, COMPARISONS[index]!, index))}</div>`,
        )}
      </div>
    </div>`;
  }

  private status(t: Translate): TemplateResult | string {
    if (this.value !== undefined) {
      return html`${icon("check")}${t("answered")}`;
    }
    return this.active ? t("keys_range", { from: this.keyLabels[0] ?? "1", to: this.keyLabels[5] ?? "6" }) : t("tab_to_reach");
  }

  private button(t: Translate, value: Comparison, index: number): TemplateResult {
    const checked = this.value === value;
    const hint = t(`${value}_hint` as Key);
    return html`<button
      class="answer ${COLOURS[value]}"
      role="radio"
      aria-checked=${checked}
      aria-label="${t(value)}. ${hint}"
      ?disabled=${this.disabled}
      tabindex=${checked || (this.value === undefined && index === 0) ? 0 : -1}
      data-cell=${this.dimension.id}
      data-value=${value}
      @click=${() => this.dispatchEvent(new CustomEvent("answer", { detail: { value } }))}
      @keydown=${moveFocus}
      @mouseenter=${() => (this.hint = hint)}
      @mouseleave=${() => (this.hint = "")}
      @focus=${(event: FocusEvent) => {
        this.hint = hint;
        if ((event.target as HTMLElement).matches(":focus-visible")) {
          this.dispatchEvent(new CustomEvent("activate"));
        }
      }}
      @blur=${() => (this.hint = "")}
    >
      ${mark(value)}<span class="text">${t(value)}</span>${this.keyLabels[index] ? html`<kbd>${this.keyLabels[index]}</kbd>` : nothing}
    </button>`;
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
