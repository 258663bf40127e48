package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadI18N;
import com.vaadin.flow.server.streams.UploadEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.draft.CampaignDraft;
import org.diptych.service.draft.CampaignDraft.Work;
import org.diptych.service.draft.DraftChoices;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;
import org.jspecify.annotations.Nullable;

/** The name of the campaign and its pairs: sent as an archive, or in a folder of the server. */
class PairsPart extends Div implements WizardPart {
    private final Wizard wizard;
    private final TextField name = new TextField(translate("import.name"));
    private final Checkbox into = new Checkbox();
    private final Div taken = new Div();
    private final Div said = new Div();
    private final Div result = new Div();
    private final Div counter = new Div();
    private final @Nullable Select<String> folder;
    private @Nullable UUID existing;
    private @Nullable Object shown;

    /** What the page does for this step. */
    interface Wizard {
        /** Whether there is a campaign of that name, whoever leads it. */
        boolean taken(String name);

        /** The campaign of a name that the person may add pairs to. */
        Optional<Existing> existing(String name);

        /** Keeps what is chosen at once, as far as it is complete. */
        void keep();

        /** Takes a file in the request that brings it. */
        void receive(UploadEvent event, @Nullable String pictures) throws IOException;

        /** Takes the pairs of a folder of the server. */
        void folder(String folder);

        /** Has the pairs read again. */
        void again();
    }

    /** A campaign that is there, and its protocol. */
    record Existing(UUID id, String protocol) {}

