import { html, nothing, svg, type SVGTemplateResult } from 'lit';
import { ChartElement, marker, type Table, type Tone } from './chart-element';
import { roundDomain, scale, ticks, write, type Format } from './scale';

interface Point {
  x: number;
  y: number;
  low?: number | null;
  high?: number | null;
  label?: string | null;
}
interface Series {
  name: string;
  tone: Tone;
  dashed: boolean;
  marks: boolean;
  points: Point[];
}
interface Axis {
  name: string;
  format: Format;
  low?: number | null;
  high?: number | null;
}
interface Data {
  finding: string;
  x: Axis;
  y: Axis;
  series: Series[];
  references: { y: number; name: string }[];
}

type Interval = [number, number];
const TOP = 12;
const BOTTOM = 40;

/** Lines over time or over a count, each with its 95 % band when it has one. Names stand at the line ends. */
class LineBandChart extends ChartElement<Data> {
  // kept between redraws: the scale of a live chart grows, it does not jump
  private shown?: Interval;

  protected chart(data: Data, width: number) {
    const points = data.series.flatMap((series) => series.points);
    const names = [...data.series.map((series) => series.name), ...data.references.map((line) => line.name)];
    const right = Math.min(width * 0.34, 22 + Math.max(0, ...names.map((name) => name.length * 6.4)));
    const left = 48;
    const domainX = this.horizontal(data, points);
    const domainY = this.vertical(data, points);
    const x = scale(domainX, [left, width - right]);
    const y = scale(domainY, [this.height - BOTTOM, TOP]);
    const wide = Math.max(2, Math.floor((width - left - right) / 90));
    const ticksX = ticks(domainX, wide).filter((value) => !['integer', 'date'].includes(data.x.format) || Number.isInteger(value));
    return html`<svg width=${width} height=${this.height} role="img" aria-label=${data.finding}>
      ${ticks(domainY, 5).map(
        (value) => svg`<line class="grid" x1=${left} x2=${width - right} y1=${y(value)} y2=${y(value)} />
          <text x=${left - 8} y=${y(value) + 4} text-anchor="end">${write(value, data.y.format)}</text>`,
      )}
      ${ticksX.map(
        (value) => svg`<text x=${x(value)} y=${this.height - 22} text-anchor="middle">${write(value, data.x.format)}</text>`,
      )}
      <text x=${(left + width - right) / 2} y=${this.height - 5} text-anchor="middle">${data.x.name}</text>
      ${data.references.map(
        (line) => svg`<line class="reference" x1=${left} x2=${width - right} y1=${y(line.y)} y2=${y(line.y)} />`,
      )}
      ${data.series.map((series) => this.band(series, x, y))}
      ${data.series.map((series) => this.line(series, data, x, y))}
      ${this.names(data, width - right + 10, y)}
    </svg>`;
  }

  private horizontal(data: Data, points: Point[]): Interval {
    const values = points.map((point) => point.x);
    const low = data.x.low ?? Math.min(...values);
    const high = data.x.high ?? Math.max(...values);
    if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
    return low === high ? [low - 1, high + 1] : [low, high];
  }

  private vertical(data: Data, points: Point[]): Interval {
    const values = points.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]);
    values.push(...data.references.map((line) => line.y));
    const bounds: Interval = [data.y.low ?? -Infinity, data.y.high ?? Infinity];
    const wanted = roundDomain(values, bounds);
    this.shown = this.shown
      ? [Math.min(this.shown[0], wanted[0]), Math.max(this.shown[1], wanted[1])]
      : wanted;
    return this.shown;
  }

  private band(series: Series, x: (v: number) => number, y: (v: number) => number) {
    const points = series.points.filter((point) => point.low != null && point.high != null);
    if (points.length === 0) return nothing;
    if (series.marks) {
      return points.map(
        (point) => svg`<line x1=${x(point.x)} x2=${x(point.x)} y1=${y(point.low!)} y2=${y(point.high!)}
          stroke=${`var(--${series.tone})`} stroke-width="2" stroke-linecap="round" />`,
      );
    }
    const upper = points.map((point) => `${x(point.x)} ${y(point.high!)}`);
    const lower = points.map((point) => `${x(point.x)} ${y(point.low!)}`).reverse();
    return svg`<path d=${`M${[...upper, ...lower].join('L')}Z`} fill=${`var(--${series.tone}-band)`} opacity="0.75" />`;
  }

  private line(series: Series, data: Data, x: (v: number) => number, y: (v: number) => number): SVGTemplateResult {
    const path = series.points.map((point) => `${x(point.x)} ${y(point.y)}`).join('L');
    const marked = series.marks ? series.points : series.points.slice(-1);
    return svg`${path && series.points.length > 1
      ? svg`<path d=${`M${path}`} fill="none" stroke=${`var(--${series.tone})`} stroke-width=${series.dashed ? 1.5 : 2}
          stroke-dasharray=${series.dashed ? '4 4' : 'none'} stroke-linejoin="round" />`
      : nothing}
      ${series.dashed && !series.marks && series.points.length > 1
        ? nothing
        : marked.map((point) => marker(series.tone, x(point.x), y(point.y), this.describe(series, data, point)))}`;
  }

  private describe(series: Series, data: Data, point: Point): string {
    const interval =
      point.low != null && point.high != null
        ? ` (${write(point.low, data.y.format)} – ${write(point.high, data.y.format)})`
        : '';
    return `${series.name}, ${point.label ?? write(point.x, data.x.format)}: ${write(point.y, data.y.format)}${interval}`;
  }

  /** Names at the line ends, moved apart until no two overlap. */
  private names(data: Data, x: number, y: (v: number) => number) {
    const labels = [
      ...data.series
        .filter((series) => series.points.length > 0)
        .map((series) => ({ name: series.name, fill: `var(--${series.tone})`, at: y(series.points.at(-1)!.y) + 4 })),
      ...data.references.map((line) => ({ name: line.name, fill: 'var(--text-2)', at: y(line.y) + 4 })),
    ].sort((one, other) => one.at - other.at);
    let free = Number.NEGATIVE_INFINITY;
    for (const label of labels) {
      label.at = Math.max(label.at, free);
      free = label.at + 14;
    }
    return labels.map(
      (label) => svg`<text x=${x} y=${label.at} style=${`fill:${label.fill};font-weight:600`}>${label.name}</text>`,
    );
  }

  protected table(data: Data): Table {
    return {
      columns: [this.texts?.series ?? '', data.x.name, data.y.name, this.texts?.interval ?? ''],
      rows: data.series.flatMap((series) =>
        series.points.map((point) => [
          series.name,
          point.label ?? write(point.x, data.x.format),
          write(point.y, data.y.format),
          point.low == null ? '' : `${write(point.low, data.y.format)} – ${write(point.high, data.y.format)}`,
        ]),
      ),
    };
  }
}
customElements.define('line-band-chart', LineBandChart);
