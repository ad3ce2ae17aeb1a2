package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.events.Silence;
import io.clearmarket.wallet.json.Json;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open WebSocket: sends EPCISQueryDocuments, each once, in the order of recording, on a thread of its own. What was not sent yet
 * stays in the repository, so a slow reader holds up nobody and costs no memory. What the reader sends is not expected.
 */
final class EventStream extends Endpoint {
    /** Then the reader has to open another, with a token that is still good. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final int LONGEST_MESSAGE = 1024;

    private final String owner;
    private final String queryName;
    private final StreamControls controls;
    private final NamedQueryStore store;
    private final Untold untold;
    private final Consumer<EventStream> ended;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Instant end = Instant.now().plus(LONGEST);
    private final Silence silence;
    private long told;
    private @Nullable Instant due;

    /** @param longestSilence after which the reader is pinged */
    EventStream(
            String owner,
            String queryName,
            StreamControls controls,
            NamedQueryStore store,
            Untold untold,
            Duration longestSilence,
            Consumer<EventStream> ended) {
        this.owner = owner;
        this.queryName = queryName;
        this.controls = controls;
        this.store = store;
        this.untold = untold;
        this.silence = new Silence(longestSilence);
        this.ended = ended;
        this.told = controls.since() == null ? untold.now() : 0;
        this.due = next(Instant.now());
    }

    String owner() {
        return owner;
    }

    /** There may be something new. */
    void wake() {
        wakeUps.release();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxIdleTimeout(0);
        session.setMaxTextMessageBufferSize(LONGEST_MESSAGE);
        session.setMaxBinaryMessageBufferSize(LONGEST_MESSAGE);
        Thread.ofVirtual().name("epcis-stream").start(() -> run(session));
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        ended.accept(this);
        wake();
    }

    @Override
    public void onError(Session session, Throwable problem) {
        LOG.debug("EPCIS stream of {}: {}", queryName, problem.toString());
    }

    private void run(Session session) {
        try {
            while (session.isOpen()) {
                Optional<NamedQuery> named = store.find(queryName);
                if (named.isEmpty()) {
                    close(session, CloseCodes.NORMAL_CLOSURE, "the query was deleted");
                    return;
                }
                if (!Instant.now().isBefore(end)) {
                    close(session, CloseCodes.SERVICE_RESTART, "open it again");
                    return;
                }
                tell(session, named.get());
                rest(session);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | EpcisProblem | IllegalStateException failure) {
            LOG.debug("EPCIS stream of {} ends: {}", queryName, failure.toString());
            close(session, CloseCodes.UNEXPECTED_CONDITION, "it could not be sent");
        }
    }

    private void tell(Session session, NamedQuery named) throws IOException {
        Instant now = Instant.now();
        if (due != null && now.isBefore(due)) {
            return;
        }
        boolean nothing = true;
        EventQueries.Page page = untold.after(told, named, controls.since());
        while (!page.events().isEmpty()) {
            send(session, page);
            nothing = false;
            told = page.last();
            page = untold.after(told, named, controls.since());
        }
        if (nothing && due != null && controls.reportIfEmpty()) {
            send(session, page);
        }
        due = next(now);
    }

    private void send(Session session, EventQueries.Page page) throws IOException {
        session.getBasicRemote()
                .sendText(Json.MAPPER.writeValueAsString(QueryDocument.of(queryName, null, page.events(), false)));
        silence.broken();
    }

    /** Until something is new, or is due, or it is time to see whether anybody is still there. */
    private void rest(Session session) throws InterruptedException, IOException {
        Duration quiet = silence.left();
        Duration untilDue = due == null ? quiet : Duration.between(Instant.now(), due);
        Duration rest = untilDue.compareTo(quiet) > 0 ? quiet : untilDue;
        if (wakeUps.tryAcquire(Math.max(rest.toMillis(), 1), TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
        if (silence.isTooLong() && session.isOpen()) {
            session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
            silence.broken();
        }
    }

    /** Null where all is told at once. */
    private @Nullable Instant next(Instant now) {
        Schedule schedule = controls.schedule();
        return schedule == null ? null : schedule.next(now).orElse(Instant.MAX);
    }

    private static void close(Session session, CloseReason.CloseCode code, String reason) {
        try {
            session.close(new CloseReason(code, reason));
        } catch (IOException e) {
            LOG.debug("an EPCIS stream was closed already: {}", e.toString());
        }
    }
}
