package io.clearmarket.gateway.epcis.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.wallet.json.Json;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/** A stream of a real query, at the far end of which somebody counts what comes. */
class EventStreamPingTest {
    private final ApplicationContext gateway = GatewayTestSystem.get().context();
    private final NamedQueryStore store = gateway.getBean(NamedQueryStore.class);
    private final String query = "silent-" + UUID.randomUUID();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicBoolean open = new AtomicBoolean(true);

    @Test
    void a_reader_who_is_told_nothing_is_pinged_however_often_there_is_something_for_others() throws Exception {
        store.add(new NamedQuery(
                query,
                "party:nobody",
                Json.MAPPER.readTree("{\"EQ_bizTransaction_po\": \"urn:nobody:" + query + "\"}"),
                Instant.now()));
        AtomicBoolean ended = new AtomicBoolean();
        EventStream stream = new EventStream(
                "party:nobody",
                query,
                new StreamControls(null, false, null),
                store,
                gateway.getBean(Untold.class),
                Duration.ofMillis(100),
                gone -> ended.set(true));
        Session session = proxy(Session.class, this::session);
        stream.onOpen(
                session,
                ServerEndpointConfig.Builder.create(EventStream.class, "/epcis/queries")
                        .build());

        Instant end = Instant.now().plusSeconds(60);
        while (pings.get() < 3 && Instant.now().isBefore(end)) {
            stream.wake(); // as after a block; these come sooner than anybody has been silent for too long
            Thread.sleep(5);
        }
        open.set(false);
        stream.onClose(session, new CloseReason(CloseCodes.GOING_AWAY, ""));
        store.delete(query);

        assertThat(pings.get()).isGreaterThanOrEqualTo(3);
        assertThat(ended).isTrue();
    }

    private @Nullable Object session(Method called) {
        return switch (called.getName()) {
            case "isOpen" -> open.get();
            case "getBasicRemote" -> proxy(RemoteEndpoint.Basic.class, this::remote);
            default -> null;
        };
    }

    private @Nullable Object remote(Method called) {
        if (called.getName().equals("sendPing")) {
            pings.incrementAndGet();
        }
        return null;
    }

    private interface Called {
        @Nullable
        Object answer(Method method);
    }

    private static <T> T proxy(Class<T> type, Called called) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> called.answer(method)));
    }
}
