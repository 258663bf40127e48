import { rampColour } from "./difference.js";

/** Value of a pixel in the region that the edit plainly touched. */
const TOUCHED = 255;

/** Smaller change is not in the map; the steps of one unit of change. */
const LEAST = 3;
const STEPS = 4;

/** Change from here on has the last colour. */
const LARGEST = 24;

/** The ramp's dark end would drown in the dimmed picture below. */
const DARKEST = 0.35;

/** Opacity of the smallest and the largest change: faint specks do not shout. */
const FAINTEST = 120;
const CLEAREST = 240;

/**
 * The server's map in colour: what changed outside the touched region along the ramp, and the region's outline in white
 * and black, which are seen on anything.
 *
 * @param map one value a pixel: 0 unchanged, 255 in the touched region, else the change outside in quarter units
 */
export function overlayPixels(map: ArrayLike<number>, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const value = map[at]!;
      const inside = value === TOUCHED;
      const edge = (reach: number) =>
        (x >= reach && (map[at - reach] === TOUCHED) !== inside) ||
        (x < width - reach && (map[at + reach] === TOUCHED) !== inside) ||
        (y >= reach && (map[at - reach * width] === TOUCHED) !== inside) ||
        (y < height - reach && (map[at + reach * width] === TOUCHED) !== inside);
      if (inside) {
        if (edge(1) || edge(2)) {
          put(pixels, at, [255, 255, 255], 255);
        }
      } else if (edge(1)) {
        put(pixels, at, [0, 0, 0], 255);
      } else if (value > 0) {
        const change = Math.min(1, Math.max(0, value / STEPS - LEAST) / (LARGEST - LEAST));
        put(pixels, at, rampColour(DARKEST + (1 - DARKEST) * change), FAINTEST + (CLEAREST - FAINTEST) * Math.sqrt(change));
      }
    }
  }
  return pixels;
}

function put(pixels: Uint8ClampedArray, at: number, colour: readonly number[], alpha: number): void {
  pixels.set([...colour, alpha], at * 4);
}
