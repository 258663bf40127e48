import { scaleLinear } from 'd3-scale';
import { LitElement, css, html, nothing } from 'lit';
import { dot, whisker, type Tone } from './marks';

/** An estimate and its interval in one table cell, on the common scale `from`..`to`. */
class MiniInterval extends LitElement {
  static override properties = {
    value: { type: Number },
    low: { type: Number },
    high: { type: Number },
    from: { type: Number },
    to: { type: Number },
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
    .ground {
      stroke: var(--grid);
      stroke-width: 2;
    }
    .whisker {
      stroke-width: 3;
      stroke-linecap: round;
    }
    @media (forced-colors: active) {
      :host {
        --grid: GrayText;
        --s0: CanvasText;
        --s1: CanvasText;
        --s2: CanvasText;
        --s3: CanvasText;
      }
    }
  `;
  declare value?: number;
  declare low?: number;
  declare high?: number;
  declare from: number;
  declare to: number;
  declare tone: Tone;
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
    const x = scaleLinear([this.from, this.to], [6, end]).clamp(true);
    return html`<svg width=${this.length} height="18" role="img" aria-label=${this.label ?? ''}>
      <line class="ground" x1="6" x2=${end} y1="9" y2="9" />
      ${this.low == null || this.high == null ? nothing : whisker(this.tone, [x(this.low), 9], [x(this.high), 9])}
      ${dot(this.tone, x(this.value), 9, this.label ?? '')}
    </svg>`;
  }
}
customElements.define('mini-interval', MiniInterval);
