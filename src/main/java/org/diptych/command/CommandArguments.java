package org.diptych.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of the process as they were typed. In a locale without UTF-8 (LC_ALL=C, as cron and containers have it)
 * the virtual machine replaces every byte that is not ASCII, and a campaign would get a name that nobody gave it.
 */
public final class CommandArguments {
    /** What stands for a byte that could not be read. */
    static final char UNREADABLE = '\uFFFD';

    private static final Path TYPED = Path.of("/proc/self/cmdline");

    private CommandArguments() {}

    /** The arguments, read again as UTF-8 where the virtual machine could not read them and the system still has them. */
    public static String[] asTyped(String... arguments) {
        if (List.of(arguments).stream().noneMatch(argument -> argument.indexOf(UNREADABLE) >= 0)
                || !Files.isReadable(TYPED)) {
            return arguments;
        }
        try {
            return again(Files.readAllBytes(TYPED), arguments);
        } catch (IOException unreadable) {
            return arguments;
        }
    }

    /**
     * The last arguments of a command line.
     *
     * @param typed all of it, each argument ended by a zero byte
     * @param arguments as the virtual machine read them; given back where the command line is not theirs
     */
    static String[] again(byte[] typed, String... arguments) {
        List<String> all = new ArrayList<>();
        int start = 0;
        try {
            for (int place = 0; place < typed.length; place++) {
                if (typed[place] == 0) {
                    all.add(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(typed, start, place - start))
                            .toString());
                    start = place + 1;
                }
            }
        } catch (CharacterCodingException notUtf8) {
            return arguments;
        }
        int before = all.size() - arguments.length;
        if (before < 0) {
            return arguments;
        }
        List<String> last = all.subList(before, all.size());
        for (int number = 0; number < arguments.length; number++) {
            boolean readable = arguments[number].indexOf(UNREADABLE) < 0;
            if (readable && !arguments[number].equals(last.get(number))) {
                return arguments;
            }
        }
        return last.toArray(String[]::new);
    }
}
