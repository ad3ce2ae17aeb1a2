package io.clearmarket.network.embedded.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * All threads of this process, those of the platform and virtual ones, counted by what is left of their names without numbers:
 * {@code grpc-default-executor-#}. Virtual threads without a name are {@code ""}.
 */
record LiveThreads(Map<String, Integer> byName) {
    /** Threads that are kept for the next call, and how many there may be. */
    private static final Map<String, Integer> POOLS = Map.of(
            // the chaincode library's: sixteen for each of three peers
            "fabric-txinvoke:#", 48,
            // what carries virtual threads
            "ForkJoinPool-#-worker-#", 32,
            // Java's own for futures, a minute each
            "ForkJoinPool.commonPool-worker-#", 32,
            // the clients' own, who are in this process too; it is kept for a minute
            "grpc-default-executor-#", 1_000);

    private static final int TRIES = 300;
    private static final long PAUSE_MILLIS = 100;

    static LiveThreads now() throws IOException {
        Path folder = Files.createTempDirectory("threads");
        Path file = folder.resolve("threads.json");
        try {
            // the only list of virtual threads that there is
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
            Map<String, Integer> byName = new TreeMap<>();
            for (JsonNode container : Json.MAPPER
                    .readTree(Files.readString(file))
                    .path("threadDump")
                    .path("threadContainers")) {
                for (JsonNode thread : container.path("threads")) {
                    String name = thread.path("name").stringValue();
                    byName.merge(name.replaceAll("[0-9]+", "#"), 1, Integer::sum);
                }
            }
            return new LiveThreads(byName);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /** Fails if a thread is left that was not there, unless a pool keeps it; those that are about to end get some time. */
    void assertNoneIsLeft() throws Exception {
        Map<String, Integer> left = now().beyond(this);
        for (int i = 0; i < TRIES && !POOLS.keySet().containsAll(left.keySet()); i++) {
            Thread.sleep(PAUSE_MILLIS);
            left = now().beyond(this);
        }
        assertThat(left)
                .allSatisfy((name, more) -> assertThat(more)
                        .as("threads called \"" + name + "\" that were not there before")
                        .isLessThanOrEqualTo(POOLS.getOrDefault(name, 0)));
    }

    private Map<String, Integer> beyond(LiveThreads before) {
        Map<String, Integer> more = new TreeMap<>();
        byName.forEach((name, count) -> {
            int grown = count - before.byName.getOrDefault(name, 0);
            if (grown > 0) {
                more.put(name, grown);
            }
        });
        return more;
    }
}
