package org.diptych.service.history;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.diptych.service.image.ObjectStore;

/** Reads every picture and evidence map that a row speaks of and compares it with the digest that names it. */
final class FileVerification {
    private static final int FETCH = 1_000;
    private static final int MOST_NAMED = 20;

    private final ObjectStore store;
    private final Consumer<String> progress;
    private final List<String> first = new ArrayList<>();
    private long checked;
    private long bytes;
    private long wrong;

    FileVerification(ObjectStore store, Consumer<String> progress) {
        this.store = store;
        this.progress = progress;
    }

    HistoryReport.Files files(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (var rows = statement.executeQuery("""
                            SELECT sha256, 'picture' FROM image
                            UNION ALL SELECT DISTINCT overlay_sha256, 'evidence map' FROM candidate_evidence
                                WHERE overlay_sha256 IS NOT NULL
                            UNION ALL SELECT DISTINCT parameters_digest, 'model' FROM model_version
                                WHERE parameters_digest ~ '^[0-9a-f]{64}$'""")) {
                while (rows.next()) {
                    check(rows.getString(1), rows.getString(2));
                }
            }
        }
        return new HistoryReport.Files(checked, bytes, wrong, List.copyOf(first));
    }

    /** A model is named by the digest of its parameters, not of its file: it has to be there and readable. */
    private void check(String name, String kind) {
        boolean model = kind.equals("model");
        var object = store.find(ObjectStore.keyOf(name) + (model ? ".model" : ""));
        if (object.isEmpty()) {
            wrong(kind + " " + name + " is missing");
        } else {
            try (var content = object.get().getInputStream()) {
                var digest = sha256();
                bytes += content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
                if (!model && !HexFormat.of().formatHex(digest.digest()).equals(name)) {
                    wrong(kind + " " + name + " is not what its name says");
                }
            } catch (IOException e) {
                wrong(kind + " " + name + " cannot be read: " + e.getMessage());
            }
        }
        if (++checked % FETCH == 0) {
            progress.accept(checked + " pictures and models");
        }
    }

    private void wrong(String what) {
        wrong++;
        if (first.size() < MOST_NAMED) {
            first.add(what);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
