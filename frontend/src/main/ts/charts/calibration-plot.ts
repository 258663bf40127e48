import { html, svg } from 'lit';
import { ChartElement, marker, type Table } from './chart-element';
import { scale, write } from './scale';

interface Data {
  finding: string;
  xName: string;
  yName: string;
  countName: string;
  bins: { predicted: number; observed: number; low: number; high: number; count: number }[];
}

const LEFT = 44;
const BOTTOM = 40;
const QUARTERS = [0, 0.25, 0.5, 0.75, 1];

/** Predicted probability against observed share, with the number of pairs in each bin as bars below. */
class CalibrationPlot extends ChartElement<Data> {
  protected chart(data: Data, width: number) {
    const x = scale([0, 1], [LEFT, width - 12]);
    const y = scale([0, 1], [this.height - BOTTOM, 10]);
    const most = Math.max(1, ...data.bins.map((bin) => bin.count));
    const bar = (width - LEFT) / Math.max(1, data.bins.length) - 6;
    return html`<svg width=${width} height=${this.height} role="img" aria-label=${data.finding}>
      ${QUARTERS.map(
        (value) => svg`<line class="grid" x1=${LEFT} x2=${width - 12} y1=${y(value)} y2=${y(value)} />
          <text x=${LEFT - 8} y=${y(value) + 4} text-anchor="end">${write(value, 'percent')}</text>
          <text x=${x(value)} y=${this.height - 22} text-anchor="middle">${write(value, 'percent')}</text>`,
      )}
      ${data.bins.map((bin) => {
        const height = (bin.count / most) * (this.height - BOTTOM) * 0.22;
        return svg`<rect x=${x(bin.predicted) - bar / 2} y=${y(0) - height} width=${bar} height=${height} fill="var(--s0-band)" />`;
      })}
      <line class="reference" x1=${x(0)} y1=${y(0)} x2=${x(1)} y2=${y(1)} />
      ${data.bins.map(
        (bin) => svg`<line x1=${x(bin.predicted)} x2=${x(bin.predicted)} y1=${y(bin.low)} y2=${y(bin.high)}
            stroke="var(--s1)" stroke-width="2" />
          ${marker('s1', x(bin.predicted), y(bin.observed), `${write(bin.predicted, 'percent')}: ${write(bin.observed, 'percent')}`)}`,
      )}
      <text x=${(LEFT + width) / 2} y=${this.height - 5} text-anchor="middle">${data.xName}</text>
    </svg>`;
  }

  protected table(data: Data): Table {
    return {
      columns: [data.xName, data.yName, this.texts?.interval ?? '', data.countName],
      rows: data.bins.map((bin) => [
        write(bin.predicted, 'percent'),
        write(bin.observed, 'percent'),
        `${write(bin.low, 'percent')} – ${write(bin.high, 'percent')}`,
        write(bin.count, 'integer'),
      ]),
    };
  }
}
customElements.define('calibration-plot', CalibrationPlot);
