import type { Evidence, EvidenceSide } from "../contract/evidence.js";
import type { Session } from "../session/session.js";
import { pictures } from "../viewer/picture-store.js";
import type { Overlays } from "../viewer/scene.js";
import type { Announcer } from "./announcer.js";
import { evidenceText } from "./evidence-text.js";
import type { Manner } from "./manner.js";
import type { Stage } from "./stage.js";

/** Evidence as it is on the screen. */
interface Shown {
  readonly assignment: string;
  readonly sides: Evidence;
  readonly overlays: Overlays;
}

/**
 * What the edits changed outside the region that they touched: asked for, shown and logged only on a person's wish, and
 * for one pair at a time. Nothing is fetched before.
 */
export class EvidenceDisplay {
  /** The evidence can be seen. */
  shown: Shown | undefined;
  private wanted = false;
  /** Of the pair on the screen, so that a second look is instant. */
  private known: Shown | undefined;

  constructor(
    private readonly session: Session,
    private readonly stage: Stage,
    private readonly announcer: Announcer,
    private readonly manner: () => Manner,
  ) {}

  /** Another pair is on the screen. */
  begin(): void {
    this.wanted = false;
    this.shown = undefined;
    this.known = undefined;
  }

  toggle(): void {
    if (this.wanted) {
      this.hide();
    } else {
      this.wanted = true;
      void this.show();
    }
    this.stage.redraw();
  }

  /** Whether it was asked for, though it may not have arrived. */
  get on(): boolean {
    return this.wanted;
  }

  /** There is a map to be seen. */
  get mapped(): boolean {
    return this.shown !== undefined && Object.keys(this.shown.overlays).length > 0;
  }

  /** In words for each side. */
  words(): { a: string; b: string } | undefined {
    const sides = this.shown?.sides;
    return sides && { a: evidenceText(sides.left, this.manner().t), b: evidenceText(sides.right, this.manner().t) };
  }

  private async show(): Promise<void> {
    const { session } = this;
    const assignment = session.state.current!.draft.id;
    try {
      const found = this.known?.assignment === assignment ? this.known : await this.get(assignment);
      if (!this.wanted || session.state.current?.draft.id !== assignment) {
        return;
      }
      // what is still being measured is asked for again
      this.known = pending(found.sides) ? undefined : found;
      this.shown = found;
      session.attention.evidence(true);
      session.judging.keep();
      const { a, b } = this.words()!;
      const { t } = this.manner();
      this.announcer.speak(`${t("edit_a")}: ${a} ${t("edit_b")}: ${b}`);
    } catch {
      if (session.state.current?.draft.id === assignment) {
        this.wanted = false;
        this.announcer.say({ kind: "evidence-missing" });
      }
    }
    this.stage.redraw();
  }

  private async get(assignment: string): Promise<Shown> {
    const sides = await this.session.evidence(assignment);
    const overlay = ({ overlay }: EvidenceSide) => (overlay === null ? undefined : pictures.overlay(overlay));
    const [a, b] = await Promise.all([overlay(sides.left), overlay(sides.right)]);
    return { assignment, sides, overlays: { ...(a ? { a } : {}), ...(b ? { b } : {}) } };
  }

  private hide(): void {
    this.wanted = false;
    if (this.shown) {
      this.shown = undefined;
      this.session.attention.evidence(false);
      this.session.judging.keep();
    }
  }
}

function pending({ left, right }: Evidence): boolean {
  return left.reason === "pending" || right.reason === "pending";
}
