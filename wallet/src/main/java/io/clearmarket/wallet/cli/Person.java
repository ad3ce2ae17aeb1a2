package io.clearmarket.wallet.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Who sits at the terminal, if anybody does. */
interface Person {
    /** True if they answered yes; false without anybody there. */
    boolean agrees(String question);

    /** A passphrase, typed unseen; null without anybody there. */
    char @Nullable [] secret(String prompt);

    /** The process's own terminal. */
    @SuppressWarnings("SystemConsoleNull") // up to Java 21 there is none where the streams are redirected
    Person AT_THE_TERMINAL = new Person() {
        @Override
        public boolean agrees(String question) {
            Console console = System.console();
            String answer = console == null ? null : console.readLine("%s [y/N] ", question);
            return answer != null && (answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"));
        }

        @Override
        public char @Nullable [] secret(String prompt) {
            Console console = System.console();
            return console == null ? null : console.readPassword("%s: ", prompt);
        }
    };
}
