package io.clearmarket.chaincode.adapter;

import static io.clearmarket.chaincode.adapter.Asking.commissioned;
import static io.clearmarket.chaincode.adapter.Asking.handOver;
import static io.clearmarket.chaincode.adapter.Asking.opened;
import static io.clearmarket.chaincode.adapter.Asking.placed;
import static io.clearmarket.chaincode.adapter.Asking.refusalOf;
import static io.clearmarket.chaincode.domain.Bazaar.AUDIT;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.PLATFORM;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Facts.epc;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.BrokenTerms;
import io.clearmarket.chaincode.domain.Person;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every refusal code is provoked; a new code without a case here fails the build. */
class RefusalCodesTest {
    private static final Map<RefusalCode, Supplier<Refusal>> CASES = cases();

    @Test
    void every_code_has_a_case() {
        assertThat(EnumSet.complementOf(EnumSet.copyOf(CASES.keySet()))).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> each_case_is_refused_with_its_code() {
        return CASES.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey().name(), () -> {
                    Refusal refusal = entry.getValue().get();
                    assertThat(refusal.code()).as(refusal.message()).isEqualTo(entry.getKey());
                    assertThat(refusal.message()).hasSizeGreaterThan(15);
                }));
    }

    @Test
    void an_order_without_consignments_has_no_lines_either() {
        Refusal refusal = opened(b -> new Command.PlaceOrder(b.id(), Bazaar.ORDER, List.of()), BUYER);

        assertThat(refusal.code()).isEqualTo(RefusalCode.NO_LINES);
    }

    static Map<RefusalCode, Supplier<Refusal>> cases() {
        Map<RefusalCode, Supplier<Refusal>> cases = new EnumMap<>(RefusalCode.class);
        requests(cases);
        parties(cases);
        things(cases);
        cases.putAll(StateRefusals.cases());
        cases.putAll(RegistryRefusals.cases());
        cases.putAll(SaleOfferRefusals.cases());
        cases.putAll(DeviceRefusals.cases());
        cases.putAll(ConditionRefusals.cases());
        BrokenTerms.ALL.forEach((code, terms) -> cases.put(code, () -> {
            Bazaar bazaar = Bazaar.opened();
            return refusalOf(bazaar, bazaar.order(terms), BUYER);
        }));
        cases.put(RefusalCode.TERMS_SAME_MERCHANT_TWICE, () -> {
            Bazaar bazaar = Bazaar.opened();
            return refusalOf(bazaar, bazaar.order(BrokenTerms.numbered(1), BrokenTerms.numbered(2)), BUYER);
        });
        return cases;
    }

    private static void requests(Map<RefusalCode, Supplier<Refusal>> cases) {
        cases.put(RefusalCode.UNKNOWN_COMMAND, () -> request("launder", "{}", Duration.ZERO));
        cases.put(RefusalCode.WRONG_ARGUMENTS, () -> ofRequest(() -> run("accept", List.of(), Duration.ZERO)));
        cases.put(RefusalCode.MALFORMED_JSON, () -> request("accept", "{", Duration.ZERO));
        cases.put(RefusalCode.DUPLICATE_FIELD, () -> request("accept", "{\"a\":1,\"a\":1}", Duration.ZERO));
        cases.put(RefusalCode.TRAILING_BYTES, () -> request("accept", "{}{}", Duration.ZERO));
        cases.put(RefusalCode.UNKNOWN_FIELD, () -> request("accept", "{\"a\":1}", Duration.ZERO));
        cases.put(RefusalCode.MISSING_FIELD, () -> request("accept", "{}", Duration.ZERO));
        cases.put(RefusalCode.WRONG_TYPE, () -> request("accept", "[]", Duration.ZERO));
        cases.put(RefusalCode.TOO_LONG, () -> request("accept", " ".repeat(70_000), Duration.ZERO));
        cases.put(RefusalCode.TIMESTAMP_OUTSIDE_GUARD, () -> request("accept", "{}", Duration.ofSeconds(31)));
        cases.put(RefusalCode.COMMAND_ID_REUSED, CommandsTest::reused);
        cases.put(RefusalCode.INVALID_VALUE, () -> {
            Bazaar bazaar = Bazaar.opened().placed();
            return refusalOf(bazaar, new Command.ApproveMarket(bazaar.id(), withQuorum(1)), AUDIT);
        });
    }

    private static void parties(Map<RefusalCode, Supplier<Refusal>> cases) {
        Person newcomer = Person.of("PlatformMSP", Role.BUYER);
        cases.put(RefusalCode.NOT_REGISTERED, () -> opened(b -> b.order(), newcomer));
        cases.put(RefusalCode.ALREADY_REGISTERED, () -> opened(b -> b.registration(BUYER), BUYER));
        cases.put(
                RefusalCode.ALREADY_ACCREDITED,
                () -> opened(b -> new Command.AccreditParty(b.id(), CARRIER.id(), Role.CARRIER), AUDIT));
        cases.put(
                RefusalCode.ALREADY_SUSPENDED,
                () -> refusalOf(
                        suspended(BUYER), b -> new Command.SuspendParty(b.id(), BUYER.id(), Digest.ZERO), AUDIT));
        cases.put(RefusalCode.NOT_SUSPENDED, () -> opened(b -> new Command.ReinstateParty(b.id(), BUYER.id()), AUDIT));
        cases.put(RefusalCode.PARTY_SUSPENDED, () -> refusalOf(suspended(MERCHANT), b -> b.order(), BUYER));
        cases.put(RefusalCode.WRONG_ROLE, () -> opened(b -> b.registration(BUYER), STRANGER));
        cases.put(RefusalCode.WRONG_PARTY, () -> placed(b -> b.accept(Command.Part.ALL), STRANGER));
        cases.put(RefusalCode.NOT_ACCREDITED, () -> {
            Bazaar bazaar = Bazaar.opened().funded();
            Person carrier = Person.of("PlatformMSP", Role.CARRIER);
            bazaar.does(bazaar.registration(carrier), carrier);
            Command.Ship ship = bazaar.ship();
            return refusalOf(
                    bazaar,
                    new Command.Ship(ship.commandId(), ID, ship.version(), ship.items(), carrier.id(), ship.event()),
                    MERCHANT);
        });
        cases.put(
                RefusalCode.WRONG_ORGANISATION,
                () -> opened(
                        b -> new Command.ApproveMarket(b.id(), Bazaar.config(2)),
                        Person.of("OtherMSP", Role.OPERATOR)));
        cases.put(
                RefusalCode.BAD_ADDRESS_SIGNATURE,
                () -> opened(
                        b -> new Command.RegisterParty(
                                b.id(), Role.BUYER, newcomer.wallet().address(), BUYER.bindingSignature(Bazaar.LEDGER)),
                        newcomer));
        cases.put(
                RefusalCode.BAD_PARTY_SIGNATURE,
                () -> opened(
                        b -> {
                            var signed = b.order().consignments().getFirst();
                            return new Command.PlaceOrder(
                                    b.id(),
                                    Bazaar.ORDER,
                                    List.of(new SignedTerms(
                                            signed.terms(), signed.merchantSignature(), signed.merchantSignature())));
                        },
                        BUYER));
    }

    private static Bazaar suspended(Person party) {
        Bazaar bazaar = Bazaar.opened();
        bazaar.does(new Command.SuspendParty(bazaar.id(), party.id(), Digest.ZERO), AUDIT);
        bazaar.does(new Command.SuspendParty(bazaar.id(), party.id(), Digest.ZERO), PLATFORM);
        return bazaar;
    }

    private static void things(Map<RefusalCode, Supplier<Refusal>> cases) {
        cases.put(RefusalCode.NO_MARKET, () -> {
            Bazaar empty = Bazaar.empty();
            return refusalOf(empty, empty.registration(BUYER), BUYER);
        });
        cases.put(
                RefusalCode.WRONG_MARKET_VERSION,
                () -> opened(b -> new Command.ApproveMarket(b.id(), Bazaar.config(3)), AUDIT));
        cases.put(
                RefusalCode.UNKNOWN_PARTY,
                () -> opened(b -> new Command.AccreditParty(b.id(), STRANGER.id(), Role.CARRIER), AUDIT));
        cases.put(RefusalCode.UNKNOWN_ORDER, () -> absent(RecordKind.ORDER));
        cases.put(RefusalCode.UNKNOWN_RECORD, () -> absent(RecordKind.RECEIPT));
        cases.put(
                RefusalCode.UNKNOWN_CONSIGNMENT,
                () -> opened(
                        b -> new Command.ExpireUnpaid(b.id(), ConsignmentId.of(new OrderId("order-none"), 1)), BUYER));
        cases.put(RefusalCode.UNKNOWN_ITEM, () -> opened(b -> handOver(b, epc(9)), BUYER));
        cases.put(RefusalCode.ORDER_EXISTS, () -> placed(b -> b.order(), BUYER));
        cases.put(RefusalCode.EVENT_EXISTS, () -> {
            Bazaar bazaar = Bazaar.opened();
            var event = bazaar.event("inspecting", List.of(epc(1)));
            bazaar.does(new Command.RecordEvent(bazaar.id(), event), MERCHANT);
            return refusalOf(bazaar, new Command.RecordEvent(bazaar.id(), event), MERCHANT);
        });
        cases.put(RefusalCode.ITEM_EXISTS, () -> {
            Bazaar bazaar = Bazaar.opened();
            bazaar.does(commissioned(bazaar), MERCHANT);
            return refusalOf(bazaar, commissioned(bazaar), MERCHANT);
        });
        cases.put(RefusalCode.HAND_OVER_EXISTS, () -> {
            Bazaar bazaar = Bazaar.opened().delivered();
            bazaar.does(handOver(bazaar, epc(1)), BUYER);
            return refusalOf(bazaar, handOver(bazaar, epc(1)), BUYER);
        });
        cases.put(RefusalCode.REVIEW_EXISTS, () -> {
            Bazaar bazaar = Bazaar.opened().delivered();
            bazaar.does(bazaar.accept(Command.Part.ALL), BUYER);
            bazaar.does(new Command.RecordReview(bazaar.id(), ID, 1, 5, Digest.ZERO), BUYER);
            return refusalOf(bazaar, new Command.RecordReview(bazaar.id(), ID, 1, 1, Digest.ZERO), BUYER);
        });
    }

    private static Refusal request(String function, String json, Duration ahead) {
        return ofRequest(() -> run(function, List.of(ByteString.copyFrom(json, UTF_8)), ahead));
    }

    private static void run(String function, List<ByteString> arguments, Duration ahead) {
        Bazaar bazaar = Bazaar.opened();
        Clock here = Clock.fixed(bazaar.now, ZoneOffset.UTC);
        new Commands(new ClockGuard(here))
                .run(new Invocation(function, arguments, ByteString.EMPTY, bazaar.now.plus(ahead)), bazaar.ledger);
    }

    private static Refusal absent(RecordKind kind) {
        return ofRequest(() -> Queries.found(kind, List.of("none"), new byte[0]));
    }

    static Refusal ofRequest(Runnable request) {
        try {
            request.run();
        } catch (RequestRefused refused) {
            return refused.refusal();
        }
        throw new AssertionError("not refused");
    }

    private static MarketConfig withQuorum(int quorum) {
        var config = Bazaar.config(2);
        return new MarketConfig(
                config.version(),
                config.ledger(),
                config.chainId(),
                config.escrow(),
                config.attesters(),
                config.requiredMsp(),
                config.standbyDelay(),
                quorum,
                config.assets());
    }
}
