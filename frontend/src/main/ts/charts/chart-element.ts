import { LitElement, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { chartStyles } from './chart-styles';
import { csv, fileName, png, save, standalone, type Value } from './download';
import { Numbers } from './numbers';

/** Words that the page gives in the reader's language. */
export interface Texts {
  language: string;
  viewTable: string;
  viewChart: string;
  category: string;
  series: string;
  estimate: string;
  interval: string;
  few: string;
  /** What stands before the kind of a file. */
  download: string;
}

/** The same figures as rows: every chart has a table behind it. */
export interface Table {
  columns: string[];
  rows: string[][];
  /** The figures themselves, for programs. */
  values: { columns: string[]; rows: Value[][] };
}

/** A chart's data begin with what they show, said in a sentence. */
export interface Finding {
  finding: string;
}

/** Fewer points than this make no picture. */
export const ENOUGH = 5;

/**
 * A chart laid out at its real width: the drawing is made anew when the width changes, so text is never scaled.
 * Below it stand the switch between the chart and its table, and the files that can be had of it. Where there is too little
 * to draw, the table stands alone.
 */
export abstract class ChartElement<Data extends Finding> extends LitElement {
  static override properties = {
    data: { attribute: false },
    texts: { attribute: false },
    height: { type: Number },
    width: { state: true },
    asTable: { state: true },
  };

  static override styles: CSSResultGroup = chartStyles;

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
    // the font may come after the first drawing, and texts are as wide as their font
    void document.fonts.ready.then(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  /** What is drawn, `width` pixels wide. */
  protected abstract chart(data: Data, width: number, texts: Texts): TemplateResult;
  protected abstract table(data: Data, texts: Texts): Table;
  /** Whether there is enough to make a picture. */
  protected abstract enough(data: Data): boolean;

  protected get numbers(): Numbers {
    return new Numbers(this.texts?.language ?? 'en');
  }

  protected override render() {
    const { data, texts } = this;
    if (!data || !texts || this.width < 40) return nothing;
    if (!this.enough(data)) return html`<p class="few">${texts.few}</p>${this.rows(data, texts)}<div class="actions">${this.file('CSV', data, texts)}</div>`;
    return html`${this.asTable ? this.rows(data, texts) : this.chart(data, this.width, texts)}
      <div class="actions">
        <button class="switch" aria-pressed=${this.asTable} @click=${() => (this.asTable = !this.asTable)}>
          ${this.asTable ? texts.viewChart : texts.viewTable}
        </button>
        ${this.file('CSV', data, texts)} ${this.asTable ? nothing : [this.file('SVG', data, texts), this.file('PNG', data, texts)]}
      </div>`;
  }

  private file(kind: 'CSV' | 'SVG' | 'PNG', data: Data, texts: Texts): TemplateResult {
    return html`<button class="file" aria-label=${`${texts.download} ${kind}`} @click=${() => this.save(kind, data, texts)}>${kind}</button>`;
  }

  private async save(kind: 'CSV' | 'SVG' | 'PNG', data: Data, texts: Texts): Promise<void> {
    const name = `${fileName(data.finding)}.${kind.toLowerCase()}`;
    if (kind === 'CSV') {
      const { columns, rows } = this.table(data, texts).values;
      save(name, new Blob([csv(columns, rows)], { type: 'text/csv' }));
      return;
    }
    const drawing = this.drawing();
    if (drawing) save(name, kind === 'SVG' ? new Blob([drawing], { type: 'image/svg+xml' }) : await png(drawing));
  }

  /** The drawing as a file that stands by itself. */
  protected drawing(): string | undefined {
    const shown = this.renderRoot.querySelector('svg');
    return shown ? standalone(shown) : undefined;
  }

  /** The page keeps the room of a drawing; a table takes its own. */
  protected override updated(): void {
    if (!this.data || !this.hasAttribute('height')) return;
    this.style.minHeight = this.enough(this.data) ? `${this.height}px` : '';
  }

  private rows(data: Data, texts: Texts): TemplateResult {
    const { columns, rows } = this.table(data, texts);
    // a column that says nothing anywhere is left out
    const told = columns.map((_, place) => rows.some((row) => row[place]));
    const cells = <T>(all: T[]): T[] => all.filter((_, place) => told[place]);
    return html`<div class="scroll" tabindex="0">
      <table aria-label=${data.finding}>
        <thead>
          <tr>
            ${cells(columns).map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => html`<tr>${cells(row).map((cell) => html`<td>${cell}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }
}
