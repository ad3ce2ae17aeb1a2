package io.clearmarket.gateway.up;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How our own Java programs are started. */
public final class Launch {
    /** {@code first} or {@code both}; the launcher, which takes it too, refuses anything else. */
    private static final String COMPILERS = "CLEARMARKET_COMPILERS";

    /**
     * More carriers for virtual threads than the machine has processors: of the threads of all processes that share them, those that answer
     * somebody would otherwise be few (decision 228). The launcher gives its own JVM as many.
     */
    static final String MANY_CARRIERS = "-Djdk.virtualThreadScheduler.parallelism=8";

    /** What reads every block and answers few gives way to what answers many ({@code nice(1)}, POSIX.1-2017): all of a development system share one machine (decision 228). */
    static final List<String> GIVING_WAY = List.of("nice", "-n", "10");

    private Launch() {}

    /**
     * The first compiler only, for processes of development: the second one takes more time from the work than it gives
     * back in the first minutes (decision 059). Both if the environment says {@code CLEARMARKET_COMPILERS=both}, as a deployed system has them.
     */
    public static String compilers() {
        return "both".equals(System.getenv(COMPILERS)) ? "-XX:TieredStopAtLevel=4" : "-XX:TieredStopAtLevel=1";
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
