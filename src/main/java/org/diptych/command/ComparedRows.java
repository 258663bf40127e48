package org.diptych.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.diptych.command.BenchmarkRows.Group;
import org.diptych.command.BenchmarkRows.Groups;
import org.diptych.command.BenchmarkRows.Vote;
import org.jspecify.annotations.Nullable;

/**
 * EditReward-Bench as its data set has it: a row per comparison, {@code id, instruction, source_image, candidate_1,
 * candidate_2, ranking, comparison_type, num_candidates}. A comparison of two is a group by itself. Of three and four, rows
 * are one group whose id begins alike (up to the first underscore, else ten characters), as published, and that have source,
 * instruction and pictures in common. The letters of a ranking, and of a judge's answer, are those of the comparison, or A and
 * B for the two candidates.
 *
 * <p>Early releases have comparisons twice, some with different answers: what is said twice counts once, and a group that
 * contradicts itself, or lacks comparisons, is left out and counted.
 */
final class ComparedRows {
    private static final Pattern COMPARISON = Pattern.compile("([A-D])vs([A-D])");
    private static final Pattern RANKING = Pattern.compile("([A-D])([>=])([A-D])(=Good|=Bad)?");
    private static final Pattern BRACKETS = Pattern.compile("\\[\\[(.*)]]");
    private static final String PEOPLE = "ranking";
    private static final int ID_LENGTH = 10;
    private static final int MOST_CANDIDATES = 4;

    private final @Nullable String judge;
    private final Map<List<Object>, List<Gathered>> groups = new LinkedHashMap<>();
    private final LeftOutRows leftOut = new LeftOutRows();
    private boolean judgeFound;
    private boolean judgeRead;

    ComparedRows(@Nullable String judge) {
        this.judge = judge;
    }

    /** A group as far as its rows have been read. */
    private static final class Gathered {
        private final String id;
        private final String source;
        private final int size;
        private final Map<Integer, BenchmarkEdit> candidates = new TreeMap<>();
        private final Map<List<Integer>, Integer> preferred = new LinkedHashMap<>();
        private final Map<List<Integer>, Vote> judged = new LinkedHashMap<>();
        private boolean contradicted;

        Gathered(String id, String source, int size) {
            this.id = id;
            this.source = source;
            this.size = size;
        }

        /** Whether a candidate is not known yet, or has this picture. */
        boolean fits(int letter, @Nullable String image) {
            var known = candidates.get(letter);
            return known == null || Objects.equals(known.image(), image);
        }
    }

    BenchmarkContent read(List<BenchmarkRecord> rows) {
        if (PEOPLE.equals(judge)) {
            throw CommandFailure.badInput("--judge: ranking is what people said; name the field of a judge.");
        }
        for (int number = 0; number < rows.size(); number++) {
            add(rows.get(number), number);
        }
        if (judge != null && !judgeFound) {
            throw CommandFailure.badInput(
                    "--judge: no record has a field \"%s\" with a judge's answer.".formatted(judge));
        }
        if (judge != null && !judgeRead) {
            throw CommandFailure.badInput(
                    "--judge: the field \"%s\" holds no answer of a judge in any record: A>B, B>A or A=B, or the same with"
                                    .formatted(judge)
                            + " the letters of comparison_type.");
        }
        var gathered = groups.values().stream().flatMap(List::stream).toList();
        var complete = new ArrayList<Group>();
        gathered.forEach(one -> group(one).ifPresent(complete::add));
        return new BenchmarkContent(
                "EditReward-Bench comparisons",
                rows.size(),
                new Groups(complete, true),
                leftOut,
                List.of("%d rows are comparisons of %d groups.".formatted(rows.size(), gathered.size())));
    }

    private void add(BenchmarkRecord row, int number) {
        if (!row.has("comparison_type")) {
            throw row.fault(
                    "comparison_type", "missing; a comparison has comparison_type, a group has paths_generated");
        }
        var id = row.text("id");
        int size = size(row);
        var picture = row.picture("source_image");
        var instruction = row.text("instruction");
        var letters = COMPARISON.matcher(row.text("comparison_type"));
        if (!letters.matches()) {
            throw row.fault(
                    "comparison_type", "must look like AvsB, not \"%s\"".formatted(row.text("comparison_type")));
        }
        int first = letter(letters.group(1));
        int second = letter(letters.group(2));
        if (first >= second || second >= size) {
            throw row.fault("comparison_type", "compares no two of %d candidates: %s".formatted(size, letters.group()));
        }
        var group = group(row, number, size, first, second);
        var request = picture == null ? null : new BenchmarkEdit.Request(row.file(), picture, instruction);
        candidate(group, first, row, "candidate_1", number, 0, request);
        candidate(group, second, row, "candidate_2", number, 1, request);
        int preferred = preferred(row.text(PEOPLE), first, second)
                .orElseThrow(() -> row.fault(
                        PEOPLE,
                        "is \"%s\"; it must be A>B, B>A or A=B, or the same with the letters of comparison_type"
                                .formatted(row.text(PEOPLE))));
        var former = group.preferred.putIfAbsent(List.of(first, second), preferred);
        if (former != null) {
            group.contradicted |= former != preferred;
            leftOut.add("the same comparison is there twice", id);
        }
        if (judge != null && row.has(judge)) {
            judgeFound = true;
            row.words(judge)
                    .flatMap(answer -> preferred(bare(answer), first, second))
                    .ifPresent(answer -> {
                        judgeRead = true;
                        group.judged.putIfAbsent(
                                List.of(first, second), answer > 0 ? Vote.FIRST : answer < 0 ? Vote.SECOND : Vote.TIE);
                    });
        }
    }

