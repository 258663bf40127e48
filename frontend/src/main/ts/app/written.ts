import { html, type TemplateResult } from "lit";

/**
 * What somebody wrote (an instruction, a category, a comment, a name), as they wrote it: with its lines, in its own
 * direction, in a language that is not known. A page translator leaves it alone, and were one to change it nevertheless, the
 * next text would replace whatever it put there. The styles are those of `.written`.
 */
export function written(text: string, classes = ""): TemplateResult {
  return html`<span class="written ${classes}" dir="auto" lang="" translate="no" .textContent=${lines(text)}></span>`;
}

/** The same in a list, where a long one scrolls inside its own place. */
export function writtenInList(text: string, label: string): TemplateResult {
  const long = text.length > LONG || text.split("\n").length > 6;
  return long
    ? html`<div class="scroller-in-list" tabindex="0" role="group" aria-label=${label}>${written(text)}</div>`
    : html`<p>${written(text)}</p>`;
}

/** Characters that fill about six lines of a list. */
const LONG = 300;

/** Every kind of line end as the one that browsers break at. */
export function lines(text: string): string {
  return text.replace(/\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g, "\n");
}
