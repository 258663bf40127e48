import { deltaE, toLab } from "../../main/ts/viewer/color.js";
import { differenceOf, heatMap } from "../../main/ts/viewer/difference.js";
import { close, equal, test } from "./check.js";

/** Pairs from table 1 of Sharma, Wu and Dalal (2005): L1 a1 b1 L2 a2 b2 dE00. */
const PUBLISHED = [
  [50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425],
  [50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615],
  [50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0],
  [50, 0, 0, 50, -1, 2, 2.3669],
  [50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792],
  [50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195],
  [50, 2.5, 0, 50, 0, -2.5, 4.3065],
  [50, 2.5, 0, 73, 25, -18, 27.1492],
  [50, 2.5, 0, 50, 3.2592, 0.335, 1.0],
  [60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644],
  [22.7233, 20.0904, -46.694, 23.0331, 14.973, -42.5619, 2.0373],
  [90.8027, -2.0831, 1.441, 91.1528, -1.6435, 0.0447, 1.4441],
  [2.0776, 0.0795, -1.135, 0.9033, -0.0636, -0.5514, 0.9082],
] as const;

test("colour differences equal the published ones", () => {
  for (const [L1, a1, b1, L2, a2, b2, expected] of PUBLISHED) {
    close(deltaE(L1, a1, b1, L2, a2, b2), expected, 1e-4, `${L1} ${a1} ${b1}`);
    close(deltaE(L2, a2, b2, L1, a1, b1), expected, 1e-4, `${L2} ${a2} ${b2}`);
  }
});

test("white, grey and red have their known place in CIELAB", () => {
  const lab = new Float32Array(3);
  const expected: [number, number, number, number, number, number][] = [
    [255, 255, 255, 100, 0, 0],
    [119, 119, 119, 50.03, 0, 0],
    [255, 0, 0, 53.24, 80.09, 67.2],
  ];
  for (const [red, green, blue, L, a, b] of expected) {
    toLab(red, green, blue, lab, 0);
    close(lab[0]!, L, 0.05);
    close(lab[1]!, a, 0.05);
    close(lab[2]!, b, 0.05);
  }
});

function plain(width: number, height: number, colour: (x: number, y: number) => [number, number, number, number]): ImageData {
  const image = new ImageData(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      image.data.set(colour(x, y), (y * width + x) * 4);
    }
  }
  return image;
}

test("equal pictures have no difference, a changed quarter is a quarter", () => {
  const source = plain(40, 40, () => [120, 120, 120, 255]);
  const edit = plain(40, 40, (x, y) => (x < 20 && y < 20 ? [255, 0, 0, 255] : [120, 120, 120, 255]));
  equal(heatMap(differenceOf(source, source), 1).changed, 0);
  close(heatMap(differenceOf(source, edit), 20).changed, 0.25, 0.03);
});

test("a higher threshold never shows more", () => {
  const source = plain(32, 32, (x, y) => [x * 8, y * 8, 128, 255]);
  const edit = plain(32, 32, (x, y) => [x * 8, y * 8, 128 + x * 3, 255]);
  const difference = differenceOf(source, edit);
  const shares = [1, 3, 6, 12, 24].map((threshold) => heatMap(difference, threshold).changed);
  equal([...shares].sort((one, other) => other - one), shares);
  equal(shares[0]! > 0, true);
});

test("single noisy pixels are blurred away, a patch is not", () => {
  const source = plain(32, 32, () => [128, 128, 128, 255]);
  const noisy = plain(32, 32, (x, y) => (x === 16 && y === 16 ? [138, 138, 138, 255] : [128, 128, 128, 255]));
  equal(heatMap(differenceOf(source, noisy), 2).changed, 0);
});

test("what is cut out counts as the largest change", () => {
  const source = plain(16, 16, () => [10, 10, 10, 255]);
  const cut = plain(16, 16, (x) => [10, 10, 10, x < 8 ? 0 : 255]);
  close(heatMap(differenceOf(source, cut), 40).changed, 0.5);
});
