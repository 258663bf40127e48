import { overlayPixels } from "../../main/ts/viewer/overlay.js";
import { evidenceText } from "../../main/ts/app/evidence-text.js";
import { translator } from "../../main/ts/i18n/translate.js";
import type { EvidenceSide } from "../../main/ts/contract/evidence.js";
import { equal, test } from "./check.js";

test("an overlay outlines the touched region and colours what changed outside it", () => {
  const side = 12;
  const map = new Uint8Array(side * side);
  for (let y = 3; y < 9; y++) {
    map.fill(255, y * side + 3, y * side + 9);
  }
  map[0] = 12;
  map[1] = 254;
  const pixels = overlayPixels(map, side, side);
  const at = (x: number, y: number) => [...pixels.slice((y * side + x) * 4, (y * side + x) * 4 + 4)];
  equal(at(3, 5), [255, 255, 255, 255], "the edge is white");
  equal(at(2, 5), [0, 0, 0, 255], "with black around");
  equal(at(5, 5)[3], 0, "the middle stays free");
  equal(at(11, 11)[3], 0, "what did not change stays free");
  equal(at(0, 0)[3]! > 0 && at(1, 0)[3]! > 0, true);
  equal(at(1, 0)[1]! > at(0, 0)[1]!, true, "more change is lighter");
});

test("evidence is said in words, also when there is no number", () => {
  const t = translator("en");
  const side: EvidenceSide = { leak: 0.123, strength: 4, touched: 0.05, parts: 2, reason: null, overlay: "/o" };
  equal(evidenceText(side, t), "Edited: 5.0% of the picture in 2 places. Outside it 12% changed, faintly.");
  equal(evidenceText({ ...side, leak: 0, parts: 1 }, t), "Edited: 5.0% of the picture. Outside it nothing changed.");
  equal(evidenceText({ ...side, leak: 0.02, strength: 13, parts: 1 }, t), "Edited: 5.0% of the picture. Outside it 2.0% changed, strongly.");
  for (const reason of ["pending", "whole_picture", "no_region", "unchanged", "unreadable"] as const) {
    equal(evidenceText({ ...side, leak: null, reason }, t), t(`evidence_${reason}`));
  }
});
