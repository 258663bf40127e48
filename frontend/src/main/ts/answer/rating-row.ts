import { html, LitElement, nothing, type TemplateResult } from "lit";
import { icon } from "../app/icons.js";
import { type Translate, translator } from "../i18n/translate.js";
import { type Dimension, type Level, localized, type Side } from "./protocol.js";
import { moveFocus } from "./radio-keys.js";

/**
 * One dimension of a rating protocol: a level for each edit, with the difference between them.
 * Properties: `dimension`, `left`, `right` (values), `active` (the side that keys answer), `order`, `language`,
 * `keyLabels`, `disabled`. Events: `answer` ({side, value}), `activate` ({side}) when the focus comes by keyboard.
 */
export class RatingRow extends LitElement {
  static override properties = {
    dimension: { attribute: false },
    left: { attribute: false },
    right: { attribute: false },
    active: { attribute: false },
    disabled: { type: Boolean },
    order: {},
    language: {},
    keyLabels: { attribute: false },
    hint: { state: true },
  };
  declare dimension: Dimension;
  declare left: number | undefined;
  declare right: number | undefined;
  declare active: Side | undefined;
  declare disabled: boolean;
  declare order: "middle" | "left";
  declare language: string;
  declare keyLabels: readonly string[];
  declare hint: string;

  constructor() {
    super();
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
    const difference = html`<div class="between">${this.difference(t)}</div>`;
    return html`<div class="dim rate ${this.active ? "on" : ""}" role="group" aria-label=${localized(this.dimension.title, this.language)}>
      <div class="legend">
        <b>${localized(this.dimension.title, this.language)}</b>
        <span class="definition ${this.hint ? "hint" : ""}">${this.hint || localized(this.dimension.question, this.language)}</span>
        <span class="status">${this.status(t)}</span>
      </div>
      <div class="scale">
        ${this.order === "left" ? [difference, this.group(t, "left")] : [this.group(t, "left"), difference]}${this.group(t, "right")}
      </div>
    </div>`;
  }

  private get levels(): readonly Level[] {
    return this.dimension.levels ?? [];
  }

  private status(t: Translate): TemplateResult | string {
    if (this.left !== undefined && this.right !== undefined) {
      return html`${icon("check")}${t("answered")}`;
    }
    const last = this.keyLabels[this.levels.length - 1] ?? String(this.levels.length);
    return this.active ? t("keys_range", { from: this.keyLabels[0] ?? "1", to: last }) : t("tab_to_reach");
  }

  private difference(t: Translate): TemplateResult | string {
    if (this.left === undefined || this.right === undefined) {
      return html`<span class="faint">${t("rate_both")}</span>`;
    }
    const difference = this.left - this.right;
    if (difference === 0) {
      return t("equal");
    }
    const side = difference > 0 ? "a" : "b";
    return html`<span class="side ${side}">${side.toUpperCase()}</span> ${t("higher_by", { n: Math.abs(difference) })}`;
  }

  private group(t: Translate, side: Side): TemplateResult {
    const letter = side === "left" ? "a" : "b";
    const name = t(side === "left" ? "edit_a" : "edit_b");
    return html`<div
      class="cell ${this.active === side ? "on" : ""}"
      role="radiogroup"
      aria-label="${name}, ${localized(this.dimension.title, this.language)}"
      style="--levels:${this.levels.length}"
    >
      <span class="side ${letter}" aria-hidden="true">${letter.toUpperCase()}</span>
      ${this.levels.map((level, index) => this.button(side, letter, level, index))}
    </div>`;
  }

  private button(side: Side, letter: string, level: Level, index: number): TemplateResult {
    const chosen = side === "left" ? this.left : this.right;
    const checked = chosen === level.value;
    const label = localized(level.label, this.language);
    const text = localized(level.text, this.language);
    const hint = `${level.value}  ${label}: ${text}`;
    const key = this.keyLabels[index];
    return html`<button
      class="answer ${letter}"
      role="radio"
      aria-checked=${checked}
      aria-label="${level.value} ${label}. ${text}"
      ?disabled=${this.disabled}
      tabindex=${checked || (chosen === undefined && index === 0) ? 0 : -1}
      data-cell="${this.dimension.id}:${side}"
      data-value=${level.value}
      @click=${() => this.dispatchEvent(new CustomEvent("answer", { detail: { side, value: level.value } }))}
      @keydown=${moveFocus}
      @mouseenter=${() => (this.hint = hint)}
      @mouseleave=${() => (this.hint = "")}
      @focus=${(event: FocusEvent) => {
        this.hint = hint;
        if ((event.target as HTMLElement).matches(":focus-visible")) {
          this.dispatchEvent(new CustomEvent("activate", { detail: { side } }));
        }
      }}
      @blur=${() => (this.hint = "")}
    >
      <span class="value">${level.value}</span><span class="text">${label}</span>
      ${key && key !== String(level.value) ? html`<kbd>${key}</kbd>` : nothing}
    </button>`;
  }
}

customElements.define("rating-row", RatingRow);
