package io.clearmarket.chaincode.domain;

import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The bytes that an earlier version of the chaincode stored, in each of {@link TradeStates}. People's ids, keys and addresses are put in the
 * place of those who had them then; everything else is as it was.
 */
public final class EarlierRecords {
    private static final Pattern INSTANT =
            Pattern.compile("(?<=\")20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z(?=\")");

    private final JsonNode file;
    private final Duration later;
    private final Map<String, String> instead = new TreeMap<>();

    private EarlierRecords(JsonNode file, Duration later) {
        this.file = file;
        this.later = later;
    }

    /** Schema 1: before merchants needed accreditation and parties could change their keys. */
    public static EarlierRecords of(Map<String, Person> people) {
        try (InputStream stored =
                Objects.requireNonNull(EarlierRecords.class.getResourceAsStream("/earlier/records-1.json"))) {
            EarlierRecords records = new EarlierRecords(Json.MAPPER.readTree(stored.readAllBytes()), Duration.ZERO);
            people.forEach(records::cast);
            records.attester("AuditMSP", Bazaar.AUDIT_ATTESTER.address());
            records.attester("MerchantsMSP", Bazaar.MERCHANTS_ATTESTER.address());
            records.attester("PlatformMSP", Bazaar.PLATFORM_ATTESTER.address());
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another text everywhere, such as an order's id. */
    public EarlierRecords replacing(String then, String now) {
        EarlierRecords other = new EarlierRecords(file, later);
        other.instead.putAll(instead);
        other.instead.put(then, now);
        return other;
    }

    /** As if all had happened so much later. */
    public EarlierRecords later(Duration by) {
        EarlierRecords other = new EarlierRecords(file, by);
        other.instead.putAll(instead);
        return other;
    }

    /** When the state was come into. */
    public Instant now(String state) {
        return Instant.parse(file.path("states").path(state).path("now").asString())
                .plus(later);
    }

    /** Composite keys with the JSON under them: the market, everybody in it, and the order in this state. */
    public Map<String, String> records(String state) {
        Map<String, String> records = new TreeMap<>();
        add(file.path("base"), records);
        add(file.path("states").path(state).path("records"), records);
        return records;
    }

    private void add(JsonNode from, Map<String, String> to) {
        from.properties()
                .forEach(record -> to.put(
                        today("\0" + record.getKey().replace('|', '\0') + "\0"),
                        today(record.getValue().asString())));
    }

    private String today(String text) {
        String now = text;
        for (Map.Entry<String, String> one : instead.entrySet()) {
            now = now.replace(one.getKey(), one.getValue());
        }
        return later.isZero()
                ? now
                : INSTANT.matcher(now)
                        .replaceAll(match ->
                                Instant.parse(match.group()).plus(later).toString());
    }

    private void cast(String part, Person by) {
        JsonNode then = file.path("people").path(part);
        instead.put(then.path("id").asString(), by.id().value());
        instead.put(then.path("publicKey").asString(), by.asker().publicKey());
        instead.put(then.path("address").asString(), by.wallet().address().toString());
    }

    private void attester(String mspId, EthAddress now) {
        instead.put(file.path("attesters").path(mspId).asString(), now.toString());
    }

    /** The market and the order of a state, as a ledger. */
    public Ledger ledger(String state) {
        Ledger ledger = new Ledger();
        records(state).forEach(ledger::put);
        return ledger;
    }
}
