import { html, nothing, type TemplateResult } from "lit";
import { valuesOf } from "../answer/answers.js";
import type { Key } from "../i18n/dictionary.js";
import type { Translate } from "../i18n/translate.js";
import { STRETCHES } from "../session/pause-clock.js";
import type { Profile } from "../session/profile.js";
import type { Session } from "../session/session.js";
import { type Around, frame } from "./dialog-frame.js";
import { COMMANDS, type Command, KeyMap } from "./key-map.js";
import { composing, modified, placeOf } from "./keystroke.js";

/** What keys do, each open to another place, and the other ways in which a person likes to work. */
export function keyDialog({ state, profile }: Session, around: Around): TemplateResult {
  const { panels, manner } = around;
  const { t, keys, order } = manner;
  const answers = Math.max(...state.cells.map((cell) => valuesOf(state.protocol, cell).length));
  const shown = COMMANDS.filter((command) => (KeyMap.answer(command) ?? 0) <= answers);
  const fixed: [string, string[]][] = [
    [t("command_submit"), [t("enter"), `Ctrl ${t("enter")}`]],
    [t("command_undo"), ["Ctrl Z"]],
    [t("command_next"), ["Tab", "Shift Tab"]],
    [t("command_hold"), [t("space")]],
    [t("command_turn"), [t("page_up"), t("page_down")]],
    [t("keys"), ["?"]],
  ];
  const move = (command: Command, place: string) => profile.prefer({ keys: keys.with(command, place) });
  return frame(
    around,
    t("keys"),
    html`<p class="muted" aria-live="polite">${panels.remapping?.problem ?? t("keys_text")}</p>
      ${keys.guessed ? html`<p class="muted">${t("keys_guessed")}</p>` : nothing}
      <div class="key-list">
        ${fixed.map(([text, labels]) => html`<div class="key-row"><span>${text}</span>${labels.map((label) => html`<kbd>${label}</kbd>`)}</div>`)}
        ${shown.map((command) => keyRow(command, around, move))}
      </div>
      <div class="switches">
        ${toggle(t("single_keys"), profile.singleKeys, (on) => profile.prefer({ singleKeys: on }))}
        ${toggle(t("source_left"), order === "left", (on) => profile.prefer({ sourcePosition: on ? "left" : "middle" }))}
        ${stretchChoice(profile, t)} ${toggle(t("show_timer"), profile.preferences.timer !== false, (on) => profile.prefer({ timer: on }))}
      </div>`,
    undefined,
    { wide: true, extra: html`<button class="button quiet" @click=${() => profile.prefer({ keys: {}, singleKeys: true })}>${t("reset_keys")}</button>` },
  );
}

type Move = (command: Command, place: string) => void;

function keyRow(command: Command, around: Around, move: Move): TemplateResult {
  const { panels, manner } = around;
  const { t, keys } = manner;
  const waiting = panels.remapping?.command === command;
  return html`<div class="key-row">
    <span>${commandName(t, command)}</span>
    <button
      class="key ${waiting ? "waiting" : ""}"
      aria-label="${commandName(t, command)}: ${keys.name(command)}"
      @click=${() => panels.remap(command)}
      @keydown=${(event: KeyboardEvent) => waiting && newKey(event, command, around, move)}
      @blur=${() => waiting && panels.remap(undefined)}
    >
      ${waiting ? t("press_key") : html`<kbd>${keys.name(command)}</kbd>`}
    </button>
  </div>`;
}

/** Keys that are held with others or switch something. */
const MODIFIERS = /^(Shift|Control|Alt|AltGraph|Meta|OS|Fn|FnLock|CapsLock|NumLock|ScrollLock|Compose)$/;

function newKey(event: KeyboardEvent, command: Command, { panels, manner, actions }: Around, move: Move): void {
  if (event.key === "Tab" || composing(event)) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  actions.heard(event);
  if (event.key === "Escape") {
    panels.remap(undefined);
    return;
  }
  const place = placeOf(event);
  if (place === "" || MODIFIERS.test(event.key) || modified(event) || event.repeat) {
    return;
  }
  const { t, keys } = manner;
  const taken = keys.taken(place, command);
  if (taken) {
    const by = taken === "fixed" ? t("keys") : commandName(t, taken);
    panels.remap(command, t("key_taken", { key: keys.nameOf(place), command: by }));
    return;
  }
  panels.remap(undefined);
  move(command, place);
}

function commandName(t: Translate, command: Command): string {
  const answer = KeyMap.answer(command);
  return answer ? t("command_answer", { n: answer }) : t(`command_${command}` as Key);
}

function toggle(text: string, on: boolean, change: (on: boolean) => void): TemplateResult {
  return html`<label class="switch">
    <input type="checkbox" role="switch" .checked=${on} @change=${(event: Event) => change((event.target as HTMLInputElement).checked)} />
    ${text}
  </label>`;
}

/** When to suggest a pause; kept in the account. */
function stretchChoice(profile: Profile, t: Translate): TemplateResult {
  return html`<label class="choose">
    ${t("pause_after")}
    <select
      class="field"
      id="pause-after"
      @change=${(event: Event) => profile.prefer({ pauseAfter: Number((event.target as HTMLSelectElement).value) })}
    >
      ${STRETCHES.map(
        (minutes) => html`<option value=${minutes} ?selected=${minutes === profile.stretch}>
          ${minutes === 0 ? t("pause_never") : t("pause_minutes", { n: minutes })}
        </option>`,
      )}
    </select>
  </label>`;
}
