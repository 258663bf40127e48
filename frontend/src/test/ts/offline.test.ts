import { campaignOf, offlinePage, treatmentOf, within } from "../../main/ts/offline/rules.js";
import { equal, test } from "./check.js";

test("only what the workspace needs is answered without a network", () => {
  const treated = (path: string, mode = "cors", method = "GET") => treatmentOf(method, mode, path);
  equal(treated("/annotate/0198f0c2-7b1a", "navigate"), "page");
  equal(treated("/annotate/worker.js"), undefined);
  equal(treated("/campaigns/0198f0c2-7b1a", "navigate"), undefined);
  equal(treated("/wc/workspace.js"), "shell");
  equal(treated("/wc/lead.css"), undefined);
  equal(treated("/api/v1/session"), "data");
  equal(treated("/api/v1/annotate/campaigns/0198f0c2"), "data");
  equal(treated("/api/v1/annotate/campaigns/0198f0c2/protocols/ab12"), "data");
  equal(treated("/api/v1/annotate/campaigns/0198f0c2/labels"), undefined);
  equal(treated("/api/v1/annotate/assignments/0198f0c2/evidence"), undefined);
  equal(treated("/api/v1/annotate/labels", "cors", "POST"), undefined);
  equal(treated("/api/v1/session/preferences", "cors", "PATCH"), "preferences");
  equal(treated("/images/ab/original"), "picture");
  equal(treatmentOf("POST", "cors", "/", "?v-r=heartbeat&v-uiId=3"), "heartbeat");
  equal(treatmentOf("POST", "cors", "/", "?v-r=uidl"), undefined);
});

test("the page without a network carries the campaign of its address and nothing that could be a script", () => {
  equal(campaignOf("/annotate/0198f0c2-7b1a/"), "0198f0c2-7b1a");
  equal(campaignOf("/annotate/a/b"), undefined);
  equal(offlinePage("0198f0c2-7b1a", "/").includes('campaign="0198f0c2-7b1a"'), true);
  equal(offlinePage("%22%3E%3Cscript%3E", "/").includes('campaign="script"'), true);
});

test("a product under a path of its host has that path alone", () => {
  equal(within("/team/", "/team/annotate/x"), "/annotate/x");
  equal(within("/team/", "/annotate/x"), undefined);
  equal(within("/", "/annotate/x"), "/annotate/x");
  equal(offlinePage("c", "/team/").includes('<base href="/team/">'), true);
});
