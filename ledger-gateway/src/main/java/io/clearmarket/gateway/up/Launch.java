package io.clearmarket.gateway.up;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How our own Java programs are started. */
public final class Launch {
    /** What else names the compilers: {@code first} or {@code both}. */
    private static final String COMPILERS = "CLEARMARKET_COMPILERS";

    /**
     * More threads for what waits than the machine has processors: of the threads of all processes that share them, those that answer
     * somebody would otherwise be few.
     */
    static final String MANY_CARRIERS = "-Djdk.virtualThreadScheduler.parallelism=8";

    /** What reads every block and answers few gives way to what answers many ({@code nice(1)}, POSIX.1-2017): all of a development system share one machine. */
    static final List<String> GIVING_WAY = List.of("nice", "-n", "10");

    private Launch() {}

    /**
     * The first compiler only, for processes of development: the second one takes more time from the work than it gives
     * back in the first minutes (decision 059). Both if the environment says {@code CLEARMARKET_COMPILERS=both}, as a deployed system has them.
     */
    public static String compilers() {
        String named = System.getenv().getOrDefault(COMPILERS, "first");
        return switch (named) {
            case "first" -> "-XX:TieredStopAtLevel=1";
            case "both" -> "-XX:TieredStopAtLevel=4";
            default -> throw new UpException(COMPILERS + " is \"" + named + "\"; it may be first or both");
        };
    }

    /** The java command of this very JVM. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A module's jar and its libraries. */
    public static String classPath(Path root, String module, String jar) {
        Path target = root.resolve(module).resolve("target");
        Path main = target.resolve(jar + ".jar");
        if (!Files.isRegularFile(main)) {
            throw new UpException(main + " is missing; run ./clearmarket, which builds it");
        }
        return main + File.pathSeparator + target.resolve("lib").resolve("*");
    }

    /** Where class archives are kept: with the build that they belong to. */
    public static Path archives(Path root) {
        return root.resolve("ledger-gateway/target/launcher");
    }
}
