import { valuesOf } from "../answer/answers.js";
import { localized } from "../answer/protocol.js";
import type { Session } from "../session/session.js";
import type { Announcer } from "./announcer.js";
import type { EvidenceDisplay } from "./evidence-display.js";
import { type Command, KeyMap } from "./key-map.js";
import type { Manner } from "./manner.js";
import type { Panels } from "./panels.js";
import type { Stage } from "./stage.js";
import { currentTheme, setTheme } from "./theme.js";
import type { Viewing } from "./viewing.js";

/** What the qualification set does not know. */
const PASTIMES = new Set<Command>(["skip", "flag", "comment", "evidence"]);

/** What keys and buttons do: to the answers, to the view, to the panels. */
export class Actions {
  constructor(
    private readonly session: Session,
    private readonly stage: Stage,
    private readonly view: Viewing,
    private readonly panels: Panels,
    private readonly evidence: EvidenceDisplay,
    private readonly announcer: Announcer,
    private readonly manner: () => Manner,
    /** Any key was pressed: it may tell what is printed on it. */
    readonly heard: (event: KeyboardEvent) => void,
  ) {}

  get keys(): KeyMap {
    return this.manner().keys;
  }

  get singleKeys(): boolean {
    return this.session.profile.singleKeys;
  }

  /** Something with keys of its own is open: a dialog, or what changed in the protocol. */
  get busy(): boolean {
    return this.panels.dialog !== undefined || this.session.state.phase === "reading";
  }

  perform(command: Command): void {
    const answer = KeyMap.answer(command);
    const { phase, training } = this.session.state;
    if (command === "guideline" || command === "my_work") {
      this.toggle(command);
    } else if (answer !== undefined && (this.judging || phase === "training")) {
      this.answerByKey(answer);
    } else if (!this.viewing || (training && PASTIMES.has(command))) {
      return;
    } else if (command === "skip" || command === "flag") {
      this.panels.open(command);
    } else if (command === "instruction") {
      this.stage.instruction?.toggle();
    } else if (command === "comment") {
      this.stage.find("#comment")?.focus();
    } else if (command === "evidence") {
      this.evidence.toggle();
    } else {
      this.view.perform(command);
    }
  }

  // ---- answers

  /** The n-th answer (from 1) to the cell that keys answer. */
  private answerByKey(n: number): void {
    const { phase, current } = this.session.state;
    if (phase === "training") {
      this.session.training.byKey(n);
    } else if (current) {
      const { cells, protocol } = this.session.state;
      const cell = cells[current.cursor];
      const value = cell && valuesOf(protocol, cell)[n - 1];
      if (value !== undefined) {
        this.answer(current.cursor, value);
      }
    }
  }

  /** Answers a cell, by its place; says to a screen reader what is asked next. */
  answer(index: number, value: number | string): void {
    if (this.view.failed) {
      return;
    }
    const focused = this.stage.focused?.matches("[role=radio]:focus-visible") ?? false;
    this.announcer.clear();
    this.session.judging.answer(index, value);
    const { current, cells } = this.session.state;
    const { t, language } = this.manner();
    const next = cells[current!.cursor]!;
    const open = current!.draft.answers[next.key] === undefined;
    this.announcer.speak(open ? t("next_cell", { dimension: localized(next.dimension.title, language) }) : t("all_answered"));
    if (focused) {
      void this.stage.focusCell(next.key);
    }
  }

  point(index: number): void {
    this.session.judging.point(index);
  }

  /** Moves to the next or previous cell; false at the end, where Tab leaves the answers. */
  moveCell(step: 1 | -1): boolean {
    const { current } = this.session.state;
    const to = (current?.cursor ?? 0) + step;
    const cell = this.judging && this.session.state.cells[to];
    if (!cell) {
      return false;
    }
    this.point(to);
    void this.stage.focusCell(cell.key);
    return true;
  }

  submit(): void {
    const { judging, training, state } = this.session;
    if (state.phase === "training") {
      void training.proceed();
    } else if (this.judging && !this.view.failed && (state.training ? judging.complete() : judging.submit())) {
      void training.submit();
      judging.understood();
      this.stage.focused?.blur();
    }
  }

  undo(): void {
    this.session.judging.undo();
  }

  // ---- the view

  hold(held: boolean): void {
    this.view.hold(held && this.viewing);
  }

  /** Turns a page of the instruction; false when it is on the screen as a whole. */
  turnInstruction(step: 1 | -1): boolean {
    return this.stage.instruction?.turn(step) ?? false;
  }

  // ---- panels

  toggle(drawer: "guideline" | "my_work"): void {
    this.panels.toggle(drawer);
    if (this.panels.drawer === "guideline") {
      this.session.attention.used("guideline");
    }
  }

  escape(): void {
    if (this.session.state.told) {
      this.session.judging.understood();
    } else {
      this.panels.closeDrawer();
    }
  }

  showKeys(): void {
    if (this.session.state.terms) {
      this.panels.open("keys");
    }
  }

  switchTheme(): void {
    const theme = currentTheme() === "dark" ? "light" : "dark";
    setTheme(theme);
    this.session.profile.prefer({ theme });
  }

  /** There is a pair that can be answered. */
  private get judging(): boolean {
    const { phase, current } = this.session.state;
    return phase === "working" && !current?.lost;
  }

  /** There are pictures to look at: those of a pair, or of an example. */
  private get viewing(): boolean {
    const { phase, training } = this.session.state;
    return this.judging || (phase === "training" && training?.pictures !== undefined);
  }
}
