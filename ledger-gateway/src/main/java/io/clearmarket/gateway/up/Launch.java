package io.clearmarket.gateway.up;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** How our own Java programs are started. */
public final class Launch {
    /**
     * The first compiler only, for processes of development: the second one takes more time from the work than it gives
     * back in the first minutes (decision 059).
     */
    public static final String QUICK_TO_WARM = "-XX:TieredStopAtLevel=1";

    private Launch() {}

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
