/** A value of a file of values: numbers as they are, nothing where there is none. */
export type Value = string | number | null | undefined;

const FORMULA = /^[=+\-@\t\r]/;
const DRAWN = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'font', 'text-anchor'];
/** Pixels of a picture for each on the screen: sharp in print. */
const SHARP = 2;

/** Rows as comma-separated values. What people wrote cannot start a formula in a spreadsheet. */
export function csv(columns: string[], rows: Value[][]): string {
  return [columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

function cell(value: Value): string {
  if (value == null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A drawing that stands by itself: with the colours and letters that it has on the page, on the page's ground. */
export function standalone(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const [shown, copied] = [drawing.querySelectorAll('*'), copy.querySelectorAll('*')];
  shown.forEach((element, place) => {
    const style = getComputedStyle(element);
    copied[place]!.setAttribute('style', DRAWN.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';'));
    if (element instanceof SVGTextElement) keepLength(copied[place]!, element.getComputedTextLength());
  });
  const { width, height } = drawing.getBoundingClientRect();
  return framed(copy, width, height, getComputedStyle(document.documentElement).getPropertyValue('--font'), ground(drawing));
}

/** Where the file is opened the face may be another: text keeps its room. */
function keepLength(text: Element, length: number): void {
  if (length <= 0) return;
  text.setAttribute('textLength', String(length));
  text.setAttribute('lengthAdjust', 'spacingAndGlyphs');
}

/** A table of coloured cells as a drawing. */
export function drawn(table: HTMLTableElement): string {
  const frame = table.getBoundingClientRect();
  const copy = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const shown of table.querySelectorAll<HTMLElement>('th, td')) {
    const place = shown.getBoundingClientRect();
    const style = getComputedStyle(shown);
    const box = document.createElementNS(copy.namespaceURI, 'rect');
    for (const [name, value] of Object.entries({ x: place.x - frame.x, y: place.y - frame.y, width: place.width, height: place.height }))
      box.setAttribute(name, String(value));
    box.setAttribute('fill', style.backgroundColor);
    const text = document.createElementNS(copy.namespaceURI, 'text');
    const start = style.textAlign === 'right' || style.textAlign === 'end' ? place.right - 8 : place.x + place.width / 2;
    text.setAttribute('x', String(start - frame.x));
    text.setAttribute('y', String(place.y - frame.y + place.height / 2 + 4));
    text.setAttribute('style', `fill:${style.color};font:${style.font};text-anchor:${start === place.right - 8 ? 'end' : 'middle'}`);
    const whole = shown.innerText.trim();
    const words = document.createRange();
    words.selectNodeContents(shown);
    const length = words.getBoundingClientRect().width;
    const room = place.width - 6;
    // what the page cuts is cut here
    text.textContent = length > room ? `${[...whole].slice(0, Math.max(1, Math.floor(([...whole].length * room) / length) - 1)).join('')}\u2026` : whole;
    if (whole && !shown.querySelector('button')) keepLength(text, Math.min(length, room));
    copy.append(box, text);
  }
  return framed(copy as SVGSVGElement, frame.width, frame.height, '', ground(table));
}

function ground(element: Element): string {
  return getComputedStyle(element).getPropertyValue('--surface').trim() && colour(element, 'var(--surface)');
}

/** What a colour of the tokens is here and now. */
function colour(element: Element, token: string): string {
  const probe = element.parentNode!.appendChild(document.createElement('i'));
  probe.style.color = token;
  const now = getComputedStyle(probe).color;
  probe.remove();
  return now;
}

function framed(drawing: SVGSVGElement, width: number, height: number, font: string, background: string): string {
  const margin = 12;
  drawing.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  drawing.setAttribute('width', String(width + 2 * margin));
  drawing.setAttribute('height', String(height + 2 * margin));
  drawing.setAttribute('viewBox', `${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`);
  drawing.setAttribute('style', `background:${background};font-family:${font.replaceAll('"', "'")}`);
  return new XMLSerializer().serializeToString(drawing);
}

/** The drawing as a picture of points. */
export async function png(drawing: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * SHARP;
  canvas.height = image.height * SHARP;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))), 'image/png'),
  );
}

/** Hands a file over to the person. */
export function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A name for a file, of what a chart says. */
export function fileName(finding: string): string {
  const words = finding.normalize('NFKC').replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '');
  return words.slice(0, 60).toLowerCase() || 'chart';
}
