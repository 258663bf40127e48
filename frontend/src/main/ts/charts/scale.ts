/** How a number is written on an axis and in a table. */
export type Format = 'integer' | 'decimal' | 'percent' | 'date';

/** A linear map from the data to pixels. */
export const scale =
  (domain: readonly [number, number], range: readonly [number, number]) =>
  (value: number): number =>
    range[0] + ((value - domain[0]) / (domain[1] - domain[0] || 1)) * (range[1] - range[0]);

/** Round tick values inside the domain, about `count` of them. */
export function ticks(domain: readonly [number, number], count: number): number[] {
  const span = domain[1] - domain[0];
  if (!(span > 0)) return [domain[0]];
  const raw = span / Math.max(1, count);
  const power = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw) ?? raw;
  const values: number[] = [];
  for (let value = Math.ceil(domain[0] / step - 1e-9) * step; value <= domain[1] + step * 1e-9; value += step) {
    values.push(Number(value.toPrecision(12)));
  }
  return values;
}

/** The smallest round domain that holds all values, inside the given bounds. */
export function roundDomain(values: number[], bounds?: readonly [number, number]): [number, number] {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (!Number.isFinite(low)) return bounds ? [bounds[0], bounds[1]] : [0, 1];
  if (low === high) {
    low -= Math.abs(low) * 0.05 || 0.5;
    high += Math.abs(high) * 0.05 || 0.5;
  }
  const margin = (high - low) * 0.06;
  const step = Math.pow(10, Math.floor(Math.log10(high - low))) / 2;
  low = Math.floor((low - margin) / step) * step;
  high = Math.ceil((high + margin) / step) * step;
  return bounds ? [Math.max(bounds[0], low), Math.min(bounds[1], high)] : [low, high];
}

/** Writes a number with a real minus sign, in the language of the page. */
export function write(value: number | null | undefined, format: Format = 'decimal'): string {
  if (value == null || !Number.isFinite(value)) return '';
  const language = document.documentElement.lang || 'en';
  if (format === 'date') {
    const day = new Date(value * 86_400_000);
    return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(day);
  }
  const options: Intl.NumberFormatOptions =
    format === 'integer'
      ? { maximumFractionDigits: 0 }
      : format === 'percent'
        ? { style: 'percent', maximumFractionDigits: 1 }
        : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return new Intl.NumberFormat(language, options).format(value).replace('-', '\u2212');
}
