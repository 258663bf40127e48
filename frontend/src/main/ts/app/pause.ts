import { html, type TemplateResult } from "lit";
import type { Translate } from "../i18n/translate.js";
import { DEFAULT_STRETCH, STRETCHES } from "../session/pause-clock.js";
import type { Profile } from "../session/profile.js";
import type { Session } from "../session/session.js";
import { started } from "../session/work.js";
import type { Manner } from "./manner.js";

function chosenStretch({ preferences }: Profile): number {
  return preferences.pauseAfter ?? DEFAULT_STRETCH;
}

/** Minutes worked at a stretch when a pause is to be suggested now; never while an answer is in progress. */
export function pauseDue(session: Session, now: number): number | undefined {
  const { phase, current } = session.state;
  const answering = phase !== "working" || !current || started(current.draft);
  const due = session.pauses.due(now, chosenStretch(session.profile) * 60_000, answering);
  return due ? Math.floor(session.pauses.stretch(now) / 60_000) : undefined;
}

/** The suggestion, in the line that never moves anything. */
export function pauseReminder(minutes: number, { t }: Manner, rest: () => void, later: () => void): TemplateResult {
  return html`<span class="said">${t("pause_reminder", { minutes })}</span>
    <button class="button small" @click=${rest}>${t("pause_now")}</button>
    <button class="button small quiet" @click=${later}>${t("pause_later")}</button>`;
}

/** When to suggest a pause; kept in the account. */
export function stretchChoice(profile: Profile, t: Translate): TemplateResult {
  const chosen = chosenStretch(profile);
  return html`<label class="choose">
    ${t("pause_after")}
    <select
      class="field"
      id="pause-after"
      @change=${(event: Event) => profile.prefer({ pauseAfter: Number((event.target as HTMLSelectElement).value) })}
    >
      ${STRETCHES.map(
        (minutes) => html`<option value=${minutes} ?selected=${minutes === chosen}>
          ${minutes === 0 ? t("pause_never") : t("pause_minutes", { n: minutes })}
        </option>`,
      )}
    </select>
  </label>`;
}
