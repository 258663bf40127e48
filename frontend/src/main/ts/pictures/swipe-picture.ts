import { LitElement, css, html } from 'lit';

/** Two versions of one picture under a line that follows the pointer. Decoration: it says nothing to a screen reader. */
class SwipePicture extends LitElement {
  static override properties = { original: {}, edited: {} };
  static override styles = css`
    :host {
      --x: 52%;
      display: block;
      position: relative;
      overflow: hidden;
      background: var(--stage);
      cursor: ew-resize;
    }
    img {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      object-fit: cover;
    }
    img + img {
      clip-path: inset(0 0 0 var(--x));
    }
    i {
      position: absolute;
      top: 0;
      bottom: 0;
      left: var(--x);
      width: 2px;
      background: #fff;
      box-shadow: 0 0 0 1px rgb(0 0 0 / 0.5);
    }
  `;
  declare original?: string;
  declare edited?: string;

  constructor() {
    super();
    this.addEventListener('pointermove', (event) => {
      const place = (event.clientX - this.getBoundingClientRect().left) / this.clientWidth;
      this.style.setProperty('--x', `${Math.round(place * 1000) / 10}%`);
    });
  }

  protected override render() {
    return html`<img src=${this.original ?? ''} alt="" /><img src=${this.edited ?? ''} alt="" /><i></i>`;
  }
}
customElements.define('swipe-picture', SwipePicture);
