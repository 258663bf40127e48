package org.diptych.ui.quality;

import static org.diptych.ui.shell.Parts.note;

import com.vaadin.flow.component.html.Div;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.diptych.service.conduct.WorkFigures;
import org.diptych.ui.agreement.DimensionNames;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.LiveRefresh;

/** An annotator's figures: with their page where they are there by then, else as soon as they are. */
class FiguresBeside extends Div {
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final CompletableFuture<WorkFigures> reading;
    private final DimensionNames names;
    private final ZoneId zone;
    private boolean shown;

    /** Figures that are being read. */
    FiguresBeside(CompletableFuture<WorkFigures> reading, DimensionNames names, ZoneId zone) {
        this.reading = reading;
        this.names = names;
        this.zone = zone;
        addClassName("gap");
        try {
            reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // they come later, or what went wrong is told below
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (reading.isDone()) {
            show();
        } else {
            add(note(Icon.INFO, getTranslation("conduct.computing"), ""));
            getElement().setAttribute("aria-busy", "true");
            LiveRefresh.every(REFRESH, this, this::show);
        }
    }

    private void show() {
        if (shown || !reading.isDone()) {
            return;
        }
        // what went wrong is told as on any page
        var figures = reading.join();
        shown = true;
        removeAll();
        getElement().removeAttribute("aria-busy");
        add(new WorkPanels(figures, names, zone));
    }
}
