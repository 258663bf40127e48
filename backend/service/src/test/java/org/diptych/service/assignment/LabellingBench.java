package org.diptych.service.assignment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Protocol;
import org.diptych.service.CampaignFixture;
import org.diptych.service.QualificationFixture;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.campaign.AnnotatorProgressService;
import org.diptych.service.campaign.CampaignCounts;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.label.LabelService;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.service.protocol.ProtocolVersions;
import org.diptych.service.qualification.Standings;
import org.diptych.service.quality.KnownAnswers;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Everything that histories of labelling work with: one set of services and people for all of them, a campaign for each. */
@TestComponent
@NullUnmarked
class LabellingBench {
    static final Map<String, JsonNode> ANSWERS = QualificationFixture.ratings(4, 2);
    static final Map<String, Answer> KNOWN = AnswerJson.fromScreen(ANSWERS, false);
    private static final int PEOPLE = 4;
    private static final int MOST_LABELS = 3;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    CampaignService campaigns;

    @Autowired
    CampaignProtocols protocols;

    @Autowired
    KnownAnswers known;

    @Autowired
    QueueService queue;

    @Autowired
    CampaignCounts counts;

    @Autowired
    AnnotatorProgressService progress;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    private AccountService accounts;

    @Autowired
    private Turns turns;

    @Autowired
    private AssignmentTable table;

    @Autowired
    private SlotQueue slotQueue;

    @Autowired
    private AssignmentViews views;

    @Autowired
    private EmptyQueue emptyQueue;

    @Autowired
    private AssignmentRules rules;

    @Autowired
    private Standings standings;

    @Autowired
    private CampaignAccess access;

    private final TransactionTemplate transaction;
    Protocol first;
    Protocol second;
    SignedIn lead;
    private List<SignedIn> people;

    LabellingBench(PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
    }

    void begin(ProtocolService published) {
        first = published.byReference("edit-preference-v1").protocol();
        second = ProtocolVersions.publish(
                        published, 2, "Hard is not a reason to skip.", "Never skip because it is hard.")
                .protocol();
        lead = accounts.createAccount("lead-" + UUID.randomUUID(), "A lead", Role.LEAD, null)
                .account();
        people = IntStream.range(0, PEOPLE)
                .mapToObj(number -> accounts.createSimulatedAnnotator("annotator-" + (char) ('a' + number)))
                .toList();
    }

    /** A campaign of a history. */
    record Grounds(UUID campaign, List<UUID> pairs, List<UUID> labelled, List<SignedIn> people, LabellingModel model) {
        SignedIn person(UUID id) {
            return people.stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A few pairs, of which some are gold from the beginning. */
    Grounds grounds(Random random) {
        int pairs = 3 + random.nextInt(4);
        var campaign = new CampaignFixture(jdbc, accounts).campaign("edit-preference-v1", pairs, 1 + random.nextInt(3));
        boolean keepsLate = random.nextBoolean();
        jdbc.sql(
                        "UPDATE campaign SET late_labels = ?, most_labels = ?, lease_seconds = 600, gold_rate = ? WHERE id = ?")
                .params(keepsLate ? "EXTRA" : "REFUSE", MOST_LABELS, random.nextInt(3) * .2, campaign)
                .update();
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')")
                .params(campaign, lead.id())
                .update();
        var ordered = jdbc.sql("""
                        SELECT p.id FROM pair p JOIN item i ON i.id = p.item_id WHERE p.campaign_id = ?
                        ORDER BY i.external_id""").param(campaign).query(UUID.class).list();
        if (random.nextBoolean()) {
            makeGold(campaign, ordered.getLast());
        }
        numberSlots(campaign);
        var acquired = new LinkedHashSet<>(
                jdbc.sql("SELECT id FROM pair WHERE campaign_id = ? AND stratum = 'ACQUIRED' ORDER BY id")
                        .param(campaign)
                        .query(UUID.class)
                        .list());
        var model = new LabellingModel(keepsLate, MOST_LABELS, acquired, first.sha256());
        people.forEach(person -> {
            jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'ANNOTATOR')")
                    .params(campaign, person.id())
                    .update();
            model.members.add(person.id());
        });
        jdbc.sql("SELECT pair_id FROM current_known_answer WHERE campaign_id = ?")
                .param(campaign)
                .query(UUID.class)
                .list()
                .forEach(model.known::add);
        var labelled =
                ordered.stream().filter(pair -> !model.known.contains(pair)).toList();
        return new Grounds(campaign, ordered, labelled, people, model);
    }

