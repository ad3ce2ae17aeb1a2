package io.clearmarket.gateway.attester;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.settlement.attester.OutflowLimit;
import io.clearmarket.gateway.settlement.attester.Pausable;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The limit and the pause of an attester in a process of its own, in a file of its own: {@code outflow.jsonl}, one line for each batch and each
 * change of the pause, on the disk before the signature exists.
 */
public final class OutflowFile implements OutflowLimit, Pausable, AutoCloseable {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Amount limitPerHour;
    private final Clock clock;
    private final Journal journal;
    private final Map<Digest, BigInteger> signed = new HashMap<>();
    private final Map<Asset, Deque<Counted>> lastHour = new HashMap<>();
    private boolean paused;

    /** What was let out at a moment. */
    private record Counted(Instant at, BigInteger amount) {}

    /** What an escrow's cumulative amount grew by. */
    private record Taken(Digest escrowId, Asset asset, Amount more) {}

    /** A line of the file: amounts that were let out together, or a change of the pause. */
    private record Line(
            Instant at,
            @Nullable List<Taken> taken,
            @Nullable Boolean paused,
            @Nullable String by) {}

    /**
     * Opens the file, made where it is absent.
     *
     * @throws UncheckedIOException if it can't be read or written
     * @throws IllegalStateException if another process has it open
     */
    public OutflowFile(Path file, Amount limitPerHour, Clock clock) {
        this.limitPerHour = limitPerHour;
        this.clock = clock;
        try {
            this.journal = Journal.open(file, bytes -> apply(Json.MAPPER.readValue(bytes, Line.class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized Map<Integer, String> reserve(List<Outflow> outflows) {
        if (paused) {
            return IntStream.range(0, outflows.size())
                    .boxed()
                    .collect(Collectors.toMap(i -> i, i -> "paused by an operator"));
        }
        Instant now = clock.instant();
        Map<Integer, String> reasons = new LinkedHashMap<>();
        Map<Digest, BigInteger> here = new HashMap<>();
        Map<Asset, BigInteger> used = new HashMap<>();
        List<Taken> taken = new ArrayList<>();
        for (int i = 0; i < outflows.size(); i++) {
            Outflow outflow = outflows.get(i);
            BigInteger before = here.getOrDefault(outflow.escrowId(), signedFor(outflow.escrowId()));
            BigInteger more = outflow.cumulative().units().subtract(before);
            if (more.signum() <= 0) {
                continue;
            }
            BigInteger total = used.computeIfAbsent(outflow.asset(), asset -> usedSince(asset, now.minus(HOUR)))
                    .add(more);
            if (total.compareTo(limitPerHour.units()) > 0) {
                reasons.put(i, "over the limit of " + limitPerHour + " of " + outflow.asset() + " an hour");
            } else {
                used.put(outflow.asset(), total);
                here.put(outflow.escrowId(), outflow.cumulative().units());
                taken.add(new Taken(outflow.escrowId(), outflow.asset(), new Amount(more)));
            }
        }
        if (reasons.isEmpty() && !taken.isEmpty()) {
            write(new Line(now, taken, null, null));
        }
        return reasons;
    }

    @Override
    public synchronized void pause(boolean wanted, String by) {
        write(new Line(clock.instant(), null, wanted, by));
    }

    @Override
    public synchronized boolean isPaused() {
        return paused;
    }

    private BigInteger signedFor(Digest escrowId) {
        return signed.getOrDefault(escrowId, BigInteger.ZERO);
    }

    private BigInteger usedSince(Asset asset, Instant from) {
        Deque<Counted> counted = lastHour.getOrDefault(asset, new ArrayDeque<>());
        while (!counted.isEmpty() && !counted.getFirst().at().isAfter(from)) {
            counted.removeFirst();
        }
        return counted.stream().map(Counted::amount).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private void write(Line line) {
        try {
            journal.append(Json.MAPPER.writeValueAsBytes(line), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        apply(line);
    }

    private void apply(Line line) {
        if (line.paused() != null) {
            paused = line.paused();
        }
        if (line.taken() != null) {
            for (Taken taken : line.taken()) {
                signed.merge(taken.escrowId(), taken.more().units(), BigInteger::add);
                lastHour.computeIfAbsent(taken.asset(), asset -> new ArrayDeque<>())
                        .addLast(new Counted(line.at(), taken.more().units()));
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            journal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
