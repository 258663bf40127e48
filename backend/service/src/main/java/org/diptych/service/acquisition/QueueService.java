package org.diptych.service.acquisition;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.Unaudited;
import org.diptych.service.database.Columns;
import org.diptych.service.figures.SharedReading;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The queue of a campaign: what a model put in front, and what is next. */
@Service
@Transactional
@Unaudited("annotators' own work")
public class QueueService {
    private static final int MOST_KEPT = 1_000;
    /**
     * Priority of what a person puts in front, at least: no batch of a model is so large that it would come before. Sums with
     * ranks are exact.
     */
    static final double BY_HAND = 1e12;

    /** Open slots that one pair may have. */
    private static final int MOST_SLOTS = 20;
    /** A slot whose turn is left to chance. One that was asked for beside the pair's first ones keeps saying why. */
    static final String BY_CHANCE = """
            priority = 0,
            selection_probability = CASE WHEN extra THEN selection_probability ELSE 1 END,
            acquisition_batch_id = CASE WHEN extra THEN acquisition_batch_id END,
            score_parts = CASE WHEN extra THEN score_parts ELSE '{}' END""";

    private final JdbcClient jdbc;
    private final CampaignAccess access;
    private final JsonMapper json;

    private final SharedReading<Front, List<QueueEntry>> next = new SharedReading<>(MOST_KEPT, _ -> false);

    QueueService(JdbcClient jdbc, CampaignAccess access, JsonMapper json) {
        this.jdbc = jdbc;
        this.access = access;
        this.json = json;
    }

    /**
     * Puts a batch in front of the queue, in one transaction: priorities, selection probabilities and what the policy saw
     * change together. What an earlier batch put in front and nobody has taken goes back to the crowd; its extra slots
     * are withdrawn unless they are asked for again.
     *
     * @return the batch's row
     */
    public UUID putInFront(NewBatch batch, Plan plan) {
        takeTurn();
        var id = jdbc.sql("""
                        INSERT INTO acquisition_batch (campaign_id, model_version_id, policy, in_place_of, seed, pool, size)
                        VALUES (:campaign, :model, :policy, :inPlaceOf, :seed, :pool, :size) RETURNING id""")
                .param("campaign", batch.campaign())
                .param("model", batch.modelVersion())
                .param("policy", batch.policy())
                .param("inPlaceOf", batch.inPlaceOf())
                .param("seed", batch.seed())
                .param("pool", batch.pool())
                .param("size", plan.pairs().size() + plan.opinions().size())
                .query(UUID.class)
                .single();
        hold(plan.opinions());
        var locked = lock(batch.campaign(), plan.pairs());
        putBack(locked);
        choose(id, locked, plan.pairs());
        withdraw(batch.campaign(), id, locked, plan);
        ask(batch.campaign(), id, locked, plan.opinions());
        return id;
    }

    /** Lets chance alone order what nobody has taken: nothing that is known of the open pairs holds any more. */
    public void putBack(UUID campaign) {
        takeTurn();
        putBack(lock(campaign, List.of()));
    }

    /**
     * Waits until no batch is being written, and lets none be until the transaction ends; taken before any pair or slot. Each
     * opinion that is asked for or given up weighs its pair at the end (see V0031): one batch at a time does. And a batch
     * that waits for a slot while a person puts it in front would not see by whom it was.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void takeTurn() {
        jdbc.sql("SELECT pg_advisory_xact_lock(31, -1)").query().listOfRows();
    }

    /**
     * Holds a pair and all of its slots, in the order in which everybody waits for them, until the transaction ends: nobody
     * gives a slot of it back meanwhile, and no further opinion on it is asked for.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(UUID pair) {
        hold(new UUID[] {pair});
    }

    /** Holds several pairs as one: all of them before the first of their slots. */
    @Transactional(propagation = Propagation.MANDATORY)
    void hold(UUID[] pairs) {
        jdbc.sql("SELECT 1 FROM pair WHERE id = ANY (?::uuid[]) ORDER BY id FOR NO KEY UPDATE")
                .param(pairs)
                .query()
                .listOfRows();
        jdbc.sql("SELECT ordinal FROM slot WHERE pair_id = ANY (?::uuid[]) ORDER BY pair_id, ordinal FOR UPDATE")
                .param(pairs)
                .query()
                .listOfRows();
    }

