import { html, nothing, svg } from 'lit';
import { below, upright } from './axes';
import { ChartElement, type Finding, type Table, type Texts } from './chart-element';
import { dot, whisker, type Tone } from './marks';
import { widest } from './text-width';
import type { Format } from './numbers';
import { rounded, scaleOf, ticks, type Bounds, type Scale } from './scales';

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
interface Data extends Finding, Bounds {
  format: Format;
  rows: Row[];
  /** A value to compare with. */
  reference?: number | null;
}

const LINE = 20;
const BETWEEN = 14;
const AXIS = 26;
const NOTED = 36;

/** Estimates with their 95 % whiskers, one row a category. An undefined estimate is written, not drawn. */
class DotWhisker extends ChartElement<Data> {
  protected enough({ rows }: Data): boolean {
    return rows.some((row) => row.estimates.some((estimate) => estimate.value != null));
  }

  protected chart(data: Data, width: number) {
    const drawn = data.rows.flatMap((row) => row.estimates).filter((estimate) => estimate.value != null);
    const names = Math.max(
      widest(data.rows.map((row) => row.label), 12),
      widest(data.rows.map((row) => row.note ?? ''), 11),
    );
    const left = Math.min(width * 0.36, names + 16);
    const right = width - Math.min(width * 0.36, 16 + widest(drawn.map((estimate) => estimate.text), 11, 500));
    const heights = data.rows.map((row) => Math.max(row.note ? NOTED : 0, row.estimates.length * LINE) + BETWEEN);
    const bottom = heights.reduce((sum, height) => sum + height, 0);
    const values = drawn.flatMap(({ value, low, high }) => [value!, low ?? value!, high ?? value!]);
    if (data.reference != null) values.push(data.reference);
    const x = scaleOf(data.format, rounded(values, data.format, data), [left, right]);
    const axis = { scale: x, ticks: ticks(x, data.format, right - left, 64), format: data.format };
    let top = 0;
    return html`<svg width=${width} height=${bottom + AXIS} role="img" aria-label=${data.finding}>
      ${upright(axis, [0, bottom])} ${below(axis, bottom, this.numbers)}
      ${data.reference == null ? nothing : svg`<line class="reference" x1=${x(data.reference)} x2=${x(data.reference)} y1="0" y2=${bottom} />`}
      ${data.rows.map((row, index) => {
        const middle = top + heights[index]! / 2;
        top += heights[index]!;
        const first = middle - ((row.estimates.length - 1) / 2) * LINE;
        return svg`<text class="label" x="0" y=${middle + (row.note ? -2 : 4)}>${row.label}</text>
          ${row.note ? svg`<text x="0" y=${middle + 13}>${row.note}</text>` : nothing}
          ${row.estimates.map((estimate, place) => this.estimate(estimate, first + place * LINE, x, [left, right], data.format))}`;
      })}
    </svg>`;
  }

  private estimate({ name, tone, value, low, high, text }: Estimate, y: number, x: Scale, [left, right]: [number, number], format: Format) {
    if (value == null) return svg`<text x=${left + 6} y=${y + 4}>${text}</text>`;
    return svg`${low == null || high == null ? nothing : whisker(tone, [x(low), y], [x(high), y])}
      ${dot(tone, x(value), y, `${name}: ${this.numbers.write(value, format)}`)}
      <text x=${right + 12} y=${y + 4} style=${`fill:var(--${tone});font-weight:500`}>${text}</text>`;
  }

  protected table(data: Data, texts: Texts): Table {
    const numbers = this.numbers;
    return {
      columns: [texts.category, texts.series, texts.estimate, texts.interval],
      rows: data.rows.flatMap((row) =>
        row.estimates.map((estimate) => [
          row.label,
          estimate.name,
          estimate.value == null ? estimate.text : numbers.write(estimate.value, data.format),
          numbers.interval(estimate.low, estimate.high, data.format),
        ]),
      ),
      values: {
        columns: ['category', 'series', 'estimate', 'low', 'high', 'note'],
        rows: data.rows.flatMap((row) =>
          row.estimates.map(({ name, value, low, high }) => [row.label, name, value, low, high, row.note]),
        ),
      },
    };
  }
}
customElements.define('dot-whisker', DotWhisker);
