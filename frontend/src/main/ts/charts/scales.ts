import { extent } from 'd3-array';
import { scaleLinear, scaleUtc } from 'd3-scale';
import { DAY, type Format } from './numbers';

export type Interval = readonly [number, number];

/** What an axis may show. */
export interface Bounds {
  low?: number | null;
  high?: number | null;
}

/** From the data to pixels, with round values on the way. */
export interface Scale {
  (value: number): number;
  ticks(count: number): number[];
}

const LEAST_TICKS = 3;
const MOST_TICKS = 20;
/** Room on both sides of the data, as a share of what they span. */
const MARGIN = 0.06;

const whole = (format: Format): boolean => format === 'integer' || format === 'date';

export function scaleOf(format: Format, domain: Interval, range: Interval): Scale {
  if (format !== 'date') return scaleLinear(domain, range);
  const time = scaleUtc([domain[0] * DAY, domain[1] * DAY], range);
  return Object.assign((day: number) => time(day * DAY), {
    ticks: (count: number) => time.ticks(count).map((moment) => moment.getTime() / DAY),
  });
}

/**
 * Round values about `apart` pixels from each other, and never fewer than three: one or two say nothing of a scale. Where
 * only weeks or months are round, every second or third of them.
 */
export function ticks(scale: Scale, format: Format, length: number, apart: number): number[] {
  const wanted = Math.max(LEAST_TICKS, Math.floor(length / apart));
  for (let count = wanted; ; count++) {
    const values = scale.ticks(count).filter((value) => !whole(format) || Number.isInteger(value));
    if (values.length < LEAST_TICKS && count < MOST_TICKS) continue;
    const every = Math.min(Math.round(values.length / wanted), Math.floor((values.length - 1) / (LEAST_TICKS - 1)));
    return every > 1 ? values.filter((_, place) => place % every === 0) : values;
  }
}

/** From the first value to the last; wide enough for three whole ticks where only whole numbers are ticks. */
export function spanned(values: number[], format: Format, bounds: Bounds = {}): Interval {
  const [first = 0, last = 1] = extent(values);
  const low = bounds.low ?? first;
  const high = bounds.high ?? last;
  return [low, Math.max(high, low + (whole(format) ? LEAST_TICKS - 1 : 0))];
}

/** The smallest round interval that holds all values, inside what the axis may show; with some room where it is no count. */
export function rounded(values: number[], format: Format, bounds: Bounds = {}): Interval {
  const [low, high] = extent(values);
  if (low === undefined || high === undefined) return [bounds.low ?? 0, bounds.high ?? 1];
  const room = whole(format) ? 0 : MARGIN * (high - low || Math.abs(low) || 1);
  const [from, to] = scaleLinear([low - room, high + room], [0, 1])
    .nice(5)
    .domain();
  const inside: Interval = [Math.max(bounds.low ?? -Infinity, from), Math.min(bounds.high ?? Infinity, to)];
  return whole(format) ? spanned([...inside], format) : inside;
}
