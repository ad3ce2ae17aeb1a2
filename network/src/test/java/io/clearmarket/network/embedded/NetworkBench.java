package io.clearmarket.network.embedded;

import io.clearmarket.network.junit.ChaincodeHost;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.client.Contract;

/** Prints how many transactions a second are committed, and how long one takes on an idle network. Arguments: transactions, clients. */
final class NetworkBench {
    private NetworkBench() {}

    public static void main(String[] arguments) throws Exception {
        int transactions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
        int clients = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
        Path directory = Files.createTempDirectory("network-bench-");
        long start = System.nanoTime();
        try (ChaincodeHost chaincode = ChaincodeHost.start(
                        "rig",
                        "1",
                        ChaincodeConfig.MARKET_POLICY,
                        NetworkConfig.DEFAULT_ORGANIZATIONS,
                        RigChaincode::new);
                EmbeddedNetwork network = EmbeddedNetwork.start(NetworkConfig.in(directory)
                        .chaincode(chaincode.config())
                        .build());
                NetworkClient client = NetworkClient.connect(network, "PlatformMSP", "bench")) {
            System.out.printf("started in %d ms%n", (System.nanoTime() - start) / 1_000_000);
            Contract contract = client.contract("rig");
            contract.submitTransaction("put", "first", "1");
            throughput(contract, Math.min(1000, transactions), clients);
            latency(contract);
            Duration before = cpu();
            double rate = throughput(contract, transactions, clients);
            System.out.printf(
                    "%.0f committed transactions/s, %.2f ms of processor time each%n",
                    rate, cpu().minus(before).toNanos() / 1e6 / transactions);
            latency(contract);
        }
        System.exit(0);
    }

    /** On a busy machine this says more than the rate. */
    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double throughput(Contract contract, int transactions, int clients) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(clients);
        AtomicInteger failed = new AtomicInteger();
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            Thread.ofVirtual().start(() -> {
                for (int n = next.getAndIncrement(); n < transactions; n = next.getAndIncrement()) {
                    try {
                        contract.submitTransaction("put", "key" + start + "-" + n, "value " + n);
                    } catch (Exception e) {
                        if (failed.getAndIncrement() == 0) {
                            e.printStackTrace();
                        }
                    }
                }
                done.countDown();
            });
        }
        done.await();
        if (failed.get() > 0) {
            System.out.println(failed.get() + " failed");
        }
        return transactions / ((System.nanoTime() - start) / 1e9);
    }

    private static void latency(Contract contract) throws Exception {
        long[] micros = new long[50];
        for (int i = 0; i < micros.length; i++) {
            long start = System.nanoTime();
            contract.submitTransaction("put", "single" + i, "x");
            micros[i] = (System.nanoTime() - start) / 1000;
        }
        Arrays.sort(micros);
        System.out.printf(
                "idle submit to commit: median %.1f ms, 90%% %.1f ms%n", micros[25] / 1000.0, micros[45] / 1000.0);
    }
}