    /** Takes the open slots of a pair that is held out of the queue. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void takeOut(UUID pair) {
        jdbc.sql("UPDATE slot SET state = 'OUT' WHERE pair_id = ? AND state = 'OPEN'")
                .param(pair)
                .update();
    }

    /**
     * Puts the slots of a pair that is held back into the queue: where a person has put them, and otherwise where chance does,
     * as what a model knew of them is old by now.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void putBackPair(UUID pair) {
        jdbc.sql("""
                        UPDATE slot SET state = 'OPEN' WHERE pair_id = ? AND state = 'OUT' AND acquisition_batch_id IN (
                            SELECT id FROM acquisition_batch WHERE policy = ?)""").params(pair, OpinionRequests.PERSON).update();
        jdbc.sql("UPDATE slot SET state = 'OPEN', " + BY_CHANCE + " WHERE pair_id = ? AND state = 'OUT'")
                .param(pair)
                .update();
    }

    /** Holds the pairs that get another slot: none of them is taken out of the queue meanwhile. */
    private void hold(List<Choice> opinions) {
        jdbc.sql("SELECT 1 FROM pair WHERE id = ANY (?::uuid[]) ORDER BY id FOR NO KEY UPDATE")
                .param(pairs(opinions))
                .query()
                .listOfRows();
    }

    /**
     * The open slots that an earlier batch put in front or that the pairs have, locked by pair and ordinal, the order in
     * which everybody waits for slots; what a person asked for is left alone, unless it was unpinned while somebody held it. A slot that somebody holds
     * is none of them: its lease says how it was chosen.
     */
    private Locked lock(UUID campaign, List<Choice> pairs) {
        var slots = jdbc.sql("""
                        SELECT slot.pair_id, slot.ordinal FROM slot JOIN (
                            SELECT pair_id, ordinal FROM slot WHERE campaign_id = :campaign AND state = 'OPEN' AND priority > 0
                            UNION SELECT pair_id, ordinal FROM slot WHERE campaign_id = :campaign AND state = 'OPEN' AND extra
                            UNION SELECT pair_id, ordinal FROM slot WHERE pair_id = ANY (:pairs::uuid[])) touched
                            ON slot.pair_id = touched.pair_id AND slot.ordinal = touched.ordinal
                        WHERE slot.campaign_id = :campaign AND slot.state = 'OPEN' AND NOT EXISTS (
                            SELECT 1 FROM acquisition_batch b WHERE b.id = slot.acquisition_batch_id AND b.policy = :person
                              AND (b.pinned_by IS NULL OR slot.priority > 0))
                        ORDER BY slot.pair_id, slot.ordinal FOR UPDATE OF slot""")
                .param("campaign", campaign)
                .param("person", OpinionRequests.PERSON)
                .param("pairs", pairs(pairs))
                .query((row, number) -> new Slot(row.getObject("pair_id", UUID.class), row.getShort("ordinal")))
                .list();
        return new Locked(
                slots.stream().map(Slot::pair).toArray(UUID[]::new),
                slots.stream().map(Slot::ordinal).toArray(Short[]::new));
    }

    private record Slot(UUID pair, short ordinal) {}

    private record Locked(UUID[] pairs, Short[] ordinals) {}

    private void putBack(Locked locked) {
        jdbc.sql("""
                        UPDATE slot SET %s
                        FROM unnest(?::uuid[], ?::smallint[]) AS locked (pair, number)
                        WHERE slot.pair_id = locked.pair AND slot.ordinal = locked.number""".formatted(BY_CHANCE))
                .params(locked.pairs(), locked.ordinals())
                .update();
    }

    private void choose(UUID batch, Locked locked, List<Choice> pairs) {
        jdbc.sql("""
                        UPDATE slot SET priority = t.priority, selection_probability = t.probability,
                            acquisition_batch_id = ?, score_parts = t.parts::jsonb
                        FROM unnest(?::uuid[], ?::float8[], ?::float8[], ?::text[]) AS t (pair, priority, probability, parts)
                        JOIN unnest(?::uuid[], ?::smallint[]) AS locked (pair, number) ON locked.pair = t.pair
                        WHERE slot.pair_id = locked.pair AND slot.ordinal = locked.number AND NOT slot.extra
                          -- vetoed after the batch was chosen
                          AND NOT EXISTS (SELECT 1 FROM pair_vetoed v WHERE v.pair_id = t.pair)""")
                .params(
                        batch,
                        pairs(pairs),
                        priorities(pairs),
                        probabilities(pairs),
                        parts(pairs),
                        locked.pairs(),
                        locked.ordinals())
                .update();
    }

