import { max } from 'd3-array';
import { html, svg } from 'lit';
import { across } from './axes';
import { ChartElement, type Finding, type Table } from './chart-element';
import { scaleOf, spanned, ticks } from './scales';

interface Bar {
  label: string;
  value: number;
}
interface Data extends Finding {
  xName: string;
  yName: string;
  bars: Bar[];
}

const LEFT = 48;
const TOP = 28;
const BOTTOM = 40;
const GAP = 2;

/** Counts side by side, from zero. */
class BarChart extends ChartElement<Data> {
  protected enough({ bars }: Data): boolean {
    return bars.some(({ value }) => value > 0);
  }

  protected chart(data: Data, width: number) {
    const bottom = this.height - BOTTOM;
    const highest = max(data.bars.map(({ value }) => value)) ?? 0;
    const y = scaleOf('integer', spanned([0, highest], 'integer'), [bottom, TOP]);
    const step = (width - LEFT) / data.bars.length;
    return html`<svg width=${width} height=${this.height} role="img" aria-label=${data.finding}>
      <text class="axis" x="0" y="10">${data.yName}</text>
      ${across({ scale: y, ticks: ticks(y, 'integer', bottom - TOP, 40), format: 'integer' }, [LEFT, width], this.numbers)}
      ${data.bars.map(({ label, value }, place) => {
        const left = LEFT + place * step;
        return svg`<rect x=${left + GAP} y=${y(value)} width=${Math.max(1, step - 2 * GAP)} height=${bottom - y(value)} rx="2" fill="var(--s1)">
            <title>${label}: ${this.numbers.write(value, 'integer')}</title></rect>
          <text class="tick" x=${left + step / 2} y=${bottom + 16} text-anchor="middle">${label}</text>`;
      })}
      <text class="axis" x=${(LEFT + width) / 2} y=${this.height - 5} text-anchor="middle">${data.xName}</text>
    </svg>`;
  }

  protected table(data: Data): Table {
    return {
      columns: [data.xName, data.yName],
      rows: data.bars.map(({ label, value }) => [label, this.numbers.write(value, 'integer')]),
      values: { columns: ['bin', 'count'], rows: data.bars.map(({ label, value }) => [label, value]) },
    };
  }
}
customElements.define('bar-chart', BarChart);
