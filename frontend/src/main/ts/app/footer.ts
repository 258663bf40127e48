import { html, nothing, type TemplateResult } from "lit";
import { missing, totals } from "../answer/answers.js";
import { type Notice, type Undoable, UNDO_WINDOW } from "../session/notice.js";
import type { Session } from "../session/session.js";
import type { Actions } from "./actions.js";
import { icon } from "./icons.js";
import type { Manner } from "./manner.js";
import { noticeText } from "./notices.js";
import { refusalText } from "./set-aside-list.js";

type Judged = Pick<Session, "state" | "judging" | "setAside">;

/** What is to be said once, and the suggestion of a pause when it is due. */
export interface Said {
  readonly notice: Notice | undefined;
  readonly reminder: TemplateResult | undefined;
}

/** Comment, skip, flag, what is to be said, undo, submit. */
export function footer(session: Judged, said: Said, pictureFailed: boolean, manner: Manner, actions: Actions): TemplateResult {
  const { t, keys } = manner;
  const { current, cells, undoable } = session.state;
  const { draft } = current!;
  const complete = missing(cells, draft.answers).length === 0;
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
    <button class="button" @click=${() => actions.perform("skip")}>${icon("skip")}${t("skip")} <kbd>${keys.label("skip")}</kbd></button>
    <button class="button ${draft.flagged ? "set" : ""}" aria-pressed=${draft.flagged} @click=${() => actions.perform("flag")}>
      ${icon("flag")}${t(draft.flagged ? "flagged" : "flag")} <kbd>${keys.label("flag")}</kbd>
    </button>
    <div class="need" aria-live="polite">${status(session, said, manner)}</div>
    ${undoButton(undoable, manner, actions)}
    <button class="button primary submit" aria-disabled=${!complete || pictureFailed} @click=${() => actions.submit()}>
      ${t("submit")} <kbd>${t("enter")}</kbd>
    </button>
  </footer>`;
}

function undoButton(undoable: Undoable | undefined, { t }: Manner, actions: Actions): TemplateResult {
  const spent = undoable ? 1 - (undoable.until - Date.now()) / UNDO_WINDOW : 0;
  const ring = html`<svg class="ring" viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="6" opacity=".3" /><circle cx="8" cy="8" r="6" style="stroke-dashoffset:${37.7 * spent}" />
  </svg>`;
  return html`<button class="button undo" title=${t("undo_hint")} ?disabled=${!undoable} @click=${() => actions.undo()}>
    ${undoable ? ring : icon("undo")}${t("undo")} <kbd>Ctrl Z</kbd>
  </button>`;
}

/** One line, the most pressing thing first. It never moves anything. */
function status({ state, setAside }: Judged, { notice, reminder }: Said, manner: Manner): TemplateResult | string | typeof nothing {
  const { t } = manner;
  if (notice?.kind === "missing" || notice?.kind === "unsafe") {
    return html`<b class="problem">${noticeText(notice, manner)}</b>`;
  }
  const { refused } = setAside;
  if (refused.length > 0) {
    return html`<span class="warning" title=${refused.map((parcel) => refusalText(parcel, t)).join(" ")}>${icon("warning")}${t("not_counted", { n: refused.length })}</span>
      <button class="button small" @click=${() => void setAside.offerAgain()}>${t("offer_again")}</button>
      <button class="button small quiet" @click=${() => setAside.discard()}>${t("discard")}</button>`;
  }
  if (notice) {
    return html`<span class="said">${icon("check")}${noticeText(notice, manner)}</span>`;
  }
  if (reminder) {
    return reminder;
  }
  const { answers } = state.current!.draft;
  const sums = totals(state.protocol, answers);
  if (sums) {
    return html`<span class="sum">
      ${t("overall")}
      <span><i class="side a">A</i>${t("of", { n: sums.left, of: sums.of })}</span>
      <span><i class="side b">B</i>${t("of", { n: sums.right, of: sums.of })}</span>
    </span>`;
  }
  const open = missing(state.cells, answers).length;
  return open > 0 && open < state.cells.length ? t("left_to_answer", { n: open }) : nothing;
}
