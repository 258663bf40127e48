/** Decodes pictures and computes difference maps away from the page's thread. */
import { differenceOf, heatMap, type Difference } from "./viewer/difference.js";
import { contentBox } from "./viewer/geometry.js";
import { overlayPixels } from "./viewer/overlay.js";
import type { WorkerReply, WorkerRequest } from "./viewer/worker-protocol.js";

/** Levels are halved until the long side is at most this. */
const SMALLEST_LEVEL = 256;

/** Difference maps have at most this long side; differences of single pixels in larger pictures are averaged. */
const DIFFERENCE_SIDE = 1024;

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<WorkerRequest>) => void) | null;
  postMessage(message: WorkerReply, transfer?: Transferable[]): void;
};

scope.onmessage = async ({ data }) => {
  try {
    const [reply, transfer] = await answer(data);
    scope.postMessage(reply, transfer);
  } catch (error) {
    scope.postMessage({ id: data.id, kind: "failed", message: String(error) });
  }
};

function answer(request: WorkerRequest): Promise<[WorkerReply, Transferable[]]> {
  switch (request.kind) {
    case "decode":
      return decode(request);
    case "difference":
      return difference(request);
    case "overlay":
      return overlay(request);
  }
}

/** The server's map of an edit's leak, coloured. Its values are numbers, so no colour management may touch them. */
async function overlay(request: WorkerRequest & { kind: "overlay" }): Promise<[WorkerReply, Transferable[]]> {
  const grey = await createImageBitmap(request.map, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
  const { width, height } = grey;
  const { data } = pixelsOf(grey, width, height);
  grey.close();
  const values = Uint8Array.from({ length: width * height }, (_, i) => data[i * 4]!);
  const map = await createImageBitmap(new ImageData(overlayPixels(values, width, height), width, height));
  return [{ id: request.id, kind: "overlay", map }, [map]];
}

async function decode(request: WorkerRequest & { kind: "decode" }): Promise<[WorkerReply, Transferable[]]> {
  const { blob } = request;
  const levels = [await createImageBitmap(blob)];
  for (let last = levels[0]!; Math.max(last.width, last.height) > SMALLEST_LEVEL; last = levels[levels.length - 1]!) {
    levels.push(
      await createImageBitmap(last, {
        resizeWidth: Math.max(1, Math.round(last.width / 2)),
        resizeHeight: Math.max(1, Math.round(last.height / 2)),
        resizeQuality: "medium",
      }),
    );
  }
  const transparent = blob.type !== "image/jpeg" && hasTransparency(levels[levels.length - 1]!);
  return [{ id: request.id, kind: "decoded", levels, transparent }, levels];
}

function hasTransparency(bitmap: ImageBitmap): boolean {
  const data = pixelsOf(bitmap, bitmap.width, bitmap.height).data;
  for (let i = 3; i < data.length; i += 4) {
    if (data[i]! < 255) {
      return true;
    }
  }
  return false;
}

function pixelsOf(bitmap: ImageBitmap, width: number, height: number): ImageData {
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** The last few differences, because the threshold slider asks for the same one again and again. */
const differences = new Map<string, Difference>();

async function difference(request: WorkerRequest & { kind: "difference" }): Promise<[WorkerReply, Transferable[]]> {
  let found = differences.get(request.key);
  if (!found) {
    const [source, edit] = await Promise.all([createImageBitmap(request.source), createImageBitmap(request.edit)]);
    const shrink = Math.min(1, DIFFERENCE_SIDE / Math.max(source.width, source.height));
    const width = Math.max(1, Math.round(source.width * shrink));
    const height = Math.max(1, Math.round(source.height * shrink));
    found = differenceOf(pixelsOf(source, width, height), alignedPixels(edit, source, width, height));
    source.close();
    edit.close();
    differences.set(request.key, found);
    if (differences.size > 4) {
      differences.delete(differences.keys().next().value!);
    }
  }
  const { pixels, changed } = heatMap(found, request.threshold);
  const map = await createImageBitmap(new ImageData(pixels, found.width, found.height));
  return [{ id: request.id, kind: "difference", map, changed }, [map]];
}

/** The edit's pixels where they lie over the source; outside the edit the pixels are transparent. */
function alignedPixels(edit: ImageBitmap, source: ImageBitmap, width: number, height: number): ImageData {
  const box = contentBox(edit, source);
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  const scale = width / source.width;
  context.imageSmoothingQuality = "high";
  context.drawImage(edit, box.x * scale, box.y * scale, box.width * scale, box.height * scale);
  return context.getImageData(0, 0, width, height);
}
