package org.diptych.service.dataset;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.agreement.CampaignAgreement;
import org.diptych.service.database.Streaming;
import org.jspecify.annotations.Nullable;

/**
 * What only the platform knows about a dataset: who said how much, under which words, how pairs were chosen.
 *
 * @param campaign its name
 * @param pairs how many pairs were labelled
 * @param labels how many answers are in it
 * @param skips how many times somebody said that a pair cannot be judged
 * @param annotators how many gave the answers
 * @param simulated how many of these are programs
 * @param fewest answers to one pair
 * @param most answers to one pair
 * @param first day of the first answer, or null
 * @param last day of the last answer, or null
 * @param strata answers by how their pairs were chosen
 * @param policies names of the policies that chose the acquired ones
 * @param protocols the protocol versions that the answers were given under
 * @param leftChosen decided answers in which the edit on the left was preferred
 * @param decided answers in which one edit was preferred
 * @param agreement of the campaign's people, or null where it is not known
 */
record DatasetFacts(
        String campaign,
        long pairs,
        long labels,
        long skips,
        long annotators,
        long simulated,
        long fewest,
        long most,
        @Nullable LocalDate first,
        @Nullable LocalDate last,
        Map<String, Long> strata,
        List<String> policies,
        List<ProtocolDocument> protocols,
        long leftChosen,
        long decided,
        @Nullable CampaignAgreement agreement) {
    /** Reads them. */
    static DatasetFacts read(
            Dataset data,
            Streaming streaming,
            Function<String, ProtocolDocument> protocols,
            @Nullable CampaignAgreement agreement) {
        var condition = data.options().filter().condition();
        var parameters = condition.after(data.campaign());
        var chosen = "FROM " + LabelledTasks.of("current_label", data.options().filter(), "") + condition.text();
        var numbers = new TreeMap<String, Long>();
        var days = new LocalDate[2];
        streaming.query(
                """
                SELECT count(*) AS labels, count(DISTINCT l.pair_id) AS pairs, count(DISTINCT l.annotator_id) AS annotators,
                    count(DISTINCT l.annotator_id) FILTER (WHERE a.simulated) AS simulated,
                    count(*) FILTER (WHERE l.verdicts ->> 'overall' IN ('first', 'second')) AS decided,
                    count(*) FILTER (WHERE l.verdicts ->> 'overall' = CASE WHEN l.swapped THEN 'second' ELSE 'first' END)
                        AS left_chosen,
                    min(l.submitted_at) AS earliest, max(l.submitted_at) AS latest """ + " " + chosen,
                row -> {
                    for (var name : List.of("labels", "pairs", "annotators", "simulated", "decided", "left_chosen")) {
                        numbers.put(name, row.getLong(name));
                    }
                    var earliest = row.getTimestamp("earliest");
                    var latest = row.getTimestamp("latest");
                    days[0] = earliest == null ? null : day(earliest);
                    days[1] = latest == null ? null : day(latest);
                },
                parameters);
        streaming.query(
                "SELECT coalesce(min(n), 0) AS fewest, coalesce(max(n), 0) AS most FROM (SELECT count(*) AS n " + chosen
                        + " GROUP BY l.pair_id) counts",
                row -> {
                    numbers.put("fewest", row.getLong("fewest"));
                    numbers.put("most", row.getLong("most"));
                },
                parameters);
        streaming.query(
                "SELECT count(*) AS skips FROM " + LabelledTasks.ofSkips() + condition.text(),
                row -> numbers.put("skips", row.getLong("skips")),
                parameters);
        var strata = new TreeMap<String, Long>();
        streaming.query(
                "SELECT lower(l.stratum) AS stratum, count(*) AS n " + chosen + " GROUP BY 1",
                row -> strata.put(row.getString("stratum"), row.getLong("n")),
                parameters);
        var policies = new ArrayList<String>();
        streaming.query(
                "SELECT DISTINCT policy FROM acquisition_batch WHERE id IN (SELECT l.acquisition_batch_id " + chosen
                        + ") ORDER BY 1",
                row -> policies.add(row.getString("policy")),
                parameters);
        var digests = new ArrayList<String>();
        streaming.query(
                "SELECT DISTINCT l.protocol_sha256 " + chosen + " ORDER BY 1",
                row -> digests.add(row.getString(1)),
                parameters);
        var name = new StringBuilder();
        streaming.query(
                "SELECT name FROM campaign WHERE id = ?", row -> name.append(row.getString(1)), data.campaign());
        return new DatasetFacts(
                name.toString(),
                numbers.getOrDefault("pairs", 0L),
                numbers.getOrDefault("labels", 0L),
                numbers.getOrDefault("skips", 0L),
                numbers.getOrDefault("annotators", 0L),
                numbers.getOrDefault("simulated", 0L),
                numbers.getOrDefault("fewest", 0L),
                numbers.getOrDefault("most", 0L),
                days[0],
                days[1],
                strata,
                policies,
                digests.stream().map(protocols).toList(),
                numbers.getOrDefault("left_chosen", 0L),
                numbers.getOrDefault("decided", 0L),
                agreement);
    }

    private static LocalDate day(Timestamp at) {
        return at.toInstant().atZone(ZoneOffset.UTC).toLocalDate();
    }
}
