import { html, nothing, type TemplateResult } from "lit";
import { AnswerRow } from "./answer-row.js";
import { type Level, localized, type Side } from "./protocol.js";

/**
 * One dimension of a rating protocol: a level for each edit, with the difference between them.
 * Properties: `left`, `right` (values), `active` (the side that keys answer) and those of every row.
 * Events: `answer` ({side, value}), `activate` ({side}).
 */
export class RatingRow extends AnswerRow {
  static override properties = { ...AnswerRow.properties, left: { attribute: false }, right: { attribute: false } };
  declare left: number | undefined;
  declare right: number | undefined;
  declare active: Side | undefined;

  protected override get choices(): number {
    return this.levels.length;
  }

  protected override get complete(): boolean {
    return this.left !== undefined && this.right !== undefined;
  }

  protected override get pointed(): boolean {
    return this.active !== undefined;
  }

  protected override render(): TemplateResult {
    const difference = html`<div class="between">${this.difference()}</div>`;
    return html`<div class="dim rate ${this.active ? "on" : ""}" role="group" aria-label=${this.heading}>
      ${this.legend()}
      <div class="scale">
        ${this.order === "left" ? [difference, this.group("left")] : [this.group("left"), difference]}${this.group("right")}
      </div>
    </div>`;
  }

  private get levels(): readonly Level[] {
    return this.dimension.levels ?? [];
  }

  private difference(): TemplateResult | string {
    const { t } = this;
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

  private group(side: Side): TemplateResult {
    const letter = side === "left" ? "a" : "b";
    const name = this.t(side === "left" ? "edit_a" : "edit_b");
    return html`<div class="column-of-answers"><div
      class="cell ${this.active === side ? "on" : ""}"
      role="radiogroup"
      aria-label="${name}, ${this.heading}"
      style="--levels:${this.levels.length}"
    >
      <span class="side ${letter}" aria-hidden="true">${letter.toUpperCase()}</span>
      ${this.levels.map((level, index) => this.choice(side, letter, level, index))}
    </div></div>`;
  }

  private choice(side: Side, letter: string, { value, ...level }: Level, index: number): TemplateResult {
    const chosen = side === "left" ? this.left : this.right;
    const checked = chosen === value;
    const label = localized(level.label, this.language);
    const text = localized(level.text, this.language);
    const key = this.keyLabels[index];
    return this.button(
      {
        cell: `${this.dimension.id}:${side}`,
        value,
        colour: letter,
        checked,
        reachable: checked || (chosen === undefined && index === 0),
        label: `${value} ${label}. ${text}`,
        hint: `${value}  ${label}: ${text}`,
        content: html`<span class="value">${value}</span><span class="text">${label}</span>
          ${key && key !== String(value) ? html`<kbd>${key}</kbd>` : nothing}`,
      },
      { side, value },
      { side },
    );
  }
}

customElements.define("rating-row", RatingRow);
