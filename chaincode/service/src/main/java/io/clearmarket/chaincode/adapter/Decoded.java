package io.clearmarket.chaincode.adapter;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What bytes were decoded to, of the last few hundred: endorsers that share a process read the same argument and records, and
 * one transaction after the other reads the market's configuration and its parties. What is decoded never changes.
 */
final class Decoded {
    private static final int MOST = 500;
    private static final int LONGEST = 16 * 1024;

    private final Map<Bytes, Object> newest = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Object> eldest) {
            return size() > MOST;
        }
    };

    @SuppressWarnings("ArrayRecordComponent") // compared by content
    private record Bytes(Class<?> type, byte[] content) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && type == that.type && Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return 31 * type.hashCode() + Arrays.hashCode(content);
        }
    }

    /** What the bytes are as that type, by this function unless it is known; what it throws is not remembered. */
    <T> T of(Class<T> type, byte[] content, Function<byte[], T> decode) {
        if (content.length > LONGEST) {
            return decode.apply(content);
        }
        Bytes key = new Bytes(type, content);
        synchronized (newest) {
            Object known = newest.get(key);
            if (known != null) {
                return type.cast(known);
            }
        }
        T decoded = decode.apply(content);
        synchronized (newest) {
            newest.put(key, decoded);
        }
        return decoded;
    }
}
