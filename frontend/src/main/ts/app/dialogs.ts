import { html, nothing, type TemplateResult } from "lit";
import { localized } from "../answer/protocol.js";
import type { Key } from "../i18n/dictionary.js";
import type { AnnotationWorkspace } from "./annotation-workspace.js";
import { COMMANDS, type Command, KeyMap } from "./key-map.js";
import { composing, modified, placeOf } from "./keystroke.js";
import { stretchChoice } from "./pause.js";

export type DialogName = "skip" | "flag" | "keys" | "pause";

/** The dialog that the annotator opened. */
export function dialog(workspace: AnnotationWorkspace): TemplateResult | typeof nothing {
  switch (workspace.panels.dialog) {
    case "skip":
      return skip(workspace);
    case "flag":
      return flag(workspace);
    case "keys":
      return keys(workspace);
    case "pause":
      return pause(workspace);
    case undefined:
      return nothing;
  }
}

function frame(
  workspace: AnnotationWorkspace,
  title: string,
  body: TemplateResult,
  confirm: { text: string; act: () => void } | undefined,
  options: { wide?: boolean; closable?: boolean; extra?: TemplateResult } = {},
): TemplateResult {
  const { t } = workspace;
  const go = () => {
    confirm?.act();
    workspace.panels.close();
  };
  return html`<dialog
    class=${options.wide ? "wide-dialog" : ""}
    aria-labelledby="dialog-title"
    @close=${() => workspace.panels.close()}
    @cancel=${(event: Event) => {
      if (options.closable === false) {
        event.preventDefault();
      }
    }}
    @keydown=${(event: KeyboardEvent) => dialogKey(event, workspace, confirm ? go : undefined)}
  >
    <h2 id="dialog-title">${title}</h2>
    <div class="body">${body}</div>
    <div class="acts">
      ${options.extra ?? nothing}
      ${options.closable === false
        ? nothing
        : html`<button class="button" ?autofocus=${!confirm} @click=${() => workspace.panels.close()}>${t(confirm ? "cancel" : "close")} <kbd>Esc</kbd></button>`}
      ${confirm ? html`<button class="button primary" @click=${go}>${confirm.text} <kbd>${t("enter")}</kbd></button>` : nothing}
    </div>
  </dialog>`;
}

/** Keys that answer choose a radio, outside the text area; Enter confirms, also there, where Shift+Enter breaks the line. */
function dialogKey(event: KeyboardEvent, workspace: AnnotationWorkspace, confirm: (() => void) | undefined): void {
  event.stopPropagation();
  const target = event.target as HTMLElement;
  workspace.heard(event);
  if (composing(event)) {
    return;
  }
  if (event.key === "Enter") {
    dialogEnter(event, target, confirm);
  } else if (!(target instanceof HTMLTextAreaElement) && !modified(event)) {
    const radios = (event.currentTarget as HTMLElement).querySelectorAll<HTMLInputElement>("input[type=radio]");
    const chosen = radios[(workspace.keys.answerOf(event) ?? 0) - 1];
    if (chosen) {
      event.preventDefault();
      chosen.checked = true;
      chosen.focus();
    }
  }
}

function dialogEnter(event: KeyboardEvent, target: HTMLElement, confirm: (() => void) | undefined): void {
  const button = target.matches("button, select");
  if (event.repeat) {
    // the key that opened the dialog, still held down
    event.preventDefault();
  } else if (confirm && !button && !event.shiftKey) {
    event.preventDefault();
    confirm();
  }
}

function skip(workspace: AnnotationWorkspace): TemplateResult {
  const { session, t, language } = workspace;
  const reasons = session.protocol.skip_reasons;
  const value = (selector: string) =>
    workspace.renderRoot.querySelector<HTMLInputElement | HTMLTextAreaElement>(`dialog ${selector}`)?.value ?? "";
  return frame(
    workspace,
    t("skip_title"),
    html`<p class="muted">${t("skip_text")}</p>
      <div role="radiogroup" aria-labelledby="dialog-title" class="choices">
        ${reasons.map(
          (reason, index) => html`<label class="choice">
            <input type="radio" name="reason" value=${reason.id} ?checked=${index === 0} ?autofocus=${index === 0} />
            <span>${localized(reason.title, language)}</span><kbd>${reasonKey(workspace, index + 1)}</kbd>
          </label>`,
        )}
      </div>
      <label class="labelled">${t("note_optional")}<textarea id="skip-note" class="field" dir="auto" rows="2" maxlength="500"></textarea></label>`,
    {
      text: t("skip_pair"),
      act: () => workspace.answering.skip(value("input[type=radio]:checked"), value("#skip-note")),
    },
  );
}

/** The key of the n-th reason: the one that gives the n-th answer. */
function reasonKey({ keys }: AnnotationWorkspace, n: number): string {
  return n <= 9 ? keys.name(`answer_${n}` as Command) : "";
}

