import { html, type TemplateResult } from "lit";

/** Distance of one arrow key, as a share of the pane. */
const STEP = 0.02;

/**
 * The divider of a swipe, by pointer or arrows.
 *
 * @param at gives its place in the pane, 0..1
 */
export function swipeHandle(at: () => number, name: string, move: (to: number) => void): TemplateResult {
  return html`<button
    class="handle"
    role="slider"
    aria-label=${name}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.round(at() * 100)}
    @pointerdown=${(event: PointerEvent) => {
      event.stopPropagation();
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    }}
    @pointermove=${(event: PointerEvent) => {
      const handle = event.currentTarget as HTMLElement;
      if (handle.hasPointerCapture(event.pointerId)) {
        event.stopPropagation();
        const box = handle.parentElement!.getBoundingClientRect();
        move((event.clientX - box.left) / box.width);
      }
    }}
    @keydown=${(event: KeyboardEvent) => {
      const direction = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
      if (direction !== 0) {
        event.preventDefault();
        event.stopPropagation();
        move(at() + direction * STEP);
      }
    }}
  ></button>`;
}
