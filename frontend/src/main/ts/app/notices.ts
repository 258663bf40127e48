import { localized } from "../answer/protocol.js";
import type { Key } from "../i18n/dictionary.js";
import type { Notice } from "../session/notice.js";
import type { Manner } from "./manner.js";

/** A notice in words. */
export function noticeText(notice: Notice, { t, language }: Pick<Manner, "t" | "language">): string {
  switch (notice.kind) {
    case "back-online":
      return t("notice_back_online", { n: notice.sent });
    case "missing": {
      const { dimension, side } = notice.cell;
      const name = localized(dimension.short, language).toLowerCase();
      return t("answer_first", { dimension: side ? `${name} ${side === "left" ? "A" : "B"}` : name });
    }
    default:
      return t(`notice_${notice.kind.replace("-", "_")}` as Key);
  }
}
