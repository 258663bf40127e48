package org.diptych.service.assignment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All that a campaign's labelling consists of, as the database has it or as it should be.
 *
 * @param slots by pair and ordinal
 * @param leases by assignment
 * @param labels by id, in the order in which they came
 */
@NullUnmarked
record LabellingState(Map<Place, Slot> slots, Map<UUID, Held> leases, Map<UUID, Label> labels) {
    /** Where a slot is. */
    record Place(UUID pair, int ordinal) {}

    /** A slot; the lease and the label that it has. */
    record Slot(
            boolean extra,
            String state,
            @Nullable UUID lease,
            @Nullable UUID label) {
        static Slot open(boolean extra) {
            return new Slot(extra, "OPEN", null, null);
        }
    }

    /** An assignment; without a slot it is of a pair whose answer is known. */
    record Held(
            UUID pair,
            UUID annotator,
            @Nullable Integer slot,
            String state,
            long token,
            String protocol,
            boolean expired) {
        Held in(String newState) {
            return new Held(pair, annotator, slot, newState, token, protocol, expired);
        }

        Held on(@Nullable Integer newSlot) {
            return new Held(pair, annotator, newSlot, state, token, protocol, expired);
        }

        Held under(long newToken) {
            return new Held(pair, annotator, slot, state, newToken, protocol, false);
        }

        Held running(boolean out) {
            return new Held(pair, annotator, slot, state, token, protocol, out);
        }

        boolean isHeld() {
            return state.equals("LEASED") || state.equals("EXTRA");
        }
    }

    /** An answer or a skip. */
    record Label(
            UUID lease,
            boolean skip,
            @Nullable Integer slot,
            String protocol,
            @Nullable UUID supersedes) {}

    static LabellingState none() {
        return new LabellingState(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    LabellingState copy() {
        return new LabellingState(new LinkedHashMap<>(slots), new LinkedHashMap<>(leases), new LinkedHashMap<>(labels));
    }

    static LabellingState read(JdbcClient jdbc, UUID campaign, List<UUID> pairs) {
        var state = none();
        var ids = pairs.toArray(UUID[]::new);
        jdbc.sql("SELECT * FROM slot WHERE pair_id = ANY (?::uuid[]) ORDER BY pair_id, ordinal")
                .param(ids)
                .query(row -> {
                    state.slots.put(
                            new Place(row.getObject("pair_id", UUID.class), row.getInt("ordinal")),
                            new Slot(
                                    row.getBoolean("extra"),
                                    row.getString("state"),
                                    row.getObject("assignment_id", UUID.class),
                                    row.getObject("label_id", UUID.class)));
                });
        jdbc.sql("""
                        SELECT *, state IN ('LEASED', 'EXTRA') AND expires_at < now() AS expired FROM assignment
                        WHERE pair_id = ANY (?::uuid[]) ORDER BY pair_id, id""").param(ids).query(row -> {
            state.leases.put(
                    row.getObject("id", UUID.class),
                    new Held(
                            row.getObject("pair_id", UUID.class),
                            row.getObject("annotator_id", UUID.class),
                            row.getObject("slot", Integer.class),
                            row.getString("state"),
                            row.getLong("fencing_token"),
                            row.getString("protocol_sha256"),
                            row.getBoolean("expired")));
        });
        jdbc.sql("SELECT * FROM label WHERE pair_id = ANY (?::uuid[]) ORDER BY sequence")
                .param(ids)
                .query(row -> {
                    state.labels.put(
                            row.getObject("id", UUID.class),
                            new Label(
                                    row.getObject("assignment_id", UUID.class),
                                    row.getString("kind").equals("SKIP"),
                                    row.getObject("slot", Integer.class),
                                    row.getString("protocol_sha256"),
                                    row.getObject("supersedes", UUID.class)));
                });
        return state;
    }

    /** The assignment of an annotator on a pair. */
    Optional<Held> of(UUID pair, UUID annotator) {
        return leases.values().stream()
                .filter(lease -> lease.pair().equals(pair) && lease.annotator().equals(annotator))
                .findFirst();
    }

    List<Place> places(UUID pair) {
        var places = new ArrayList<>(slots.keySet());
        places.removeIf(place -> !place.pair().equals(pair));
        places.sort(Comparator.comparingInt(Place::ordinal));
        return places;
    }

    Optional<Place> firstOpen(UUID pair) {
        return places(pair).stream().filter(this::isOpen).findFirst();
    }

    boolean isOpen(Place place) {
        return slots.get(place).state().equals("OPEN");
    }

    long slots(String state) {
        return slots.values().stream()
                .filter(slot -> slot.state().equals(state))
                .count();
    }

    boolean isSuperseded(UUID label) {
        return labels.values().stream().anyMatch(newer -> label.equals(newer.supersedes()));
    }

    /** Whether what somebody did last with the pair of the assignment is an answer; nothing where they did nothing yet. */
    Optional<Boolean> answered(UUID lease) {
        return labels.values().stream()
                .filter(label -> label.lease().equals(lease))
                .reduce((_, later) -> later)
                .map(label -> !label.skip());
    }
}
