import { deltaE, toLab } from "./color.js";

/** Per pixel the CIEDE2000 difference of an edit to its source, after a slight blur that hides compression noise. */
export interface Difference {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** From small to large change; readable in grey as well (the colours of matplotlib's "magma"). */
const RAMP = [
  [59, 15, 112],
  [140, 41, 129],
  [222, 73, 104],
  [254, 159, 109],
  [252, 253, 191],
] as const;

/** Differences at and above this are shown in the last colour. */
const LARGEST = 60;

/** Both images have the same size; where the edit is transparent and the source is not, the change is the largest. */
export function differenceOf(source: ImageData, edit: ImageData): Difference {
  const { width, height } = source;
  const one = blur(labOf(source), width, height);
  const other = blur(labOf(edit), width, height);
  const values = new Float32Array(width * height);
  for (let i = 0, j = 0; i < values.length; i++, j += 3) {
    const onlyOne = (source.data[i * 4 + 3]! < 128) !== (edit.data[i * 4 + 3]! < 128);
    values[i] = onlyOne
      ? LARGEST
      : deltaE(one[j]!, one[j + 1]!, one[j + 2]!, other[j]!, other[j + 1]!, other[j + 2]!);
  }
  return { width, height, values };
}

/** The coloured map of all pixels that changed by at least the threshold, and their share of the picture, 0..1. */
export function heatMap(difference: Difference, threshold: number): { pixels: Uint8ClampedArray<ArrayBuffer>; changed: number } {
  const { values } = difference;
  const pixels = new Uint8ClampedArray(values.length * 4);
  const span = Math.max(1, LARGEST - threshold);
  let changed = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < threshold) {
      continue;
    }
    changed++;
    const [red, green, blue] = rampColour((value - threshold) / span);
    pixels[i * 4] = red;
    pixels[i * 4 + 1] = green;
    pixels[i * 4 + 2] = blue;
    pixels[i * 4 + 3] = 235;
  }
  return { pixels, changed: changed / values.length };
}

/** The colour of a change, 0 (small) to 1 (large). */
export function rampColour(change: number): readonly [number, number, number] {
  const place = Math.min(0.999, change) * (RAMP.length - 1);
  const step = Math.floor(place);
  const part = place - step;
  const from = RAMP[step]!;
  const to = RAMP[step + 1]!;
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part, from[2] + (to[2] - from[2]) * part];
}

function labOf(image: ImageData): Float32Array {
  const { data } = image;
  const lab = new Float32Array((data.length / 4) * 3);
  for (let i = 0, j = 0; i < data.length; i += 4, j += 3) {
    toLab(data[i]!, data[i + 1]!, data[i + 2]!, lab, j);
  }
  return lab;
}

/** A separable binomial blur (1 2 1) of three channels. */
function blur(lab: Float32Array, width: number, height: number): Float32Array {
  const rows = new Float32Array(lab.length);
  const result = new Float32Array(lab.length);
  const line = width * 3;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * line + x * 3;
      const before = x > 0 ? -3 : 0;
      const after = x < width - 1 ? 3 : 0;
      for (let c = at; c < at + 3; c++) {
        rows[c] = (lab[c + before]! + 2 * lab[c]! + lab[c + after]!) / 4;
      }
    }
  }
  for (let y = 0; y < height; y++) {
    const before = y > 0 ? -line : 0;
    const after = y < height - 1 ? line : 0;
    for (let c = y * line; c < (y + 1) * line; c++) {
      result[c] = (rows[c + before]! + 2 * rows[c]! + rows[c + after]!) / 4;
    }
  }
  return result;
}
