/** How a number is written on an axis and in a table. */
export type Format = 'integer' | 'decimal' | 'percent' | 'date';

export const DAY = 86_400_000;

const DATE: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', timeZone: 'UTC' };
const NUMBER: Record<Exclude<Format, 'date'>, Intl.NumberFormatOptions> = {
  integer: { maximumFractionDigits: 0 },
  decimal: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  percent: { style: 'percent', maximumFractionDigits: 1 },
};

const MOST_DIGITS = 8;

/** Writes numbers with a real minus sign, and dates with the month's name, in one language. */
export class Numbers {
  constructor(private readonly language: string) {}

  write(value: number | null | undefined, format: Format): string {
    if (value == null || !Number.isFinite(value)) return '';
    return format === 'date' ? this.date(value, DATE) : this.number(value, NUMBER[format]);
  }

  /** Both ends of an interval, or nothing. */
  interval(low: number | null | undefined, high: number | null | undefined, format: Format): string {
    return low == null || high == null ? '' : `${this.write(low, format)} – ${this.write(high, format)}`;
  }

  /** Writes the ticks of an axis so that no two read alike: with more digits, or with the year, where it takes that. */
  ticks(values: number[], format: Format): (value: number) => string {
    if (format === 'date') {
      const years = new Set(values.map((day) => new Date(day * DAY).getUTCFullYear()));
      return (day) => this.date(day, years.size > 1 ? { ...DATE, year: 'numeric' } : DATE);
    }
    const style = { ...NUMBER[format] };
    while (new Set(values.map((value) => this.number(value, style))).size < values.length && (style.maximumFractionDigits ?? 0) < MOST_DIGITS) {
      style.maximumFractionDigits = (style.maximumFractionDigits ?? 0) + 1;
      style.minimumFractionDigits = style.maximumFractionDigits;
    }
    return (value) => this.number(value, style);
  }

  private number(value: number, style: Intl.NumberFormatOptions): string {
    return new Intl.NumberFormat(this.language, style).format(value).replace('-', '\u2212');
  }

  private date(day: number, style: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.language, style).format(day * DAY);
  }
}
