import io.mvnpm.esbuild.Bundler;
import io.mvnpm.esbuild.model.BundleOptions;
import io.mvnpm.esbuild.model.BundleOptionsBuilder;
import io.mvnpm.esbuild.model.EsBuildConfig;
import io.mvnpm.esbuild.model.WebDependency;
import io.mvnpm.esbuild.model.WebDependency.WebDependencyType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bundles the browser code with esbuild, without Node: run by Maven in source-launch mode with the module's class path,
 * which carries esbuild and the npm packages as jars.
 *
 * <p>Arguments: the folder of the sources, the folder the bundles go to, then the entry files. Bundles newer than every
 * source are left alone.
 */
final class Bundle {
    private static final String MVNPM = String.join(File.separator, "", "org", "mvnpm", "");
    private static final String WEBJARS = String.join(File.separator, "", "org", "webjars", "npm", "");

    private Bundle() {}

    public static void main(String[] arguments) throws IOException {
        Path sources = Path.of(arguments[0]).toAbsolutePath();
        Path target = Path.of(arguments[1]).toAbsolutePath();
        List<String> entries = List.of(arguments).subList(2, arguments.length);
        if (upToDate(sources, target, entries)) {
            return;
        }
        Path work = Files.createTempDirectory("bundle");
        try {
            // the bundler resolves imports inside its own folder only
            copySources(sources, work);
            flatten(bundle(work, entries), target);
        } finally {
            delete(work);
        }
    }

    private static boolean upToDate(Path sources, Path target, List<String> entries) throws IOException {
        FileTime newest = newestIn(sources);
        for (String entry : entries) {
            Path bundle = target.resolve(bundleName(entry));
            if (!Files.exists(bundle) || Files.getLastModifiedTime(bundle).compareTo(newest) < 0) {
                return false;
            }
        }
        return true;
    }

    private static FileTime newestIn(Path folder) throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Bundle::isSource).toList()) {
                FileTime time = Files.getLastModifiedTime(file);
                newest = time.compareTo(newest) > 0 ? time : newest;
            }
        }
        return newest;
    }

    private static boolean isSource(Path file) {
        String name = file.toString();
        return name.endsWith(".ts") || name.endsWith(".css");
    }

    private static String bundleName(String entry) {
        return Path.of(entry).getFileName().toString().replaceFirst("\\.ts$", ".js");
    }

    private static Path bundle(Path work, List<String> entries) throws IOException {
        // style sheets become text, for the shadow roots that adopt them
        EsBuildConfig configuration = EsBuildConfig.builder()
                .loader(Map.of(".css", EsBuildConfig.Loader.TEXT))
                .bundle()
                .minify()
                .sourceMap()
                .splitting(false)
                .format(EsBuildConfig.Format.ESM)
                .fixedEntryNames()
                .build();
        BundleOptionsBuilder options = BundleOptions.builder()
                .withWorkDir(work)
                .withDependencies(npmPackages())
                .withEsConfig(configuration);
        for (String entry : entries) {
            options.addEntryPoint(work, entry);
        }
        return Bundler.bundle(options.build(), true).dist();
    }

    /** The npm packages on the class path; the bundler reads each from its jar. */
    private static List<WebDependency> npmPackages() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> jar.contains(MVNPM) || jar.contains(WEBJARS))
                .filter(jar -> !jar.contains("esbuild") && !jar.contains("deno"))
                .map(jar -> WebDependency.of(
                        Path.of(jar), jar.contains(MVNPM) ? WebDependencyType.MVNPM : WebDependencyType.WEBJARS))
                .toList();
    }

    private static void copySources(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Bundle::isSource).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static void flatten(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
