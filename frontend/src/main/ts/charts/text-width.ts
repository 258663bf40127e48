const pen = document.createElement('canvas').getContext('2d');

/** The width of the widest of some texts, in pixels; 0 of none. */
export function widest(texts: string[], size: number, weight = 400): number {
  if (!pen) return 0;
  const family = getComputedStyle(document.documentElement).getPropertyValue('--font') || 'sans-serif';
  pen.font = `${weight} ${size}px ${family}`;
  return Math.max(0, ...texts.map((text) => pen.measureText(text).width));
}
