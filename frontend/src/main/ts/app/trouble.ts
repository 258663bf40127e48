import type { Translate } from "../i18n/translate.js";
import type { Troubled, Undelivered } from "../session/failures.js";

/** What is wrong with the server, or with what answers in its place. */
export function troubleText({ status }: Troubled & Undelivered, t: Translate): string {
  return status === 0 ? t("trouble_stranger") : t("trouble_server", { status });
}
