package io.clearmarket.gateway.config;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process has opened. The newest is closed first, and one that fails to close keeps no other from it. */
public final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Takes it in, and gives it back. */
    public <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // whatever one says, the others are closed
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("While ending: {}", e.toString());
            }
        }
    }
}
