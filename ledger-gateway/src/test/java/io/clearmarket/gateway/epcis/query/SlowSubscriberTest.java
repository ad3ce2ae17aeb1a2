package io.clearmarket.gateway.epcis.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SlowSubscriberTest {
    private final NamedQueryStore store = GatewayTestSystem.get().context().getBean(NamedQueryStore.class);
    private final String query = "slow-" + UUID.randomUUID();

    @Test
    void a_subscriber_who_never_ends_an_answer_holds_up_nobody_else() throws Exception {
        try (ServerSocket slow = server();
                ServerSocket other = server()) {
            store.add(new NamedQuery(query, "party:nobody", Json.MAPPER.readTree("{}"), Instant.now()));
            subscribe("a-", slow);
            try (Socket endless = slow.accept()) {
                endless.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".getBytes(UTF_8));
                subscribe("b-", other);
                other.setSoTimeout(30_000);
                try (Socket told = other.accept()) {
                    assertThat(told.getInputStream().read()).isEqualTo('P');
                }
            }
        } finally {
            store.delete(query);
        }
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private void subscribe(String prefix, ServerSocket receiver) {
        store.add(new Subscription(
                prefix + UUID.randomUUID(),
                query,
                "party:nobody",
                URI.create("http://127.0.0.1:" + receiver.getLocalPort() + "/"),
                "",
                false,
                null,
                true,
                null,
                Instant.now(),
                0,
                null,
                Instant.now(),
                0));
    }
}
