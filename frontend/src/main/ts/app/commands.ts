import { type Command, KeyMap } from "./key-map.js";

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
}

const REPEATING = new Set<Command>(["zoom_in", "zoom_out", "lower", "raise"]);

/**
 * The one place that hears keys. Single keys rest in text fields and can be switched off; Enter, Ctrl+Enter, Ctrl+Z, Tab
 * and Escape always work. Returns the function that stops listening.
 */
export function listenForCommands(target: CommandTarget): () => void {
  const down = (event: KeyboardEvent) => pressed(event, target);
  const up = (event: KeyboardEvent) => {
    if (event.code === "Space" || target.keys.command(event.code) === "hold") {
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
  const control = event.ctrlKey || event.metaKey;
  if (target.busy || event.isComposing || event.defaultPrevented) {
    return;
  }
  if (event.key === "Escape") {
    if (typing) {
      element.blur();
    } else {
      target.escape();
    }
  } else if (control && event.key === "Enter") {
    event.preventDefault();
    target.submit();
  } else if (control && event.code === "KeyZ" && !typing && !event.shiftKey) {
    event.preventDefault();
    target.undo();
  } else if (!typing && !control && !event.altKey) {
    plain(event, element, target);
  }
}

function plain(event: KeyboardEvent, element: HTMLElement, target: CommandTarget): void {
  const answer = element.matches("[role=radio]") && element.matches(":focus-visible");
  const button = element.matches("button, a, summary, [role=slider]") && !element.matches("[role=radio]");
  if (event.key === "Tab") {
    const inAnswers = element === document.body || element.matches("[role=radio]");
    if (inAnswers && target.moveCell(event.shiftKey ? -1 : 1)) {
      event.preventDefault();
    }
  } else if (event.key === "Enter") {
    if (!button && !event.repeat) {
      event.preventDefault();
      if (answer && element.getAttribute("aria-checked") !== "true") {
        element.click();
      } else {
        target.submit();
      }
    }
  } else if (event.code === "Space") {
    // a focused answer or button keeps its own Space
    if (!answer && !button) {
      event.preventDefault();
      target.hold(true);
    }
  } else if (event.key === "?") {
    event.preventDefault();
    target.showKeys();
  } else if (target.singleKeys) {
    single(event, target);
  }
}

function single(event: KeyboardEvent, target: CommandTarget): void {
  const command = target.keys.command(event.code);
  if (!command || event.shiftKey && command !== "zoom_in" || (event.repeat && !REPEATING.has(command))) {
    return;
  }
  event.preventDefault();
  if (command === "hold") {
    target.hold(true);
  } else {
    target.perform(command);
  }
}

function isTextField(element: HTMLElement): boolean {
  if (element.isContentEditable || element.matches("textarea, select")) {
    return true;
  }
  return element instanceof HTMLInputElement && !["range", "checkbox", "radio", "button"].includes(element.type);
}
