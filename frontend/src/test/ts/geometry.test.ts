import {
  boxInPane,
  clampView,
  contentBox,
  fitScale,
  fittedView,
  levelFor,
  panBy,
  scaleOf,
  toFrame,
  toPane,
  type Viewport,
  visiblePart,
  zoomAt,
  zoomForPixels,
  zoomRange,
} from "../../main/ts/viewer/geometry.js";
import { close, equal, test } from "./check.js";

const wide: Viewport = { frame: { width: 1200, height: 900 }, pane: { width: 400, height: 300 }, density: 2 };
const tall: Viewport = { frame: { width: 4096, height: 4096 }, pane: { width: 413, height: 360 }, density: 1 };
const viewports = [wide, tall, { frame: { width: 64, height: 48 }, pane: { width: 800, height: 200 }, density: 1.5 }];

test("the fitted frame touches the pane and lies inside it", () => {
  for (const viewport of viewports) {
    const { frame, pane } = viewport;
    const box = boxInPane({ x: 0, y: 0, ...frame }, fittedView(frame), viewport);
    equal(Math.abs(box.width - pane.width) < 1e-6 || Math.abs(box.height - pane.height) < 1e-6, true);
    close(box.x + box.width / 2, pane.width / 2, 1);
    close(box.y + box.height / 2, pane.height / 2, 1);
  }
});

test("frame to pane and back is the same point", () => {
  for (const viewport of viewports) {
    const view = { zoom: 3.7, x: viewport.frame.width * 0.4, y: viewport.frame.height * 0.6 };
    const back = toFrame(toPane({ x: 17.25, y: 31.5 }, view, viewport), view, viewport);
    close(back.x, 17.25);
    close(back.y, 31.5);
  }
});

test("zooming keeps the point under the pointer", () => {
  for (const viewport of viewports) {
    const start = clampView({ ...fittedView(viewport.frame), zoom: 3 }, viewport);
    const at = { x: viewport.pane.width * 0.5, y: viewport.pane.height * 0.5 };
    const before = toFrame(at, start, viewport);
    const after = toFrame(at, zoomAt(at, 1.4, start, viewport), viewport);
    close(after.x, before.x, 1e-6);
    close(after.y, before.y, 1e-6);
  }
});

test("zooming in and out again at a corner ends where it began", () => {
  const fitted = fittedView(tall.frame);
  const corner = { x: 5, y: 5 };
  const back = zoomAt(corner, 1 / 4, zoomAt(corner, 4, fitted, tall), tall);
  close(back.zoom, 1);
  close(back.x, fitted.x);
  close(back.y, fitted.y);
});

test("zoom stays within its range, which always holds one to one", () => {
  for (const viewport of viewports) {
    const { least, most } = zoomRange(viewport);
    const one = zoomForPixels(1, viewport);
    equal(least <= one && one <= most, true, JSON.stringify(viewport));
    close(zoomAt({ x: 1, y: 1 }, 1e9, fittedView(viewport.frame), viewport).zoom, most);
    close(zoomAt({ x: 1, y: 1 }, 1e-9, fittedView(viewport.frame), viewport).zoom, least);
  }
});

test("one to one shows a frame pixel as one device pixel", () => {
  for (const viewport of viewports) {
    const view = { ...fittedView(viewport.frame), zoom: zoomForPixels(1, viewport) };
    close(scaleOf(view, viewport) * viewport.density, 1);
  }
});

test("at one to one every picture pixel starts on a device pixel", () => {
  const view = clampView({ x: 1000.3, y: 2000.7, zoom: zoomForPixels(1, tall) }, tall);
  const box = boxInPane({ x: 0, y: 0, ...tall.frame }, view, tall);
  close(box.x * tall.density, Math.round(box.x * tall.density));
  close(box.y * tall.density, Math.round(box.y * tall.density));
});

test("panning never shows space that the picture could fill", () => {
  const view = { ...fittedView(wide.frame), zoom: 2 };
  const moved = panBy(1e6, -1e6, view, wide);
  const box = boxInPane({ x: 0, y: 0, ...wide.frame }, moved, wide);
  close(box.x, 0, 0.5);
  close(box.y + box.height, wide.pane.height, 0.5);
});

test("panning by a distance moves the picture by that distance", () => {
  const view = { ...fittedView(wide.frame), zoom: 4 };
  const before = toPane({ x: 600, y: 450 }, view, wide);
  const after = toPane({ x: 600, y: 450 }, panBy(13, -7, view, wide), wide);
  close(after.x - before.x, 13);
  close(after.y - before.y, -7);
});

test("pictures of one shape cover each other whatever their size", () => {
  const frame = { width: 451, height: 300 };
  equal(contentBox({ width: 902, height: 600 }, frame), { x: 0, y: 0, ...frame });
  equal(contentBox({ width: 1024, height: 681 }, frame), { x: 0, y: 0, ...frame });
});

test("a picture of another shape is centred and never cropped", () => {
  const frame = { width: 1000, height: 500 };
  const box = contentBox({ width: 300, height: 300 }, frame);
  equal(box, { x: 250, y: 0, width: 500, height: 500 });
});

test("the visible part holds every pixel that is seen and no other", () => {
  const picture = { width: 4096, height: 4096 };
  const drawn = { x: -1000, y: -2000, width: 8192, height: 8192 };
  const visible = visiblePart(picture, drawn, { width: 400, height: 300 })!;
  equal(visible.part, { x: 500, y: 1000, width: 200, height: 150 });
  equal(visible.at, { x: 0, y: 0, width: 400, height: 300 });
  equal(visiblePart(picture, { ...drawn, x: 500 }, { width: 400, height: 300 }), undefined);
});

test("the level of detail is the smallest that still has a pixel for each device pixel", () => {
  equal([1, 0.51, 0.5, 0.26, 0.25, 0.1, 0.01, 3].map((scale) => levelFor(scale, 5)), [0, 0, 1, 1, 2, 3, 4, 0]);
});

test("fit is the smaller of the two ratios", () => {
  close(fitScale(tall), 360 / 4096);
});