    private void makeGold(UUID campaign, UUID pair) {
        jdbc.sql("DELETE FROM slot WHERE pair_id = ?").param(pair).update();
        jdbc.sql("UPDATE pair SET stratum = 'GOLD' WHERE id = ?").param(pair).update();
        jdbc.sql("""
                        INSERT INTO known_answer (campaign_id, pair_id, use, answers, origin)
                        VALUES (?, ?, 'GOLD', ?::jsonb, 'MANIFEST')""").params(campaign, pair, AnswerJson.toStored(KNOWN)).update();
    }

    /** The random order of slots, the same for the same seed. */
    private void numberSlots(UUID campaign) {
        jdbc.sql("""
                        UPDATE slot SET random_key = abs(hashtext(i.external_id || slot.ordinal)) / 2147483648.0
                        FROM pair p JOIN item i ON i.id = p.item_id
                        WHERE p.id = slot.pair_id AND slot.campaign_id = ? AND slot.state = 'OPEN'""").param(campaign).update();
    }

    /** As the model has it. */
    Set<String> standing(UUID campaign) {
        return new TreeSet<>(
                jdbc.sql("""
                        SELECT state FROM campaign WHERE id = :campaign
                        UNION SELECT protocol_sha256 FROM campaign WHERE id = :campaign
                        UNION SELECT account_id::text FROM campaign_member
                            WHERE campaign_id = :campaign AND role = 'ANNOTATOR'""").param("campaign", campaign).query(String.class).list());
    }

    /** Hands out work by drawing from the given generator. */
    AssignmentService claims(Random random) {
        return new AssignmentService(
                turns, table, slotQueue, views, emptyQueue, rules, standings, access, new Random(random.nextLong()));
    }

    /** How many pairs somebody holds after a claim, or why there are none. */
    String claim(AssignmentService by, long seed, SignedIn who, UUID campaign, int count) {
        return transaction.execute(_ -> {
            jdbc.sql("SELECT setseed(?)")
                    .param(new Random(seed).nextDouble())
                    .query((row, number) -> 0)
                    .single();
            var claim = by.claim(who, campaign, count);
            return claim.empty() == null
                    ? claim.assignments().size() + " held"
                    : claim.empty().name();
        });
    }

    String expire(Set<UUID> leases) {
        var ids = leases.toArray(UUID[]::new);
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("""
                            UPDATE assignment SET expires_at = now() - interval '1 second'
                            WHERE id = ANY (?::uuid[]) AND state IN ('LEASED', 'EXTRA')""").param(ids).update();
            jdbc.sql("""
                            UPDATE slot SET expires_at = now() - interval '1 second'
                            WHERE assignment_id = ANY (?::uuid[]) AND state = 'LEASED'""").param(ids).update();
        });
        return "ok";
    }

    String batch(UUID campaign, List<UUID> opinions) {
        var choices = new ArrayList<QueueService.Choice>();
        for (var pair : opinions) {
            choices.add(new QueueService.Choice(pair, 1 + choices.size(), .5, Map.of("gain", .5)));
        }
        queue.putInFront(
                new QueueService.NewBatch(campaign, null, "v-optimal", null, 1, 10),
                new QueueService.Plan(List.of(), choices, Map.of()));
        return "ok";
    }

    String done(Runnable action) {
        return answered(() -> {
            action.run();
            return "ok";
        });
    }

    String answered(Callable<String> action) {
        try {
            return action.call();
        } catch (Problem problem) {
            return problem.code();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
