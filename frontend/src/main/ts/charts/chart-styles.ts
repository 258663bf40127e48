import { css } from 'lit';

export const chartStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  svg {
    display: block;
    overflow: visible;
  }
  text {
    font: 400 11px var(--font);
    fill: var(--text-2);
    font-variant-numeric: tabular-nums;
  }
  text.label {
    font-size: 12px;
    fill: var(--text);
  }
  text.name {
    font-weight: 600;
  }
  .grid {
    stroke: var(--grid);
  }
  .reference {
    stroke: var(--text-3);
    stroke-dasharray: 5 4;
  }
  .whisker {
    stroke-width: 2;
    stroke-linecap: round;
  }
  .band {
    opacity: 0.75;
  }
  .curve {
    fill: none;
    stroke-width: 2;
    stroke-linejoin: round;
  }
  .curve.dashed {
    stroke-width: 1.5;
    stroke-dasharray: 4 4;
  }
  .few {
    margin: 0 0 8px;
    font: 400 13px/1.5 var(--font);
    color: var(--text-2);
  }
  .actions {
    display: flex;
    justify-content: flex-end;
    margin-top: 6px;
  }
  .actions button {
    border: 0;
    padding: 4px 6px;
    border-radius: 4px;
    background: none;
    color: var(--text-2);
    font: 500 12px var(--font);
    cursor: pointer;
  }
  .actions button:hover {
    background: var(--surface-3);
    color: var(--text);
  }
  .actions button:focus-visible,
  .scroll:focus-visible {
    outline: 2px solid var(--focus-in);
    box-shadow: 0 0 0 4px var(--focus-out);
  }
  .scroll {
    overflow: auto;
    max-height: 420px;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  th {
    text-align: left;
    font-weight: 500;
    font-size: 12px;
    color: var(--text-2);
  }
  th,
  td {
    padding: 6px 12px 6px 0;
    border-bottom: 1px solid var(--line);
    white-space: nowrap;
  }
  /* drawings keep their own colours, which were chosen for another ground: what is drawn takes the reader's */
  @media (forced-colors: active) {
    :host {
      --text: CanvasText;
      --text-2: CanvasText;
      --text-3: CanvasText;
      --grid: GrayText;
      --s0: CanvasText;
      --s1: CanvasText;
      --s2: CanvasText;
      --s3: CanvasText;
      --s0-band: GrayText;
      --s1-band: GrayText;
      --s2-band: GrayText;
      --s3-band: GrayText;
    }
    .band {
      opacity: 0.35;
    }
  }
`;
