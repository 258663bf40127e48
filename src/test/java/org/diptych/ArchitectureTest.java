package org.diptych;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.RestController;

/** The rules that hold the design together, beside those that the build's dependencies already enforce. */
@AnalyzeClasses(packages = "org.diptych", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** A module may use only what stands to its left; the two in the middle of the end never see each other. */
    private static final List<String> MODULES = List.of("protocol", "statistics", "service", "reward", "ui");

    /** In each module the loop is a line of code: a step may use only what stands to its left. */
    private static final Map<String, List<String>> STEPS = Map.of(
            "protocol", List.of("text", ""),
            "statistics", List.of("evaluation", "agreement", "annotator", "ranking", "acquisition", "replay"),
            "service",
                    List.of(
                            "edge",
                            "problem",
                            "database",
                            "request",
                            "figures",
                            "audit",
                            "account",
                            "image",
                            "download",
                            "protocol",
                            "campaign",
                            "qualification",
                            "assignment",
                            "label",
                            "evidence",
                            "agreement",
                            "ranking",
                            "quality",
                            "payment",
                            "dataset",
                            "foreign",
                            "reward",
                            "acquisition",
                            "pair",
                            "adjudication",
                            "conduct",
                            "health",
                            "draft",
                            "alert",
                            "delivery",
                            "history",
                            "backup",
                            "installation"),
            "reward", List.of("encoder", "", "finetune", "acquisition", "worker"),
            "ui",
                    List.of(
                            "annotate",
                            "shell",
                            "chart",
                            "home",
                            "account",
                            "campaign",
                            "protocol",
                            "agreement",
                            "ranking",
                            "payment",
                            "quality",
                            "dataset",
                            "reward",
                            "acquisition",
                            "pair",
                            "adjudication",
                            "alert",
                            "overview",
                            "audit",
                            "installation"));

    @ArchTest
    static final ArchRule modules_and_steps_use_only_what_stands_to_their_left = classes()
            .that()
            .resideInAnyPackage(MODULES.stream()
                    .map(module -> "org.diptych." + module + "..")
                    .toArray(String[]::new))
            .should(new ArchCondition<>("use only modules and steps to their left") {
                @Override
                public void check(JavaClass origin, ConditionEvents events) {
                    var from = Place.of(origin).orElseThrow();
                    origin.getDirectDependenciesFromSelf().forEach(dependency -> {
                        if (!Place.of(dependency.getTargetClass())
                                .map(from::mayUse)
                                .orElseGet(() -> !isApplication(dependency.getTargetClass()))) {
                            events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
                        }
                    });
                }
            });

    /** Where a class stands: its module, and the place of its step in the module's line. */
    private record Place(String module, int step) {
        static Optional<Place> of(JavaClass javaClass) {
            var names = javaClass.getPackageName().split("\\.");
            if (!javaClass.getPackageName().startsWith("org.diptych.") || !MODULES.contains(names[2])) {
                return Optional.empty();
            }
            var step = names.length > 3 ? names[3] : "";
            int place = STEPS.getOrDefault(names[2], List.of()).indexOf(step);
            assertThat(place)
                    .as("the place of step '%s' in module %s", step, names[2])
                    .isNotNegative();
            return Optional.of(new Place(names[2], place));
        }

        boolean mayUse(Place other) {
            if (module.equals(other.module)) {
                return other.step <= step;
            }
            return MODULES.indexOf(other.module) < MODULES.indexOf(module)
                    && !(module.equals("ui") && other.module.equals("reward"));
        }
    }

    private static boolean isApplication(JavaClass javaClass) {
        return javaClass.getPackageName().startsWith("org.diptych");
    }

    @ArchTest
    static final ArchRule controllers_are_package_private =
            classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule controllers_and_views_hold_no_statements = noClasses()
            .that()
            .areAnnotatedWith(RestController.class)
            .or()
            .resideInAPackage("org.diptych.ui..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.jdbc..", "jakarta.persistence..", "org.springframework.data..");

    @ArchTest
    static final ArchRule statistics_and_protocol_know_no_framework = noClasses()
            .that()
            .resideInAnyPackage("org.diptych.protocol..", "org.diptych.statistics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "java.sql..", "com.vaadin..", "ai.djl..");

    @ArchTest
    static final ArchRule only_the_reward_module_knows_the_engine = noClasses()
            .that()
            .resideOutsideOfPackages("org.diptych.reward..", "org.diptych")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl..", "ai.onnxruntime..");
}
