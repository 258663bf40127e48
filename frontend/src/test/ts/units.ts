import { run } from "./check.js";
import "./color.test.js";
import "./geometry.test.js";
import "./keys.test.js";
import "./offline.test.js";
import "./overlay.test.js";
import "./session.test.js";

Object.assign(globalThis, { run });
