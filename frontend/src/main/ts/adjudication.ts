/** Entry: the page on which disputed pairs are decided. */
import "./adjudication/adjudication-desk.js";
