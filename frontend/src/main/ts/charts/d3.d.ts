// What the charts use of d3, whose packages come without types.

declare module 'd3-array' {
  export function extent(values: Iterable<number>): [number, number] | [undefined, undefined];
  export function max(values: Iterable<number>): number | undefined;
}

declare module 'd3-scale' {
  export interface ScaleLinear {
    (value: number): number;
    domain(): [number, number];
    clamp(on: boolean): this;
    nice(count?: number): this;
    ticks(count: number): number[];
  }
  export interface ScaleTime {
    (value: number): number;
    ticks(count: number): Date[];
  }
  export function scaleLinear(domain: readonly [number, number], range: readonly [number, number]): ScaleLinear;
  export function scaleUtc(domain: readonly [number, number], range: readonly [number, number]): ScaleTime;
}

declare module 'd3-shape' {
  export interface SymbolType {
    readonly draw: unknown;
  }
  export const symbolCircle: SymbolType;
  export const symbolSquare: SymbolType;
  export const symbolTriangle: SymbolType;
  export function symbol(type: SymbolType, area: number): () => string;
  export function line<P>(x: (point: P) => number, y: (point: P) => number): (points: readonly P[]) => string | null;
  export function area<P>(
    x: (point: P) => number,
    low: (point: P) => number,
    high: (point: P) => number,
  ): (points: readonly P[]) => string | null;
}
