import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { caption, noteOf, paneName } from "./captions.js";
import {
  type Box,
  clampView,
  fittedView,
  panBy,
  type Point,
  scaleOf,
  shownPart,
  type Size,
  toFrame,
  type View,
  type Viewport,
  zoomAt,
  zoomForPixels,
} from "./geometry.js";
import { HeatMaps } from "./heat-maps.js";
import { type Inks, paintPane } from "./painter.js";
import { PaneView } from "./pane-view.js";
import type { Picture } from "./picture.js";
import { pictures } from "./picture-store.js";
import type { Comparison, Mode, Overlays, PaneKind, Scene, Which } from "./scene.js";
import { paneKinds } from "./panes.js";
import { swipeHandle } from "./swipe-handle.js";
import { viewerStyles } from "./viewer-styles.js";
import { ENGLISH, type ViewerWords } from "./viewer-words.js";

const WHICH: readonly Which[] = ["source", "a", "b"];

/** What the view looks like now; detail of `view-change`. */
export interface ViewState {
  /** Device pixels per source pixel, in percent. */
  readonly percent: number;
  readonly zoom: number;
  readonly fitted: boolean;
  /** The part of the frame that the panes show, in shares of it; absent while they show all of it. */
  readonly shown?: Box;
}

/**
 * A source picture and two edits of it, seen through one shared view.
 *
 * Properties: `source`, `a`, `b` (addresses; no `b` when there is one edit), `mode`, `pair` (what swipe and blink compare), `threshold` (CIEDE2000),
 * `swipe` (0..1), `lens`, `order` ("middle" or "left": where the source is), `held` (show the other picture in place),
 * `overlays` (maps laid over the edits), `remarks` (a line of text for each edit, beside them), `words`.
 * Events: `view-change` (ViewState), `image-error` ({which}), `pair-painted` (all three pictures of a new pair are on the
 * screen), `swipe-change` ({swipe}).
 */
export class PairViewer extends LitElement {
  static override styles = viewerStyles;
  static override properties = {
    source: {},
    a: {},
    b: {},
    mode: {},
    pair: {},
    threshold: { type: Number },
    swipe: { type: Number },
    lens: { type: Boolean },
    order: {},
    held: { type: Boolean },
    overlays: { attribute: false },
    remarks: { attribute: false },
    words: { attribute: false },
  };
  declare source: string;
  declare a: string;
  declare b: string;
  declare mode: Mode;
  declare pair: Comparison;
  declare threshold: number;
  declare swipe: number;
  declare lens: boolean;
  declare order: "middle" | "left";
  declare held: boolean;
  declare overlays: Overlays | undefined;
  declare remarks: Readonly<Record<"a" | "b", string>> | undefined;
  declare words: ViewerWords;

  private loaded: Partial<Record<Which, Picture>> = {};
  private view: View = { zoom: 1, x: 0, y: 0 };
  private hovered: Point | undefined;
  private panes: PaneView[] = [];
  private inks: Inks | undefined;
  private painting = 0;
  /** All three pictures of the current pair are on the screen. */
  painted = false;
  private readonly heat = new HeatMaps(() => this.repaint());
  private readonly sizes = new ResizeObserver(() => this.resized());

  constructor() {
    super();
    this.source = "";
    this.a = "";
    this.b = "";
    this.mode = "side-by-side";
    this.pair = "each";
    this.threshold = 6;
    this.swipe = 0.5;
    this.lens = false;
    this.order = "middle";
    this.held = false;
    this.words = ENGLISH;
  }

  // ---- the view, for buttons and keys outside

  fit(): void {
    this.look(fittedView(this.frame));
  }

  /** Shows every source pixel as the given number of device pixels. */
  pixels(count: number): void {
    const viewport = this.viewport();
    if (viewport) {
      this.look(clampView({ ...this.view, zoom: zoomForPixels(count, viewport) }, viewport));
    }
  }

  zoomBy(factor: number): void {
    const viewport = this.viewport();
    if (viewport) {
      this.look(zoomAt({ x: viewport.pane.width / 2, y: viewport.pane.height / 2 }, factor, this.view, viewport));
    }
  }

  /** Tries to load the pictures again after `image-error`. */
  retry(): void {
    WHICH.forEach((which) => this.load(which));
  }

