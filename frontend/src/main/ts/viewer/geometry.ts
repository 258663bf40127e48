/**
 * Geometry of the shared view. Three spaces are in play: picture pixels, the frame (the source's pixels, in which every
 * picture of a pair is aligned) and pane coordinates (CSS pixels). One view serves all panes, so the same place of every
 * picture is always at the same place of its pane.
 */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point, Size {}

/** What all panes show: zoom 1 is "fit", x and y are the frame point in the middle of the pane. */
export interface View extends Point {
  readonly zoom: number;
}

/** Where the view looks: the frame, the pane's size in CSS pixels and the device pixels in one CSS pixel. */
export interface Viewport {
  readonly frame: Size;
  readonly pane: Size;
  readonly density: number;
}

/** Two aspect ratios closer than this differ by rounding alone, so the pictures cover each other exactly. */
const SAME_ASPECT = 0.006;

/** A source pixel is never drawn larger than this many CSS pixels. */
const LARGEST_PIXEL = 16;

/** The part of the frame that a picture covers: all of it for the same shape, else the largest centred box of its shape. */
export function contentBox(picture: Size, frame: Size): Box {
  const ratio = picture.width / picture.height / (frame.width / frame.height);
  if (Math.abs(ratio - 1) <= SAME_ASPECT) {
    return { x: 0, y: 0, width: frame.width, height: frame.height };
  }
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (frame.width - width) / 2, y: (frame.height - height) / 2, width, height };
}

/** CSS pixels per frame pixel at zoom 1. */
export function fitScale({ frame, pane }: Viewport): number {
  return Math.min(pane.width / frame.width, pane.height / frame.height);
}

/** CSS pixels per frame pixel. */
export function scaleOf(view: View, viewport: Viewport): number {
  return fitScale(viewport) * view.zoom;
}

/** The zoom at which one frame pixel covers the given number of device pixels. */
export function zoomForPixels(pixels: number, viewport: Viewport): number {
  return pixels / (viewport.density * fitScale(viewport));
}

export function zoomRange(viewport: Viewport): { least: number; most: number } {
  const one = zoomForPixels(1, viewport);
  return { least: Math.min(1, one), most: Math.max(8, (LARGEST_PIXEL / fitScale(viewport))) };
}

export function fittedView(frame: Size): View {
  return { zoom: 1, x: frame.width / 2, y: frame.height / 2 };
}

/** The nearest view that wastes no space: the frame's edge never comes inside a pane that the frame could fill. */
export function clampView(view: View, viewport: Viewport): View {
  const { least, most } = zoomRange(viewport);
  const zoom = Math.min(most, Math.max(least, view.zoom));
  const scale = fitScale(viewport) * zoom;
  const { frame, pane } = viewport;
  const halfWidth = Math.min(frame.width / 2, pane.width / 2 / scale);
  const halfHeight = Math.min(frame.height / 2, pane.height / 2 / scale);
  return {
    zoom,
    x: Math.min(frame.width - halfWidth, Math.max(halfWidth, view.x)),
    y: Math.min(frame.height - halfHeight, Math.max(halfHeight, view.y)),
  };
}

export function toPane(point: Point, view: View, viewport: Viewport): Point {
  const scale = scaleOf(view, viewport);
  return {
    x: (point.x - view.x) * scale + viewport.pane.width / 2,
    y: (point.y - view.y) * scale + viewport.pane.height / 2,
  };
}

export function toFrame(point: Point, view: View, viewport: Viewport): Point {
  const scale = scaleOf(view, viewport);
  return {
    x: (point.x - viewport.pane.width / 2) / scale + view.x,
    y: (point.y - viewport.pane.height / 2) / scale + view.y,
  };
}

/** The part of the frame that a pane shows, in shares of the frame. */
export function shownPart(view: View, viewport: Viewport): Box {
  const { frame, pane } = viewport;
  const from = toFrame({ x: 0, y: 0 }, view, viewport);
  const to = toFrame({ x: pane.width, y: pane.height }, view, viewport);
  const left = Math.max(0, from.x);
  const top = Math.max(0, from.y);
  return {
    x: left / frame.width,
    y: top / frame.height,
    width: (Math.min(frame.width, to.x) - left) / frame.width,
    height: (Math.min(frame.height, to.y) - top) / frame.height,
  };
}

/** Zooms by a factor; the frame point under the given pane point stays there unless the frame's edge forbids it. */
export function zoomAt(at: Point, factor: number, view: View, viewport: Viewport): View {
  const fixed = toFrame(at, view, viewport);
  const { least, most } = zoomRange(viewport);
  const zoom = Math.min(most, Math.max(least, view.zoom * factor));
  const scale = fitScale(viewport) * zoom;
  return clampView(
    {
      zoom,
      x: fixed.x - (at.x - viewport.pane.width / 2) / scale,
      y: fixed.y - (at.y - viewport.pane.height / 2) / scale,
    },
    viewport,
  );
}

/** Moves the pictures by a distance in CSS pixels. */
export function panBy(dx: number, dy: number, view: View, viewport: Viewport): View {
  const scale = scaleOf(view, viewport);
  return clampView({ zoom: view.zoom, x: view.x - dx / scale, y: view.y - dy / scale }, viewport);
}

/**
 * The box in pane coordinates that a box of the frame covers. When a frame pixel covers a whole number of device pixels
 * the box starts on a device pixel, so that nothing is resampled.
 */
export function boxInPane(box: Box, view: View, viewport: Viewport): Box {
  const scale = scaleOf(view, viewport);
  const origin = toPane(box, view, viewport);
  const pixels = scale * viewport.density;
  const whole = pixels > 0.99 && Math.abs(pixels - Math.round(pixels)) < 1e-3;
  const snap = (value: number) => (whole ? Math.round(value * viewport.density) / viewport.density : value);
  return { x: snap(origin.x), y: snap(origin.y), width: box.width * scale, height: box.height * scale };
}

/** The part of a picture that is visible in the pane, and where it lies there; undefined when nothing is. */
export function visiblePart(picture: Size, drawn: Box, pane: Size): { part: Box; at: Box } | undefined {
  const left = Math.max(0, drawn.x);
  const top = Math.max(0, drawn.y);
  const right = Math.min(pane.width, drawn.x + drawn.width);
  const bottom = Math.min(pane.height, drawn.y + drawn.height);
  if (right <= left || bottom <= top) {
    return undefined;
  }
  const perX = picture.width / drawn.width;
  const perY = picture.height / drawn.height;
  // whole picture pixels, so that panning does not make the sampling phase jump
  const x = Math.floor((left - drawn.x) * perX);
  const y = Math.floor((top - drawn.y) * perY);
  const width = Math.min(picture.width, Math.ceil((right - drawn.x) * perX)) - x;
  const height = Math.min(picture.height, Math.ceil((bottom - drawn.y) * perY)) - y;
  return {
    part: { x, y, width, height },
    at: { x: drawn.x + x / perX, y: drawn.y + y / perY, width: width / perX, height: height / perY },
  };
}

/** The index of the smallest level that still has a pixel for every device pixel; level i is 2^-i of the full size. */
export function levelFor(devicePixelsPerPicturePixel: number, levels: number): number {
  const level = Math.floor(Math.log2(1 / devicePixelsPerPicturePixel) + 1e-6);
  return Math.min(levels - 1, Math.max(0, level));
}
