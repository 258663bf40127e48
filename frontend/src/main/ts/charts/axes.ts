import { svg, type SVGTemplateResult } from 'lit';
import type { Interval, Scale } from './scales';

/** What is written at a place of an axis. */
type Written = (value: number) => string;

/** Lines across at the ticks of the vertical axis, each with its value at the left. */
export function across(y: Scale, ticks: number[], [left, right]: Interval, written: Written): SVGTemplateResult[] {
  return ticks.map(
    (value) => svg`<line class="grid" x1=${left} x2=${right} y1=${y(value)} y2=${y(value)} />
      <text class="tick" x=${left - 8} y=${y(value) + 4} text-anchor="end">${written(value)}</text>`,
  );
}

/** Lines upright at the ticks of the horizontal axis, each with its value below. */
export function upright(x: Scale, ticks: number[], [top, bottom]: Interval, written: Written): SVGTemplateResult[] {
  return ticks.map(
    (value) => svg`<line class="grid" x1=${x(value)} x2=${x(value)} y1=${top} y2=${bottom} />${below(x, [value], bottom, written)}`,
  );
}

/** The values at the ticks of the horizontal axis, without lines. */
export function below(x: Scale, ticks: number[], bottom: number, written: Written): SVGTemplateResult[] {
  return ticks.map(
    (value) => svg`<text class="tick" x=${x(value)} y=${bottom + 18} text-anchor="middle">${written(value)}</text>`,
  );
}
