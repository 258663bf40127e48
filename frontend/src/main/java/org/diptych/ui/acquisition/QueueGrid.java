package org.diptych.ui.acquisition;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.renderer.LitRenderer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.diptych.service.acquisition.QueueEntry;
import org.diptych.ui.shell.BrowserCode;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Parts;

/** The next pairs in line, drawn by the browser from a few fields each. */
public class QueueGrid extends Grid<QueueEntry> {
    private final Map<String, Double> largest = new HashMap<>();
    private final Set<UUID> picked = new LinkedHashSet<>();
    private List<QueueEntry> shown = List.of();
    private transient Consumer<List<UUID>> changed = _ -> {};

    /** An empty queue. */
    public QueueGrid() {
        super(QueueEntry.class, false);
        addThemeNames("no-border");
        addColumn(LitRenderer.<QueueEntry>of("${index + 1}"))
                .setHeader("#")
                .setFlexGrow(0)
                .setWidth("46px")
                .setTextAlign(ColumnTextAlign.END);
        addColumn(LitRenderer.<QueueEntry>of("<pair-thumbs .first=${item.first} .source=${item.source}"
                                + " .second=${item.second}></pair-thumbs>")
                        .withProperty("first", QueueEntry::first)
                        .withProperty("source", QueueEntry::source)
                        .withProperty("second", QueueEntry::second))
                .setHeader(getTranslation("queue.column.pair"))
                .setFlexGrow(0)
                .setWidth("156px");
        // a long one is cut here, and whole in the detail of the pair
        addColumn(LitRenderer.<QueueEntry>of(
                                Parts.writtenCell("instruction", "clipped") + Parts.writtenCell("category", "sub2"))
                        .withProperty("instruction", entry -> Parts.lines(entry.instruction()))
                        .withProperty("category", entry -> entry.category() == null ? "" : entry.category()))
                .setHeader(getTranslation("queue.column.instruction"))
                .setFlexGrow(3);
        addColumn(score())
                .setHeader(getTranslation("queue.column.score"))
                .setFlexGrow(0)
                .setWidth("206px");
        addColumn(entry -> Figures.probability(entry.selectionProbability()))
                .setHeader(getTranslation("queue.column.probability"))
                .setFlexGrow(0)
                .setWidth("92px")
                .setTextAlign(ColumnTextAlign.END);
        addColumn(PairDetail::of)
                .setHeader(getTranslation("queue.column.labels"))
                .setFlexGrow(0)
                .setWidth("76px")
                .setTextAlign(ColumnTextAlign.END);
        setAllRowsVisible(true);
    }

    /** Adds the probability that A wins, where a model has said so. */
    void showExpected() {
        addColumn(QueueGrid::expectedFirst)
                .setHeader(getTranslation("queue.column.first"))
                .setFlexGrow(0)
                .setWidth("84px")
                .setTextAlign(ColumnTextAlign.END);
    }

    private static String expectedFirst(QueueEntry entry) {
        return ScoreParts.of(entry.scoreParts()).parts().stream()
                .filter(part -> part.key().equals("p_first"))
                .findFirst()
                .map(part -> Figures.wholePercent(part.value()))
                .orElse("–");
    }

    /**
     * Lets pairs be picked, but for those whose turn is left to chance.
     *
     * @param changed is told what is picked, in the order in which it was
     */
    void letPick(Consumer<List<UUID>> changed) {
        this.changed = changed;
        addColumn(new ComponentRenderer<>(entry -> {
                    var pick = new Checkbox(picked.contains(entry.pair()));
                    pick.setAriaLabel(getTranslation("queue.pick", entry.item()));
                    pick.setEnabled(!entry.stratum().equals("uniform"));
                    pick.addValueChangeListener(change -> {
                        if (change.getValue()) {
                            picked.add(entry.pair());
                        } else {
                            picked.remove(entry.pair());
                        }
                        changed.accept(List.copyOf(picked));
                    });
                    return pick;
                }))
                .setHeader(getTranslation("queue.column.pick"))
                .setFlexGrow(0)
                .setWidth("64px")
                .setTextAlign(ColumnTextAlign.CENTER);
    }

    /** Forgets what was picked. */
    void unpick() {
        picked.clear();
        getDataProvider().refreshAll();
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        super.onAttach(attached);
        BrowserCode.PICTURES.on(attached);
    }

    /** Shows the pairs; returns whether anything changed. */
    public boolean show(List<QueueEntry> entries) {
        if (entries.equals(shown)) {
            return false;
        }
        shown = List.copyOf(entries);
        // what has left the list has no box any more that could be cleared
        if (picked.retainAll(shown.stream().map(QueueEntry::pair).collect(Collectors.toSet()))) {
            changed.accept(List.copyOf(picked));
        }
        largest.clear();
        entries.forEach(entry -> ScoreParts.of(entry.scoreParts())
                .parts()
                .forEach(part -> largest.merge(part.key(), Math.abs(part.value()), Math::max)));
        setItems(shown);
        return true;
    }

    /** The largest value of each score part among the shown pairs. */
    Map<String, Double> largest() {
        return largest;
    }

    private LitRenderer<QueueEntry> score() {
        return LitRenderer.<QueueEntry>of("""
            ${item.note ? html`<span class="chip line">${item.note}</span>`
              : html`<span class="row"><b class="strong num" style="min-width:46px">${item.value}</b>
                  <score-stack .parts=${[{name: item.name, value: item.share, tone: 's1'}]} .full=${1}></score-stack></span>`}\
            """)
                .withProperty("note", this::note)
                .withProperty("name", entry -> leading(entry).name())
                .withProperty("value", entry -> Figures.decimals(leading(entry).value(), 3))
                .withProperty("share", this::share);
    }

    private String note(QueueEntry entry) {
        if (QueueView.PERSON.equals(entry.policy())) {
            return getTranslation(entry.pinned() ? "queue.pinned" : "queue.asked");
        }
        if (entry.vetoed() && entry.policy() == null) {
            return getTranslation("queue.vetoed");
        }
        if (entry.stratum().equals("uniform")) {
            return getTranslation("queue.uniform");
        }
        return ScoreParts.of(entry.scoreParts()).leading().isPresent() ? "" : getTranslation("queue.random");
    }

    private double share(QueueEntry entry) {
        var part = leading(entry);
        double most = largest.getOrDefault(part.key(), 0.0);
        return most == 0 ? 0 : Math.abs(part.value()) / most;
    }

    private static ScoreParts.Part leading(QueueEntry entry) {
        return ScoreParts.of(entry.scoreParts()).leading().orElse(new ScoreParts.Part("", 0));
    }
}
