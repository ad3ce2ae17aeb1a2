package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonInOnePieceTest {
    private static final int SERVERS_BUFFER = 8192;
    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final TestMarket market = TestMarket.get();
    private final DeviceBuyer buyer = DeviceBuyer.enrol(system);

    @Test
    void answers_say_how_long_they_are_even_those_that_the_servers_buffer_does_not_hold() throws Exception {
        String proposal = buyer.prepare(order()).text("proposal");
        HttpResponse<byte[]> endorsed = send(buyer.http()
                .request("/api/v1/commands/endorse")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(
                        Map.of("proposal", proposal, "signature", buyer.sign(proposal))))));

        assertThat(endorsed.body()).hasSizeGreaterThan(SERVERS_BUFFER);
        assertIsWhole(endorsed);
    }

    @Test
    void answers_with_a_status_of_their_own_do_too() throws Exception {
        Answer committed = buyer.execute(order());

        assertIsWhole(send(buyer.http().request("/api/v1/commands/" + committed.text("transactionId"))));
    }

    private static void assertIsWhole(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
        assertThat(answer.headers().firstValue("Transfer-Encoding")).isEmpty();
        assertThat(Json.MAPPER.readTree(answer.body()).path("transactionId").isString())
                .isTrue();
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        }
    }

    private Command order() {
        Terms terms = market.terms(
                TestMarket.newOrder(), buyer.party(), buyer.ethKey().address());
        return new Command.PlaceOrder(buyer.newId(), terms.orderId(), List.of(market.signed(terms, buyer.identity())));
    }
}
