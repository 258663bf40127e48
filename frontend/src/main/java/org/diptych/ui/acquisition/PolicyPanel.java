package org.diptych.ui.acquisition;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.acquisition.ChoicePreview;
import org.diptych.service.acquisition.ChoicePreviews;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.CampaignSettings;
import org.diptych.service.campaign.PolicyNames;
import org.diptych.service.problem.Problem;
import org.diptych.service.reward.ModelInquiry;
import org.diptych.ui.campaign.SettingsForm;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.jspecify.annotations.Nullable;

/** The settings by which pairs are chosen, and what others would choose before they hold. */
class PolicyPanel extends Panel {
    private static final List<String> FIELDS = List.of("acquisitionPolicy", "acquisitionBatch", "uniformShare");

    private final transient CampaignService campaigns;
    private final transient ChoicePreviews previews;
    private final CurrentAccount account;
    private final UUID campaign;
    private final SettingsForm form;
    private final Div said = box("stack");
    private final Div seen = box("stack");
    private transient CampaignSettings read;
    private @Nullable UUID asked;
    private ModelInquiry.@Nullable State state;

    PolicyPanel(
            CampaignService campaigns,
            PolicyNames policies,
            ChoicePreviews previews,
            CurrentAccount account,
            UUID campaign) {
        super(translate("policy.title"));
        this.campaigns = campaigns;
        this.previews = previews;
        this.account = account;
        this.campaign = campaign;
        form = new SettingsForm(policies.all(), FIELDS);
        read = campaigns.settings(account.person(), campaign);
        form.show(read);
        said.getElement().setAttribute("role", "status");
        seen.getElement().setAttribute("aria-live", "polite");
        var preview = new Button(translate("policy.preview"), click -> ask());
        var use = new Button(translate("policy.use"), click -> use());
        use.addThemeNames("primary");
        says(translate("policy.help"));
        body(form, box("row wrap formend", preview, use), said, seen);
    }

    private void ask() {
        said.removeAll();
        form.typed().ifPresent(typed -> {
            try {
                asked = previews.ask(
                        account.person(),
                        campaign,
                        new ChoicePreview.Settings(
                                typed.acquisitionPolicy(), typed.acquisitionBatch(), typed.uniformShare()));
                state = null;
                refresh();
            } catch (Problem problem) {
                refused(problem);
            }
        });
    }

    private void use() {
        said.removeAll();
        form.typed().ifPresent(typed -> {
            try {
                campaigns.change(account.person(), campaign, typed, Set.of(read.tag()));
                read = typed;
                said.add(note(Icon.CHECK, translate("policy.used"), "ok"));
            } catch (Problem problem) {
                refused(problem);
            }
        });
    }

    private void refused(Problem problem) {
        if (problem.code().equals("changed_meanwhile")) {
            said.add(
                    note(Icon.WARNING, translate("settings.changed"), "warn"),
                    new Button(translate("settings.theirs"), click -> {
                        read = campaigns.settings(account.person(), campaign);
                        form.show(read);
                        said.removeAll();
                    }));
            return;
        }
        form.complain(String.valueOf(problem.properties().get("field")));
        said.add(note(Icon.WARNING, problem.detail(), "warn"));
    }

    /** Reads how far the preview is. */
    void refresh() {
        var id = asked;
        if (id == null || (state != null && !state.live())) {
            return;
        }
        ChoicePreviews.Preview now;
        try {
            now = previews.find(account.person(), campaign, id);
        } catch (Problem problem) {
            asked = null;
            seen.removeAll();
            return;
        }
        if (now.state() == state) {
            return;
        }
        state = now.state();
        seen.removeAll();
        switch (now.state()) {
            case QUEUED, RUNNING -> {
                var cancel = new Button(translate("inquiry.cancel"), click -> {
                    previews.cancel(account.person(), campaign, id);
                    refresh();
                });
                cancel.addThemeNames("small");
                seen.add(box(
                        "row",
                        text(
                                translate(
                                        now.state() == ModelInquiry.State.QUEUED ? "inquiry.queued" : "policy.running"),
                                "muted",
                                "s"),
                        cancel));
            }
            case FAILED ->
                seen.add(note(Icon.WARNING, translate("policy.failed", String.valueOf(now.message())), "warn"));
            case CANCELLED -> {}
            case DONE -> draw(now);
        }
    }

    private void draw(ChoicePreviews.Preview preview) {
        var result = preview.result();
        if (result == null) {
            return;
        }
        seen.add(
                text(
                        translate(
                                "policy.result",
                                result.policy(),
                                result.model(),
                                Figures.count(result.newPairs()),
                                Figures.count(result.open()),
                                Figures.count(result.opinions()),
                                Figures.count(result.labelled())),
                        "strong"),
                text(
                        translate(
                                "policy.caps",
                                Figures.count(result.perItem()),
                                Figures.count(result.perGroup()),
                                Figures.wholePercent(preview.asked().uniformShare())),
                        "muted",
                        "s"));
        var instead = result.inPlaceOf();
        if (instead != null) {
            seen.add(note(Icon.WARNING, translate("policy.instead", result.policy(), instead), "warn"));
        }
        if (preview.pairs().isEmpty()) {
            seen.add(text(translate("policy.none"), "muted", "s"));
            return;
        }
        var grid = new QueueGrid();
        grid.showExpected();
        grid.show(preview.pairs());
        grid.getElement().setAttribute("aria-label", translate("policy.preview"));
        var parts = new Div();
        grid.asSingleSelect().addValueChangeListener(change -> {
            parts.removeAll();
            if (change.getValue() != null) {
                parts.add(new PairDetail(campaign, change.getValue(), grid.largest()));
            }
        });
        seen.add(
                grid,
                parts,
                foot(translate("policy.foot", Figures.count(preview.pairs().size()))));
    }
}
