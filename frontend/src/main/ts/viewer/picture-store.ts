import { Picture } from "./picture.js";
import type { WorkerReply, WorkerRequest } from "./worker-protocol.js";

/** Waits before the second, third and fourth try, in milliseconds. */
const RETRIES = [500, 2000, 8000];

/** Decoded pictures beyond this many bytes are given back, the least recently used first. */
const MEMORY = 640 * 1024 * 1024;

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
type Reply<Kind> = Extract<WorkerReply, { kind: Kind }>;

export class PictureError extends Error {
  constructor(
    readonly reason: "network" | "refused" | "broken",
    message: string,
  ) {
    super(message);
  }
}

/** One worker and the requests it has not answered yet. */
class Workshop {
  private worker: Promise<Worker> | undefined;
  private next = 0;
  private readonly waiting = new Map<number, { resolve(reply: WorkerReply): void; reject(error: Error): void }>();

  ask<Kind extends WorkerReply["kind"]>(request: WithoutId<WorkerRequest>): Promise<Reply<Kind>> {
    const starting = (this.worker ??= this.start());
    starting.catch(() => (this.worker = undefined));
    return starting.then((worker) => {
      const id = this.next++;
      return new Promise((resolve, reject) => {
        this.waiting.set(id, { resolve: (reply) => resolve(reply as Reply<Kind>), reject });
        worker.postMessage({ ...request, id });
      });
    });
  }

  /** The script is fetched by the page, whose service worker has it when there is no network. */
  private async start(): Promise<Worker> {
    const script = URL.createObjectURL(await load(new URL("./picture-worker.js", import.meta.url).href));
    const worker = new Worker(script, { type: "module" });
    worker.addEventListener("message", () => URL.revokeObjectURL(script), { once: true });
    worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
      const asked = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.kind === "failed") {
        asked?.reject(new PictureError("broken", data.message));
      } else {
        asked?.resolve(data);
      }
    };
    worker.onerror = (event) => {
      this.waiting.forEach(({ reject }) => reject(new PictureError("network", event.message)));
      this.waiting.clear();
      this.worker = undefined;
    };
    return worker;
  }
}

async function load(url: string): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: "same-origin" });
  } catch (error) {
    throw new PictureError("network", String(error));
  }
  if (!response.ok) {
    throw new PictureError(response.status >= 500 ? "network" : "refused", `${url}: ${response.status}`);
  }
  return response.blob();
}

/** Pictures by address: fetched and decoded once, decoded off the page's thread, kept within a memory budget. */
export class PictureStore {
  private readonly decoding = new Workshop();
  private readonly comparing = new Workshop();
  private readonly blobs = new Map<string, Blob>();
  /** In order of use, the latest last. */
  private readonly pictures = new Map<string, Picture>();
  private readonly pending = new Map<string, Promise<Picture>>();
  private shown = new Set<string>();

  /** The decoded picture, when it is there at once. */
  peek(url: string): Picture | undefined {
    const picture = this.pictures.get(url);
    if (picture) {
      this.pictures.delete(url);
      this.pictures.set(url, picture);
    }
    return picture;
  }

  /** Fetches, retries and decodes. Rejects with a PictureError after the last try. */
  get(url: string): Promise<Picture> {
    const there = this.peek(url);
    if (there) {
      return Promise.resolve(there);
    }
    let pending = this.pending.get(url);
    if (!pending) {
      pending = this.load(url).finally(() => this.pending.delete(url));
      this.pending.set(url, pending);
    }
    return pending;
  }

  /** Gets pictures ready in this order and forgets the files of all others; failures are met again by `get`. */
  async prefetch(urls: readonly string[]): Promise<void> {
    const wanted = new Set([...urls, ...this.shown]);
    for (const url of this.blobs.keys()) {
      if (!wanted.has(url)) {
        this.blobs.delete(url);
      }
    }
    for (const url of urls) {
      // decoding more than fits would push out the pictures that are needed first: keep the rest as files
      const ready = this.used() < MEMORY * 0.7 ? this.get(url) : this.keep(url);
      await ready.catch(() => undefined);
    }
  }

  /** Pictures on the screen are never given back. */
  show(urls: readonly string[]): void {
    this.shown = new Set(urls);
  }

  /** The heat map of what changed by at least the threshold, and the changed share, 0..1. */
  async difference(source: string, edit: string, threshold: number): Promise<{ map: ImageBitmap; changed: number }> {
    const [one, other] = await Promise.all([this.blob(source), this.blob(edit)]);
    const key = `${source} ${edit}`;
    return this.comparing.ask<"difference">({ kind: "difference", source: one, edit: other, key, threshold });
  }

  /** The coloured map of what an edit changed outside the region that it touched. */
  async overlay(url: string): Promise<ImageBitmap> {
    return (await this.comparing.ask<"overlay">({ kind: "overlay", map: await load(url) })).map;
  }

  private async keep(url: string): Promise<void> {
    this.blobs.set(url, await this.blob(url));
  }

  private used(): number {
    return [...this.pictures.values()].reduce((sum, picture) => sum + picture.bytes, 0);
  }

  private async blob(url: string): Promise<Blob> {
    return this.blobs.get(url) ?? load(url);
  }

  private async load(url: string): Promise<Picture> {
    for (let attempt = 0; ; attempt++) {
      try {
        const blob = await this.blob(url);
        const reply = await this.decoding.ask<"decoded">({ kind: "decode", blob });
        const picture = new Picture(reply.levels, reply.transparent);
        this.blobs.set(url, blob);
        this.pictures.set(url, picture);
        this.trim();
        return picture;
      } catch (error) {
        // what cannot be decoded may be the page of a network, got in the picture's place
        this.blobs.delete(url);
        const delay = RETRIES[attempt];
        if (delay === undefined) {
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
  }

  private trim(): void {
    let bytes = this.used();
    const latest = [...this.pictures.keys()].at(-1);
    for (const [url, picture] of this.pictures) {
      if (bytes <= MEMORY) {
        return;
      }
      if (!this.shown.has(url) && url !== latest) {
        this.pictures.delete(url);
        bytes -= picture.bytes;
        picture.close();
      }
    }
  }
}

/** The page's one store, shared by the viewer and the code that prefetches for it. */
export const pictures = new PictureStore();
