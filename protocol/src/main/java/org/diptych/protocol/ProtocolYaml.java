package org.diptych.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.diptych.protocol.text.Characters;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The YAML of a document, read with care: whoever writes it may not be a friend, and whoever reads it waits. */
final class ProtocolYaml {
    /** Most bytes of a document. */
    static final int LARGEST = 1 << 20;

    private static final int DEEPEST = 32;
    private static final List<byte[]> UTF_16_MARKS =
            List.of(new byte[] {(byte) 0xFE, (byte) 0xFF}, new byte[] {(byte) 0xFF, (byte) 0xFE});

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setLabel("protocol")
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(LARGEST)
            .build();

    private ProtocolYaml() {}

    /** The text of a document in UTF-8, its byte order mark included: the digest is that of the bytes. */
    static String text(byte[] bytes) {
        requireSize(bytes.length);
        for (var mark : UTF_16_MARKS) {
            if (bytes.length >= mark.length && bytes[0] == mark[0] && bytes[1] == mark[1]) {
                throw invalid("is in UTF-16. Save it in UTF-8.");
            }
        }
        var decoded = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded).toString();
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int index = 0; index < decoded.position(); index++) {
                line += bytes[index] == '\n' ? 1 : 0;
            }
            throw invalid("line " + line + " is not in UTF-8. Save the document in UTF-8.");
        }
    }

    /** The document as maps, lists, texts and numbers. */
    static @Nullable Object tree(String text) {
        // before the first character is looked at: scanning takes time that grows with the square of a comment's length
        requireSize(text.length());
        Characters.fault(text).ifPresent(fault -> {
            throw invalid(fault + ". Leave it out.");
        });
        try {
            requireHarmless(text);
            var constructor = new StandardConstructor(SETTINGS);
            var document = new Compose(SETTINGS).composeString(text);
            document.ifPresent(node -> requireSound(node, constructor));
            return constructor.constructSingleDocument(document);
        } catch (MarkedYamlEngineException e) {
            var where = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ")
                    .orElse("");
            throw invalid("not valid YAML: " + where + Characters.legible(String.valueOf(e.getProblem())));
        } catch (YamlEngineException e) {
            throw invalid("not valid YAML: " + Characters.legible(String.valueOf(e.getMessage())));
        }
    }

    private static void requireSize(int size) {
        if (size > LARGEST) {
            throw invalid("is larger than " + LARGEST + " bytes, the most that a protocol may have");
        }
    }

    /** Event by event, without building anything: a document may be nested deeper than the stack is. */
    private static void requireHarmless(String text) {
        int depth = 0;
        for (var event : new Parse(SETTINGS).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> {
                    depth++;
                    if (depth > DEEPEST) {
                        throw invalid(line(event.getStartMark()) + "is nested deeper than " + DEEPEST + " levels");
                    }
                }
                case MappingEnd, SequenceEnd -> depth--;
                case Scalar ->
                    Characters.fault(((ScalarEvent) event).getValue()).ifPresent(fault -> {
                        throw invalid(line(event.getStartMark()) + fault + ". Leave it out.");
                    });
                default -> {
                    // the stream and the document begin and end; aliases are refused when the document is built
                }
            }
        }
    }

    /** Node by node, while the lines are known: JSON, in which a browser gets the document, has no empty names. */
    private static void requireSound(Node node, StandardConstructor constructor) {
        switch (node) {
            case MappingNode mapping ->
                mapping.getValue().forEach(entry -> {
                    if (entry.getKeyNode().getTag().equals(Tag.NULL)) {
                        throw invalid(line(entry.getKeyNode().getStartMark())
                                + "has a value without a name. Give it one, or leave it out.");
                    }
                    requireSound(entry.getKeyNode(), constructor);
                    requireSound(entry.getValueNode(), constructor);
                });
            case SequenceNode sequence -> sequence.getValue().forEach(element -> requireSound(element, constructor));
            case ScalarNode scalar -> requireOfItsTag(scalar, constructor);
            default -> {
                // an anchor: what it stands for has its own place
            }
        }
    }

    private static void requireOfItsTag(ScalarNode scalar, StandardConstructor constructor) {
        try {
            constructor.constructSingleDocument(Optional.of(scalar));
        } catch (MarkedYamlEngineException e) {
            throw e;
        } catch (YamlEngineException e) {
            throw invalid(line(scalar.getStartMark()) + "has a value that is not what its tag, "
                    + Characters.legible(scalar.getTag().getValue()) + ", says. Leave the tag out.");
        }
    }

    private static String line(Optional<Mark> start) {
        return start.map(mark -> "line " + (mark.getLine() + 1) + " ").orElse("");
    }

    private static InvalidProtocolException invalid(String message) {
        return new InvalidProtocolException("document", message);
    }
}
