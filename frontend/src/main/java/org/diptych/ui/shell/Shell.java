package org.diptych.ui.shell;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.RouterLayout;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.Role;
import org.diptych.service.adjudication.AdjudicationQueue;
import org.diptych.service.adjudication.Objections;
import org.diptych.service.alert.Alerts;
import org.diptych.service.campaign.CampaignName;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.pair.Inbox;
import org.diptych.ui.annotate.AnnotateView;

/** The frame of all pages but the workspace and the sign-in: navigation at the left, the page at the right. */
@PermitAll
public class Shell extends Div implements RouterLayout, AfterNavigationObserver {
    private static final List<Place> PLACES = List.of(
            new Place("overview", Icon.OVERVIEW, ""),
            new Place("alerts", Icon.BELL, "/alerts"),
            new Place("agreement", Icon.AGREEMENT, "/agreement"),
            new Place("queue", Icon.QUEUE, "/queue"),
            new Place("pairs", Icon.SEARCH, "/pairs"),
            new Place("inbox", Icon.INBOX, "/inbox"),
            new Place("adjudicate", Icon.SCALES, "/adjudicate"),
            new Place("objections", Icon.INBOX, "/objections"),
            new Place("models", Icon.MODEL, "/models"),
            new Place("ranking", Icon.RANKING, "/ranking"),
            new Place("export", Icon.EXPORT, "/export"),
            new Place("annotators", Icon.CHECK, "/annotators"),
            new Place("protocol", Icon.FILE, "/protocol"),
            new Place("members", Icon.PEOPLE, "/members"),
            new Place("settings", Icon.SETTINGS, "/settings"),
            new Place("audit", Icon.FILE, "/audit"));

    private static final String PLACE_OF_A_CAMPAIGN = "campaigns/[^/]+/[^/]+";

    private final CurrentAccount account;
    private final CampaignProgressService campaigns;
    private final Inbox inbox;
    private final AdjudicationQueue disputed;
    private final Objections objections;
    private final Alerts alerts;
    private final Nav nav = new Nav();
    private final Main content = new Main();

    Shell(
            CurrentAccount account,
            CampaignProgressService campaigns,
            Inbox inbox,
            AdjudicationQueue disputed,
            Objections objections,
            Alerts alerts) {
        this.disputed = disputed;
        this.objections = objections;
        this.account = account;
        this.campaigns = campaigns;
        this.inbox = inbox;
        this.alerts = alerts;
        var skip = new Anchor("#main", translate("nav.skip"));
        skip.addClassName("skiplink");
        skip.getElement().setAttribute("router-ignore", true);
        nav.addClassName("nav");
        nav.getElement().setAttribute("aria-label", translate("nav.main"));
        content.addClassName("page");
        content.setId("main");
        var frame = new Div(nav, content);
        frame.addClassName("shell");
        add(skip, frame);
    }

    @Override
    public void showRouterLayoutContent(HasElement page) {
        content.getElement().appendChild(page.getElement());
    }

    @Override
    public void removeRouterLayoutContent(HasElement page) {
        page.getElement().removeFromParent();
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        var path = event.getLocation().getPath();
        var campaign = event.getRouteParameters().get("campaign").flatMap(Shell::id);
        nav.removeAll();
        nav.add(brand());
        if (account.leads()) {
            var current = path.startsWith("campaigns/new") ? "campaigns" : path;
            nav.add(item("campaigns", Icon.CAMPAIGNS, translate("nav.campaigns"), current));
            var waiting = item("alerts", Icon.BELL, translate("nav.needs"), path);
            count(waiting, alerts.open(account.person()), Integer.MAX_VALUE, "nav.needs", "warn");
            nav.add(waiting);
            if (account.person().role() == Role.ADMIN) {
                nav.add(
                        item("accounts", Icon.PEOPLE, translate("nav.accounts"), path),
                        item("audit", Icon.FILE, translate("nav.audit"), path),
                        item("installation", Icon.SERVER, translate("nav.installation"), path));
            }
            var names = campaigns.names(account.person());
            campaign.flatMap(id ->
                            names.stream().filter(name -> name.id().equals(id)).findFirst())
                    .ifPresent(name -> title(event, name));
            campaign.or(() -> names.stream().findFirst().map(CampaignName::id))
                    .ifPresent(id -> addCampaign(names, id, path));
        } else {
            nav.add(item("", Icon.CAMPAIGNS, translate("nav.home"), path));
            for (var each : disputed.campaigns(account.person())) {
                var entry = item("campaigns/" + each.id() + "/adjudicate", Icon.SCALES, each.name(), path);
                count(
                        entry,
                        disputed.waiting(account.person(), each.id()),
                        AdjudicationQueue.MOST_COUNTED,
                        "adjudicate.waiting",
                        "line");
                nav.add(entry);
            }
        }
        nav.add(me());
    }

    private static void title(AfterNavigationEvent event, CampaignName campaign) {
        if (event.getActiveChain().getFirst() instanceof CampaignPage page) {
            page.about(campaign.name());
            // the router may have asked the page already
            UI.getCurrent().getPage().setTitle(page.getPageTitle());
        }
    }