  // ---- life

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.panes.forEach((pane) => pane.disconnect());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.panes.forEach((pane) => this.sizes.observe(pane.element));
  }

  protected override willUpdate(changed: PropertyValues): void {
    const pair = WHICH.filter((which) => changed.has(which));
    if (pair.length > 0) {
      pictures.show(WHICH.map((which) => this[which]).filter((url) => url !== ""));
      pair.forEach((which) => this.load(which));
      this.painted = false;
      this.view = fittedView(this.frame);
      this.hovered = undefined;
      this.announce();
    }
  }

  protected override render(): TemplateResult {
    const kinds = paneKinds(this.mode, this.pair, this.order === "left", this.b === "");
    return html`<div class="panes ${this.lens ? "magnified" : ""}">
      ${kinds.map(
        (kind) => html`<div class="column">
          ${caption(kind, this.mode, this.held, this.words)}
          <div
            class="pane"
            data-kind=${kind}
            tabindex="0"
            role=${this.mode === "swipe" ? "group" : "img"} aria-label="${paneName(kind, this.words)}. ${this.words.help}"
          >
            <canvas></canvas>
            ${this.mode === "swipe" ? swipeHandle(() => this.swipe, this.words.swipe, (to) => this.moveSwipe(to)) : nothing}
          </div>
        </div>`,
      )}
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    const fewer = changed.has("b") && (this.b === "") !== ((changed.get("b") ?? "") === "");
    if (changed.has("mode") || changed.has("pair") || changed.has("order") || fewer) {
      this.rebuild();
      this.dispatchEvent(new CustomEvent("viewed-mode", { detail: { mode: this.mode, pair: this.pair } }));
    }
    this.repaint();
  }

  private rebuild(): void {
    this.panes.forEach((pane) => pane.disconnect());
    this.sizes.disconnect();
    const actions = {
      zoomAt: (at: Point, factor: number) => this.change((view, viewport) => zoomAt(at, factor, view, viewport)),
      pan: (dx: number, dy: number) => this.change((view, viewport) => panBy(dx, dy, view, viewport)),
      zoomBy: (factor: number) => this.zoomBy(factor),
      fit: () => this.fit(),
      hover: (at: Point | undefined) => this.hover(at),
    };
    this.panes = [...this.renderRoot.querySelectorAll<HTMLElement>(".pane")].map((element) => new PaneView(element, actions));
    this.panes.forEach((pane) => this.sizes.observe(pane.element));
  }

  // ---- pictures

  private get frame(): Size {
    return this.loaded.source ?? this.loaded.a ?? this.loaded.b ?? { width: 4, height: 3 };
  }

  private load(which: Which): void {
    const url = this[which];
    const ready = url === "" ? undefined : pictures.peek(url);
    this.loaded = { ...this.loaded, [which]: ready };
    if (ready || url === "") {
      return;
    }
    pictures.get(url).then(
      (picture) => {
        if (this[which] !== url) {
          return;
        }
        const framed = this.frame;
        this.loaded = { ...this.loaded, [which]: picture };
        if (this.frame.width !== framed.width || this.frame.height !== framed.height) {
          this.fit();
        }
        this.announce();
        this.repaint();
      },
      () => {
        if (this[which] === url) {
          this.dispatchEvent(new CustomEvent("image-error", { detail: { which } }));
        }
      },
    );
  }

  // ---- the view

  private viewport(): Viewport | undefined {
    const size = this.panes[0]?.size;
    return size && size.width > 0 && size.height > 0
      ? { frame: this.frame, pane: size, density: window.devicePixelRatio || 1 }
      : undefined;
  }

  private change(next: (view: View, viewport: Viewport) => View): void {
    const viewport = this.viewport();
    if (viewport) {
      this.look(next(this.view, viewport));
    }
  }

  private look(view: View): void {
    this.view = view;
    this.announce();
    this.repaint();
  }

  private announce(): void {
    const viewport = this.viewport();
    if (viewport && WHICH.some((which) => this.loaded[which])) {
      const detail: ViewState = {
        percent: Math.round(scaleOf(this.view, viewport) * viewport.density * 100),
        zoom: this.view.zoom,
        fitted: Math.abs(this.view.zoom - 1) < 0.005,
        ...(this.view.zoom > 1.01 ? { shown: shownPart(this.view, viewport) } : {}),
      };
      this.dispatchEvent(new CustomEvent("view-change", { detail }));
    }
  }

  private resized(): void {
    this.panes.forEach((pane) => pane.measure());
    const viewport = this.viewport();
    if (viewport) {
      this.view = clampView(this.view, viewport);
      this.announce();
      // in the observer's own frame, so that a resized canvas is never seen empty
      this.paint();
    }
  }

  private hover(at: Point | undefined): void {
    const viewport = this.viewport();
    if (this.lens && viewport) {
      this.hovered = at && toFrame(at, this.view, viewport);
      this.repaint();
    }
  }

  // ---- painting

  private repaint(): void {
    this.painting ||= requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    cancelAnimationFrame(this.painting);
    this.painting = 0;
    const viewport = this.viewport();
    if (!viewport) {
      return;
    }
    this.inks ??= this.readInks();
    if (this.mode === "difference") {
      this.heat.want({ source: this.source, a: this.a, b: this.b }, this.threshold);
    }
    const scene: Scene = {
      pictures: this.loaded,
      frame: this.frame,
      view: this.view,
      mode: this.mode,
      held: this.held,
      swipe: this.swipe,
      lens: this.lens ? (this.hovered ?? this.view) : undefined,
      heat: this.heat.maps,
      overlays: this.overlays,
    };
    for (const pane of this.panes) {
      const whole = paintPane(pane.context(viewport.density), pane.kind, scene, viewport, this.inks);
      pane.place(whole, this.swipe, this.noteFor(pane.kind));
    }
    if (!this.painted && WHICH.every((which) => this.loaded[which] || (which === "b" && this.b === ""))) {
      this.painted = true;
      this.dispatchEvent(new CustomEvent("pair-painted"));
    }
  }

  private readInks(): Inks {
    return { stage: getComputedStyle(this).backgroundColor };
  }

  private noteFor(kind: PaneKind): string {
    const { remarks, frame } = this;
    const comparing = this.mode === "difference" && !this.held;
    return noteOf(kind, { remarks, comparing, changed: this.heat.changed, pictures: this.loaded, frame }, this.words);
  }

  private moveSwipe(to: number): void {
    this.swipe = Math.min(0.98, Math.max(0.02, to));
    this.dispatchEvent(new CustomEvent("swipe-change", { detail: { swipe: this.swipe } }));
  }
}

customElements.define("pair-viewer", PairViewer);
