package org.diptych.service.agreement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.protocol.Protocol;
import org.diptych.service.agreement.AgreementFigures.Person;
import org.diptych.service.agreement.AgreementFigures.Version;
import org.diptych.service.protocol.ProtocolService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What has to be known beside the labels: who gave them and under which protocol versions. */
@Component
class CampaignFacts {
    private final JdbcClient jdbc;
    private final ProtocolService protocols;

    CampaignFacts(JdbcClient jdbc, ProtocolService protocols) {
        this.jdbc = jdbc;
        this.protocols = protocols;
    }

    /** The annotators of the labels, by number. */
    List<FigureReading.Annotator> annotators(CampaignLabels.Snapshot labels) {
        var found = new HashMap<UUID, FigureReading.Annotator>();
        jdbc.sql("SELECT id, name, display_name, language FROM account WHERE id = ANY (?)")
                .param(labels.annotators().toArray(UUID[]::new))
                .query(row -> {
                    var id = row.getObject("id", UUID.class);
                    found.put(
                            id,
                            new FigureReading.Annotator(
                                    new Person(id, row.getString("name"), row.getString("display_name")),
                                    row.getString("language")));
                });
        return labels.annotators().stream()
                .map(id -> Objects.requireNonNull(found.get(id)))
                .toList();
    }

    /** The campaign's own protocol version, then the others that labels were given under, the latest first. */
    List<Version> versions(UUID campaign, CampaignLabels.Snapshot labels) {
        var counts = new long[labels.versions().size()];
        labels.pairs()
                .forEach(pair ->
                        pair.answers().forEach(given -> counts[given.code().version()]++));
        var current = jdbc.sql("SELECT protocol_sha256 FROM campaign WHERE id = ?")
                .param(campaign)
                .query(String.class)
                .single();
        var digests = new ArrayList<>(labels.versions().reversed());
        digests.remove(current);
        digests.addFirst(current);
        return digests.stream()
                .map(sha256 -> {
                    var number = labels.versions().indexOf(sha256);
                    return new Version(
                            protocols.bySha256(sha256).protocol().reference(),
                            sha256,
                            number < 0 ? 0 : counts[number],
                            sha256.equals(current));
                })
                .toList();
    }

    Map<String, Protocol> protocols(List<Version> versions) {
        return versions.stream()
                .collect(Collectors.toMap(
                        Version::sha256,
                        version -> protocols.bySha256(version.sha256()).protocol()));
    }
}
