import type { Actions } from "./actions.js";
import { type Command, KeyMap } from "./key-map.js";
import { altGraph, asks, composing, digitOf, letterOf, modified, placeOf, withControl } from "./keystroke.js";

const REPEATING = new Set<Command>(["zoom_in", "zoom_out", "lower", "raise"]);

/**
 * The one place that hears keys. Single keys are places on the keyboard, rest in text fields and can be switched off;
 * Enter, Ctrl+Enter, Ctrl+Z and the question mark are what is printed on them and always work, as do Tab, Page Up and Down
 * and Escape. Returns the function that stops listening.
 */
export function listenForCommands(actions: Actions): () => void {
  const down = (event: KeyboardEvent) => {
    actions.heard(event);
    pressed(event, actions);
  };
  const up = (event: KeyboardEvent) => {
    if (isSpace(event) || actions.keys.command(placeOf(event)) === "hold") {
      actions.hold(false);
    }
  };
  const blur = () => actions.hold(false);
  window.addEventListener("keydown", down);
  window.addEventListener("keyup", up);
  window.addEventListener("blur", blur);
  return () => {
    window.removeEventListener("keydown", down);
    window.removeEventListener("keyup", up);
    window.removeEventListener("blur", blur);
  };
}

function pressed(event: KeyboardEvent, actions: Actions): void {
  const element = event.composedPath()[0] as HTMLElement;
  const typing = isTextField(element);
  if (actions.busy || composing(event) || event.defaultPrevented) {
    return;
  }
  if (event.key === "Escape") {
    if (typing) {
      element.blur();
    } else {
      actions.escape();
    }
  } else if (withControl(event) && event.key === "Enter") {
    event.preventDefault();
    once(event, () => actions.submit());
  } else if (withControl(event) && letterOf(event) === "z" && !typing && !event.shiftKey) {
    event.preventDefault();
    once(event, () => actions.undo());
  } else if (!typing && asks(event) && (altGraph(event) || !modified(event))) {
    event.preventDefault();
    actions.showKeys();
  } else if (!typing && !modified(event)) {
    plain(event, element, actions);
  }
}

/** A key that is held down does it one time. */
function once(event: KeyboardEvent, act: () => void): void {
  if (!event.repeat) {
    act();
  }
}

function plain(event: KeyboardEvent, element: HTMLElement, actions: Actions): void {
  const answer = element.matches("[role=radio]") && element.matches(":focus-visible");
  // a slider has the looks of a button, but neither Enter nor Space do anything to it
  const button = element.matches("button, a, summary") && !element.matches("[role=radio], [role=slider]");
  if (event.key === "Tab") {
    const inAnswers = element === document.body || element.matches("[role=radio]");
    if (inAnswers && actions.moveCell(event.shiftKey ? -1 : 1)) {
      event.preventDefault();
    }
  } else if (event.key === "Enter") {
    enter(event, element, answer, button, actions);
  } else if (isSpace(event)) {
    // a focused answer or button keeps its own Space
    if (!answer && !button) {
      event.preventDefault();
      actions.hold(true);
    }
  } else if (event.key === "PageDown" || event.key === "PageUp") {
    if (!element.closest(".scroller") && actions.turnInstruction(event.key === "PageDown" ? 1 : -1)) {
      event.preventDefault();
    }
  } else if (actions.singleKeys) {
    single(event, actions);
  }
}

function enter(event: KeyboardEvent, element: HTMLElement, answer: boolean, button: boolean, actions: Actions): void {
  if (button && !event.repeat) {
    return;
  }
  // held down on a button it would press it again and again
  event.preventDefault();
  once(event, () => {
    if (answer && element.getAttribute("aria-checked") !== "true") {
      element.click();
    } else {
      actions.submit();
    }
  });
}

function single(event: KeyboardEvent, actions: Actions): void {
  const command = actions.keys.heard(event);
  // some keyboards write digits and signs with Shift
  const shifted = command !== undefined && (command.startsWith("zoom_") || (KeyMap.answer(command) !== undefined && digitOf(event.key) !== undefined));
  if (!command || (event.shiftKey && !shifted) || (event.repeat && !REPEATING.has(command))) {
    return;
  }
  event.preventDefault();
  if (command === "hold") {
    actions.hold(true);
  } else {
    actions.perform(command);
  }
}

function isSpace(event: KeyboardEvent): boolean {
  return placeOf(event) === "Space";
}

function isTextField(element: HTMLElement): boolean {
  if (element.isContentEditable || element.matches("textarea, select")) {
    return true;
  }
  return element instanceof HTMLInputElement && !["range", "checkbox", "radio", "button"].includes(element.type);
}
