package io.clearmarket.gateway.replay;

import io.clearmarket.gateway.client.Actor;
import io.clearmarket.gateway.client.DomainEvents;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.wallet.fabric.ProposalWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Drives all orders, many at a time; each is a thread of its own that mostly waits. */
public final class Replay {
    private final Setting setting;
    private final Tally tally;

    /**
     * Where the replay plays.
     *
     * @param gateway the gateway's address
     * @param proposals for the market's chaincode
     * @param seed what every key and date follows from
     * @param carrier the accredited carrier of every shipment
     * @param operators who approve merchants, of two organisations
     * @param operatorToken of somebody who may enrol parties and see every consignment
     */
    record Setting(
            URI gateway,
            ProposalWriter proposals,
            Seed seed,
            TermsWriter.Market market,
            String tokenName,
            String tokenVersion,
            Actor carrier,
            List<Actor> operators,
            String operatorToken,
            Pace pace) {}

    /**
     * How a replay goes about it.
     *
     * @param inFlight how many orders are on their way at a time
     * @param patience how long to wait for a gateway that does not answer, and for a settlement that does not come
     */
    public record Pace(int inFlight, Duration patience) {
        /** As many as keep the machine busy. */
        public static final Pace USUAL = new Pace(160, Duration.ofMinutes(5));
    }

    /** @param tally counts what comes of it, also while it is under way */
    Replay(Setting setting, Tally tally) {
        this.setting = setting;
        this.tally = tally;
    }

    /**
     * Drives the orders and returns when the last one has come to its end.
     *
     * @param progress told after each order how many are through
     */
    Summary run(List<Olist.Order> orders, Map<String, Integer> products, IntConsumer progress) {
        Instant start = Instant.now();
        MarketClient client =
                new MarketClient(setting.gateway(), setting.pace().patience()).writing(setting.proposals());
        ConsignmentWatch watch = new ConsignmentWatch(client, setting.operatorToken());
        OrderReplay.Market market = new OrderReplay.Market(
                client,
                new Actors(
                        client,
                        setting.seed(),
                        setting.market().ledger(),
                        setting.operatorToken(),
                        new Onboarding(client, setting.operators())),
                setting.carrier(),
                new Gathered(client, setting.carrier(), "deliveries"),
                setting.seed(),
                new TermsWriter(setting.market(), setting.seed(), products),
                new Deposits(
                        client,
                        setting.tokenName(),
                        setting.tokenVersion(),
                        setting.operatorToken(),
                        setting.pace().patience()),
                watch,
                setting.pace().patience(),
                tally);
        try (DomainEvents events = new DomainEvents(setting.gateway(), setting.operatorToken(), watch)) {
            events.start();
            runAll(orders, market, progress);
        }
        Duration took = Duration.between(start, Instant.now());
        return new Summary(orders.size(), market.actors().count(), took, tally);
    }

    private void runAll(List<Olist.Order> orders, OrderReplay.Market market, IntConsumer progress) {
        Semaphore places = new Semaphore(setting.pace().inFlight());
        AtomicInteger through = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Olist.Order order : orders) {
                places.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        new OrderReplay(market, order).run();
                    } catch (RuntimeException e) {
                        tally.failed(order.id(), order.status().name(), String.valueOf(e.getMessage()));
                    } finally {
                        places.release();
                        progress.accept(through.incrementAndGet());
                    }
                });
            }
            threads.shutdown();
            awaitAll(threads);
        }
    }

    private static void awaitAll(ExecutorService threads) {
        try {
            if (!threads.awaitTermination(1, TimeUnit.DAYS)) {
                throw new ReplayException("the replay did not end within a day");
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted; ./clearmarket replay --resume goes on");
        }
    }

    /** What came of it. */
    record Summary(int orders, int parties, Duration took, Tally tally) {
        double ordersPerSecond() {
            return orders / Math.max(0.001, took.toMillis() / 1000.0);
        }
    }
}
