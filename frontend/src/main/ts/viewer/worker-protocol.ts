/** Messages between the page and the picture worker. */
export type WorkerRequest =
  | { id: number; kind: "decode"; blob: Blob }
  | { id: number; kind: "difference"; source: Blob; edit: Blob; key: string; threshold: number }
  | { id: number; kind: "overlay"; map: Blob };

export type WorkerReply =
  | { id: number; kind: "decoded"; levels: ImageBitmap[]; transparent: boolean }
  | { id: number; kind: "difference"; map: ImageBitmap; changed: number }
  | { id: number; kind: "overlay"; map: ImageBitmap }
  | { id: number; kind: "failed"; message: string };