    PairsPart(Wizard wizard, @Nullable List<String> folders, WizardState state) {
        this.wizard = wizard;
        addClassName("stack");
        name.setRequiredIndicatorVisible(true);
        name.setManualValidation(true);
        name.setMaxLength(120);
        name.setWidthFull();
        name.setHelperText(translate("import.name.help"));
        name.setValue(state.choices().name());
        into.setLabel(translate("wizard.into"));
        into.setValue(state.choices().addTo() != null);
        look();
        name.addValueChangeListener(change -> {
            name.setInvalid(false);
            into.setValue(false);
            look();
            wizard.keep();
        });
        into.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                name.setInvalid(false);
                wizard.keep();
            }
        });
        folder = folders == null ? null : folders(folders, state);
        said.addClassName("stack");
        result.addClassName("stack");
        result.getElement().setAttribute("aria-live", "polite");
        // not at every line
        counter.getElement().setAttribute("aria-live", "off");
        counter.addClassName("s");
        add(
                new Panel(translate("import.campaign")).body(box("stack", name, taken)),
                new Panel(translate("import.file"))
                        .says(translate(folder == null ? "import.file.help" : "wizard.file.help"))
                        .body(box("stack", upload(), said, folderRow())),
                result);
        refresh(state);
    }

    private Upload upload() {
        var upload = new Upload((UploadEvent event) -> wizard.receive(
                event,
                folder == null ? null : Optional.ofNullable(folder.getValue()).orElse("")));
        upload.setMaxFiles(1);
        upload.setAcceptedFileExtensions(folder == null ? new String[] {".zip"} : new String[] {".zip", ".jsonl"});
        var words = new UploadI18N();
        words.setAddFiles(new UploadI18N.AddFiles().setOne(translate("import.choose")));
        words.setDropFiles(new UploadI18N.DropFiles().setOne(translate("import.drop")));
        words.setError(new UploadI18N.Error()
                .setIncorrectFileType(translate("import.nozip"))
                .setTooManyFiles(translate("wizard.onefile")));
        upload.setI18n(words);
        upload.addFileRejectedListener(rejected -> {
            said.removeAll();
            said.add(note(Icon.WARNING, rejected.getErrorMessage(), "err"));
        });
        upload.addAllFinishedListener(finished -> {
            // the next file replaces this one
            said.removeAll();
            upload.clearFileList();
        });
        return upload;
    }

    private static Select<String> folders(List<String> folders, WizardState state) {
        var select = new Select<String>();
        select.setLabel(translate("wizard.folder"));
        select.setItems(folders);
        select.setItemLabelGenerator(each -> each == null
                ? translate("wizard.folder.none")
                : each.isEmpty() ? translate("wizard.folder.top") : each);
        select.setEmptySelectionAllowed(true);
        select.setEmptySelectionCaption(translate("wizard.folder.none"));
        var draft = state.draft();
        if (draft != null
                && draft.source() != null
                && folders.contains(String.valueOf(draft.source().folder()))) {
            select.setValue(draft.source().folder());
        }
        return select;
    }

    private Div folderRow() {
        if (folder == null) {
            return new Div();
        }
        var take = new Button(translate("wizard.folder.take"), click -> {
            if (folder.getValue() != null) {
                wizard.folder(folder.getValue());
            }
        });
        return box("row wrap", folder, take);
    }

    /** Says whose name it is, before pairs go into the wrong campaign. */
    private void look() {
        taken.removeAll();
        existing = null;
        var typed = name.getValue().strip();
        if (typed.isEmpty()) {
            return;
        }
        wizard.existing(typed).ifPresent(found -> {
            existing = found.id();
            taken.add(box("stack", note(Icon.WARNING, translate("wizard.into.help", found.protocol()), "warn"), into));
        });
    }

    @Override
    public Optional<DraftChoices> chosen(DraftChoices before) {
        return Optional.of(new DraftChoices(
                before.step(),
                name.getValue().strip(),
                into.getValue() ? existing : null,
                before.protocol(),
                before.settings(),
                before.gold(),
                before.people()));
    }

    /** Why this step cannot be left yet, said where it can be mended. */
    boolean obstructed(WizardState state) {
        if (!into.getValue() && wizard.taken(name.getValue())) {
            complain("name", translate("wizard.problem.name_taken"));
            return true;
        }
        var obstacle = state.obstacle();
        obstacle.ifPresent(found -> {
            switch (found) {
                case NO_NAME -> complain("name", translate("import.name.missing"));
                case NO_PAIRS -> complain("pairs", translate("wizard.problem.no_pairs"));
                case NOTHING_TO_IMPORT -> complain("pairs", translate("import.refused"));
            }
        });
        return obstacle.isPresent();
    }

    @Override
    public boolean complain(String field, String words) {
        if (field.equals("name")) {
            name.setErrorMessage(words);
            name.setInvalid(true);
            name.focus();
            return true;
        }
        if (field.equals("pairs") || field.equals("folder") || field.equals("body")) {
            said.removeAll();
            said.add(note(Icon.WARNING, words, "err"));
            return true;
        }
        return false;
    }

    @Override
    public void refresh(WizardState state) {
        var draft = state.draft();
        if (draft == null || draft.source() == null) {
            return;
        }
        counter.setText(translate("wizard.checking", Figures.count(draft.rowsRead())));
        var now = List.of(
                draft.version(),
                draft.work(),
                Optional.ofNullable(draft.failure()),
                Optional.ofNullable(draft.checked()).isPresent());
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        result.removeAll();
        result.add(sent(draft));
        if (draft.work() == Work.CHECKING) {
            var bar = new ProgressBar();
            bar.setIndeterminate(true);
            result.add(new Panel(translate("import.report.check")).body(box("stack", counter, bar)));
            return;
        }
        if (draft.failure() != null) {
            result.add(note(Icon.WARNING, WizardWords.of(draft.failure()), "err"));
        }
        if (draft.checked() != null) {
            result.add(
                    new ImportReportPanel(draft.checked().report(), draft.id()),
                    new ColumnsPanel(draft.checked().contents()));
        }
        result.add(new Div(new Button(translate("import.again"), click -> wizard.again())));
    }

    private static Div sent(CampaignDraft draft) {
        var source = draft.source();
        var upload = source == null ? null : source.upload();
        var place = source == null ? null : source.folder();
        return box(
                "row",
                Icon.FILE.draw(),
                Parts.written(upload == null ? place == null || place.isEmpty() ? "/" : place : upload, "strong"));
    }
}
