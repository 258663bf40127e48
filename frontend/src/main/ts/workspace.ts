/** Entry: everything the annotation route needs. */
import "./app/annotation-workspace.js";
