package org.diptych.ui.campaign;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.account.AccountAdministration;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.campaign.CampaignMember;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.campaign.NewMembers;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.NewPassword;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;
import org.diptych.ui.shell.Question;
import org.diptych.ui.shell.Shell;
import org.diptych.ui.shell.ShownOnce;
import org.jspecify.annotations.Nullable;

/** Who is in a campaign. A lead adds people, makes accounts for new annotators, and takes people out. */
@Route(value = "campaigns/:campaign/members", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class MembersView extends CampaignPage {
    private final CampaignService campaigns;
    private final NewMembers newMembers;
    private final AccountService accounts;
    private final AccountAdministration administration;
    private final CurrentAccount account;
    private final Div list = new Div();
    private final Div said = new Div();
    private @Nullable UUID campaign;

    MembersView(
            CampaignService campaigns,
            NewMembers newMembers,
            AccountService accounts,
            AccountAdministration administration,
            CurrentAccount account) {
        super("nav.members");
        this.campaigns = campaigns;
        this.newMembers = newMembers;
        this.accounts = accounts;
        this.administration = administration;
        this.account = account;
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        var members = new Panel(getTranslation("members.list")).wide(list);
        var add = new Panel(getTranslation("members.add"))
                .says(getTranslation("members.add.help"))
                .body(form());
        add(new PageHead(title()).says(getTranslation("members.sub")), box("aside", members, new Div(add)));
        draw();
    }

    private Div form() {
        var name = new TextField(getTranslation("login.name"));
        name.setRequiredIndicatorVisible(true);
        name.setWidthFull();
        name.setMaxLength(80);
        var displayName = new TextField(getTranslation("members.displayname"));
        displayName.setHelperText(getTranslation("members.displayname.help"));
        displayName.setWidthFull();
        displayName.setMaxLength(120);
        var role = new Select<MemberRole>();
        role.setLabel(getTranslation("members.role"));
        role.setItems(MemberRole.ANNOTATOR, MemberRole.ADJUDICATOR, MemberRole.LEAD);
        role.setItemLabelGenerator(this::written);
        role.setValue(MemberRole.ANNOTATOR);
        role.setWidthFull();
        var add = new Button(getTranslation("members.add.button"), click -> {
            said.removeAll();
            name.setInvalid(false);
            try {
                add(name.getValue().strip(), displayName.getValue().strip(), role.getValue());
                name.clear();
                displayName.clear();
            } catch (Problem problem) {
                name.setErrorMessage(problem.detail());
                name.setInvalid(true);
            }
        });
        add.addThemeNames("primary");
        return box("stack", name, displayName, role, new Div(add), said);
    }

    private void add(String name, String displayName, MemberRole role) {
        var id = Objects.requireNonNull(campaign);
        var found = accounts.find(name);
        if (found.isEmpty()) {
            if (displayName.isEmpty()) {
                throw Problem.invalid("unknown_account", "displayName", getTranslation("members.unknown", name));
            }
            requireMayMake(role);
            var made = newMembers.create(account.person(), id, name, displayName, role);
            said.add(new ShownOnce(
                    getTranslation("members.created", made.account().name()), made.password()));
        } else {
            campaigns.addMember(account.person(), id, name, role);
        }
        draw();
    }

    /** The service says the same, in English. */
    private void requireMayMake(MemberRole role) {
        if (role == MemberRole.LEAD && account.person().role() != Role.ADMIN) {
            throw Problem.forbidden("not_an_administrator", getTranslation("members.leads"));
        }
    }

    private void draw() {
        list.removeAll();
        var table = new FigureTable(
                Column.words(getTranslation("members.name")),
                Column.words(getTranslation("members.role")),
                Column.figures(getTranslation("overview.labels")),
                Column.words(getTranslation("members.since")),
                Column.words(getTranslation("table.actions")));
        campaigns
                .members(account.person(), Objects.requireNonNull(campaign))
                .forEach(member -> table.row(
                        name(member),
                        written(member.role()),
                        Figures.count(member.labels()),
                        text(Figures.moment(member.joinedAt()), "muted"),
                        actions(member)));
        list.add(table);
    }

    private Component name(CampaignMember member) {
        var line = box("row", Parts.written(member.displayName(), "strong"));
        if (member.simulated()) {
            line.add(chip(getTranslation("members.simulated"), "line"));
        }
        return new Div(line, box("sub2", Parts.written(member.name())));
    }

    private Component actions(CampaignMember member) {
        var actions = box("row wrap");
        if (member.role() != MemberRole.LEAD && !member.simulated()) {
            actions.add(action(
                    "members.password",
                    member,
                    () -> NewPassword.show(
                            member.displayName(),
                            administration.resetPassword(
                                    account.person(), Objects.requireNonNull(campaign), member.name()))));
        }
        actions.add(action(
                "members.remove",
                member,
                () -> campaigns.removeMember(account.person(), Objects.requireNonNull(campaign), member.name())));
        return actions;
    }

    private Button action(String key, CampaignMember member, Runnable does) {
        var button = new Button(
                getTranslation(key),
                click -> Question.ask(
                        getTranslation(key + ".title", member.displayName()),
                        getTranslation(key + ".help"),
                        getTranslation(key),
                        () -> {
                            does.run();
                            draw();
                        }));
        button.addThemeNames("small");
        button.setAriaLabel(getTranslation(key + ".who", member.displayName()));
        return button;
    }

    private String written(MemberRole role) {
        return getTranslation("memberrole." + role.name().toLowerCase(Locale.ROOT));
    }
}
