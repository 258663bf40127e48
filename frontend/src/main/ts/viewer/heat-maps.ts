import { pictures } from "./picture-store.js";
import type { Which } from "./scene.js";

type Edit = "a" | "b";

/** The difference maps of the pair on the screen; the latest wish wins while the worker is busy. */
export class HeatMaps {
  maps: Partial<Record<Which, ImageBitmap>> = {};
  /** Share of changed pixels, 0..1. */
  changed: Partial<Record<Which, number>> = {};
  private wish = "";
  private pair = "";
  private busy = false;

  constructor(private readonly ready: () => void) {}

  want(urls: Readonly<Record<Which, string>>, threshold: number): void {
    const pair = `${urls.source} ${urls.a} ${urls.b}`;
    const wish = `${pair} ${threshold}`;
    if (pair !== this.pair) {
      this.pair = pair;
      this.maps = {};
      this.changed = {};
    }
    if (wish === this.wish || this.busy || urls.source === "") {
      return;
    }
    this.wish = wish;
    this.busy = true;
    const edits = (["a", "b"] as Edit[]).filter((edit) => urls[edit] !== "");
    Promise.all(
      edits.map(async (edit) => {
        const { map, changed } = await pictures.difference(urls.source, urls[edit], threshold);
        if (pair === this.pair) {
          this.maps[edit]?.close();
          this.maps = { ...this.maps, [edit]: map };
          this.changed = { ...this.changed, [edit]: changed };
        }
      }),
    )
      .catch(() => undefined) // the pane then goes on saying that it compares; a missing picture has its own state
      .finally(() => {
        this.busy = false;
        this.ready();
      });
  }
}
