import { html, type TemplateResult } from "lit";

/**
 * Renders the small part of Markdown that guidelines use: headings, paragraphs, lists, **strong**, *emphasis*, `code`.
 * Everything else is text; no HTML of the document ever reaches the page.
 */
export function markdown(text: string): TemplateResult[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .flatMap((block) => blocksOf(block));
}

function blocksOf(block: string): TemplateResult[] {
  const lines = block.split("\n").map((line) => line.trim());
  const heading = /^(#{1,4})\s+(.*)$/.exec(lines[0] ?? "");
  if (heading) {
    const rest = lines.slice(1).join("\n");
    return [html`<h3>${inline(heading[2]!)}</h3>`, ...(rest ? blocksOf(rest) : [])];
  }
  if (lines.every((line) => /^[-*]\s+/.test(line))) {
    return [html`<ul>${lines.map((line) => html`<li>${inline(line.replace(/^[-*]\s+/, ""))}</li>`)}</ul>`];
  }
  if (lines.every((line) => /^\d+\.\s+/.test(line))) {
    return [html`<ol>${lines.map((line) => html`<li>${inline(line.replace(/^\d+\.\s+/, ""))}</li>`)}</ol>`];
  }
  return [html`<p>${inline(lines.join(" "))}</p>`];
}

function inline(text: string): (TemplateResult | string)[] {
  return text.split(/(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/).map((part) => {
    if (/^\*\*.+\*\*$/.test(part)) {
      return html`<strong>${part.slice(2, -2)}</strong>`;
    }
    if (/^\*.+\*$/.test(part)) {
      return html`<em>${part.slice(1, -1)}</em>`;
    }
    return /^`.+`$/.test(part) ? html`<code>${part.slice(1, -1)}</code>` : part;
  });
}
