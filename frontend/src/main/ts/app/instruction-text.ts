import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { translator } from "../i18n/translate.js";
import { lines } from "./written.js";

/** Characters from which the type is that of a text rather than of a headline, and from which it is smaller still. */
const TEXT = 240;
const LONG_TEXT = 700;

/**
 * The instruction of one pair, made anew for every pair. It grows with its text up to a share of the page; what does not fit
 * is scrolled, by Page Up and Page Down from anywhere, or by `toggle` gets the room that the pictures can spare.
 * Properties: `text`, `language` of the page, `keyLabel` of the key that toggles. Attribute `expanded`: it has that room.
 */
export class InstructionText extends LitElement {
  static override properties = {
    text: { attribute: false },
    language: {},
    keyLabel: { attribute: false },
    expanded: { type: Boolean, reflect: true },
    overflowing: { state: true },
  };
  declare text: string;
  declare language: string;
  declare keyLabel: string;
  declare expanded: boolean;
  /** Not all of it is on the screen. */
  declare overflowing: boolean;
  private readonly sizes = new ResizeObserver(() => this.measure());

  constructor() {
    super();
    this.text = "";
    this.language = "en";
    this.keyLabel = "";
    this.expanded = false;
    this.overflowing = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) {
      this.observe();
    }
  }

  /** Gives the text all the room there is, or takes it back; nothing where it fits as it is. */
  toggle(): void {
    if (this.overflowing || this.expanded) {
      this.expanded = !this.expanded;
    }
  }

  /** A page up or down; false where there is nothing to scroll. */
  turn(step: 1 | -1): boolean {
    const { words } = this;
    if (!this.overflowing || !words) {
      return false;
    }
    // the last line of this page is the first of the next one
    words.scrollBy({ top: step * Math.max(24, words.clientHeight - 28) });
    return true;
  }

  private get words(): HTMLElement | null {
    return this.querySelector(".words");
  }

  private measure(): void {
    const { words } = this;
    this.overflowing = words !== null && words.scrollHeight > words.clientHeight + 1;
  }

  private observe(): void {
    this.sizes.observe(this.words!);
    this.sizes.observe(this.querySelector("h1")!);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    this.observe();
  }

  protected override render(): TemplateResult {
    const t = translator(this.language);
    const { length } = this.text;
    const size = length > LONG_TEXT ? "long-text" : length > TEXT ? "text" : "";
    const more = this.overflowing || this.expanded;
    return html`<div
        class="words ${size}"
        tabindex=${this.overflowing ? 0 : nothing}
        role=${this.overflowing ? "group" : nothing}
        aria-label=${this.overflowing ? t("instruction") : nothing}
      >
        <h1 class="written" dir="auto" lang="" translate="no" .textContent=${lines(this.text)}></h1>
      </div>
      ${more
        ? html`<button class="button small quiet more" aria-expanded=${this.expanded} title=${t("instruction_scroll")} @click=${() => this.toggle()}>
            ${t(this.expanded ? "instruction_less" : "instruction_more")} <kbd>${this.keyLabel}</kbd>
          </button>`
        : nothing}`;
  }
}

customElements.define("instruction-text", InstructionText);
