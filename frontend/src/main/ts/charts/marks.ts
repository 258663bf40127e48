import { area, line, symbol, symbolCircle, symbolSquare, symbolTriangle } from 'd3-shape';
import { svg, type SVGTemplateResult } from 'lit';
import type { Scale } from './scales';

/** Series colours of the design tokens: never blue or orange, which belong to the two sides of a pair. */
export type Tone = 's0' | 's1' | 's2' | 's3';

/** A place in the data, with its 95 % interval where it has one. */
export interface Point {
  x: number;
  y: number;
  low?: number | null;
  high?: number | null;
}

const SHAPES = { s0: symbolTriangle, s1: symbolCircle, s2: symbolCircle, s3: symbolSquare };
const AREA = 64;

const color = (tone: Tone): string => `var(--${tone})`;

/** Shape carries the meaning, colour repeats it: circle = a dimension, square = overall, triangle = baseline. */
export function dot(tone: Tone, x: number, y: number, title: string): SVGTemplateResult {
  return svg`<path class="dot" d=${symbol(SHAPES[tone], AREA)()} transform=${`translate(${x},${y})`} fill=${color(tone)}>
    <title>${title}</title>
  </path>`;
}

/** The 95 % interval of an estimate, as a whisker from one place to another. */
export function whisker(tone: Tone, from: readonly [number, number], to: readonly [number, number]): SVGTemplateResult {
  return svg`<line class="whisker" x1=${from[0]} y1=${from[1]} x2=${to[0]} y2=${to[1]} stroke=${color(tone)} />`;
}

/** The 95 % intervals of neighbouring estimates, as a band behind their line. */
export function band(tone: Tone, points: readonly Point[], x: Scale, y: Scale): SVGTemplateResult {
  const path = area<Point>(
    (point) => x(point.x),
    (point) => y(point.low ?? point.y),
    (point) => y(point.high ?? point.y),
  )(points);
  return svg`<path class="band" d=${path ?? ''} fill=${`var(--${tone}-band)`} />`;
}

export function curve(tone: Tone, dashed: boolean, points: readonly Point[], x: Scale, y: Scale): SVGTemplateResult {
  const path = line<Point>(
    (point) => x(point.x),
    (point) => y(point.y),
  )(points);
  return svg`<path class=${dashed ? 'curve dashed' : 'curve'} d=${path ?? ''} stroke=${color(tone)} />`;
}