    /** The group of a row: the first of those with its key whose pictures are the row's. */
    private Gathered group(BenchmarkRecord row, int number, int size, int first, int second) {
        var id = row.text("id");
        var source = row.picture("source_image");
        var one = row.picture("candidate_1");
        var other = row.picture("candidate_2");
        var name = size == 2 ? id : beginning(id);
        List<Object> key = new ArrayList<>(List.of(size, row.text("instruction"), source == null ? "" : source));
        if (size > 2) {
            key.add(name);
        } else if (source == null || one == null || other == null) {
            // pictures without paths: nothing says that another row is the same comparison
            key.add(number);
        } else {
            key.addAll(List.of(one, other));
        }
        var alike = groups.computeIfAbsent(key, _ -> new ArrayList<>());
        return alike.stream()
                .filter(group -> group.fits(first, one) && group.fits(second, other))
                .findFirst()
                .orElseGet(() -> {
                    var group = new Gathered(name, source == null ? name : source, size);
                    alike.add(group);
                    return group;
                });
    }

    private static String beginning(String id) {
        int underscore = id.indexOf('_');
        return underscore >= 0 ? id.substring(0, underscore) : id.substring(0, Math.min(ID_LENGTH, id.length()));
    }

    private static String bare(String answer) {
        var text = answer.strip();
        var brackets = BRACKETS.matcher(text);
        return brackets.matches() ? brackets.group(1) : text;
    }

    private static int size(BenchmarkRecord row) {
        double size = row.number("num_candidates");
        if (size != Math.rint(size) || size < 2 || size > MOST_CANDIDATES) {
            throw row.fault("num_candidates", "must be 2, 3 or 4");
        }
        return (int) size;
    }

    private static void candidate(
            Gathered group,
            int letter,
            BenchmarkRecord row,
            String field,
            int number,
            int place,
            BenchmarkEdit.@Nullable Request request) {
        var image = row.picture(field);
        var known = group.candidates.get(letter);
        var places = new ArrayList<>(known == null ? List.<BenchmarkEdit.Place>of() : known.places());
        places.add(new BenchmarkEdit.Place(number, place));
        group.candidates.put(
                letter,
                known == null
                        ? new BenchmarkEdit(places, "", "", image, image == null ? null : request)
                        : new BenchmarkEdit(places, "", "", known.image(), known.request()));
    }

    /** 1, -1 or 0 for the first candidate of the row; nothing where the text says none of them. */
    private static Optional<Integer> preferred(String text, int first, int second) {
        var ranking = RANKING.matcher(text);
        if (ranking.matches()) {
            int better = letter(ranking.group(1));
            int worse = letter(ranking.group(3));
            boolean tie = ranking.group(2).equals("=");
            if (ranking.group(4) != null && !tie) {
                return Optional.empty();
            }
            int sign = tie ? 0 : 1;
            if ((better == first && worse == second) || (better == 0 && worse == 1)) {
                return Optional.of(sign);
            }
            if ((better == second && worse == first) || (better == 1 && worse == 0)) {
                return Optional.of(-sign);
            }
        }
        return Optional.empty();
    }

    private Optional<Group> group(Gathered gathered) {
        if (gathered.contradicted) {
            leaveOut("two rows of one comparison of the group contradict each other", gathered);
            return Optional.empty();
        }
        if (gathered.preferred.size() < gathered.size * (gathered.size - 1) / 2) {
            leaveOut("comparisons of the group are missing", gathered);
            return Optional.empty();
        }
        var ranking = ranking(gathered);
        if (ranking.isEmpty()) {
            leaveOut("the comparisons of the group go round in a circle", gathered);
            return Optional.empty();
        }
        var judged = new ArrayList<@Nullable Vote>();
        for (int first = 0; first < gathered.size; first++) {
            for (int second = first + 1; second < gathered.size; second++) {
                judged.add(gathered.judged.get(List.of(first, second)));
            }
        }
        return Optional.of(new Group(
                gathered.id,
                gathered.source,
                List.copyOf(gathered.candidates.values()),
                ranking.get(),
                judge == null ? List.of() : judged));
    }

    private void leaveOut(String reason, Gathered gathered) {
        leftOut.add(reason, gathered.id, gathered.candidates.values());
    }

    /** The order that all comparisons together make, if they make one. */
    private static Optional<String> ranking(Gathered group) {
        int[] points = new int[group.size];
        group.preferred.forEach((pair, sign) -> {
            points[pair.getFirst()] += sign;
            points[pair.getLast()] -= sign;
        });
        boolean ordered = group.preferred.entrySet().stream()
                .allMatch(pair -> Integer.signum(points[pair.getKey().getFirst()]
                                - points[pair.getKey().getLast()])
                        == pair.getValue());
        if (!ordered) {
            return Optional.empty();
        }
        var order = IntStream.range(0, group.size)
                .boxed()
                .sorted((one, other) -> Integer.compare(points[other], points[one]))
                .toList();
        var text = new StringBuilder();
        for (int place = 0; place < order.size(); place++) {
            if (place > 0) {
                text.append(points[order.get(place)] == points[order.get(place - 1)] ? '=' : '>');
            }
            text.append((char) ('A' + order.get(place)));
        }
        return Optional.of(text.toString());
    }

    private static int letter(String text) {
        return text.charAt(0) - 'A';
    }
}
