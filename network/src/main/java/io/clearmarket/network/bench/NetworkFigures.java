package io.clearmarket.network.bench;

import java.io.PrintStream;
import java.util.Locale;

/**
 * What a bench of the network measured.
 *
 * @param transactions submitted, each writing a key of its own
 * @param clients how many submit at a time
 * @param failed of the transactions, those that were not committed
 * @param perSecond committed transactions a second
 * @param cpuMillis processor time of a transaction: client, peers, orderer and chaincode together
 * @param idleMedianMillis from submit to commit of a lone transaction, median; likewise the 90th percentile
 * @param crypto what a signature costs here
 */
record NetworkFigures(
        int transactions,
        int clients,
        int failed,
        double perSecond,
        double cpuMillis,
        double idleMedianMillis,
        double idleP90Millis,
        CryptoCeiling crypto) {

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
                Locale.ROOT, "idle, submit to commit: median %.1f ms, 90%% %.1f ms%n", idleMedianMillis, idleP90Millis);
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
