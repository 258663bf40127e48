import { html, type TemplateResult } from "lit";
import type { Key } from "../i18n/dictionary.js";
import { clock } from "../i18n/translate.js";
import { trainingPage } from "../training/training-page.js";
import type { AnnotationWorkspace } from "./annotation-workspace.js";
import "./change-reader.js";

interface Action {
  readonly text: Key;
  readonly href?: string;
  readonly act?: () => void;
}

/** What the stage says when there is no pair to judge; undefined while there is one. */
export function vacancy(workspace: AnnotationWorkspace): TemplateResult | undefined {
  const { session, t } = workspace;
  const home: Action = { text: "to_campaigns", href: "/" };
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
      return state("elsewhere_title", t("elsewhere_text"), { text: "work_here", act: () => session.takeOver() });
    case "signed-out":
      return state("signed_out_title", t("signed_out_text"), { text: "sign_in", href: `/login` });
    case "forbidden":
      return state("forbidden_title", t("forbidden_text"), home);
    case "unreachable":
      return state("unreachable_title", t("unreachable_text"), { text: "retry", act: () => session.tryNow() });
    case "no-store":
      return state("no_store_title", t("no_store_text"), home);
    case "empty":
      return empty();
    case "working":
      return session.current?.lost ? lost() : undefined;
  }

  function empty(): TemplateResult {
    const again: Action = { text: "look_again", act: () => session.look() };
    if (session.empty === "paused") {
      return state("paused_title", t("paused_text"), again);
    }
    if (session.empty === "skipped_by_you") {
      return state("nothing_waiting", `${t("skipped_by_you")}${done()}`, { text: "my_work", act: () => workspace.toggle("my_work") }, again, home);
    }
    return state("nothing_waiting", `${t(session.empty === "all_labelled" ? "all_labelled" : "held_by_others")}${done()}`, again, home);
  }

  function done(): string {
    const { judged, active } = session.judging.tally;
    return judged > 0 ? ` ${t("session_done", { n: judged, time: clock(active / 1000) })}` : "";
  }

  function lost(): TemplateResult {
    const next: Action = { text: "next_pair", act: () => session.setAside.passOn() };
    return session.current!.lost === "complete"
      ? state("complete_title", t("complete_text"), next)
      : state("lost_title", t("lost_text"), { text: "ask_again", act: () => void session.renew() }, next);
  }

  function state(title: Key, text: string, ...actions: Action[]): TemplateResult {
    return html`<div class="vacancy" role="status">
      <h2>${t(title)}</h2>
      <p>${text}</p>
      <div class="acts">
        ${actions.map((action) =>
          action.href
            ? html`<a class="button" href=${action.href} router-ignore>${t(action.text)}</a>`
            : html`<button class="button" @click=${action.act}>${t(action.text)}</button>`,
        )}
      </div>
    </div>`;
  }
}
