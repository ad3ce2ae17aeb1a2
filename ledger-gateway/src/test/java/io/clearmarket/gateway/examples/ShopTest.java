package io.clearmarket.gateway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.gateway.testing.Trade;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code examples/shop} as its README says: from the offer to the payout. */
class ShopTest {
    private static final Path SHOP =
            Path.of(System.getProperty("clearmarket.root", ".."), "examples", "shop", "shop.mjs");

    private final GatewayTestSystem system = GatewayTestSystem.get();
    private @Nullable Process shop;
    private BufferedReader says = new BufferedReader(Reader.nullReader());

    @Test
    void the_shop_has_at_most_eighty_lines_and_no_dependency() throws IOException {
        List<String> lines = Files.readAllLines(SHOP);
        assertThat(lines).hasSizeLessThanOrEqualTo(80);
        assertThat(lines.stream().filter(line -> line.startsWith("import"))).allMatch(line -> line.contains("\"node:"));
    }

    @Test
    @Timeout(240)
    void it_sells_an_item_from_the_offer_to_the_payout() throws Exception {
        String address = open();
        String checkout = buy(address);
        DeviceBuyer.Claimed claimed = DeviceBuyer.claim(system, checkout.substring(checkout.lastIndexOf('/') + 1));
        assertThat(claimed.place().status()).isEqualTo(200);
        Terms terms = claimed.terms();

        Trade.of(terms, "").fund();
        String shipped = heard("shipped");
        assertThat(shipped).contains(terms.consignmentId() + " as " + system.address() + "/01/" + Trade.GTIN);
        Trade trade =
                Trade.of(terms, shipped.substring(shipped.lastIndexOf('/') + 1)).goOnFrom(3);
        trade.deliver();
        Answer accepted = claimed.buyer()
                .execute(new Command.Accept(
                        claimed.buyer().newId(), terms.consignmentId(), 4, new Command.Part(null, List.of())));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
        trade.goOnFrom(5);
        assertThat(heard("decided")).contains(terms.consignmentId().value());
        trade.paid(125_000);
        assertThat(heard("paid")).endsWith("125000");
        assertThat(trade.seenBy("merchant")
                        .path("consignment")
                        .path("money")
                        .path("paidGross")
                        .asString())
                .isEqualTo("125000");
    }

    @AfterEach
    void close() {
        if (shop != null) {
            shop.destroy();
        }
    }

    private String open() throws IOException {
        TestMarket.get();
        ProcessBuilder builder = new ProcessBuilder("node", SHOP.toString());
        builder.environment()
                .putAll(Map.of(
                        "CLEARMARKET_URL", system.address().toString(),
                        "CLEARMARKET_TOKEN", system.token("merchant"),
                        "CARRIER", system.person("carrier").party().value(),
                        "ARBITER", system.person("arbiter").party().value(),
                        "PORT", "0"));
        Process started = builder.redirectErrorStream(true).start();
        shop = started;
        says = started.inputReader();
        return heard("open on").replace("open on ", "");
    }

    /** The next line that begins so; those before it stay in the failure's message. */
    private String heard(String beginning) throws IOException {
        StringBuilder before = new StringBuilder();
        for (String line = says.readLine(); line != null; line = says.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
            before.append(line).append('\n');
        }
        throw new IllegalStateException("the shop ended, having said:\n" + before);
    }

    /** Presses the button; the checkout's link that it leads to. */
    private static String buy(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/buy"))
                .POST(BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return response.headers().firstValue("Location").orElseThrow();
    }
}
