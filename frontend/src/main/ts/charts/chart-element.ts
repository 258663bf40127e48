import { LitElement, css, html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Words that the page gives in the reader's language. */
export interface Texts {
  viewTable: string;
  viewChart: string;
  interval: string;
  series: string;
}

/** The same figures as rows: every chart has a table behind it. */
export interface Table {
  columns: string[];
  rows: string[][];
}

/** Series colours of the design tokens: never blue or orange, which belong to the two sides of a pair. */
export type Tone = 's0' | 's1' | 's2' | 's3';

/** Shape carries the meaning, colour repeats it: circle = a dimension, square = overall, triangle = baseline. */
export function marker(tone: Tone, x: number, y: number, title: string): SVGTemplateResult {
  const fill = `var(--${tone})`;
  const shape =
    tone === 's3'
      ? svg`<rect x=${x - 4} y=${y - 4} width="8" height="8" fill=${fill} />`
      : tone === 's0'
        ? svg`<path d="M${x - 5} ${y + 4}h10l-5-9z" fill=${fill} />`
        : svg`<circle cx=${x} cy=${y} r="4.5" fill=${fill} />`;
  return svg`<g><title>${title}</title>${shape}</g>`;
}

/**
 * A chart laid out at its real width: the drawing is made anew when the width changes, so text is never scaled.
 * Below it stands the switch between the chart and its table.
 */
export abstract class ChartElement<Data> extends LitElement {
  static override properties = {
    data: { attribute: false },
    texts: { attribute: false },
    height: { type: Number },
    width: { state: true },
    asTable: { state: true },
  };

  static override styles = css`
    :host {
      display: block;
      min-width: 0;
    }
    svg {
      display: block;
      overflow: visible;
    }
    text {
      font: 400 11px var(--font);
      fill: var(--text-2);
      font-variant-numeric: tabular-nums;
    }
    text.label {
      font-size: 12px;
      fill: var(--text);
    }
    .grid {
      stroke: var(--grid);
    }
    .reference {
      stroke: var(--text-3);
      stroke-dasharray: 5 4;
    }
    .switch {
      display: block;
      margin: 6px 0 0 auto;
      border: 0;
      padding: 4px 6px;
      border-radius: 4px;
      background: none;
      color: var(--text-2);
      font: 500 12px var(--font);
      cursor: pointer;
    }
    .switch:hover {
      background: var(--surface-3);
      color: var(--text);
    }
    .switch:focus-visible {
      outline: 2px solid var(--focus-in);
      box-shadow: 0 0 0 4px var(--focus-out);
    }
    .scroll {
      overflow: auto;
      max-height: 420px;
    }
    table {
      border-collapse: collapse;
      width: 100%;
      font-size: 13px;
      font-variant-numeric: tabular-nums;
    }
    th {
      text-align: left;
      font-weight: 500;
      font-size: 12px;
      color: var(--text-2);
    }
    th,
    td {
      padding: 6px 12px 6px 0;
      border-bottom: 1px solid var(--line);
      white-space: nowrap;
    }
  `;

  declare data?: Data;
  declare texts?: Texts;
  declare height: number;
  declare width: number;
  declare asTable: boolean;

  private readonly observer = new ResizeObserver((entries) => {
    const width = Math.floor(entries[0]!.contentRect.width);
    // a change of a pixel comes from the scroll bar: not worth a redraw
    if (Math.abs(width - this.width) > 1) this.width = width;
  });

  constructor() {
    super();
    this.height = 240;
    this.width = 0;
    this.asTable = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  protected abstract chart(data: Data, width: number): TemplateResult;
  protected abstract table(data: Data): Table;

  protected override render() {
    if (!this.data || this.width < 40) return nothing;
    const table = this.asTable ? this.table(this.data) : undefined;
    return html`${table ? this.rows(table) : this.chart(this.data, this.width)}
      <button class="switch" aria-pressed=${this.asTable} @click=${() => (this.asTable = !this.asTable)}>
        ${this.asTable ? this.texts?.viewChart : this.texts?.viewTable}
      </button>`;
  }

  private rows(table: Table): TemplateResult {
    return html`<div class="scroll" tabindex="0">
      <table>
        <thead>
          <tr>
            ${table.columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${table.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }
}
