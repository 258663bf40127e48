import { html, nothing, type TemplateResult } from "lit";
import type { Translate } from "../i18n/translate.js";
import type { Draft, Parcel } from "../outbox/parcel.js";
import type { Session } from "../session/session.js";
import type { SetAside } from "../session/set-aside.js";
import { written, writtenInList } from "./written.js";

/** Remembers what is about to be dismissed: a draft, or the refused judgements. */
export interface Asked {
  dismissing: string | undefined;
}

/** Answers whose lease was lost: each is gone on with, or dismissed on the annotator's word. */
export function setAsideList(session: Pick<Session, "state" | "setAside">, asked: Asked, t: Translate): TemplateResult | typeof nothing {
  const { setAside } = session;
  const cells = session.state.terms?.cells.length ?? 0;
  if (setAside.size === 0) {
    return nothing;
  }
  const { drafts, refused } = setAside;
  return html`<section class="set-aside" aria-labelledby="set-aside-title">
    <h3 id="set-aside-title">${t("drafts_kept")}</h3>
    ${drafts.length > 0 ? html`<p class="muted">${t("set_aside_text")}</p>` : nothing}
    <ol class="labels">
      ${drafts.map((draft) => row(setAside, draft, cells, asked, t))}
    </ol>
    ${refused.length > 0
      ? html`<div class="refused">
          <p>${t("not_counted", { n: refused.length })}.</p>
          <ul>
            ${refused.map(
              (parcel) =>
                html`<li>${written(parcel.draft.assignment.instruction)} <span class="muted">${refusalText(parcel, t)}</span></li>`,
            )}
          </ul>
          <div class="acts">
            <button class="button small" @click=${() => void setAside.offerAgain()}>${t("offer_again")}</button>
            ${certain(asked, t, "refused", () => setAside.discard())}
          </div>
        </div>`
      : nothing}
  </section>`;
}

function row(setAside: SetAside, draft: Draft, cells: number, asked: Asked, t: Translate): TemplateResult {
  const { left, source, right, instruction } = draft.assignment;
  const closed = setAside.isClosed(draft);
  return html`<li data-draft=${draft.id}>
    <div class="thumbs">${[left, source, right].map((image) => html`<img src=${image.thumbnail} alt="" loading="lazy" />`)}</div>
    ${writtenInList(instruction, t("instruction"))}
    <p class="faint">
      ${t("draft_state", { n: Object.keys(draft.answers).length, of: cells })}${draft.comment ? html` · ${written(draft.comment)}` : nothing}
    </p>
    ${closed ? html`<p class="muted">${t("draft_closed")}</p>` : nothing}
    <div class="acts">
      ${closed
        ? nothing
        : html`<button class="button small" @click=${() => void setAside.reopen(draft)}>${t("draft_reopen")}</button>`}
      ${certain(asked, t, draft.id, () => setAside.dismiss(draft))}
    </div>
  </li>`;
}

/** Asks once more before something is forgotten. */
function certain(asked: Asked, t: Translate, id: string, forget: () => void): TemplateResult {
  if (asked.dismissing !== id) {
    return html`<button class="button small quiet" @click=${() => (asked.dismissing = id)}>${t("discard")}</button>`;
  }
  return html`<span class="certain" role="group" aria-label=${t("discard_certain")}>
    <span>${t("discard_certain")}</span>
    <button
      class="button small"
      @click=${() => {
        asked.dismissing = undefined;
        forget();
      }}
    >
      ${t("discard")}
    </button>
    <button class="button small quiet" @click=${() => (asked.dismissing = undefined)}>${t("keep")}</button>
  </span>`;
}

/** Why the server did not take a judgement: in its own words, where it said something. */
export function refusalText({ refused, words }: Parcel, t: Translate): string {
  if (refused === "lease_lost") {
    return t("not_counted_hint");
  }
  const status = /^error_(\d+)$/.exec(refused ?? "")?.[1];
  return status === undefined ? (words ?? t("not_counted_refused", { code: refused ?? "" })) : t("not_counted_error", { status });
}
