import { LitElement, css, html } from 'lit';

interface Part {
  name: string;
  value: number;
  tone: string;
}

/** What a pair's acquisition score is made of, as lengths on the common scale `full`. */
class ScoreStack extends LitElement {
  static override properties = { parts: { type: Array }, full: { type: Number } };
  static override styles = css`
    :host {
      display: inline-block;
      vertical-align: middle;
    }
    div {
      forced-color-adjust: none;
      display: flex;
      gap: 1px;
      width: 124px;
      height: 14px;
      border-radius: 3px;
      overflow: hidden;
    }
  `;
  declare parts?: Part[];
  declare full: number;

  constructor() {
    super();
    this.full = 1;
  }

  protected override render() {
    const parts = (this.parts ?? []).filter((part) => part.value > 0);
    return html`<div role="img" aria-label=${parts.map((part) => `${part.name} ${part.value.toFixed(2)}`).join(', ')}>
      ${parts.map(
        (part) => html`<i style=${`width:${(part.value / (this.full || 1)) * 100}%;background:var(--${part.tone})`}></i>`,
      )}
    </div>`;
  }
}
customElements.define('score-stack', ScoreStack);
