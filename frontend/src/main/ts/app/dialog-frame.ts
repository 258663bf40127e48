import { html, nothing, type TemplateResult } from "lit";
import type { Actions } from "./actions.js";
import { composing, modified } from "./keystroke.js";
import type { Manner } from "./manner.js";
import type { Panels } from "./panels.js";

/** What every dialog has to do with. */
export interface Around {
  readonly panels: Panels;
  readonly manner: Manner;
  readonly actions: Actions;
}

interface Options {
  readonly wide?: boolean;
  readonly closable?: boolean;
  readonly extra?: TemplateResult;
}

/** A dialog; without something to confirm it can only be closed. */
export function frame(
  { panels, manner, actions }: Around,
  title: string,
  body: TemplateResult,
  confirm: { text: string; act: () => void } | undefined,
  options: Options = {},
): TemplateResult {
  const { t } = manner;
  const go = () => {
    confirm?.act();
    panels.close();
  };
  return html`<dialog
    class=${options.wide ? "wide-dialog" : ""}
    aria-labelledby="dialog-title"
    @close=${() => panels.close()}
    @cancel=${(event: Event) => {
      if (options.closable === false) {
        event.preventDefault();
      }
    }}
    @keydown=${(event: KeyboardEvent) => pressed(event, actions, confirm ? go : undefined)}
  >
    <h2 id="dialog-title">${title}</h2>
    <div class="body">${body}</div>
    <div class="acts">
      ${options.extra ?? nothing}
      ${options.closable === false
        ? nothing
        : html`<button class="button" ?autofocus=${!confirm} @click=${() => panels.close()}>${t(confirm ? "cancel" : "close")} <kbd>Esc</kbd></button>`}
      ${confirm ? html`<button class="button primary" @click=${go}>${confirm.text} <kbd>${t("enter")}</kbd></button>` : nothing}
    </div>
  </dialog>`;
}

/** Keys that answer choose a radio, outside the text area; Enter confirms, also there, where Shift+Enter breaks the line. */
function pressed(event: KeyboardEvent, actions: Actions, confirm: (() => void) | undefined): void {
  event.stopPropagation();
  const target = event.target as HTMLElement;
  actions.heard(event);
  if (composing(event)) {
    return;
  }
  if (event.key === "Enter") {
    entered(event, target, confirm);
  } else if (!(target instanceof HTMLTextAreaElement) && !modified(event)) {
    const radios = (event.currentTarget as HTMLElement).querySelectorAll<HTMLInputElement>("input[type=radio]");
    const chosen = radios[(actions.keys.answerOf(event) ?? 0) - 1];
    if (chosen) {
      event.preventDefault();
      chosen.checked = true;
      chosen.focus();
    }
  }
}

function entered(event: KeyboardEvent, target: HTMLElement, confirm: (() => void) | undefined): void {
  const button = target.matches("button, select");
  if (event.repeat) {
    // the key that opened the dialog, still held down
    event.preventDefault();
  } else if (confirm && !button && !event.shiftKey) {
    event.preventDefault();
    confirm();
  }
}
