import { type Box, boxInPane, contentBox, scaleOf, toPane, type Viewport } from "./geometry.js";
import type { Picture } from "./picture.js";
import type { PaneKind, Scene, Which } from "./scene.js";
import { shownIn, swipeSides } from "./panes.js";

const CHECKER = 8;

/** Colours of the light table, read once from the page's tokens. */
export interface Inks {
  readonly stage: string;
}

/** Paints one pane; coordinates are CSS pixels. Returns the box that the frame covers, for the labels. */
export function paintPane(
  context: CanvasRenderingContext2D,
  kind: PaneKind,
  scene: Scene,
  viewport: Viewport,
  inks: Inks,
): Box {
  const { pane, density } = viewport;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.fillStyle = inks.stage;
  context.fillRect(0, 0, pane.width, pane.height);
  const whole = boxInPane({ x: 0, y: 0, ...scene.frame }, scene.view, viewport);
  const put = (which: Which) => {
    const overlay = which === "source" ? undefined : scene.overlays?.[which];
    if (overlay) {
      putMapped(context, which, overlay, scene, viewport, whole);
    } else {
      putPicture(context, scene.pictures[which], scene, viewport);
    }
  };
  if (scene.mode === "swipe" && !scene.held) {
    const at = Math.round(scene.swipe * pane.width);
    const [left, right] = swipeSides(kind);
    clipped(context, { x: 0, y: 0, width: at, height: pane.height }, () => put(left));
    clipped(context, { x: at, y: 0, width: pane.width - at, height: pane.height }, () => put(right));
  } else if (scene.mode === "difference" && kind !== "source" && kind !== "edits" && !scene.held && !mapped(scene)) {
    putMapped(context, kind, scene.heat[kind], scene, viewport, whole);
  } else {
    put(shownIn(kind, scene));
  }
  if (scene.lens && scene.mode !== "difference") {
    magnifier(context, kind, scene, viewport, inks);
  }
  return whole;
}

function putPicture(context: CanvasRenderingContext2D, picture: Picture | undefined, scene: Scene, viewport: Viewport): void {
  if (!picture) {
    return;
  }
  const drawn = boxInPane(contentBox(picture, scene.frame), scene.view, viewport);
  if (picture.transparent) {
    checkerboard(context, drawn, viewport);
  }
  picture.draw(context, drawn, viewport.pane, viewport.density);
}

/** Evidence takes the place of the difference maps. */
function mapped({ overlays }: Scene): boolean {
  return overlays?.a !== undefined || overlays?.b !== undefined;
}

/** A picture stands back behind the map that is laid over it. */
function putMapped(
  context: CanvasRenderingContext2D,
  which: Which,
  map: ImageBitmap | undefined,
  scene: Scene,
  viewport: Viewport,
  whole: Box,
): void {
  context.filter = "grayscale(1) brightness(0.5)";
  putPicture(context, scene.pictures[which], scene, viewport);
  context.filter = "none";
  if (map) {
    context.imageSmoothingEnabled = (whole.width / map.width) * viewport.density < 2;
    context.drawImage(map, whole.x, whole.y, whole.width, whole.height);
  }
}

function clipped(context: CanvasRenderingContext2D, box: Box, paint: () => void): void {
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  paint();
  context.restore();
}

let squares: CanvasPattern | null = null;

function checkerboard(context: CanvasRenderingContext2D, box: Box, viewport: Viewport): void {
  if (!squares) {
    const tile = new OffscreenCanvas(CHECKER * 2, CHECKER * 2);
    const ink = tile.getContext("2d")!;
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, CHECKER * 2, CHECKER * 2);
    ink.fillStyle = "#ccc";
    ink.fillRect(0, 0, CHECKER, CHECKER);
    ink.fillRect(CHECKER, CHECKER, CHECKER, CHECKER);
    squares = context.createPattern(tile, "repeat");
  }
  context.fillStyle = squares!;
  const left = Math.max(0, box.x);
  const top = Math.max(0, box.y);
  context.fillRect(
    left,
    top,
    Math.min(viewport.pane.width, box.x + box.width) - left,
    Math.min(viewport.pane.height, box.y + box.height) - top,
  );
}

/** The place under the pointer, three times as large (at least two device pixels a pixel), in every pane at once. */
function magnifier(context: CanvasRenderingContext2D, kind: PaneKind, scene: Scene, viewport: Viewport, inks: Inks): void {
  const { pane, density } = viewport;
  const point = scene.lens!;
  const centre = toPane(point, scene.view, viewport);
  const radius = Math.min(92, pane.height * 0.26);
  const scale = Math.max(3 * scaleOf(scene.view, viewport), 2 / density);
  let which: Which = shownIn(kind, scene);
  if (scene.mode === "swipe" && !scene.held) {
    which = swipeSides(kind)[centre.x < scene.swipe * pane.width ? 0 : 1];
  }
  const picture = scene.pictures[which];
  if (!picture) {
    return;
  }
  const box = contentBox(picture, scene.frame);
  const drawn = {
    x: centre.x - (point.x - box.x) * scale,
    y: centre.y - (point.y - box.y) * scale,
    width: box.width * scale,
    height: box.height * scale,
  };
  context.save();
  context.beginPath();
  context.arc(centre.x, centre.y, radius, 0, 2 * Math.PI);
  context.fillStyle = inks.stage;
  context.fill();
  context.clip();
  if (picture.transparent) {
    checkerboard(context, drawn, viewport);
  }
  picture.draw(context, drawn, pane, density);
  context.restore();
  context.beginPath();
  context.arc(centre.x, centre.y, radius, 0, 2 * Math.PI);
  context.lineWidth = 4;
  context.strokeStyle = "#000";
  context.stroke();
  context.lineWidth = 2;
  context.strokeStyle = "#fff";
  context.stroke();
}
