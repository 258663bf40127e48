import type { Translate } from "../i18n/translate.js";
import type { EvidenceSide } from "../contract/evidence.js";

/** Mean change (CIE94) from which on a leak is said to be clear, or strong. */
const CLEAR = 6;
const STRONG = 12;

/** What was measured on one edit, as a sentence. */
export function evidenceText(side: EvidenceSide, t: Translate): string {
  if (side.leak === null) {
    return t(`evidence_${side.reason ?? "unreadable"}`);
  }
  const touched = t("evidence_touched", { percent: percent(side.touched ?? 0), n: side.parts ?? 1 });
  if (side.leak < 0.0005) {
    return `${touched} ${t("evidence_no_leak")}`;
  }
  const strength = side.strength ?? 0;
  const how = t(strength >= STRONG ? "strongly" : strength >= CLEAR ? "clearly" : "faintly");
  return `${touched} ${t("evidence_leak", { percent: percent(side.leak), how })}`;
}

function percent(share: number): string {
  const value = share * 100;
  return value >= 10 ? value.toFixed(0) : value.toFixed(1);
}
