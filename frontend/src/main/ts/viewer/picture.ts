import { type Box, levelFor, type Size, visiblePart } from "./geometry.js";

/** A decoded picture with its halved levels, so that a pane never reads more pixels than it shows. */
export class Picture implements Size {
  readonly width: number;
  readonly height: number;

  /** levels[0] is the picture itself, every further level half the one before it. */
  constructor(
    readonly levels: readonly ImageBitmap[],
    readonly transparent: boolean,
  ) {
    this.width = levels[0]!.width;
    this.height = levels[0]!.height;
  }

  /** Bytes of memory the levels take. */
  get bytes(): number {
    return this.levels.reduce((sum, level) => sum + level.width * level.height * 4, 0);
  }

  /** Draws the visible part of the picture; `drawn` is the box, in CSS pixels of the pane, that the whole picture covers. */
  draw(context: CanvasRenderingContext2D, drawn: Box, pane: Size, density: number): void {
    const pixels = (drawn.width / this.width) * density;
    const level = this.levels[levelFor(pixels, this.levels.length)]!;
    const visible = visiblePart(level, drawn, pane);
    if (!visible) {
      return;
    }
    const { part, at } = visible;
    context.imageSmoothingEnabled = pixels < 2 && Math.abs(pixels - 1) > 1e-3;
    context.imageSmoothingQuality = "medium";
    context.drawImage(level, part.x, part.y, part.width, part.height, at.x, at.y, at.width, at.height);
  }

  close(): void {
    this.levels.forEach((level) => level.close());
  }
}
