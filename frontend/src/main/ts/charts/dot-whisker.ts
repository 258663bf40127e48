import { html, nothing, svg } from 'lit';
import { ChartElement, marker, type Table, type Tone } from './chart-element';
import { roundDomain, scale, ticks, write, type Format } from './scale';

interface Estimate {
  name: string;
  tone: Tone;
  value: number | null;
  low?: number | null;
  high?: number | null;
  /** What is written beside the mark; the reason when the value is undefined. */
  text: string;
}
interface Row {
  label: string;
  note?: string | null;
  estimates: Estimate[];
}
interface Data {
  finding: string;
  format: Format;
  low?: number | null;
  high?: number | null;
  rows: Row[];
}

const LINE = 20;
const BETWEEN = 14;
const AXIS = 26;

/** Estimates with their 95 % whiskers, one row a category. An undefined estimate is written, not drawn. */
class DotWhisker extends ChartElement<Data> {
  protected chart(data: Data, width: number) {
    const estimates = data.rows.flatMap((row) => row.estimates);
    const longest = Math.max(...data.rows.flatMap((row) => [row.label.length * 6.6, (row.note?.length ?? 0) * 5.8]));
    const left = Math.min(width * 0.32, longest + 14);
    const right = Math.min(width * 0.34, 14 + Math.max(...estimates.map((estimate) => (estimate.value == null ? 0 : estimate.text.length * 6.3))));
    const heights = data.rows.map((row) => Math.max(row.note ? 36 : 24, row.estimates.length * LINE) + BETWEEN);
    const height = heights.reduce((sum, value) => sum + value, 0) + AXIS;
    const domain = roundDomain(
      estimates.flatMap((estimate) =>
        estimate.value == null ? [] : [estimate.value, estimate.low ?? estimate.value, estimate.high ?? estimate.value],
      ),
      [data.low ?? -Infinity, data.high ?? Infinity],
    );
    const x = scale(domain, [left, width - right]);
    let top = 0;
    return html`<svg width=${width} height=${height} role="img" aria-label=${data.finding}>
      ${ticks(domain, Math.max(2, Math.floor((width - left - right) / 64))).map(
        (value) => svg`<line class="grid" x1=${x(value)} x2=${x(value)} y1="0" y2=${height - AXIS} />
          <text x=${x(value)} y=${height - 8} text-anchor="middle">${write(value, data.format)}</text>`,
      )}
      ${data.rows.map((row, index) => {
        const tall = heights[index]!;
        const middle = top + tall / 2;
        top += tall;
        return svg`<text class="label" x="0" y=${middle + (row.note ? -2 : 4)}>${row.label}</text>
          ${row.note ? svg`<text x="0" y=${middle + 13}>${row.note}</text>` : nothing}
          ${row.estimates.map((estimate, position) =>
            this.estimate(estimate, middle + (position - (row.estimates.length - 1) / 2) * LINE, x, left, width - right, data),
          )}`;
      })}
    </svg>`;
  }

  private estimate(estimate: Estimate, y: number, x: (v: number) => number, left: number, end: number, data: Data) {
    const fill = `fill:var(--${estimate.tone});font-weight:500`;
    if (estimate.value == null) return svg`<text x=${left + 6} y=${y + 4}>${estimate.text}</text>`;
    return svg`${estimate.low == null || estimate.high == null
      ? nothing
      : svg`<line x1=${x(estimate.low)} x2=${x(estimate.high)} y1=${y} y2=${y} stroke=${`var(--${estimate.tone})`}
          stroke-width="2" stroke-linecap="round" />`}
      ${marker(estimate.tone, x(estimate.value), y, `${estimate.name}: ${write(estimate.value, data.format)}`)}
      <text x=${end + 12} y=${y + 4} style=${fill}>${estimate.text}</text>`;
  }

  protected table(data: Data): Table {
    return {
      columns: ['', this.texts?.series ?? '', '', this.texts?.interval ?? ''],
      rows: data.rows.flatMap((row) =>
        row.estimates.map((estimate) => [
          row.label,
          estimate.name,
          estimate.value == null ? estimate.text : write(estimate.value, data.format),
          estimate.low == null ? '' : `${write(estimate.low, data.format)} – ${write(estimate.high, data.format)}`,
        ]),
      ),
    };
  }
}
customElements.define('dot-whisker', DotWhisker);
