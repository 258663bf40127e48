package org.diptych.ui.annotate;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the workspace's service worker from the folder that it may control, and from no higher one. */
@RestController
class OfflineWorkerController {
    private final byte[] script = OfflineWorker.script();

    @GetMapping("/annotate/worker.js")
    ResponseEntity<byte[]> script() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(MediaType.valueOf("text/javascript;charset=utf-8"))
                .body(script);
    }
}