    private void withdraw(UUID campaign, UUID batch, Locked locked, Plan plan) {
        var contested = List.copyOf(plan.contested().keySet());
        jdbc.sql("""
                        WITH gone AS (
                            DELETE FROM slot USING unnest(?::uuid[], ?::smallint[]) AS locked (pair, number)
                            WHERE slot.pair_id = locked.pair AND slot.ordinal = locked.number AND slot.extra
                              AND slot.pair_id <> ALL (?::uuid[])
                            RETURNING pair_id, ordinal)
                        INSERT INTO slot_withdrawal (campaign_id, pair_id, ordinal, acquisition_batch_id, reason, settles)
                        SELECT ?, gone.pair_id, gone.ordinal, ?,
                            CASE WHEN c.pair IS NULL THEN 'OUTBID' ELSE 'CONTESTED' END, c.settles
                        FROM gone LEFT JOIN unnest(?::uuid[], ?::float8[]) AS c (pair, settles) ON c.pair = gone.pair_id""")
                .params(
                        locked.pairs(),
                        locked.ordinals(),
                        pairs(plan.opinions()),
                        campaign,
                        batch,
                        contested.toArray(UUID[]::new),
                        contested.stream().map(plan.contested()::get).toArray(Double[]::new))
                .update();
    }

    /** Extra slots for the pairs, or the ones that they still have. Never two open ones, never more than the campaign's most. */
    private void ask(UUID campaign, UUID batch, Locked locked, List<Choice> opinions) {
        jdbc.sql("""
                        WITH wanted AS (
                            SELECT * FROM unnest(?::uuid[], ?::float8[], ?::float8[], ?::text[])
                                AS t (pair, priority, probability, parts)),
                        kept AS (
                            UPDATE slot SET priority = wanted.priority, selection_probability = wanted.probability,
                                acquisition_batch_id = ?, score_parts = wanted.parts::jsonb
                            FROM wanted JOIN unnest(?::uuid[], ?::smallint[]) AS locked (pair, number)
                                ON locked.pair = wanted.pair
                            WHERE slot.pair_id = locked.pair AND slot.ordinal = locked.number AND slot.extra
                              AND NOT EXISTS (SELECT 1 FROM pair_vetoed v WHERE v.pair_id = slot.pair_id)
                            RETURNING slot.pair_id)
                        INSERT INTO slot (pair_id, ordinal, campaign_id, stratum, priority, extra, selection_probability,
                            acquisition_batch_id, score_parts)
                        SELECT p.id, o.slots, p.campaign_id, p.stratum, wanted.priority, true, wanted.probability, ?,
                            wanted.parts::jsonb
                        FROM wanted JOIN pair p ON p.id = wanted.pair JOIN campaign c ON c.id = p.campaign_id
                        CROSS JOIN LATERAL (SELECT max(ordinal) + 1 AS slots, count(*) AS held,
                            count(*) FILTER (WHERE state = 'OPEN') AS open FROM slot WHERE pair_id = p.id) o
                        WHERE p.campaign_id = ? AND p.stratum = 'ACQUIRED' AND o.open = 0 AND o.held < c.most_labels
                          AND p.id NOT IN (SELECT pair_id FROM kept)
                          AND NOT EXISTS (SELECT 1 FROM pair_taken_out t WHERE t.pair_id = p.id)
                          AND NOT EXISTS (SELECT 1 FROM pair_vetoed v WHERE v.pair_id = p.id)
                        ON CONFLICT DO NOTHING""")
                .params(
                        pairs(opinions),
                        priorities(opinions),
                        probabilities(opinions),
                        parts(opinions),
                        batch,
                        locked.pairs(),
                        locked.ordinals(),
                        batch,
                        campaign)
                .update();
    }

    private static UUID[] pairs(List<Choice> choices) {
        return choices.stream().map(Choice::pair).toArray(UUID[]::new);
    }

    private static Double[] priorities(List<Choice> choices) {
        return choices.stream().map(Choice::priority).toArray(Double[]::new);
    }

    private static Double[] probabilities(List<Choice> choices) {
        return choices.stream().map(Choice::selectionProbability).toArray(Double[]::new);
    }

    private String[] parts(List<Choice> choices) {
        return choices.stream()
                .map(choice -> json.writeValueAsString(choice.scoreParts()))
                .toArray(String[]::new);
    }

