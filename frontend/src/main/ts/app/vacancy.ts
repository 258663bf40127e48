import { html, type TemplateResult } from "lit";
import type { Key } from "../i18n/dictionary.js";
import { clock } from "../i18n/translate.js";
import { address } from "../session/base.js";
import { Troubled } from "../session/failures.js";
import type { Session } from "../session/session.js";
import type { Actions } from "./actions.js";
import "./change-reader.js";
import type { Manner } from "./manner.js";
import { troubleText } from "./trouble.js";

interface Action {
  readonly text: Key;
  readonly href?: string;
  /** Opens beside this page, which stays. */
  readonly beside?: boolean;
  readonly words?: Readonly<Record<string, string>>;
  readonly act?: () => void;
}

/** What the stage says when there is no pair to judge; undefined while there is one, and in the training. */
export function vacancy(session: Session, { t, language }: Manner, actions: Actions): TemplateResult | undefined {
  const { state: known } = session;
  const { tally, outgoing } = known;
  const home: Action = { text: "to_campaigns", href: address("") };
  const name = session.profile.name;
  switch (known.phase) {
    case "loading":
      return html`<div class="vacancy loading" role="status">${t("loading")}</div>`;
    case "reading":
      return html`<change-reader
        .change=${known.versions.change}
        .language=${language}
        @confirm=${() => void session.confirmChange()}
      ></change-reader>`;
    case "elsewhere":
      return state(t("elsewhere_title"), t("elsewhere_text"), { text: "work_here", act: () => session.takeOver() });
    case "signed-out":
      return state(t("signed_out_title"), t("signed_out_text"), { text: "sign_in", href: address("login") });
    case "other-account":
      return state(
        t("other_account_title", { name: session.intruder }),
        t("other_account_text", { name }),
        { text: "sign_in_as", words: { name }, href: address("login"), beside: true },
        { text: "go_on_as", words: { name: session.intruder }, act: () => window.location.reload() },
      );
    case "forbidden":
      return state(t("forbidden_title"), t("forbidden_text"), home);
    case "unreachable":
      return unreachable();
    case "empty":
      return empty();
    case "training":
      return undefined;
    case "working":
      return known.current?.lost ? lost(known.current.lost) : undefined;
  }

  function unreachable(): TemplateResult {
    const again: Action = { text: "retry", act: () => session.tryNow() };
    const { undelivered } = known;
    if (undelivered instanceof Troubled) {
      return state(troubleText(undelivered, t), t("unreachable_text"), again);
    }
    return tally.judged > 0 || outgoing.waiting > 0
      ? state(t("used_up_title"), t("used_up_text", { n: outgoing.waiting }), again)
      : state(t("unreachable_title"), t("unreachable_text"), again);
  }

  function empty(): TemplateResult {
    const again: Action = { text: "look_again", act: () => void session.look() };
    const why = known.stock?.empty;
    if (why === "paused") {
      return state(t("paused_title"), t("paused_text"), again);
    }
    if (why === "you_are_paused") {
      const mine: Action = { text: "my_figures", href: address(`my-figures/${known.campaign}`) };
      return state(t("you_are_paused_title"), t("you_are_paused_text"), mine, again, home);
    }
    if (why === "closed") {
      return state(t("closed_title"), t("closed_text"), home);
    }
    if (why === "skipped_by_you") {
      const own: Action = { text: "my_work", act: () => actions.toggle("my_work") };
      return state(t("nothing_waiting"), t("skipped_by_you") + done(), own, again, home);
    }
    return state(t("nothing_waiting"), t(why === "all_labelled" ? "all_labelled" : "held_by_others") + done(), again, home);
  }

  function done(): string {
    const { judged, active } = tally;
    return judged > 0 ? ` ${t("session_done", { n: judged, time: clock(active / 1000) })}` : "";
  }

  function lost(why: "expired" | "complete" | "out" | "paused"): TemplateResult {
    const next: Action = { text: "next_pair", act: () => session.setAside.passOn() };
    if (why === "out") {
      return state(t("out_title"), t("out_text"), next);
    }
    if (why === "paused") {
      return state(t("withheld_title"), t("withheld_text"), next);
    }
    return why === "complete"
      ? state(t("complete_title"), t("complete_text"), next)
      : state(t("lost_title"), t("lost_text"), { text: "ask_again", act: () => void session.renew() }, next);
  }

  function state(title: string, text: string, ...actions: Action[]): TemplateResult {
    return html`<div class="vacancy" role="status">
      <h2 aria-level="1">${title}</h2>
      <p>${text}</p>
      <div class="acts">
        ${actions.map((action) =>
          action.href
            ? html`<a class="button" href=${action.href} target=${action.beside ? "_blank" : "_self"} router-ignore>${t(action.text, action.words)}</a>`
            : html`<button class="button" @click=${action.act}>${t(action.text, action.words)}</button>`,
        )}
      </div>
    </div>`;
  }
}
