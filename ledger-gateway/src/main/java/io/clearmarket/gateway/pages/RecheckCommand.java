package io.clearmarket.gateway.pages;

import java.util.List;
import java.util.stream.Collectors;

/** The command by which a reader computes a page's answer anew from their own peer and node. */
final class RecheckCommand {
    private RecheckCommand() {}

    /** As it is typed into a shell, whatever is in its arguments. */
    static String of(String command, String... arguments) {
        return "./clearmarket " + command + " --recheck"
                + List.of(arguments).stream()
                        .map(argument -> " " + quoted(argument))
                        .collect(Collectors.joining());
    }

    private static String quoted(String argument) {
        return argument.matches("[\\w=.:/-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
