import { LitElement, css, html, nothing, svg } from 'lit';
import { scale } from './scale';

/** An estimate and its interval in one table cell, on the common scale `from`..`to`; `reference` is a dotted line. */
class MiniInterval extends LitElement {
  static override properties = {
    value: { type: Number },
    low: { type: Number },
    high: { type: Number },
    from: { type: Number },
    to: { type: Number },
    reference: { type: Number },
    tone: { type: String },
    label: { type: String },
    length: { type: Number },
  };
  static override styles = css`
    :host {
      display: inline-block;
      vertical-align: middle;
      line-height: 0;
    }
  `;
  declare value?: number;
  declare low?: number;
  declare high?: number;
  declare from: number;
  declare to: number;
  declare reference?: number;
  declare tone: string;
  declare label?: string;
  declare length: number;

  constructor() {
    super();
    this.from = 0;
    this.to = 1;
    this.tone = 's1';
    this.length = 118;
  }

  protected override render() {
    if (this.value == null) return nothing;
    const end = this.length - 6;
    const along = scale([this.from, this.to], [6, end]);
    const x = (value: number) => Math.max(6, Math.min(end, along(value)));
    return html`<svg width=${this.length} height="18" role="img" aria-label=${this.label ?? ''}>
      <line x1="6" x2=${end} y1="9" y2="9" stroke="var(--grid)" stroke-width="2" />
      ${this.reference == null
        ? nothing
        : svg`<path d="M${x(this.reference)} 1v16" stroke="var(--text-3)" stroke-dasharray="2 2" />`}
      ${this.low == null || this.high == null
        ? nothing
        : svg`<line x1=${x(this.low)} x2=${x(this.high)} y1="9" y2="9" stroke=${`var(--${this.tone})`} stroke-width="3" stroke-linecap="round" />`}
      <circle cx=${x(this.value)} cy="9" r="4.5" fill=${`var(--${this.tone})`} />
    </svg>`;
  }
}
customElements.define('mini-interval', MiniInterval);
