import { max } from 'd3-array';
import { html, svg } from 'lit';
import { across, below } from './axes';
import { ChartElement, ENOUGH, type Finding, type Table, type Texts } from './chart-element';
import { dot, whisker } from './marks';
import { scaleOf } from './scales';

interface Bin {
  predicted: number;
  observed: number;
  low: number;
  high: number;
  count: number;
}
interface Data extends Finding {
  xName: string;
  yName: string;
  countName: string;
  bins: Bin[];
}

const LEFT = 44;
const RIGHT = 16;
const TOP = 28;
const BOTTOM = 40;
const QUARTERS = [0, 0.25, 0.5, 0.75, 1];
/** Of the height, for the bin with the most pairs. */
const BARS = 0.22;

/** Predicted probability against observed share, with the number of pairs in each bin as bars below. */
class CalibrationPlot extends ChartElement<Data> {
  protected enough({ bins }: Data): boolean {
    return bins.length >= ENOUGH;
  }

  protected chart(data: Data, width: number) {
    const numbers = this.numbers;
    const percent = (value: number) => numbers.write(value, 'percent');
    const [left, right, bottom] = [LEFT, width - RIGHT, this.height - BOTTOM];
    const x = scaleOf('percent', [0, 1], [left, right]);
    const y = scaleOf('percent', [0, 1], [bottom, TOP]);
    const bars = scaleOf('integer', [0, max(data.bins.map((bin) => bin.count)) ?? 1], [0, (bottom - TOP) * BARS]);
    const wide = Math.max(2, (right - left) / data.bins.length - 6);
    return html`<svg width=${width} height=${this.height} role="img" aria-label=${data.finding}>
      <text class="axis" x="0" y="10">${data.yName}</text>
      ${across({ scale: y, ticks: QUARTERS, format: 'percent' }, [left, right], numbers)}
      ${below({ scale: x, ticks: QUARTERS, format: 'percent' }, bottom, numbers)}
      ${data.bins.map(({ predicted, count }) => {
        const from = Math.max(left, x(predicted) - wide / 2);
        const to = Math.min(right, x(predicted) + wide / 2);
        return svg`<rect x=${from} y=${bottom - bars(count)} width=${to - from} height=${bars(count)} fill="var(--s0-band)" />`;
      })}
      <line class="reference" x1=${x(0)} y1=${y(0)} x2=${x(1)} y2=${y(1)} />
      ${data.bins.map(
        ({ predicted, observed, low, high }) =>
          svg`${whisker('s1', [x(predicted), y(low)], [x(predicted), y(high)])}
            ${dot('s1', x(predicted), y(observed), `${percent(predicted)}: ${percent(observed)}`)}`,
      )}
      <text class="axis" x=${(left + right) / 2} y=${this.height - 5} text-anchor="middle">${data.xName}</text>
    </svg>`;
  }

  protected table(data: Data, texts: Texts): Table {
    const numbers = this.numbers;
    return {
      columns: [data.xName, data.yName, texts.interval, data.countName],
      rows: data.bins.map((bin) => [
        numbers.write(bin.predicted, 'percent'),
        numbers.write(bin.observed, 'percent'),
        numbers.interval(bin.low, bin.high, 'percent'),
        numbers.write(bin.count, 'integer'),
      ]),
      values: {
        columns: ['predicted', 'observed', 'low', 'high', 'count'],
        rows: data.bins.map(({ predicted, observed, low, high, count }) => [predicted, observed, low, high, count]),
      },
    };
  }
}
customElements.define('calibration-plot', CalibrationPlot);
