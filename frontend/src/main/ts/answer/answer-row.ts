import { html, LitElement, nothing, type TemplateResult } from "lit";
import { icon } from "../app/icons.js";
import { type Translate, translator } from "../i18n/translate.js";
import { type Dimension, localized } from "./protocol.js";
import { moveFocus } from "./radio-keys.js";

/** One answer that can be chosen. */
export interface Choice {
  readonly cell: string;
  readonly value: number | string;
  readonly colour: string;
  readonly checked: boolean;
  /** Whether Tab reaches it: the chosen answer, else the first. */
  readonly reachable: boolean;
  readonly label: string;
  /** Shown in place of the question while the answer is looked at. */
  readonly hint: string;
  readonly content: TemplateResult;
}

/**
 * What the rows of both answer modes share: the dimension's name and question, the hint of the answer that is looked at,
 * and the answers as radios. Properties: `dimension`, `order` (where the source is), `language`, `keyLabels`, `disabled`.
 */
export abstract class AnswerRow extends LitElement {
  static override properties = {
    dimension: { attribute: false },
    active: { attribute: false },
    disabled: { type: Boolean },
    order: {},
    language: {},
    keyLabels: { attribute: false },
    hint: { state: true },
  };
  declare dimension: Dimension;
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

  /** How many answers there are to choose from. */
  protected abstract get choices(): number;
  protected abstract get complete(): boolean;
  protected abstract get pointed(): boolean;

  protected get t(): Translate {
    return translator(this.language);
  }

  protected get heading(): string {
    return localized(this.dimension.title, this.language);
  }

  protected legend(id?: string): TemplateResult {
    return html`<div class="legend">
      <b id=${id ?? nothing}>${this.heading}</b>
      <span
        class="definition ${this.hint ? "hint" : ""}"
        .textContent=${this.hint || localized(this.dimension.question, this.language)}
      ></span>
      <span class="status">${this.status()}</span>
    </div>`;
  }

  private status(): TemplateResult | string {
    const { t } = this;
    if (this.complete) {
      return html`${icon("check")}${t("answered")}`;
    }
    const key = (n: number) => this.keyLabels[n - 1] ?? String(n);
    if (!this.pointed) {
      return t("tab_to_reach");
    }
    return this.keyLabels.length > 0 && this.keyLabels.every((label) => label === "")
      ? t("single_keys_off")
      : t("keys_range", { from: key(1), to: key(this.choices) });
  }

  /** `answered` is sent with the event `answer`, `pointed` with `activate` when the focus comes by keyboard. */
  protected button(choice: Choice, answered: object, pointed: object | null): TemplateResult {
    return html`<button
      class="answer ${choice.colour}"
      role="radio"
      aria-checked=${choice.checked}
      aria-label=${choice.label}
      ?disabled=${this.disabled}
      tabindex=${choice.reachable ? 0 : -1}
      data-cell=${choice.cell}
      data-value=${choice.value}
      @click=${() => this.dispatchEvent(new CustomEvent("answer", { detail: answered }))}
      @keydown=${moveFocus}
      @mouseenter=${() => (this.hint = choice.hint)}
      @mouseleave=${() => (this.hint = "")}
      @focus=${(event: FocusEvent) => {
        this.hint = choice.hint;
        if ((event.target as HTMLElement).matches(":focus-visible")) {
          this.dispatchEvent(new CustomEvent("activate", { detail: pointed }));
        }
      }}
      @blur=${() => (this.hint = "")}
    >
      ${choice.content}
    </button>`;
  }
}
