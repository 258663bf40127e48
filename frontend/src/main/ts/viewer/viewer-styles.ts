import { css } from "lit";

/** Colours come from the page's tokens; the fallbacks are the light table's for a page without them. */
export const viewerStyles = css`
  :host {
    display: block;
    position: relative;
    min-height: 0;
    min-width: 0;
    background: var(--stage);
    color: var(--stage-text);
    forced-color-adjust: none;
    --viewer-gap: var(--gap, 8px);
  }
  .panes {
    position: absolute;
    inset: 3px var(--pad, 12px) 8px;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
    gap: 3px var(--viewer-gap);
  }
  .column {
    grid-row: span 2;
    display: grid;
    grid-template-rows: subgrid;
    min-width: 0;
    min-height: 0;
  }
  .caption {
    display: flex;
    align-items: center;
    gap: 10px;
    min-width: 0;
    min-height: 22px;
  }
  .pane {
    position: relative;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
    border-radius: 3px;
    cursor: grab;
    touch-action: none;
    user-select: none;
  }
  .pane.dragged {
    cursor: grabbing;
  }
  .magnified .pane {
    cursor: none;
  }
  .pane:focus {
    outline: none;
  }
  .pane:focus-visible {
    outline: 2px solid #fff;
    outline-offset: -2px;
    box-shadow: inset 0 0 0 4px #000;
  }
  .pane:focus-visible::after {
    content: "";
    position: absolute;
    inset: 0;
    border: 2px solid #fff;
    box-shadow: inset 0 0 0 2px #000;
    pointer-events: none;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    display: block;
  }
  .label {
    display: flex;
    align-items: center;
    gap: 7px;
    flex: none;
    font-size: var(--t-xs, 12px);
    font-weight: 600;
    white-space: nowrap;
  }
  .letter {
    display: inline-grid;
    place-items: center;
    width: 20px;
    height: 20px;
    border-radius: var(--r-s, 4px);
    font-weight: 700;
    font-size: 12px;
    background: #fff;
    color: #111;
  }
  .letter.a {
    background: var(--a-on-stage);
    color: #06182b;
  }
  .letter.b {
    background: var(--b-on-stage);
    color: #2b1100;
  }
  .note {
    flex: 1;
    min-width: 0;
    white-space: pre-line;
    text-align: end;
    text-wrap: balance;
    line-height: 1.3;
    font-size: var(--t-xs, 12px);
    font-variant-numeric: tabular-nums;
    color: var(--stage-text-2);
  }
  .handle {
    position: absolute;
    top: 0;
    bottom: 0;
    width: 24px;
    margin-left: -12px;
    padding: 0;
    border: 0;
    background: none;
    cursor: ew-resize;
    touch-action: none;
  }
  .handle::before {
    content: "";
    position: absolute;
    left: 11px;
    top: 0;
    bottom: 0;
    width: 2px;
    background: #fff;
    box-shadow: 0 0 0 1px rgb(0 0 0 / 0.5);
  }
  .handle::after {
    content: "";
    position: absolute;
    left: 0;
    top: 50%;
    width: 24px;
    height: 34px;
    margin-top: -17px;
    border-radius: 12px;
    background: #fff linear-gradient(90deg, transparent 8px, #333 8px 10px, transparent 10px 14px, #333 14px 16px, transparent 16px);
    box-shadow: 0 0 0 1px rgb(0 0 0 / 0.6);
  }
  .handle:focus {
    outline: none;
  }
  .handle:focus-visible::after {
    box-shadow: 0 0 0 2px #000, 0 0 0 5px #fff;
  }
`;
