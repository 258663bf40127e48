import type { Point } from "./geometry.js";

/** What a person can do to the shared view with a pane; points are CSS pixels of the pane. */
export interface ViewActions {
  zoomAt(at: Point, factor: number): void;
  pan(dx: number, dy: number): void;
  zoomBy(factor: number): void;
  fit(): void;
  hover(at: Point | undefined): void;
}

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Distance of one arrow key, in CSS pixels. */
const STEP = 60;

/** Wheel at the pointer, drag, pinch, double click, arrows, plus and minus. */
export function listen(pane: HTMLElement, actions: ViewActions): void {
  const pointers = new Map<number, Point>();
  const inside = (event: MouseEvent): Point => {
    const box = pane.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  pane.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 30 : event.deltaY;
      // a pinch on a touch pad arrives as a wheel with Ctrl and small deltas
      actions.zoomAt(inside(event), Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0016)));
    },
    { passive: false },
  );
  pane.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) {
      return;
    }
    pane.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, inside(event));
    pane.classList.add("dragged");
  });
  pane.addEventListener("pointermove", (event) => {
    const now = inside(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      actions.hover(now);
      return;
    }
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      actions.zoomAt(middle, Math.hypot(now.x - other.x, now.y - other.y) / Math.hypot(before.x - other.x, before.y - other.y));
      actions.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    } else {
      actions.pan(now.x - before.x, now.y - before.y);
    }
    pointers.set(event.pointerId, now);
    actions.hover(now);
  });
  const end = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) {
      pane.classList.remove("dragged");
    }
  };
  pane.addEventListener("pointerup", end);
  pane.addEventListener("pointercancel", end);
  pane.addEventListener("pointerleave", () => actions.hover(undefined));
  pane.addEventListener("dblclick", () => actions.fit());
  pane.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const arrow = ARROWS[event.key];
    if (arrow) {
      actions.pan(arrow[0] * STEP, arrow[1] * STEP);
    } else if (event.key === "+" || event.key === "=") {
      actions.zoomBy(1.25);
    } else if (event.key === "-") {
      actions.zoomBy(0.8);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
}
