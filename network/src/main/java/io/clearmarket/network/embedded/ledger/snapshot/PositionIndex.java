package io.clearmarket.network.embedded.ledger.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;

/**
 * Where something is in the blocks: a multimap of keys to positions. The newest additions are in memory, the rest is in a
 * {@link SortedPositions} file, which knows only fingerprints of keys: what it gives must be looked at before it is believed.
 * One writer, many readers.
 *
 * @param <K> a key with a proper equals
 */
public final class PositionIndex<K> {
    private static final long[] NONE = {};

    private final ToLongFunction<? super K> fingerprint;
    private volatile Layers<K> layers = new Layers<>(SortedPositions.EMPTY, List.of(), new ConcurrentHashMap<>());

    /**
     * From old to new.
     *
     * @param frozen no longer written to, waiting to become part of the file
     */
    private record Layers<K>(SortedPositions file, List<Map<K, long[]>> frozen, Map<K, long[]> recent) {}

    public PositionIndex(ToLongFunction<? super K> fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** Called by the one writer, with rising positions. */
    public void add(K key, long position) {
        layers.recent.merge(key, new long[] {position}, PositionIndex::joined);
    }

    /**
     * The first position of a key.
     *
     * @param confirmed whether what is at a position really is the key's; asked only where fingerprints are all that is known
     */
    public OptionalLong first(K key, LongPredicate confirmed) {
        Layers<K> now = layers;
        for (long candidate : candidates(now, key)) {
            if (confirmed.test(candidate)) {
                return OptionalLong.of(candidate);
            }
        }
        for (Map<K, long[]> layer : now.frozen) {
            long[] found = layer.get(key);
            if (found != null) {
                return OptionalLong.of(found[0]);
            }
        }
        long[] found = now.recent.get(key);
        return found == null ? OptionalLong.empty() : OptionalLong.of(found[0]);
    }

    private long[] candidates(Layers<K> now, K key) {
        return now.file.size() == 0 ? NONE : now.file.find(fingerprint.applyAsLong(key));
    }

    /** Every position that may be the key's, oldest first. */
    public long[] all(K key) {
        Layers<K> now = layers;
        long[] found = candidates(now, key);
        for (Map<K, long[]> layer : now.frozen) {
            found = joined(found, layer.getOrDefault(key, NONE));
        }
        return joined(found, now.recent.getOrDefault(key, NONE));
    }

    private static long[] joined(long[] older, long[] newer) {
        if (older.length == 0 || newer.length == 0) {
            return older.length == 0 ? newer : older;
        }
        long[] both = Arrays.copyOf(older, older.length + newer.length);
        System.arraycopy(newer, 0, both, older.length, newer.length);
        return both;
    }

    /** Called by the writer: sets a line between what the next file holds and what comes after. */
    public synchronized void freeze() {
        List<Map<K, long[]>> frozen = new ArrayList<>(layers.frozen);
        frozen.add(layers.recent);
        layers = new Layers<>(layers.file, List.copyOf(frozen), new ConcurrentHashMap<>());
    }

    /** Writes file and frozen layers as the next file. */
    public void writeFrozen(OutputStream to) throws IOException {
        Layers<K> now = layers;
        List<SortedPositions.Pair> pairs = new ArrayList<>();
        for (Map<K, long[]> layer : now.frozen) {
            layer.forEach((key, positions) -> {
                long print = fingerprint.applyAsLong(key);
                for (long position : positions) {
                    pairs.add(new SortedPositions.Pair(print, position));
                }
            });
        }
        SortedPositions.Pair[] sorted = pairs.toArray(SortedPositions.Pair[]::new);
        Arrays.sort(sorted);
        now.file.writeMerged(sorted, to);
    }

    /** Goes over to a file that holds everything up to the last {@link #freeze}. */
    public synchronized void adopt(SortedPositions file) {
        layers = new Layers<>(file, List.of(), layers.recent);
    }
}
