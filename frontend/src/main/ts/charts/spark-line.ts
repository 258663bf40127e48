import { LitElement, css, html, nothing } from 'lit';
import { scale } from './scale';

/** A small line for a table cell. `values`, `low` and `high` of the scale, `label` for readers without the picture. */
class SparkLine extends LitElement {
  static override properties = {
    values: { type: Array },
    low: { type: Number },
    high: { type: Number },
    label: { type: String },
  };
  static override styles = css`
    :host {
      display: inline-block;
      width: 110px;
      height: 30px;
    }
  `;
  declare values?: number[];
  declare low?: number;
  declare high?: number;
  declare label?: string;

  protected override render() {
    const values = this.values ?? [];
    if (values.length === 0) return nothing;
    const x = scale([0, Math.max(1, values.length - 1)], [2, 105]);
    const y = scale([this.low ?? Math.min(...values), this.high ?? Math.max(...values)], [26, 4]);
    const path = values.map((value, index) => `${x(index)} ${y(value)}`).join('L');
    return html`<svg width="110" height="30" role="img" aria-label=${this.label ?? ''}>
      <path d=${`M${path}`} fill="none" stroke="var(--s1)" stroke-width="1.8" stroke-linejoin="round" />
      <circle cx=${x(values.length - 1)} cy=${y(values.at(-1)!)} r="2.6" fill="var(--s1)" />
    </svg>`;
  }
}
customElements.define('spark-line', SparkLine);
