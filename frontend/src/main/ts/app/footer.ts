import { html, nothing, type TemplateResult } from "lit";
import { missing, totals } from "../answer/answers.js";
import { UNDO_WINDOW } from "../session/notice.js";
import type { AnnotationWorkspace } from "./annotation-workspace.js";
import { icon } from "./icons.js";
import { noticeText } from "./notices.js";
import { pauseReminder } from "./pause.js";
import { refusalText } from "./set-aside-list.js";

/** Comment, skip, flag, what is to be said, undo, submit. */
export function footer(workspace: AnnotationWorkspace): TemplateResult {
  const { session, t, keys } = workspace;
  const { draft } = session.current!;
  const complete = missing(session.cells, draft.answers).length === 0;
  return html`<footer class="foot">
    <div class="comment">
      <label for="comment" class="unseen">${t("comment_label")}</label>${icon("comment")}
      <input
        id="comment"
        class="field"
        maxlength="500"
        autocomplete="off"
        dir="auto"
        placeholder=${t("comment")}
        .value=${draft.comment}
        @input=${(event: Event) => session.judging.comment((event.target as HTMLInputElement).value)}
      /><kbd>${keys.label("comment")}</kbd>
    </div>
    <button class="button" @click=${() => workspace.perform("skip")}>${icon("skip")}${t("skip")} <kbd>${keys.label("skip")}</kbd></button>
    <button class="button ${draft.flagged ? "set" : ""}" aria-pressed=${draft.flagged} @click=${() => workspace.perform("flag")}>
      ${icon("flag")}${t(draft.flagged ? "flagged" : "flag")} <kbd>${keys.label("flag")}</kbd>
    </button>
    <div class="need" aria-live="polite">${status(workspace)}</div>
    ${undoButton(workspace)}
    <button class="button primary submit" aria-disabled=${!complete || workspace.view.failed} @click=${() => workspace.answering.submit()}>
      ${t("submit")} <kbd>${t("enter")}</kbd>
    </button>
  </footer>`;
}

function undoButton(workspace: AnnotationWorkspace): TemplateResult {
  const { session, t } = workspace;
  const { undoable } = session.judging;
  const spent = undoable ? 1 - (undoable.until - Date.now()) / UNDO_WINDOW : 0;
  const ring = html`<svg class="ring" viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="6" opacity=".3" /><circle cx="8" cy="8" r="6" style="stroke-dashoffset:${37.7 * spent}" />
  </svg>`;
  return html`<button class="button undo" title=${t("undo_hint")} ?disabled=${!undoable} @click=${() => workspace.answering.undo()}>
    ${undoable ? ring : icon("undo")}${t("undo")} <kbd>Ctrl Z</kbd>
  </button>`;
}

/** One line, the most pressing thing first. It never moves anything. */
function status(workspace: AnnotationWorkspace): TemplateResult | string | typeof nothing {
  const { session, t, language } = workspace;
  const { notice } = workspace.announcer;
  if (notice?.kind === "missing" || notice?.kind === "unsafe") {
    return html`<b class="problem">${noticeText(notice, t, language)}</b>`;
  }
  const refused = session.setAside.refused;
  if (refused.length > 0) {
    return html`<span class="warning" title=${refused.map((parcel) => refusalText(parcel, t)).join(" ")}>${icon("warning")}${t("not_counted", { n: refused.length })}</span>
      <button class="button small" @click=${() => void session.setAside.offerAgain()}>${t("offer_again")}</button>
      <button class="button small quiet" @click=${() => session.setAside.discard()}>${t("discard")}</button>`;
  }
  if (notice) {
    return html`<span class="said">${icon("check")}${noticeText(notice, t, language)}</span>`;
  }
  if (workspace.reminder) {
    return pauseReminder(workspace);
  }
  const { answers } = session.current!.draft;
  const sums = totals(session.protocol, answers);
  if (sums) {
    return html`<span class="sum">
      ${t("overall")}
      <span><i class="side a">A</i>${t("of", { n: sums.left, of: sums.of })}</span>
      <span><i class="side b">B</i>${t("of", { n: sums.right, of: sums.of })}</span>
    </span>`;
  }
  const open = missing(session.cells, answers).length;
  return open > 0 && open < session.cells.length ? t("left_to_answer", { n: open }) : nothing;
}
