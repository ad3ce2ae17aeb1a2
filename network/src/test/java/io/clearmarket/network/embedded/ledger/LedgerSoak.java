package io.clearmarket.network.embedded.ledger;

import static io.clearmarket.network.embedded.ledger.TestChannel.CHAINCODE;
import static io.clearmarket.network.embedded.ledger.TestChannel.POLICY;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Envelope;

/**
 * Prints how one peer's heap grows with its ledger, and how long it takes to open it again, with its snapshot and without.
 * Every transaction is endorsed, signed, ordered and validated as on the network, but for the network. Arguments: directory,
 * transactions (0 opens what is there), keys that they write in turn.
 */
final class LedgerSoak {
    private static final int PER_BLOCK = 10;
    private static final int REPORTS = 4;

    private LedgerSoak() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        int transactions = Integer.parseInt(arguments[1]);
        int keys = Integer.parseInt(arguments[2]);
        if (transactions > 0) {
            write(directory, transactions, keys);
        }
        open("with its snapshot", directory);
        try (Stream<Path> found = Files.list(directory)) {
            for (Path snapshot :
                    found.filter(path -> path.toString().contains("snapshot-")).toList()) {
                Files.move(snapshot, directory.resolve("moved-" + snapshot.getFileName()));
            }
        }
        open("from all its blocks", directory);
        System.exit(0);
    }

    private static void write(Path directory, int transactions, int keys) throws Exception {
        TestChannel channel = new TestChannel();
        try (FileLedger ledger = FileLedger.open(directory, channel.genesis)) {
            channel.commit(ledger, channel.definition(ledger, CHAINCODE, 1, POLICY));
            long cpu = cpuNanos();
            for (int n = 0; n < transactions; n += PER_BLOCK) {
                Envelope[] block = new Envelope[PER_BLOCK];
                for (int i = 0; i < PER_BLOCK; i++) {
                    String key = "key" + (n + i) % keys;
                    String value = "value of transaction " + (n + i);
                    block[i] = channel.transaction(
                                    ledger, s -> s.putState(CHAINCODE, key, ByteString.copyFromUtf8(value)))
                            .build();
                }
                channel.commit(ledger, block);
                int done = n + PER_BLOCK;
                if (done % (transactions / REPORTS) == 0) {
                    System.out.printf(
                            "%d transactions: %.1f MB heap, %.2f ms of processor time each%n",
                            done, heapMegabytes(), (cpuNanos() - cpu) / 1e6 / done);
                }
            }
        }
    }

    private static void open(String how, Path directory) throws IOException {
        long before = System.nanoTime();
        long cpu = cpuNanos();
        try (FileLedger ledger = FileLedger.open(directory, null)) {
            System.out.printf(
                    "opened %s: %d blocks in %.2f s, %.2f s of processor time%n",
                    how, ledger.height(), (System.nanoTime() - before) / 1e9, (cpuNanos() - cpu) / 1e9);
        }
    }

    private static double heapMegabytes() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1e6;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
