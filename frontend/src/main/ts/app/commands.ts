import { type Command, KeyMap } from "./key-map.js";
import { altGraph, asks, composing, digitOf, letterOf, modified, placeOf, withControl } from "./keystroke.js";

/** What keys can do to the workspace. */
export interface CommandTarget {
  readonly keys: KeyMap;
  readonly singleKeys: boolean;
  /** A dialog is open; it has its own keys. */
  readonly busy: boolean;
  perform(command: Command): void;
  submit(): void;
  undo(): void;
  showKeys(): void;
  escape(): void;
  hold(held: boolean): void;
  /** Moves to the next or previous cell; false at the end, where Tab leaves the answers. */
  moveCell(step: 1 | -1): boolean;
  /** Turns a page of the instruction; false when it is on the screen as a whole. */
  turnInstruction(step: 1 | -1): boolean;
  /** Any key was pressed: it may tell what is printed on it. */
  heard(event: KeyboardEvent): void;
}

const REPEATING = new Set<Command>(["zoom_in", "zoom_out", "lower", "raise"]);

/**
 * The one place that hears keys. Single keys are places on the keyboard, rest in text fields and can be switched off;
 * Enter, Ctrl+Enter, Ctrl+Z and the question mark are what is printed on them and always work, as do Tab, Page Up and Down
 * and Escape. Returns the function that stops listening.
 */
export function listenForCommands(target: CommandTarget): () => void {
  const down = (event: KeyboardEvent) => {
    target.heard(event);
    pressed(event, target);
  };
  const up = (event: KeyboardEvent) => {
    if (isSpace(event) || target.keys.command(placeOf(event)) === "hold") {
      target.hold(false);
    }
  };
  const blur = () => target.hold(false);
  window.addEventListener("keydown", down);
  window.addEventListener("keyup", up);
  window.addEventListener("blur", blur);
  return () => {
    window.removeEventListener("keydown", down);
    window.removeEventListener("keyup", up);
    window.removeEventListener("blur", blur);
  };
}

function pressed(event: KeyboardEvent, target: CommandTarget): void {
  const element = event.composedPath()[0] as HTMLElement;
  const typing = isTextField(element);
  if (target.busy || composing(event) || event.defaultPrevented) {
    return;
  }
  if (event.key === "Escape") {
    if (typing) {
      element.blur();
    } else {
      target.escape();
    }
  } else if (withControl(event) && event.key === "Enter") {
    event.preventDefault();
    once(event, () => target.submit());
  } else if (withControl(event) && letterOf(event) === "z" && !typing && !event.shiftKey) {
    event.preventDefault();
    once(event, () => target.undo());
  } else if (!typing && asks(event) && (altGraph(event) || !modified(event))) {
    event.preventDefault();
    target.showKeys();
  } else if (!typing && !modified(event)) {
    plain(event, element, target);
  }
}

/** A key that is held down does it one time. */
function once(event: KeyboardEvent, act: () => void): void {
  if (!event.repeat) {
    act();
  }
}

function plain(event: KeyboardEvent, element: HTMLElement, target: CommandTarget): void {
  const answer = element.matches("[role=radio]") && element.matches(":focus-visible");
  // a slider has the looks of a button, but neither Enter nor Space do anything to it
  const button = element.matches("button, a, summary") && !element.matches("[role=radio], [role=slider]");
  if (event.key === "Tab") {
    const inAnswers = element === document.body || element.matches("[role=radio]");
    if (inAnswers && target.moveCell(event.shiftKey ? -1 : 1)) {
      event.preventDefault();
    }
  } else if (event.key === "Enter") {
    enter(event, element, answer, button, target);
  } else if (isSpace(event)) {
    // a focused answer or button keeps its own Space
    if (!answer && !button) {
      event.preventDefault();
      target.hold(true);
    }
  } else if (event.key === "PageDown" || event.key === "PageUp") {
    if (!element.closest(".scroller") && target.turnInstruction(event.key === "PageDown" ? 1 : -1)) {
      event.preventDefault();
    }
  } else if (target.singleKeys) {
    single(event, target);
  }
}

function enter(event: KeyboardEvent, element: HTMLElement, answer: boolean, button: boolean, target: CommandTarget): void {
  if (button && !event.repeat) {
    return;
  }
  // held down on a button it would press it again and again
  event.preventDefault();
  once(event, () => {
    if (answer && element.getAttribute("aria-checked") !== "true") {
      element.click();
    } else {
      target.submit();
    }
  });
}

function single(event: KeyboardEvent, target: CommandTarget): void {
  const command = target.keys.heard(event);
  // some keyboards write digits and signs with Shift
  const shifted = command !== undefined && (command.startsWith("zoom_") || (KeyMap.answer(command) !== undefined && digitOf(event.key) !== undefined));
  if (!command || (event.shiftKey && !shifted) || (event.repeat && !REPEATING.has(command))) {
    return;
  }
  event.preventDefault();
  if (command === "hold") {
    target.hold(true);
  } else {
    target.perform(command);
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
