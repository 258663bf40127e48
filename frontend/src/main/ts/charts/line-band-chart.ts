import { html, nothing, svg } from 'lit';
import { across, below } from './axes';
import { ChartElement, ENOUGH, type Finding, type Table, type Texts } from './chart-element';
import { band, curve, dot, whisker, type Point, type Tone } from './marks';
import { widest } from './text-width';
import { DAY, type Format } from './numbers';
import { rounded, scaleOf, spanned, ticks, type Bounds, type Interval, type Scale } from './scales';

interface Place extends Point {
  label?: string | null;
}
interface Series {
  name: string;
  tone: Tone;
  dashed: boolean;
  marks: boolean;
  points: Place[];
}
interface Axis extends Bounds {
  name: string;
  format: Format;
}
interface Data extends Finding {
  x: Axis;
  y: Axis;
  series: Series[];
  references: { y: number; name: string }[];
}
/** A name at the end of its line. */
interface Name {
  text: string;
  color: string;
  at: number;
}

const LEFT = 48;
const TOP = 28;
const BOTTOM = 40;
const BETWEEN_NAMES = 14;

const day = (since1970: number): string => new Date(since1970 * DAY).toISOString().slice(0, 10);

/** Lines over time or over a count, each with its 95 % band when it has one. Names stand at the line ends. */
class LineBandChart extends ChartElement<Data> {
  // kept between redraws: the scale of a live chart grows, it does not jump
  private shown?: Interval;

  protected enough({ series }: Data): boolean {
    return series.some(({ points }) => points.length >= ENOUGH);
  }

  protected chart(data: Data, width: number) {
    const bottom = this.height - BOTTOM;
    const y = scaleOf(data.y.format, this.vertical(data), [bottom, TOP]);
    const names = this.names(data, y);
    const right = width - Math.min(width * 0.34, 22 + widest(names.map((name) => name.text), 11, 600));
    const places = data.series.flatMap(({ points }) => points.map((point) => point.x));
    const x = scaleOf(data.x.format, spanned(places, data.x.format, data.x), [LEFT, right]);
    return html`<svg width=${width} height=${this.height} role="img" aria-label=${data.finding}>
      <text class="axis" x="0" y="10">${data.y.name}</text>
      ${across({ scale: y, ticks: ticks(y, data.y.format, bottom - TOP, 40), format: data.y.format }, [LEFT, right], this.numbers)}
      ${below({ scale: x, ticks: ticks(x, data.x.format, right - LEFT, data.x.format === 'date' ? 90 : 60), format: data.x.format }, bottom, this.numbers)}
      <text class="axis" x=${(LEFT + right) / 2} y=${this.height - 5} text-anchor="middle">${data.x.name}</text>
      ${data.references.map((line) => svg`<line class="reference" x1=${LEFT} x2=${right} y1=${y(line.y)} y2=${y(line.y)} />`)}
      ${data.series.map((series) => this.intervals(series, x, y))}
      ${data.series.map((series) => this.line(series, data, x, y))}
      ${names.map(({ text, color, at }) => svg`<text class="name" x=${right + 10} y=${at} style=${`fill:${color}`}>${text}</text>`)}
    </svg>`;
  }

  private vertical(data: Data): Interval {
    const values = data.series.flatMap(({ points }) => points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]));
    values.push(...data.references.map((line) => line.y));
    // counts are compared with none
    if (data.y.format === 'integer') values.push(0);
    const [low, high] = rounded(values, data.y.format, data.y);
    const [lowest, highest] = this.shown ?? [low, high];
    this.shown = [Math.min(low, lowest), Math.max(high, highest)];
    return this.shown;
  }

  private intervals({ tone, marks, points }: Series, x: Scale, y: Scale) {
    const known = points.filter(({ low, high }) => low != null && high != null);
    if (known.length === 0) return nothing;
    return marks ? known.map((point) => whisker(tone, [x(point.x), y(point.low!)], [x(point.x), y(point.high!)])) : band(tone, known, x, y);
  }

  /** Every point is marked, or the last, or none of a line that is only there to compare with. */
  private line(series: Series, data: Data, x: Scale, y: Scale) {
    const { tone, dashed, marks, points } = series;
    const marked = marks ? points : dashed && points.length > 1 ? [] : points.slice(-1);
    return svg`${curve(tone, dashed, points, x, y)}
      ${marked.map((point) => dot(tone, x(point.x), y(point.y), this.describe(series, data, point)))}`;
  }

  private describe({ name }: Series, { x, y }: Data, point: Place): string {
    const interval = this.numbers.interval(point.low, point.high, y.format);
    const place = point.label ?? this.numbers.write(point.x, x.format);
    return `${name}, ${place}: ${this.numbers.write(point.y, y.format)}${interval && ` (${interval})`}`;
  }

  /** Names at the line ends, moved apart until no two overlap. A single line is named by its axis where both are one. */
  private names(data: Data, y: Scale): Name[] {
    const names: Name[] = [
      ...data.series
        .filter(({ name, points }) => points.length > 0 && name !== data.y.name)
        .map(({ name, tone, points }) => ({ text: name, color: `var(--${tone})`, at: y(points.at(-1)!.y) + 4 })),
      ...data.references.map((line) => ({ text: line.name, color: 'var(--text-2)', at: y(line.y) + 4 })),
    ].sort((one, other) => one.at - other.at);
    let free = Number.NEGATIVE_INFINITY;
    for (const name of names) {
      name.at = Math.max(name.at, free);
      free = name.at + BETWEEN_NAMES;
    }
    return names;
  }

  protected table(data: Data, texts: Texts): Table {
    const numbers = this.numbers;
    return {
      columns: [texts.series, data.x.name, data.y.name, texts.interval],
      rows: data.series.flatMap(({ name, points }) =>
        points.map((point) => [
          name === data.y.name ? '' : name,
          point.label ?? numbers.write(point.x, data.x.format),
          numbers.write(point.y, data.y.format),
          numbers.interval(point.low, point.high, data.y.format),
        ]),
      ),
      values: {
        columns: ['series', 'x', 'y', 'low', 'high'],
        rows: data.series.flatMap(({ name, points }) =>
          points.map(({ x, y, low, high, label }) => [name, label ?? (data.x.format === 'date' ? day(x) : x), y, low, high]),
        ),
      },
    };
  }
}
customElements.define('line-band-chart', LineBandChart);
