/** Messages between the page and the picture worker. */
export type WorkerRequest =
  | { id: number; kind: "decode"; url: string; blob?: Blob }
  | { id: number; kind: "difference"; source: Blob; edit: Blob; key: string; threshold: number }
  | { id: number; kind: "overlay"; url: string };

export type WorkerReply =
  | { id: number; kind: "decoded"; blob: Blob; levels: ImageBitmap[]; transparent: boolean }
  | { id: number; kind: "difference"; map: ImageBitmap; changed: number }
  | { id: number; kind: "overlay"; map: ImageBitmap }
  | { id: number; kind: "failed"; reason: "network" | "refused" | "broken"; message: string };
