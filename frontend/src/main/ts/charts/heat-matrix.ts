import { css, html, nothing, type TemplateResult } from 'lit';
import { chartStyles } from './chart-styles';
import { ChartElement, type Finding, type Table, type Texts } from './chart-element';
import { drawn } from './download';

interface Cell {
  row: number;
  column: number;
  value: number;
  /** What stands in the cell. */
  text: string;
  /** The same with its interval and its n, in words. */
  title: string;
  low?: number | null;
  high?: number | null;
  count?: number | null;
  /** Whether a rule fired. */
  marked: boolean;
}
interface Data extends Finding {
  /** Names of the rows and, the same things again, of the columns. */
  names: string[];
  heads: string[];
  /** Where each step of the colour begins, from the second on. */
  edges: number[];
  /** Whether nothing is compared with itself. */
  hollow: boolean;
  /** Whether a cell can be chosen, and what choosing it does. */
  choose?: string | null;
  cells: Cell[];
}

/** Seven steps, on each of which text is read in both themes; a smooth ramp fails in the middle. */
const STEPS = [4, 14, 26, 38, 50, 88, 100];
const DARK = 5;

/** Everything against everything: a table whose cells are coloured by value. A cell can be chosen where the page says so. */
class HeatMatrix extends ChartElement<Data> {
  static override styles = [
    chartStyles,
    css`
      table.matrix {
        border-collapse: separate;
        border-spacing: 2px;
        table-layout: fixed;
        font-size: 12px;
      }
      table.matrix th {
        padding: 2px 3px;
        border: 0;
        text-align: center;
        font-size: 11px;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      table.matrix thead td {
        width: 108px;
      }
      table.matrix th:first-child {
        padding-right: 8px;
        text-align: right;
        color: var(--text);
      }
      table.matrix td {
        height: 30px;
        padding: 0;
        border: 0;
        border-radius: 3px;
        text-align: center;
      }
      td.self {
        background: repeating-linear-gradient(135deg, var(--surface-3) 0 3px, transparent 3px 6px);
      }
      td.blank {
        color: var(--text-3);
      }
      td.marked {
        box-shadow: inset 0 0 0 2px var(--err);
      }
      td button {
        width: 100%;
        height: 100%;
        min-height: 24px;
        padding: 0;
        border: 0;
        border-radius: 3px;
        background: none;
        color: inherit;
        font: inherit;
        cursor: pointer;
      }
      td:hover {
        outline: 2px solid var(--text);
        outline-offset: -1px;
      }
      td button:focus-visible {
        outline: 2px solid var(--focus-in);
        box-shadow: 0 0 0 4px var(--focus-out);
      }
    `,
  ];

  protected enough({ cells }: Data): boolean {
    return cells.length > 0;
  }

  protected chart(data: Data): TemplateResult {
    const cells = new Map(data.cells.map((cell) => [`${cell.row} ${cell.column}`, cell]));
    return html`<div class="scroll" tabindex="0">
      <table class="matrix" aria-label=${data.finding}>
        <thead>
          <tr>
            <td></td>
            ${data.heads.map((head, place) => html`<th scope="col" title=${data.names[place]!}>${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${data.names.map(
            (name, row) => html`<tr>
              <th scope="row" title=${name}>${name}</th>
              ${data.heads.map((_, column) => this.cell(data, cells.get(`${row} ${column}`), row === column && data.hollow))}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private cell(data: Data, cell: Cell | undefined, self: boolean): TemplateResult {
    if (!cell) return html`<td class=${self ? 'self' : 'blank'}>${self ? nothing : '·'}</td>`;
    const step = data.edges.filter((edge) => cell.value >= edge).length;
    const ground = `background:color-mix(in oklab,var(--s1) ${STEPS[step]}%,var(--surface));color:var(--${step >= DARK ? 'on-s1' : 'text'})`;
    return html`<td class=${cell.marked ? 'marked' : ''} style=${ground} title=${cell.title}>
      ${data.choose
        ? html`<button aria-label=${`${cell.title}. ${data.choose}`} @click=${() => this.chosen(cell)}>${cell.text}</button>`
        : cell.text}
    </td>`;
  }

  private chosen({ row, column }: Cell): void {
    this.dispatchEvent(new CustomEvent('cell-chosen', { detail: { row, column }, bubbles: true, composed: true }));
  }

  protected override drawing(): string | undefined {
    const table = this.renderRoot.querySelector<HTMLTableElement>('table.matrix');
    return table ? drawn(table) : undefined;
  }

  protected table(data: Data, texts: Texts): Table {
    const { names, cells } = data;
    return {
      columns: [texts.category, texts.series, texts.estimate],
      rows: cells.map((cell) => [names[cell.row]!, names[cell.column]!, cell.title]),
      values: {
        columns: ['row', 'column', 'value', 'low', 'high', 'count'],
        rows: cells.map((cell) => [names[cell.row], names[cell.column], cell.value, cell.low, cell.high, cell.count]),
      },
    };
  }
}
customElements.define('heat-matrix', HeatMatrix);
