import { html, nothing, type TemplateResult } from "lit";
import type { Translate } from "../i18n/translate.js";
import { address } from "../session/base.js";
import { Troubled, type Undelivered } from "../session/failures.js";
import type { AnnotationWorkspace } from "./annotation-workspace.js";
import { icon } from "./icons.js";

/** Over everything, one line about what stands between the answers and the server: the most pressing thing alone. */
export function sessionLine(workspace: AnnotationWorkspace): TemplateResult | typeof nothing {
  const { session, t } = workspace;
  if (session.phase === "other-account" || session.phase === "signed-out") {
    return nothing;
  }
  if (session.network === "signed-out") {
    return line(
      `${t("signed_out_line")} ${t(session.database.failing ? "keep_open" : "kept_here")}`,
      html`<a class="button small" href=${address("login")} target="_blank" router-ignore>${t("sign_in")}</a>
        <span class="faint">${t("signed_out_beside")}</span>`,
    );
  }
  if (session.judging.unsafe) {
    const again = html`<button class="button small" @click=${() => workspace.submit()}>${t("retry")}</button>`;
    return line(t("unsafe_line"), session.judging.sending ? html`<span role="status">${t("sending")}</span>` : again);
  }
  if (session.database.failing) {
    return line(t("unstored_line"), session.judging.sending ? html`<span role="status">${t("sending")}</span>` : nothing);
  }
  const { failing } = session;
  if (failing instanceof Troubled && session.phase !== "unreachable") {
    return line(`${troubleText(failing, t)} ${t("kept_here")}`, nothing);
  }
  return nothing;
}

/** What is wrong with the server, or with what answers in its place. */
export function troubleText({ status }: Troubled & Undelivered, t: Translate): string {
  return status === 0 ? t("trouble_stranger") : t("trouble_server", { status });
}

function line(text: string, action: TemplateResult | typeof nothing): TemplateResult {
  return html`<div class="session-line" role="alert">${icon("warning")}<b>${text}</b>${action}</div>`;
}
