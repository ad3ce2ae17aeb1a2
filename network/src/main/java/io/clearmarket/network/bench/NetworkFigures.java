package io.clearmarket.network.bench;

import java.io.PrintStream;
import java.util.Locale;

/**
 * What a bench of the network measured.
 *
 * @param readyMillis from the call that starts a new network to its doors being open and its chaincode defined
 * @param firstCommitMillis from the process's own beginning to the first commit, by a chaincode in the same process
 * @param transactions submitted, each writing a key of its own
 * @param clients how many submit at a time
 * @param failed of the transactions, those that were not committed
 * @param perSecond committed transactions a second
 * @param cpuMillis processor time of a transaction: client, peers, orderer and chaincode together
 * @param heapBefore megabytes in use after a collection, before the load; likewise after it
 * @param idleMedianMillis from submit to commit of a lone transaction, median; likewise the 99th percentile
 * @param reopenMillis to open the network again after all of it
 * @param crypto what a signature costs here
 */
record NetworkFigures(
        long readyMillis,
        long firstCommitMillis,
        int transactions,
        int clients,
        int failed,
        double perSecond,
        double cpuMillis,
        double heapBefore,
        double heapAfter,
        double idleMedianMillis,
        double idleP99Millis,
        long reopenMillis,
        CryptoCeiling crypto) {

    /** Collects figures in the order in which they are measured. */
    static final class Builder {
        private final int transactions;
        private final int clients;
        long readyMillis;
        long firstCommitMillis;
        int failed;
        double perSecond;
        double cpuMillis;
        double heapBefore;
        double heapAfter;
        double idleMedianMillis;
        double idleP99Millis;
        long reopenMillis;

        Builder(int transactions, int clients) {
            this.transactions = transactions;
            this.clients = clients;
        }

        NetworkFigures build(CryptoCeiling crypto) {
            return new NetworkFigures(
                    readyMillis,
                    firstCommitMillis,
                    transactions,
                    clients,
                    failed,
                    perSecond,
                    cpuMillis,
                    heapBefore,
                    heapAfter,
                    idleMedianMillis,
                    idleP99Millis,
                    reopenMillis,
                    crypto);
        }
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d transactions by %d clients: %.0f committed a second, %.2f ms of processor time each%n",
                transactions,
                clients,
                perSecond,
                cpuMillis);
        if (failed > 0) {
            out.printf(Locale.ROOT, "%d failed%n", failed);
        }
        out.printf(
                Locale.ROOT,
                "heap after collection: %.1f MB before them, %.1f MB after; opened again in %d ms%n",
                heapBefore,
                heapAfter,
                reopenMillis);
        out.printf(
                Locale.ROOT, "idle, submit to commit: median %.1f ms, 99%% %.1f ms%n", idleMedianMillis, idleP99Millis);
        out.printf(
                Locale.ROOT,
                "P-256 by %s on %d processors: sign %.0f us (%.0f a second), verify %.0f us (%.0f a second)%n",
                crypto.provider(),
                crypto.processors(),
                crypto.signMicros(),
                crypto.signaturesPerSecond(),
                crypto.verifyMicros(),
                crypto.verificationsPerSecond());
    }
}
