import { html, type TemplateResult } from "lit";
import { DEFAULT_STRETCH, STRETCHES } from "../session/pause-clock.js";
import type { Session } from "../session/session.js";
import { started } from "../session/work.js";
import type { AnnotationWorkspace } from "./annotation-workspace.js";

function chosenStretch({ profile }: Session): number {
  return profile.preferences.pauseAfter ?? DEFAULT_STRETCH;
}

/** Minutes worked at a stretch when a pause is to be suggested now; never while an answer is in progress. */
export function pauseDue(session: Session, now: number): number | undefined {
  const answering = session.phase !== "working" || !session.current || started(session.current.draft);
  const due = session.pauses.due(now, chosenStretch(session) * 60_000, answering);
  return due ? Math.floor(session.pauses.stretch(now) / 60_000) : undefined;
}

/** The suggestion, in the line that never moves anything. */
export function pauseReminder(workspace: AnnotationWorkspace): TemplateResult {
  const { t, session, reminder } = workspace;
  return html`<span class="said">${t("pause_reminder", { minutes: reminder ?? 0 })}</span>
    <button
      class="button small"
      @click=${() => {
        session.rest();
        workspace.reminder = undefined;
        workspace.panels.open("pause");
      }}
    >
      ${t("pause_now")}
    </button>
    <button
      class="button small quiet"
      @click=${() => {
        session.pauses.later(performance.now());
        workspace.reminder = undefined;
      }}
    >
      ${t("pause_later")}
    </button>`;
}

/** When to suggest a pause; kept in the account. */
export function stretchChoice({ t, session }: AnnotationWorkspace): TemplateResult {
  const chosen = chosenStretch(session);
  return html`<label class="choose">
    ${t("pause_after")}
    <select
      class="field"
      id="pause-after"
      @change=${(event: Event) => session.profile.prefer({ pauseAfter: Number((event.target as HTMLSelectElement).value) })}
    >
      ${STRETCHES.map(
        (minutes) => html`<option value=${minutes} ?selected=${minutes === chosen}>
          ${minutes === 0 ? t("pause_never") : t("pause_minutes", { n: minutes })}
        </option>`,
      )}
    </select>
  </label>`;
}