function flag(workspace: AnnotationWorkspace): TemplateResult {
  const { session, t } = workspace;
  const draft = session.current?.draft;
  const note = () => workspace.renderRoot.querySelector<HTMLTextAreaElement>("#flag-note")?.value ?? "";
  return frame(
    workspace,
    t("flag_title"),
    html`<p class="muted">${t("flag_text")}</p>
      <label class="labelled">
        ${t("flag_question")}<textarea id="flag-note" class="field" dir="auto" rows="3" maxlength="500" autofocus .value=${draft?.comment ?? ""}></textarea>
      </label>
      <p class="muted">${t("flag_comment")}</p>`,
    { text: t("set_flag"), act: () => session.judging.flag(true, note()) },
    draft?.flagged
      ? {
          extra: html`<button
            class="button"
            @click=${() => {
              session.judging.flag(false, note());
              workspace.panels.close();
            }}
          >
            ${t("remove_flag")}
          </button>`,
        }
      : {},
  );
}

function keys(workspace: AnnotationWorkspace): TemplateResult {
  const { session, t } = workspace;
  const answers = Math.max(...session.cells.map((cell) => (session.protocol.mode === "rating" ? (cell.dimension.levels ?? []).length : 6)));
  const shown = COMMANDS.filter((command) => (KeyMap.answer(command) ?? 0) <= answers);
  const fixed: [string, string[]][] = [
    [t("command_submit"), [t("enter"), `Ctrl ${t("enter")}`]],
    [t("command_undo"), ["Ctrl Z"]],
    [t("command_next"), ["Tab", "Shift Tab"]],
    [t("command_hold"), [t("space")]],
    [t("command_turn"), [t("page_up"), t("page_down")]],
    [t("keys"), ["?"]],
  ];
  return frame(
    workspace,
    t("keys"),
    html`<p class="muted" aria-live="polite">${workspace.panels.remapping?.problem ?? t("keys_text")}</p>
      ${workspace.keys.guessed ? html`<p class="muted">${t("keys_guessed")}</p>` : nothing}
      <div class="key-list">
        ${fixed.map(([text, labels]) => html`<div class="key-row"><span>${text}</span>${labels.map((label) => html`<kbd>${label}</kbd>`)}</div>`)}
        ${shown.map((command) => keyRow(workspace, command))}
      </div>
      <div class="switches">
        ${toggle(t("single_keys"), workspace.singleKeys, (on) => session.profile.prefer({ singleKeys: on }))}
        ${toggle(t("source_left"), workspace.order === "left", (on) => session.profile.prefer({ sourcePosition: on ? "left" : "middle" }))}
        ${stretchChoice(workspace)} ${toggle(t("show_timer"), session.profile.preferences.timer !== false, (on) => session.profile.prefer({ timer: on }))}
      </div>`,
    undefined,
    { wide: true, extra: html`<button class="button quiet" @click=${() => session.profile.prefer({ keys: {}, singleKeys: true })}>${t("reset_keys")}</button>` },
  );
}

function keyRow(workspace: AnnotationWorkspace, command: Command): TemplateResult {
  const { t } = workspace;
  const waiting = workspace.panels.remapping?.command === command;
  return html`<div class="key-row">
    <span>${commandName(workspace, command)}</span>
    <button
      class="key ${waiting ? "waiting" : ""}"
      aria-label="${commandName(workspace, command)}: ${workspace.keys.name(command)}"
      @click=${() => workspace.panels.remap(command)}
      @keydown=${(event: KeyboardEvent) => waiting && newKey(event, workspace, command)}
      @blur=${() => waiting && workspace.panels.remap(undefined)}
    >
      ${waiting ? t("press_key") : html`<kbd>${workspace.keys.name(command)}</kbd>`}
    </button>
  </div>`;
}

/** Keys that are held with others or switch something. */
const MODIFIERS = /^(Shift|Control|Alt|AltGraph|Meta|OS|Fn|FnLock|CapsLock|NumLock|ScrollLock|Compose)$/;

function newKey(event: KeyboardEvent, workspace: AnnotationWorkspace, command: Command): void {
  if (event.key === "Tab" || composing(event)) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  workspace.heard(event);
  if (event.key === "Escape") {
    workspace.panels.remap(undefined);
    return;
  }
  const place = placeOf(event);
  if (place === "" || MODIFIERS.test(event.key) || modified(event) || event.repeat) {
    return;
  }
  const taken = workspace.keys.taken(place, command);
  if (taken) {
    const by = taken === "fixed" ? workspace.t("keys") : commandName(workspace, taken);
    workspace.panels.remap(command, workspace.t("key_taken", { key: workspace.keys.nameOf(place), command: by }));
    return;
  }
  workspace.panels.remap(undefined);
  workspace.session.profile.prefer({ keys: workspace.keys.with(command, place) });
}

function commandName({ t }: AnnotationWorkspace, command: Command): string {
  const answer = KeyMap.answer(command);
  return answer ? t("command_answer", { n: answer }) : t(`command_${command}` as Key);
}

function toggle(text: string, on: boolean, change: (on: boolean) => void): TemplateResult {
  return html`<label class="switch">
    <input type="checkbox" role="switch" .checked=${on} @change=${(event: Event) => change((event.target as HTMLInputElement).checked)} />
    ${text}
  </label>`;
}

/** A pause: nothing is on the screen that wants an answer, and no time is counted. */
function pause(workspace: AnnotationWorkspace): TemplateResult {
  const { t, session } = workspace;
  return frame(
    workspace,
    t("pause_title"),
    html`<p>${t("pause_text")}</p>`,
    { text: t("pause_end"), act: () => session.resume() },
    { closable: false },
  );
}
