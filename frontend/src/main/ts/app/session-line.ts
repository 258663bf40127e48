import { html, nothing, type TemplateResult } from "lit";
import { address } from "../session/base.js";
import { Troubled } from "../session/failures.js";
import type { State } from "../session/state.js";
import { icon } from "./icons.js";
import type { Manner } from "./manner.js";
import { troubleText } from "./trouble.js";

type Shown = Pick<State, "phase" | "network" | "store" | "unsafe" | "sending" | "undelivered">;

/** Over everything, one line about what stands between the answers and the server: the most pressing thing alone. */
export function sessionLine(state: Shown, { t }: Manner, submit: () => void): TemplateResult | typeof nothing {
  const { phase, network, store, unsafe, undelivered } = state;
  if (phase === "other-account" || phase === "signed-out") {
    return nothing;
  }
  if (network === "signed-out") {
    return line(
      `${t("signed_out_line")} ${t(store.failing ? "keep_open" : "kept_here")}`,
      html`<a class="button small" href=${address("login")} target="_blank" router-ignore>${t("sign_in")}</a>
        <span class="faint">${t("signed_out_beside")}</span>`,
    );
  }
  if (unsafe) {
    const again = html`<button class="button small" @click=${() => submit()}>${t("retry")}</button>`;
    return line(t("unsafe_line"), state.sending ? html`<span role="status">${t("sending")}</span>` : again);
  }
  if (store.failing) {
    return line(t("unstored_line"), state.sending ? html`<span role="status">${t("sending")}</span>` : nothing);
  }
  if (undelivered instanceof Troubled && phase !== "unreachable") {
    return line(`${troubleText(undelivered, t)} ${t("kept_here")}`, nothing);
  }
  return nothing;
}

function line(text: string, action: TemplateResult | typeof nothing): TemplateResult {
  return html`<div class="session-line" role="alert">${icon("warning")}<b>${text}</b>${action}</div>`;
}
