import { svg, type SVGTemplateResult } from 'lit';
import type { Format, Numbers } from './numbers';
import type { Interval, Scale } from './scales';

/** An axis to be drawn: its scale, the values that are marked on it, and how they are written. */
export interface Axis {
  scale: Scale;
  ticks: number[];
  format: Format;
}

/** Lines across at the ticks of the vertical axis, each with its value at the left. */
export function across({ scale: y, ticks, format }: Axis, [left, right]: Interval, numbers: Numbers): SVGTemplateResult[] {
  const written = numbers.ticks(ticks, format);
  return ticks.map(
    (value) => svg`<line class="grid" x1=${left} x2=${right} y1=${y(value)} y2=${y(value)} />
      <text class="tick" x=${left - 8} y=${y(value) + 4} text-anchor="end">${written(value)}</text>`,
  );
}

/** Lines upright at the ticks of the horizontal axis. */
export function upright({ scale: x, ticks }: Axis, [top, bottom]: Interval): SVGTemplateResult[] {
  return ticks.map((value) => svg`<line class="grid" x1=${x(value)} x2=${x(value)} y1=${top} y2=${bottom} />`);
}

/** The values at the ticks of the horizontal axis, below the drawing. */
export function below({ scale: x, ticks, format }: Axis, bottom: number, numbers: Numbers): SVGTemplateResult[] {
  const written = numbers.ticks(ticks, format);
  return ticks.map((value) => svg`<text class="tick" x=${x(value)} y=${bottom + 18} text-anchor="middle">${written(value)}</text>`);
}
