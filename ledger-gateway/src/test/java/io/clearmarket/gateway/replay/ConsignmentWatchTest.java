package io.clearmarket.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.gateway.client.ApiProblem;
import io.clearmarket.gateway.client.DomainEvents.Happened;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.wallet.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** With a gateway that can't be reached, so that asking it fails the test. */
class ConsignmentWatchTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final ConsignmentId ID = new ConsignmentId("order-0001.1");
    private static final JsonNode NOTHING = Json.MAPPER.createObjectNode();

    private final ConsignmentWatch watch =
            new ConsignmentWatch(new MarketClient(URI.create("http://127.0.0.1:1"), Duration.ZERO), "token");

    @Test
    void what_the_stream_tells_is_not_asked_for() throws Exception {
        watch.opened(10);
        watch.expect(ID);
        watch.happened(new Happened(12, null, NOTHING, NOTHING));
        assertThat(watch.awaitBlock(12)).isTrue();
        CompletableFuture<JsonNode> funded = CompletableFuture.supplyAsync(() -> held("5"));
        watch.happened(new Happened(13, ID, consignment("0"), NOTHING));
        watch.happened(new Happened(14, new ConsignmentId("order-0002.1"), consignment("5"), NOTHING));
        assertThat(funded).isNotDone();
        watch.happened(new Happened(15, ID, consignment("5"), NOTHING));
        assertThat(funded.get(1, TimeUnit.MINUTES)).isEqualTo(consignment("5"));
    }

    @Test
    void what_was_told_before_the_wait_began_counts() {
        watch.opened(10);
        watch.expect(ID);
        watch.happened(new Happened(11, ID, consignment("5"), NOTHING));
        assertThat(held("5")).isEqualTo(consignment("5"));
    }

    @Test
    void what_happened_before_the_stream_was_opened_is_asked_for() {
        watch.opened(10);
        watch.expect(ID);
        boolean streamed = watch.awaitBlock(10);
        assertThat(streamed).isFalse();
        assertThatThrownBy(() -> watch.await(ID, streamed, "funded", now -> true, LONG))
                .isInstanceOf(ApiProblem.class)
                .hasMessageContaining("can't be reached");
    }

    @Test
    void a_stream_that_is_opened_again_goes_on_where_it_was() throws Exception {
        CompletableFuture<Boolean> seen = CompletableFuture.supplyAsync(() -> watch.awaitBlock(15));
        watch.opened(10);
        assertThat(seen).isNotDone();
        watch.opened(20);
        assertThat(seen.get(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void a_wait_that_takes_too_long_says_for_what() {
        watch.opened(10);
        watch.expect(ID);
        watch.happened(new Happened(11, ID, consignment("0"), NOTHING));
        assertThatThrownBy(() -> watch.await(ID, true, "funded", now -> false, Duration.ofSeconds(-1)))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("consignment order-0001.1 is not funded");
    }

    private JsonNode held(String amount) {
        return watch.await(
                ID,
                true,
                "funded",
                now -> now.path("money").path("held").asString("").equals(amount),
                LONG);
    }

    private static JsonNode consignment(String held) {
        return Json.MAPPER.readTree("{\"money\":{\"held\":\"" + held + "\"}}");
    }
}
