import { html, type TemplateResult } from "lit";
import type { Key } from "../i18n/dictionary.js";
import { clock } from "../i18n/translate.js";
import { address } from "../session/base.js";
import { Troubled } from "../session/failures.js";
import { trainingPage } from "../training/training-page.js";
import type { AnnotationWorkspace } from "./annotation-workspace.js";
import "./change-reader.js";
import { troubleText } from "./session-line.js";

interface Action {
  readonly text: Key;
  readonly href?: string;
  /** Opens beside this page, which stays. */
  readonly beside?: boolean;
  readonly words?: Readonly<Record<string, string>>;
  readonly act?: () => void;
}

/** What the stage says when there is no pair to judge; undefined while there is one. */
export function vacancy(workspace: AnnotationWorkspace): TemplateResult | undefined {
  const { session, t } = workspace;
  const home: Action = { text: "to_campaigns", href: address("") };
  const name = session.profile.name;
  switch (session.phase) {
    case "loading":
      return html`<div class="vacancy loading" role="status">${t("loading")}</div>`;
    case "reading":
      return html`<change-reader
        .change=${session.versions.change}
        .language=${workspace.language}
        @confirm=${() => void session.confirmChange()}
      ></change-reader>`;
    case "training":
      return trainingPage(workspace, session.training!);
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
    case "working":
      return session.current?.lost ? lost() : undefined;
  }

  function unreachable(): TemplateResult {
    const again: Action = { text: "retry", act: () => session.tryNow() };
    const { failing } = session;
    if (failing instanceof Troubled) {
      return state(troubleText(failing, t), t("unreachable_text"), again);
    }
    return session.judging.tally.judged > 0 || session.queued > 0
      ? state(t("used_up_title"), t("used_up_text", { n: session.queued }), again)
      : state(t("unreachable_title"), t("unreachable_text"), again);
  }

  function empty(): TemplateResult {
    const again: Action = { text: "look_again", act: () => session.look() };
    if (session.empty === "paused") {
      return state(t("paused_title"), t("paused_text"), again);
    }
    if (session.empty === "closed") {
      return state(t("closed_title"), t("closed_text"), home);
    }
    if (session.empty === "skipped_by_you") {
      const own: Action = { text: "my_work", act: () => workspace.toggle("my_work") };
      return state(t("nothing_waiting"), t("skipped_by_you") + done(), own, again, home);
    }
    return state(t("nothing_waiting"), t(session.empty === "all_labelled" ? "all_labelled" : "held_by_others") + done(), again, home);
  }

  function done(): string {
    const { judged, active } = session.judging.tally;
    return judged > 0 ? ` ${t("session_done", { n: judged, time: clock(active / 1000) })}` : "";
  }

  function lost(): TemplateResult {
    const next: Action = { text: "next_pair", act: () => session.setAside.passOn() };
    return session.current!.lost === "complete"
      ? state(t("complete_title"), t("complete_text"), next)
      : state(t("lost_title"), t("lost_text"), { text: "ask_again", act: () => void session.renew() }, next);
  }

  function state(title: string, text: string, ...actions: Action[]): TemplateResult {
    return html`<div class="vacancy" role="status">
      <h2>${title}</h2>
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
