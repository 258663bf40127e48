import { svg, html, type TemplateResult } from "lit";

const PATHS = {
  book: "M3 2.5h7.5A2.5 2.5 0 0 1 13 5v8.5H5A2 2 0 0 1 3 11.5zM3 11.5a2 2 0 0 1 2-2h8",
  keyboard: "M1.5 4h13v8h-13zM4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M5 9.5h6",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9",
  undo: "M5 3L2 6l3 3M2 6h7.5a4 4 0 0 1 0 8H6",
  skip: "M3 3.5l6 4.5-6 4.5zM12.5 3.5v9",
  flag: "M3.5 14V2.5M3.5 3h8.5l-2 3 2 3H3.5",
  comment: "M2 3h12v8H7l-3 2.8V11H2z",
  check: "M3 8.5l3.2 3.2L13 4.8",
  close: "M4 4l8 8M12 4l-8 8",
  warning: "M8 2.2l6.2 11H1.8zM8 6.5v3M8 11.5h.01",
  cloud: "M4.5 12.5a3 3 0 0 1-.3-6 4 4 0 0 1 7.7.8 2.6 2.6 0 0 1-.3 5.2z",
  cloud_off: "M4.5 12.5a3 3 0 0 1-.3-6M6 4a4 4 0 0 1 5.9 3.3 2.6 2.6 0 0 1 1 4.7M2 2l12 12",
  "side-by-side": "M1.5 3.5h3.7v9H1.5zM6.2 3.5h3.7v9H6.2zM10.9 3.5h3.6v9h-3.6z",
  swipe: "M2 3.5h12v9H2zM8 2v12M6 8H4.5M10 8h1.5",
  blink: "M2 4.5h8.5v8.5H2zM5.5 4.5V2.5H14V10h-3.5",
  difference: "M2 3.5h12v9H2zM5 9.5h.01M7 7.5h.01M9 10h.01M7.5 9.5h.01M9.5 7.5h.01M11 6h.01",
  lens: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3L14 14",
  evidence: "M5.5 6h5v4h-5zM2 3.5h.01M5 3.5h.01M8 3.5h.01M11 3.5h.01M14 3.5h.01M2 12.5h.01M5 12.5h.01M8 12.5h.01M11 12.5h.01M14 12.5h.01M2 6.5h.01M2 9.5h.01M14 6.5h.01M14 9.5h.01",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  list: "M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01",
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${svg`<path d=${PATHS[name]} />`}</svg>`;
}

export const brand = html`<svg viewBox="0 0 22 22" aria-hidden="true">
  <rect x="1" y="3" width="9" height="16" rx="1.5" fill="none" stroke="currentColor" stroke-width="2" />
  <rect x="12" y="3" width="9" height="16" rx="1.5" fill="currentColor" stroke="currentColor" stroke-width="2" />
</svg>`;
