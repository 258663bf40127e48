/** How a number is written on an axis and in a table. */
export type Format = 'integer' | 'decimal' | 'percent' | 'date';

export const DAY = 86_400_000;

const DATE: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', timeZone: 'UTC' };
const NUMBER: Record<Exclude<Format, 'date'>, Intl.NumberFormatOptions> = {
  integer: { maximumFractionDigits: 0 },
  decimal: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  percent: { style: 'percent', maximumFractionDigits: 1 },
};

/** Writes numbers with a real minus sign, and dates with the month's name, in one language. */
export class Numbers {
  constructor(private readonly language: string) {}

  write(value: number | null | undefined, format: Format): string {
    if (value == null || !Number.isFinite(value)) return '';
    return format === 'date'
      ? new Intl.DateTimeFormat(this.language, DATE).format(value * DAY)
      : new Intl.NumberFormat(this.language, NUMBER[format]).format(value).replace('-', '\u2212');
  }

  /** Both ends of an interval, or nothing. */
  interval(low: number | null | undefined, high: number | null | undefined, format: Format): string {
    return low == null || high == null ? '' : `${this.write(low, format)} – ${this.write(high, format)}`;
  }
}
