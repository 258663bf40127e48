package org.diptych;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.RestController;

/** The rules that hold the design together, beside those that the build's dependencies already enforce. */
@AnalyzeClasses(packages = "org.diptych", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** The loop as a line of code: a step may use only what stands to its left. */
    private static final List<String> STEPS = List.of(
            "protocol",
            "campaign",
            "qualification",
            "assignment",
            "label",
            "evidence",
            "agreement",
            "quality",
            "dataset",
            "reward",
            "acquisition",
            "worker");

    @ArchTest
    static final ArchRule steps_use_only_what_stands_to_their_left = classes()
            .that()
            .resideInAnyPackage(
                    STEPS.stream().map(step -> "org.diptych." + step + "..").toArray(String[]::new))
            .and()
            // views show what all steps have; they are the frontend's, where nothing depends on them
            .resideOutsideOfPackages("..frontend..")
            .should(new ArchCondition<>("use only steps to their left") {
                @Override
                public void check(JavaClass origin, ConditionEvents events) {
                    if (fromFrontend(origin)) {
                        return;
                    }
                    origin.getDirectDependenciesFromSelf().forEach(dependency -> {
                        int from = step(origin).orElseThrow();
                        int to = step(dependency.getTargetClass()).orElse(-1);
                        if (to > from) {
                            events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
                        }
                    });
                }
            });

    @ArchTest
    static final ArchRule controllers_are_package_private =
            classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule statistics_and_protocol_know_no_framework = noClasses()
            .that()
            .resideInAnyPackage("org.diptych.annotator..", "org.diptych.ranking..", "org.diptych.evaluation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "java.sql..", "com.vaadin..", "ai.djl..");

    @ArchTest
    static final ArchRule only_the_reward_module_knows_the_engine = noClasses()
            .that()
            .resideOutsideOfPackages("org.diptych.reward..", "org.diptych.worker..", "org.diptych")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl..", "ai.onnxruntime..");

    private static boolean fromFrontend(JavaClass origin) {
        return origin.getSource()
                .map(source -> source.getUri().toString().contains("diptych-frontend")
                        || source.getUri().toString().contains("/frontend/"))
                .orElse(false);
    }

    private static Optional<Integer> step(JavaClass javaClass) {
        var name = javaClass.getPackageName();
        for (int i = 0; i < STEPS.size(); i++) {
            var step = "org.diptych." + STEPS.get(i);
            if (name.equals(step) || name.startsWith(step + ".")) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
