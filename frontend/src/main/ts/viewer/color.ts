/** Colour as people see it: CIELAB (D65) and the CIEDE2000 difference. */

/** sRGB 0..255 to linear 0..1. */
const LINEAR = Float32Array.from({ length: 256 }, (_, i) => {
  const value = i / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

const pivot = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116);

/** Writes L*, a*, b* of an sRGB colour (0..255, D65 white) at the given offset. */
export function toLab(red: number, green: number, blue: number, into: Float32Array, offset: number): void {
  const r = LINEAR[red]!;
  const g = LINEAR[green]!;
  const b = LINEAR[blue]!;
  const x = pivot((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = pivot(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = pivot((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  into[offset] = 116 * y - 16;
  into[offset + 1] = 500 * (x - y);
  into[offset + 2] = 200 * (y - z);
}

const DEGREE = Math.PI / 180;
const POWER = 25 ** 7;

/**
 * The CIEDE2000 difference with unit weights. Source: Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula",
 * Color Research and Application 30 (2005), equations 2 to 22.
 */
export function deltaE(L1: number, a1: number, b1: number, L2: number, a2: number, b2: number): number {
  const meanChroma7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const stretch = 1.5 - 0.5 * Math.sqrt(meanChroma7 / (meanChroma7 + POWER));
  const x1 = a1 * stretch;
  const x2 = a2 * stretch;
  const C1 = Math.hypot(x1, b1);
  const C2 = Math.hypot(x2, b2);
  const h1 = hue(x1, b1);
  const h2 = hue(x2, b2);
  let dh = 0;
  let meanHue = h1 + h2;
  if (C1 * C2 !== 0) {
    dh = h2 - h1;
    if (dh > 180) dh -= 360;
    else if (dh < -180) dh += 360;
    if (Math.abs(h1 - h2) <= 180) meanHue /= 2;
    else meanHue = meanHue < 360 ? (meanHue + 360) / 2 : (meanHue - 360) / 2;
  }
  const dL = L2 - L1;
  const dC = C2 - C1;
  const dH = 2 * Math.sqrt(C1 * C2) * Math.sin((dh / 2) * DEGREE);
  const meanChroma = (C1 + C2) / 2;
  const T =
    1 -
    0.17 * Math.cos((meanHue - 30) * DEGREE) +
    0.24 * Math.cos(2 * meanHue * DEGREE) +
    0.32 * Math.cos((3 * meanHue + 6) * DEGREE) -
    0.2 * Math.cos((4 * meanHue - 63) * DEGREE);
  const lightness = ((L1 + L2) / 2 - 50) ** 2;
  const SL = 1 + (0.015 * lightness) / Math.sqrt(20 + lightness);
  const SC = 1 + 0.045 * meanChroma;
  const SH = 1 + 0.015 * meanChroma * T;
  const rotation = 30 * Math.exp(-(((meanHue - 275) / 25) ** 2));
  const chroma7 = meanChroma ** 7;
  const RT = -2 * Math.sqrt(chroma7 / (chroma7 + POWER)) * Math.sin(2 * rotation * DEGREE);
  const l = dL / SL;
  const c = dC / SC;
  const h = dH / SH;
  return Math.sqrt(Math.max(0, l * l + c * c + h * h + RT * c * h));
}

function hue(a: number, b: number): number {
  if (a === 0 && b === 0) {
    return 0;
  }
  const degrees = Math.atan2(b, a) / DEGREE;
  return degrees < 0 ? degrees + 360 : degrees;
}
