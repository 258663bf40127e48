/** Arrow keys move the focus inside a radio group; Space or Enter selects, so that looking around changes nothing. */
export function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const group = (event.currentTarget as HTMLElement).closest("[role=radiogroup]");
  if (step === undefined || !group) {
    return;
  }
  const radios = [...group.querySelectorAll<HTMLElement>("[role=radio]")];
  const at = radios.indexOf(event.currentTarget as HTMLElement);
  radios[(at + step + radios.length) % radios.length]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
