import type { Box, Size } from "./geometry.js";
import { listen, type ViewActions } from "./gestures.js";
import type { PaneKind } from "./scene.js";

const listening = new WeakMap<HTMLElement, { actions: ViewActions }>();

/** One pane's canvas and the chips over it. */
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

  /** Puts the chips beside the picture where there is room, and the divider where it belongs. */
  place(whole: Box, swipe: number, note: string): void {
    const left = this.element.querySelector<HTMLElement>(".label:not(.right)");
    const right = this.element.querySelector<HTMLElement>(".label.right");
    const handle = this.element.querySelector<HTMLElement>(".handle");
    const { width } = this.measured;
    if (left) {
      left.style.left = `${Math.max(8, whole.x + 8)}px`;
    }
    if (right) {
      right.style.right = `${Math.max(8, width - whole.x - whole.width + 8)}px`;
    }
    if (handle) {
      handle.style.left = `${Math.round(swipe * width)}px`;
    }
    const shown = this.element.querySelector<HTMLElement>(".note")!;
    if (shown.textContent !== note) {
      shown.textContent = note;
    }
  }
}
