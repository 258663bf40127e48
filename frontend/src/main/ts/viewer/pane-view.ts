import type { Box, Size } from "./geometry.js";
import { listen, type ViewActions } from "./gestures.js";
import type { PaneKind } from "./scene.js";

const listening = new WeakMap<HTMLElement, { actions: ViewActions }>();

/** One pane's canvas and the caption above it, which lies beside the picture and never on it. */
export class PaneView {
  private measured: Size;
  private readonly canvas: HTMLCanvasElement;

  constructor(
    readonly element: HTMLElement,
    actions: ViewActions,
  ) {
    this.canvas = element.querySelector("canvas")!;
    this.measured = { width: element.clientWidth, height: element.clientHeight };
    // lit reuses the elements of a former mode, which have their listeners already
    const known = listening.get(element);
    if (known) {
      known.actions = actions;
    } else {
      const holder = { actions };
      listening.set(element, holder);
      listen(element, {
        zoomAt: (at, factor) => holder.actions.zoomAt(at, factor),
        pan: (dx, dy) => holder.actions.pan(dx, dy),
        zoomBy: (factor) => holder.actions.zoomBy(factor),
        fit: () => holder.actions.fit(),
        hover: (at) => holder.actions.hover(at),
      });
    }
  }

  get kind(): PaneKind {
    return this.element.dataset.kind as PaneKind;
  }

  /** CSS pixels. */
  get size(): Size {
    return this.measured;
  }

  measure(): void {
    this.measured = { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  disconnect(): void {
    this.element.classList.remove("dragged");
  }

  /** The canvas, as large as the pane in device pixels. */
  context(density: number): CanvasRenderingContext2D {
    const width = Math.round(this.measured.width * density);
    const height = Math.round(this.measured.height * density);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    return this.canvas.getContext("2d", { alpha: false })!;
  }

  /** Puts the caption over the picture's own edges where it is wide enough, the divider where it belongs, and the note. */
  place(whole: Box, swipe: number, note: string): void {
    const caption = this.element.parentElement!.querySelector<HTMLElement>(".caption")!;
    const handle = this.element.querySelector<HTMLElement>(".handle");
    const { width } = this.measured;
    const margin = whole.width >= Math.min(width, 240) ? Math.max(0, Math.round(whole.x)) : 0;
    caption.style.paddingInline = `${margin}px`;
    if (handle) {
      handle.style.left = `${Math.round(swipe * width)}px`;
    }
    const shown = caption.querySelector<HTMLElement>(".note")!;
    if (shown.textContent !== note) {
      shown.textContent = note;
    }
  }
}
