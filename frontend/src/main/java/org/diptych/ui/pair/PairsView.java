package org.diptych.ui.pair;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.diptych.service.pair.PairSearch;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.PairThumbnails;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** The search for pairs. What is wanted is said in the address. */
@Route(value = "campaigns/:campaign/pairs", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class PairsView extends CampaignPage {
    private static final int PAGE = 50;

    private final PairSearch search;
    private final CurrentAccount account;
    private PairSearch.Wanted wanted = new PairSearch.Wanted(null, null, null, null, null, null, null);

    PairsView(PairSearch search, CurrentAccount account) {
        super("nav.pairs");
        this.search = search;
        this.account = account;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        wanted = new PairSearch.Wanted(
                value(parameters, "instruction"),
                value(parameters, "item"),
                value(parameters, "category"),
                value(parameters, "model"),
                value(parameters, "annotator"),
                value(parameters, "verdict"),
                id(value(parameters, "after")));
        super.beforeEnter(event);
    }

    private static @Nullable String value(QueryParameters parameters, String name) {
        return parameters
                .getSingleParameter(name)
                .map(text -> text.replace("\0", "").strip())
                .filter(text -> !text.isEmpty())
                .orElse(null);
    }

    private static @Nullable UUID id(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    protected void open(UUID campaign) {
        var found = search.find(account.person(), campaign, wanted, PAGE + 1);
        add(
                new PageHead(title()).says(getTranslation("pairs.sub")),
                form(campaign),
                new Panel(getTranslation("pairs.found")).wide(list(campaign, found)));
    }

    private Component form(UUID campaign) {
        var instruction = field("queue.column.instruction", wanted.instruction());
        var item = field("pairs.item", wanted.item());
        var annotator = field("login.name", wanted.annotator());
        annotator.setLabel(getTranslation("pairs.annotator"));
        var category =
                choice("pair.category", search.categories(account.person(), campaign), wanted.category(), text -> text);
        var model = choice("pairs.model", search.models(account.person(), campaign), wanted.model(), text -> text);
        var verdict = choice(
                "pairs.verdict",
                List.of("first", "second", "tie", "both_bad"),
                wanted.verdict(),
                each -> getTranslation("known.verdict." + each));
        var find = new Button(getTranslation("pairs.find"), click -> {
            var parameters = new LinkedHashMap<String, @Nullable String>();
            parameters.put("instruction", instruction.getValue());
            parameters.put("item", item.getValue());
            parameters.put("category", category.getValue());
            parameters.put("model", model.getValue());
            parameters.put("annotator", annotator.getValue());
            parameters.put("verdict", verdict.getValue());
            UI.getCurrent().navigate(address(campaign, parameters));
        });
        find.addThemeNames("primary");
        var all = new Anchor("campaigns/" + campaign + "/pairs", getTranslation("pairs.all"));
        var panel = box(
                "panel gap",
                box(
                        "body",
                        box("form", instruction, item, category, model, annotator, verdict),
                        box("row formend", find, all)));
        // in its fields, and not on a link elsewhere
        find.addClickShortcut(Key.ENTER).listenOn(panel);
        return panel;
    }

    private static String address(UUID campaign, Map<String, @Nullable String> parameters) {
        return PairParts.address("campaigns/" + campaign + "/pairs", parameters);
    }

    private TextField field(String key, @Nullable String value) {
        var field = new TextField(getTranslation(key));
        field.setValue(value == null ? "" : value);
        field.setClearButtonVisible(true);
        return field;
    }

    private Select<String> choice(
            String key, List<String> values, @Nullable String value, Function<String, String> name) {
        var choices = new ArrayList<>(values);
        if (value != null && !choices.contains(value)) {
            choices.add(value);
        }
        choices.addFirst("");
        var select = new Select<String>();
        select.setLabel(getTranslation(key));
        select.setItems(choices);
        select.setItemLabelGenerator(each -> each.isEmpty() ? getTranslation("pairs.any") : name.apply(each));
        select.setValue(value == null ? "" : value);
        return select;
    }

    private Component list(UUID campaign, List<PairSearch.Found> found) {
        if (found.isEmpty()) {
            return box("body", text(getTranslation("pairs.none"), "muted"));
        }
        var table = new FigureTable(
                Column.words(getTranslation("queue.column.pair")),
                Column.words(getTranslation("queue.column.instruction")),
                Column.words(getTranslation("pair.category")),
                Column.words(getTranslation("queue.stratum")),
                Column.figures(getTranslation("queue.column.labels")));
        found.stream()
                .limit(PAGE)
                .forEach(pair -> table.row(
                        PairThumbnails.of(campaign, pair.id(), pair.item(), pair.first(), pair.source(), pair.second()),
                        new Div(
                                new Anchor(
                                        "campaigns/" + campaign + "/pairs/" + pair.id(),
                                        written(pair.instruction(), "clipped")),
                                box("sub2", written(pair.item()))),
                        written(pair.category() == null ? "" : pair.category()),
                        stratum(pair),
                        getTranslation("figure.of", Figures.count(pair.filled()), Figures.count(pair.wanted()))));
        var content = new Div(table);
        if (found.size() > PAGE) {
            var parameters = new LinkedHashMap<String, @Nullable String>();
            parameters.put("instruction", wanted.instruction());
            parameters.put("item", wanted.item());
            parameters.put("category", wanted.category());
            parameters.put("model", wanted.model());
            parameters.put("annotator", wanted.annotator());
            parameters.put("verdict", wanted.verdict());
            parameters.put("after", found.get(PAGE - 1).id().toString());
            content.add(box("body", new Anchor(address(campaign, parameters), getTranslation("pairs.next"))));
        }
        return content;
    }

    private Component stratum(PairSearch.Found pair) {
        var words = text(getTranslation("stratum." + pair.stratum().toLowerCase(Locale.ROOT)));
        return pair.takenOut() ? new Div(words, chip(getTranslation("inbox.state.taken_out"), "warn")) : words;
    }
}
