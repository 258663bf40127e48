/**
 * A button that was clicked or tapped gives the focus back to the answers, so that the next Enter submits instead of pressing
 * it again. One that was pressed by keyboard keeps it.
 */
export function giveBackFocus(event: MouseEvent): void {
  const pressed = event.composedPath().find((each) => each instanceof HTMLElement && each.matches("button, a")) as HTMLElement | undefined;
  if (event.detail > 0 && pressed && !pressed.matches(".answer") && !pressed.closest("dialog")) {
    pressed.blur();
  }
}
