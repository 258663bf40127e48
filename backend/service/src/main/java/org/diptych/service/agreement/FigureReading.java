package org.diptych.service.agreement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.diptych.protocol.Protocol;
import org.diptych.service.agreement.AgreementFigures.Basis;
import org.diptych.service.agreement.AgreementFigures.Choices;
import org.diptych.service.agreement.AgreementFigures.DimensionFigures;
import org.diptych.service.agreement.AgreementFigures.Disputed;
import org.diptych.service.agreement.AgreementFigures.Group;
import org.diptych.service.agreement.AgreementFigures.Person;
import org.diptych.service.agreement.AgreementFigures.StratumFigures;
import org.diptych.service.agreement.AgreementFigures.Version;
import org.diptych.service.agreement.AgreementFilter.Level;
import org.diptych.service.agreement.AgreementFilter.Part;
import org.diptych.service.agreement.AnsweredPair.Given;
import org.diptych.service.problem.Problem;
import org.diptych.statistics.agreement.IntervalSettings;
import org.jspecify.annotations.Nullable;

/** Computes the figures of one filter from the labels at one moment. */
final class FigureReading {
    private static final int MOST_DISPUTED = 20;

    private final CampaignLabels.Snapshot labels;
    private final List<Version> versions;
    private final List<Annotator> people;
    private final AgreementFilter filter;
    private final Version version;
    private final Map<String, Protocol> protocols;
    private final Protocol protocol;
    private final Scale scale;
    private final Scale verdicts;
    /** What the filter wants, of all protocol versions and strata. */
    private final Selection wide;

    private final Selection chosen;

    /**
     * An annotator of the campaign.
     *
     * @param language of the account
     */
    record Annotator(Person person, String language) {}

    /**
     * Understands a filter.
     *
     * @param versions that have labels, and the campaign's own
     * @param people by their number among the labels
     * @param protocols the documents by digest
     * @throws Problem when the filter names what there is not
     */
    FigureReading(
            CampaignLabels.Snapshot labels,
            List<Version> versions,
            List<Annotator> people,
            Map<String, Protocol> protocols,
            AgreementFilter filter) {
        this.labels = labels;
        this.versions = versions;
        this.people = people;
        this.filter = filter;
        this.protocols = protocols;
        this.version = version(filter);
        this.protocol = Objects.requireNonNull(protocols.get(version.sha256()));
        var dimension = Optional.ofNullable(filter.dimension())
                .orElse(protocol.dimensions().getFirst().id());
        if (!Scale.columns(protocol).contains(dimension)) {
            throw Problem.invalid(
                    "unknown_dimension",
                    "dimension",
                    protocol.reference() + " has no dimension " + dimension + ", but "
                            + String.join(", ", Scale.columns(protocol)) + ".");
        }
        this.scale = scale(protocol, dimension);
        this.verdicts = Scale.nominal(protocol, dimension);
        this.wide = wide();
        this.chosen = inStratum(inVersion(wide, version), filter.stratum());
    }

    private Version version(AgreementFilter wanted) {
        if (wanted.protocol() != null) {
            return versions.stream()
                    .filter(each -> each.reference().equals(wanted.protocol()))
                    .findFirst()
                    .orElseThrow(() -> Problem.invalid(
                            "unknown_protocol",
                            "protocol",
                            "The campaign has no answers under " + wanted.protocol() + ". It has "
                                    + String.join(
                                            ", ",
                                            versions.stream()
                                                    .map(Version::reference)
                                                    .toList())
                                    + "."));
        }
        return usual(labels, versions);
    }

    /** The campaign's own version; while it has nothing to compare, the one that has most. */
    static Version usual(CampaignLabels.Snapshot labels, List<Version> versions) {
        var current = versions.stream().filter(Version::current).findFirst().orElseThrow();
        var all = new Selection(labels.pairs());
        Version most = current;
        long mostComparable = 0;
        for (var each : versions) {
            var number = labels.versions().indexOf(each.sha256());
            var comparable =
                    all.where(given -> given.code().version() == number).comparable();
            if (each.current() && comparable > 0) {
                return each;
            }
            if (comparable > mostComparable) {
                most = each;
                mostComparable = comparable;
            }
        }
        return most;
    }

    private Selection wide() {
        var selection = new Selection(labels.pairs());
        var category = filter.category();
        if (category != null) {
            selection = selection.ofPairs(pair -> category.equals(pair.category()));
        }
        var from = filter.from();
        var to = filter.to();
        if (from != null || to != null) {
            selection = selection.where(given -> {
                var day = Breakdown.day(given.minute());
                return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
            });
        }
        var name = filter.annotator();
        if (name != null) {
            var number = number(name);
            selection =
                    selection.ofPairs(pair -> pair.answers().stream().anyMatch(given -> given.annotator() == number));
        }
        return selection;
    }

    private Selection inVersion(Selection selection, Version wanted) {
        var number = labels.versions().indexOf(wanted.sha256());
        return selection.where(given -> given.code().version() == number);
    }

    private static Selection inStratum(Selection selection, Part part) {
        return switch (part) {
            case UNIFORM -> selection.where(Given::uniform);
            case ACQUIRED -> selection.where(given -> !given.uniform());
            case ALL -> selection;
        };
    }