    private void addCampaign(List<CampaignName> names, UUID current, String path) {
        var group = new Div(translate("nav.campaign"));
        group.addClassName("group");
        nav.add(group, campaignSelect(names, current, path));
        for (var place : PLACES) {
            var entry =
                    item("campaigns/" + current + place.suffix(), place.icon(), translate("nav." + place.word()), path);
            if (names.stream().anyMatch(name -> name.id().equals(current))) {
                var person = account.person();
                switch (place.word()) {
                    case "inbox" ->
                        count(entry, inbox.open(person, current), Inbox.MOST_COUNTED, "inbox.state.open", "warn");
                    case "adjudicate" ->
                        count(
                                entry,
                                disputed.waiting(person, current),
                                AdjudicationQueue.MOST_COUNTED,
                                "adjudicate.waiting",
                                "line");
                    case "objections" ->
                        count(
                                entry,
                                objections.open(person, current),
                                Objections.MOST_COUNTED,
                                "objections.waiting",
                                "warn");
                    default -> {}
                }
            }
            nav.add(entry);
        }
        var workspace = item("annotate/" + current, Icon.ANNOTATE, translate("nav.workspace"), path);
        workspace.addClassName("apart");
        AnnotateView.asPageOfItsOwn(workspace);
        nav.add(workspace);
    }

    private static Select<CampaignName> campaignSelect(List<CampaignName> names, UUID current, String path) {
        var select = new Select<CampaignName>();
        select.setAriaLabel(translate("nav.campaign"));
        select.setItems(names);
        select.setItemLabelGenerator(CampaignName::name);
        names.stream().filter(name -> name.id().equals(current)).findFirst().ifPresent(select::setValue);
        select.addValueChangeListener(change -> {
            var suffix = PLACES.stream()
                    .map(Place::suffix)
                    .filter(end -> !end.isEmpty() && path.endsWith(end))
                    .findFirst()
                    .orElse("");
            UI.getCurrent().navigate("campaigns/" + change.getValue().id() + suffix);
        });
        return select;
    }

    /** What waits for a lead stands at the end of the entry. */
    private static void count(Anchor entry, int open, int most, String title, String kind) {
        if (open > 0) {
            var figure = Parts.chip(Figures.count(open) + (open == most ? "+" : ""), kind);
            figure.addClassName("end");
            figure.setTitle(translate(title));
            entry.add(figure);
        }
    }

    private static Component brand() {
        var brand = new Anchor("", Icon.brand(), new Span("Diptych"));
        brand.addClassName("brand");
        return brand;
    }

    private static Anchor item(String target, Icon icon, String text, String path) {
        var item = new Anchor(target.isEmpty() ? "." : target, icon.draw(), new Span(text));
        item.addClassName("item");
        if (target.equals(path)) {
            item.getElement().setAttribute("aria-current", "page");
        } else if (target.matches(PLACE_OF_A_CAMPAIGN) && path.startsWith(target + "/")) {
            // one pair, one annotator: within that place
            item.getElement().setAttribute("aria-current", "true");
        }
        return item;
    }

    private Component me() {
        var person = account.person();
        var avatar = new Span(initials(person.displayName()));
        avatar.addClassName("avatar");
        var name = new Span();
        name.addClassNames("grow", "trunc");
        var strong = new com.vaadin.flow.dom.Element("b");
        strong.setText(person.displayName());
        strong.setAttribute("dir", "auto").setAttribute("translate", "no");
        var role = new Span(translate("role." + person.role().name().toLowerCase(Locale.ROOT)));
        role.addClassNames("faint", "xs");
        name.getElement().appendChild(strong, role.getElement());
        var link = new Anchor("account", avatar, name);
        var switchTheme = new Button(Icon.THEME.draw(), click -> switchTheme());
        switchTheme.addThemeNames("tertiary", "icon", "small");
        switchTheme.setAriaLabel(translate("nav.theme"));
        switchTheme.setTooltipText(translate("nav.theme"));
        var me = new Div(link, switchTheme);
        me.addClassName("me");
        return me;
    }

    /** What the reader sees decides: a system theme that looks dark becomes light. */
    private void switchTheme() {
        getElement()
                .executeJs("return getComputedStyle(document.documentElement).colorScheme === 'dark'"
                        + " || (getComputedStyle(document.documentElement).colorScheme !== 'light'"
                        + " && matchMedia('(prefers-color-scheme: dark)').matches)")
                .then(Boolean.class, dark -> {
                    var theme = dark ? ThemeChoice.LIGHT : ThemeChoice.DARK;
                    account.choose(theme);
                    show(theme.scheme());
                });
    }

    private static void show(ColorScheme.Value scheme) {
        UI.getCurrent().getPage().setColorScheme(scheme);
    }

    private static String initials(String name) {
        var words = name.strip().split("\\s+");
        var last = words.length > 1 ? words[words.length - 1].substring(0, 1) : "";
        return (words[0].substring(0, Math.min(1, words[0].length())) + last).toUpperCase(Locale.ROOT);
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private record Place(String word, Icon icon, String suffix) {}
}