    /**
     * What is next in the queue, for the campaign's leads: what was put in front as it will be handed out, then some of the
     * others, which come at random. No connection is held while another reader is waited for.
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public List<QueueEntry> next(SignedIn who, UUID campaign, int limit) {
        access.requireLead(who, campaign);
        return next.get(new Front(campaign, limit), () -> next(campaign, limit));
    }

    private List<QueueEntry> next(UUID campaign, int limit) {
        return jdbc.sql("""
                        SELECT q.*, i.external_id, i.instruction, i.category, i.source_sha256, f.image_sha256 AS first_image,
                               s.image_sha256 AS second_image, b.policy, m.number AS model_version,
                               b.pinned_by IS NOT NULL AS pinned,
                               EXISTS (SELECT 1 FROM pair_vetoed v WHERE v.pair_id = q.pair_id) AS vetoed,
                               (SELECT count(*) FROM slot WHERE slot.pair_id = q.pair_id AND slot.state = 'FILLED') AS filled,
                               (SELECT count(*) FROM slot WHERE slot.pair_id = q.pair_id) AS wanted
                        FROM (SELECT * FROM (
                                -- a pair stands where the first of its open slots does, for the reasons of that one
                                SELECT DISTINCT ON (pair_id) pair_id, stratum, priority, random_key, selection_probability,
                                       score_parts, extra, acquisition_batch_id
                                FROM ((SELECT * FROM slot WHERE campaign_id = :campaign AND state = 'OPEN' AND priority > 0
                                       ORDER BY priority DESC, random_key LIMIT :slots)
                                      UNION ALL
                                      (SELECT * FROM slot WHERE campaign_id = :campaign AND state = 'OPEN' AND priority = 0
                                          AND stratum = 'UNIFORM' ORDER BY random_key LIMIT :slots)
                                      UNION ALL
                                      (SELECT * FROM slot WHERE campaign_id = :campaign AND state = 'OPEN' AND priority = 0
                                          AND stratum <> 'UNIFORM' ORDER BY random_key LIMIT :slots)) front
                                ORDER BY pair_id, priority DESC, random_key) o
                              ORDER BY priority DESC, random_key LIMIT :limit) q
                        JOIN pair p ON p.id = q.pair_id
                        JOIN item i ON i.id = p.item_id JOIN candidate f ON f.id = p.first_candidate_id
                        JOIN candidate s ON s.id = p.second_candidate_id
                        LEFT JOIN acquisition_batch b ON b.id = q.acquisition_batch_id
                            AND (b.pinned_by IS NULL OR q.priority > 0)
                        LEFT JOIN model_version m ON m.id = b.model_version_id
                        ORDER BY q.priority DESC, q.random_key""")
                .param("campaign", campaign)
                .param("limit", limit)
                .param("slots", limit * MOST_SLOTS)
                .query((row, number) -> new QueueEntry(
                        row.getObject("pair_id", UUID.class),
                        row.getString("external_id"),
                        row.getString("instruction"),
                        row.getString("category"),
                        row.getString("source_sha256"),
                        row.getString("first_image"),
                        row.getString("second_image"),
                        row.getString("stratum").toLowerCase(Locale.ROOT),
                        row.getDouble("priority"),
                        row.getDouble("selection_probability"),
                        row.getString("score_parts"),
                        row.getInt("filled"),
                        row.getInt("wanted"),
                        row.getBoolean("extra"),
                        row.getString("policy"),
                        Columns.integer(row, "model_version"),
                        row.getBoolean("pinned"),
                        row.getBoolean("vetoed")))
                .list();
    }

    /**
     * What a batch is.
     *
     * @param modelVersion row of the model that it was chosen by; null before the first one
     * @param policy name of the policy
     * @param inPlaceOf the campaign's policy, where another one chose for it
     * @param seed of its random numbers
     * @param pool pairs it was chosen from
     */
    public record NewBatch(
            UUID campaign,
            @Nullable UUID modelVersion,
            String policy,
            @Nullable String inPlaceOf,
            long seed,
            int pool) {}

    /**
     * What a batch asks for.
     *
     * @param pairs pairs that wait for their first labels
     * @param opinions labelled pairs that are worth another opinion; each gets one extra slot
     * @param contested labelled pairs that more opinions would not settle, with the probability that they would: extra
     *     slots of theirs are withdrawn for that reason
     */
    public record Plan(List<Choice> pairs, List<Choice> opinions, Map<UUID, Double> contested) {
        /** New pairs alone. */
        public static Plan of(List<Choice> pairs) {
            return new Plan(pairs, List.of(), Map.of());
        }
    }

    /**
     * A chosen pair.
     *
     * @param priority higher comes first; above 0
     * @param selectionProbability probability with which it was chosen at its rank
     * @param scoreParts what the policy saw, by name
     */
    public record Choice(UUID pair, double priority, double selectionProbability, Map<String, Double> scoreParts) {}

    /** The first pairs of a queue. */
    private record Front(UUID campaign, int limit) {}
}
