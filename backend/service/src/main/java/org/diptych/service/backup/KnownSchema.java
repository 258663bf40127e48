package org.diptych.service.backup;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The schema that this version of the product brings. */
final class KnownSchema {
    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.*\\.sql");

    private KnownSchema() {}

    /** The version of its latest migration, without a database. */
    static MigrationVersion latest() throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/V*.sql"))
                .map(resource -> MIGRATION.matcher(Objects.requireNonNullElse(resource.getFilename(), "")))
                .filter(Matcher::matches)
                .map(name -> MigrationVersion.fromVersion(name.group(1)))
                .max(MigrationVersion::compareTo)
                .orElseThrow(() -> new IllegalStateException("no migrations on the class path"));
    }
}
