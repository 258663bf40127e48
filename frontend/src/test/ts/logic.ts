/** Tests of what needs no browser: they run without one. */
import { run } from "./check.js";
import "./delivery.test.js";
import "./judging.test.js";
import "./next-pair.test.js";
import "./phase.test.js";
import "./set-aside.test.js";
import "./training.test.js";
import "./version-reader.test.js";

Object.assign(globalThis, { run });
