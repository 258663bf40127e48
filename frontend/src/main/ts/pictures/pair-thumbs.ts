import { LitElement, css, html } from 'lit';

/** First candidate, source, second candidate, from the thumbnail store; loaded when they come into view. */
class PairThumbs extends LitElement {
  static override properties = {
    first: { type: String },
    source: { type: String },
    second: { type: String },
    size: { type: Number },
  };
  static override styles = css`
    :host {
      display: inline-flex;
      gap: 2px;
    }
    img {
      display: block;
      aspect-ratio: 4/3;
      object-fit: cover;
      border-radius: 3px;
      background: var(--stage);
    }
  `;
  declare first?: string;
  declare source?: string;
  declare second?: string;
  declare size: number;

  constructor() {
    super();
    this.size = 44;
  }

  protected override render() {
    return [this.first, this.source, this.second].map((sha256) =>
      sha256
        ? html`<img src=${`images/${sha256}/thumbnail`} width=${this.size} alt="" loading="lazy" decoding="async" />`
        : html``,
    );
  }
}
customElements.define('pair-thumbs', PairThumbs);
