package org.diptych.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The pictures that EditReward's records name: its loader takes another record in silence where one is missing, so an
 * export is complete only with them. A picture is named by its digest, so those that are there already are kept.
 */
final class ExportedPictures {
    private static final Set<String> FIELDS = Set.of("path_src", "path1", "path2");

    private final ServerClient client;
    private final Path folder;

    ExportedPictures(ServerClient client, Path folder) {
        this.client = client;
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Fetches what the records name and the folder lacks.
     *
     * @return how many pictures the records name
     */
    int fetch(Path records) throws IOException {
        var named = named(records);
        for (var path : named) {
            var target = folder.resolve(path).normalize();
            if (!target.startsWith(folder)) {
                throw CommandFailure.failed("The server named a picture outside of the folder: " + path);
            }
            if (!Files.exists(target)) {
                fetch(path, target);
            }
        }
        return named.size();
    }

    private void fetch(String path, Path target) throws IOException {
        var name = target.getFileName().toString();
        var response = client.open("/images/" + name.substring(0, name.indexOf('.')) + "/original");
        if (response.statusCode() / 100 != 2) {
            throw client.refusal(response.statusCode(), client.document(response));
        }
        Files.createDirectories(folder.resolve(path).toAbsolutePath().getParent());
        var draft = target.resolveSibling(name + ".part");
        try (var body = response.body()) {
            Files.copy(body, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static Set<String> named(Path records) {
        var paths = new LinkedHashSet<String>();
        try (JsonParser parser = ServerClient.JSON.createParser(records)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && FIELDS.contains(parser.currentName())) {
                    parser.nextToken();
                    paths.add(parser.getString());
                }
            }
        }
        return paths;
    }
}