    AgreementFigures figures(ModelOpinions opinions, ModelOpinions.@Nullable Version model, Instant now) {
        var column = scale.column();
        var dimensions = dimensions();
        var breakdown = new Breakdown(chosen);
        var groups = new LinkedHashMap<String, List<Group>>();
        groups.put("category", breakdown.categories(scale));
        groups.put("model", breakdown.models(scale));
        groups.put("model_pair", breakdown.modelPairs(scale));
        groups.put("version", byVersion());
        groups.put(
                "language",
                breakdown.languages(
                        scale, people.stream().map(Annotator::language).toList()));
        var weeks = breakdown.weeks(scales());
        var against = new AgainstModel(model, opinions, labels, chosen, column);
        var persons = new People(chosen, people.stream().map(Annotator::person).toList(), scale, verdicts);
        var annotators = persons.figures(against::of);
        var confusions = new Confusions(chosen);
        var whole = filter.level() == Level.ORDINAL
                ? dimensions.get(column).ordinal()
                : dimensions.get(column).nominal();
        return new AgreementFigures(
                new Basis(
                        version.reference(),
                        version.sha256(),
                        version.current(),
                        scale.dimension(),
                        filter.level().word(),
                        scale.kind().word(),
                        chosen.labels(),
                        chosen.pairs().size(),
                        chosen.comparable(),
                        now),
                choices(),
                dimensions,
                strata(),
                weeks,
                groups,
                confusions.of(scale.kind() == Scale.Kind.RATING ? scale : words(), verdicts),
                annotators,
                persons.matrix(),
                persons.everybody(),
                against.figures(),
                disputed(confusions, opinions, model),
                new Findings(whole)
                        .people(annotators)
                        .categories(Objects.requireNonNull(groups.get("category")))
                        .trend(weeks, column)
                        .list());
    }

    private Scale words() {
        return Scale.words(protocol, scale.dimension());
    }

    /** How the dimensions are compared at the level that is wanted. */
    private List<Scale> scales() {
        return Scale.columns(protocol).stream()
                .map(dimension -> scale(protocol, dimension))
                .toList();
    }

    private Scale scale(Protocol of, String dimension) {
        return filter.level() == Level.ORDINAL ? Scale.ordinal(of, dimension) : Scale.nominal(of, dimension);
    }

    private List<DimensionFigures> dimensions() {
        return Scale.columns(protocol).stream()
                .map(dimension -> {
                    var ordinal = Scale.ordinal(protocol, dimension);
                    var nominal = Scale.nominal(protocol, dimension);
                    return new DimensionFigures(
                            dimension,
                            ordinal.kind().word(),
                            Coefficients.reading(ordinal, chosen.histogram(ordinal), IntervalSettings.DEFAULT),
                            Coefficients.reading(nominal, chosen.histogram(nominal), IntervalSettings.DEFAULT));
                })
                .toList();
    }

    private List<StratumFigures> strata() {
        var strata = new ArrayList<StratumFigures>();
        var inVersion = inVersion(wide, version);
        for (var part : Part.values()) {
            var selection = inStratum(inVersion, part);
            strata.add(new StratumFigures(
                    part.word(), selection.labels(), new Breakdown(selection).readings(scales(), Coefficients.MANY)));
        }
        return strata;
    }

    /** The versions that have the dimension, each by itself. */
    private List<Group> byVersion() {
        var groups = new ArrayList<Group>();
        for (var each : versions) {
            var other = Objects.requireNonNull(protocols.get(each.sha256()));
            if (each.labels() > 0 && Scale.columns(other).contains(scale.dimension())) {
                var same = scale(other, scale.dimension());
                groups.add(Breakdown.group(
                        same,
                        each.reference(),
                        inStratum(inVersion(wide, each), filter.stratum()).histogram(same)));
            }
        }
        return groups;
    }

    private Choices choices() {
        return new Choices(
                versions,
                people.stream()
                        .map(Annotator::person)
                        .sorted(Comparator.comparing(Person::displayName))
                        .toList(),
                labels.pairs().stream()
                        .map(AnsweredPair::category)
                        .filter(Objects::nonNull)
                        .distinct()
                        .sorted()
                        .toList());
    }

    private List<Disputed> disputed(
            Confusions confusions, ModelOpinions opinions, ModelOpinions.@Nullable Version model) {
        var most = confusions.most(words(), MOST_DISPUTED);
        var first = AgainstModel.first(
                model, opinions, most.stream().map(Confusions.Dispute::pair).toList());
        return most.stream()
                .map(dispute -> new Disputed(
                        dispute.pair(), dispute.disagreement(), dispute.answers(), first.get(dispute.pair())))
                .toList();
    }

    /** Pairs that two people both answered, and not the same way. */
    List<Disputed> between(String one, String other, int most) {
        var first = number(one);
        var second = number(other);
        return new Confusions(chosen.where(given -> given.annotator() == first || given.annotator() == second))
                .most(words(), most).stream()
                        .map(dispute -> new Disputed(dispute.pair(), dispute.disagreement(), dispute.answers(), null))
                        .toList();
    }

    private int number(String name) {
        for (var number = 0; number < people.size(); number++) {
            if (people.get(number).person().name().equals(name)) {
                return number;
            }
        }
        throw Problem.invalid(
                "unknown_annotator", "annotator", "Nobody called " + name + " has answered in this campaign.");
    }
}
