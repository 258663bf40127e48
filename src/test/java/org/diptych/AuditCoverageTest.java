package org.diptych;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.audit.Unaudited;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whatever a service changes on somebody's behalf, for a page or for a program, is followed to its entry in the audit log. */
@AnalyzeClasses(packages = "org.diptych", importOptions = ImportOption.DoNotIncludeTests.class)
class AuditCoverageTest {
    @ArchTest
    static void what_changes_something_for_somebody_reaches_the_audit_log_or_says_why_not(JavaClasses classes) {
        var changing = new TreeSet<String>();
        var silent = new TreeSet<String>();
        for (var type : classes) {
            if (!type.getPackageName().startsWith("org.diptych.")) {
                continue;
            }
            for (var method : type.getMethods()) {
                if (changes(method)) {
                    changing.add(method.getFullName());
                    if (!isExcused(method) && !reachesLog(method)) {
                        silent.add(method.getFullName());
                    }
                }
            }
        }
        assertThat(changing).hasSizeGreaterThan(30);
        assertThat(silent).isEmpty();
    }

    /** Takes the person on whose behalf, and runs in a transaction that writes. */
    private static boolean changes(JavaMethod method) {
        if (method.getModifiers().contains(JavaModifier.PRIVATE)
                || method.getModifiers().contains(JavaModifier.STATIC)
                || method.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(SignedIn.class))) {
            return false;
        }
        var transactional = method.isAnnotatedWith(Transactional.class)
                ? method.getAnnotationOfType(Transactional.class)
                : method.getOwner().tryGetAnnotationOfType(Transactional.class).orElse(null);
        return transactional != null
                && !transactional.readOnly()
                && transactional.propagation() != Propagation.NOT_SUPPORTED;
    }

    private static boolean isExcused(JavaMethod method) {
        return method.isAnnotatedWith(Unaudited.class) || method.getOwner().isAnnotatedWith(Unaudited.class);
    }

    private static boolean reachesLog(JavaMethod start) {
        Set<JavaMethod> seen = new HashSet<>();
        var next = new ArrayDeque<JavaMethod>();
        next.add(start);
        while (!next.isEmpty()) {
            var method = next.remove();
            if (method.getOwner().isEquivalentTo(AuditLog.class)) {
                return true;
            }
            if (seen.add(method)) {
                method.getMethodCallsFromSelf()
                        .forEach(call -> call.getTarget()
                                .resolveMember()
                                .filter(target ->
                                        target.getOwner().getPackageName().startsWith("org.diptych."))
                                .ifPresent(next::add));
            }
        }
        return false;
    }
}
