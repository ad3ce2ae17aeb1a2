package io.clearmarket.gateway.examples;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Conversion;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.webhooks.Message;
import io.clearmarket.wallet.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What Java computes, for the plug-in's TypeScript to agree with. */
final class MedusaVectors {
    static final String SECRET = Message.newSecret();
    private static final String SESSION = "payses_01M8DNVHMEJV47PQ90SZT7363P";
    private static final URI HOOK = URI.create("http://127.0.0.1:9/hook");
    private static final int QUOTES = 200;
    private static final Instant AT = Instant.parse("2026-11-27T12:00:00Z");

    private MedusaVectors() {}

    /** @param terms some, for their rate */
    static Map<String, Object> json(Terms terms) {
        Random random = new Random(177);
        return Map.of(
                "currencies", currencies(),
                "quotes", Stream.generate(() -> quoted(random)).limit(QUOTES).toList(),
                "back", Stream.generate(() -> back(terms, random)).limit(QUOTES).toList(),
                "webhook", webhook());
    }

    /** A webhook's request of now about a consignment, as the bridge takes it. */
    static Map<String, Object> request(String type, ConsignmentId consignment) {
        String order = consignment.value().substring(0, consignment.value().lastIndexOf('.'));
        return request(type, order, List.of(SECRET), Instant.now());
    }

    private static Map<String, Integer> currencies() {
        Map<String, Integer> digits = new TreeMap<>();
        Currency.getAvailableCurrencies()
                .forEach(currency -> digits.put(currency.getCurrencyCode(), currency.getDefaultFractionDigits()));
        return digits;
    }

    private static Map<String, Object> quoted(Random random) {
        BigDecimal rate = new BigDecimal(BigInteger.valueOf(1 + random.nextInt(9_999_999)), random.nextInt(8));
        int currencyDigits = random.nextInt(5);
        int assetDigits = random.nextInt(19);
        Terms.Quote quote = Conversion.quote(rate, currencyDigits, assetDigits, "test", AT, AT);
        List<Amount> prices = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            prices.add(Amount.of(random.nextInt(100_000)));
        }
        List<Amount> lines = Conversion.lines(quote, prices);
        return Map.of(
                "rate",
                rate.toPlainString(),
                "currencyDigits",
                currencyDigits,
                "assetDigits",
                assetDigits,
                "numerator",
                quote.numerator().toString(),
                "denominator",
                quote.denominator().toString(),
                "prices",
                prices,
                "lines",
                lines,
                "total",
                Conversion.whole(quote, prices.stream().reduce(Amount.ZERO, Amount::plus)));
    }

    private static Map<String, Object> back(Terms terms, Random random) {
        Amount settled =
                new Amount(new BigInteger(60, random).mod(terms.total().units().add(BigInteger.ONE)));
        return Map.of(
                "ordered", terms.orderTotal().amount(),
                "total", terms.total(),
                "settled", settled,
                "back", Conversion.inOrderCurrency(terms, settled));
    }

    private static Map<String, Object> webhook() {
        Map<String, Object> webhook =
                new HashMap<>(request("consignment.funded", SESSION, List.of(SECRET, Message.newSecret()), AT));
        webhook.put("orderId", SESSION);
        webhook.put("seconds", AT.getEpochSecond());
        return webhook;
    }

    private static Map<String, Object> request(String type, String order, List<String> secrets, Instant at) {
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("position", "7.0.0").put("type", type).put("orderId", order).put("consignmentId", order + ".1");
        Message message = Message.of("7.0.0", type, at, event, 1, Digest.ZERO);
        HttpRequest request = message.request(HOOK, secrets, at, Duration.ofSeconds(1));
        Map<String, String> headers = new HashMap<>();
        request.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        return Map.of("headers", headers, "body", message.body(), "secrets", secrets);
    }
}
