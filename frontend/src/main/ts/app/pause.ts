import { html, type TemplateResult } from "lit";
import type { Session } from "../session/session.js";
import { started } from "../session/work.js";
import type { Manner } from "./manner.js";

/** Minutes worked at a stretch when a pause is to be suggested now; never while an answer is in progress. */
export function pauseDue(session: Session, now: number): number | undefined {
  const { phase, current } = session.state;
  const answering = phase !== "working" || !current || started(current.draft);
  const due = session.pauses.due(now, session.profile.stretch * 60_000, answering);
  return due ? Math.floor(session.pauses.stretch(now) / 60_000) : undefined;
}

/** The suggestion, in the line that never moves anything. */
export function pauseReminder(minutes: number, { t }: Manner, rest: () => void, later: () => void): TemplateResult {
  return html`<span class="said">${t("pause_reminder", { minutes })}</span>
    <button class="button small" @click=${rest}>${t("pause_now")}</button>
    <button class="button small quiet" @click=${later}>${t("pause_later")}</button>`;
}
