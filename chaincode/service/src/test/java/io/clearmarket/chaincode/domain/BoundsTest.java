package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.AUDIT;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.SECOND_MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Facts.epc;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Single values of commands out of their bounds: each of these commands is sound but for one thing. */
class BoundsTest {
    /** Command, what is changed in its JSON (path=value, several apart by "; "), the code. */
    private static final String LINES = """
            order | termsVersion=2                                               | INVALID_VALUE
            order | returnPolicy="maybe"                                         | INVALID_VALUE
            order | escrow.feeReceiver="0x0000000000000000000000000000000000000000" | TERMS_WRONG_ADDRESS
            order | escrow.referrer="0x0000000000000000000000000000000000000000" | TERMS_WRONG_ADDRESS
            order | escrow.referrer="0xe5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5" | TERMS_WRONG_ADDRESS
            order | escrow.merchant="0x1111111111111111111111111111111111111111" | TERMS_WRONG_ADDRESS
            order | feeBps=-1                                                    | TERMS_FEES_TOO_HIGH
            order | arbiters=[]                                                  | TERMS_BAD_ARBITERS
            order | payBy="1999-12-31T23:59:59Z"                                 | INVALID_VALUE
            order | payBy="2026-11-25T12:00:00.500Z"                             | TERMS_BAD_TIMERS
            order | stopDate="+10000-01-01T00:00:00Z"                            | INVALID_VALUE
            order | stopDate="2099-01-01T00:00:00.500Z"                          | TERMS_BAD_TIMERS
            order | quote.at="1999-12-31T23:59:59Z"                              | INVALID_VALUE
            order | quote.expiry="+10000-01-01T00:00:00Z"                        | INVALID_VALUE
            order | quote.numerator=-10000; quote.denominator=-1                 | TERMS_AMOUNTS_DIFFER
            order | timers.shipWithin=0                                          | TERMS_BAD_TIMERS
            order | lines.0.line=2                                               | INVALID_VALUE
            order | lines.0.quantity=0                                           | INVALID_VALUE
            order | lines.1.price="0"; lines.1.amount="0"                        | AMOUNT_ZERO
            order | lines.0.amount="21000001"; total="26000001"                  | TERMS_AMOUNTS_DIFFER
            order | orderTotal.amount="2601"                                     | TERMS_AMOUNTS_DIFFER
            market | config.ledger="Other Ledger"                                | INVALID_VALUE
            market | config.requiredMsp="PlatformMSP"                            | INVALID_VALUE
            market | config.escrow="0x0000000000000000000000000000000000000000"  | INVALID_VALUE
            market | config.standbyDelay=-1                                      | INVALID_VALUE
            market | config.standbyDelay=1814401                                 | INVALID_VALUE
            market | config.attesters.1.mspId="Merchants MSP"                    | INVALID_VALUE
            deposit | evidence.seen.logIndex=-1                                  | INVALID_VALUE
            deposit | evidence.seen.blockNumber=-1                               | INVALID_VALUE
            deposit | evidence.seen.blockTime="1999-12-31T23:59:59Z"             | INVALID_VALUE
            deposit | evidence.signatures=["","","","","","","","","","","","","","","","",""] | INVALID_VALUE
            case | number=0                                                      | INVALID_VALUE
            case | number=100                                                    | INVALID_VALUE
            case | answerWithin=3599                                             | INVALID_VALUE
            evidence | number=0                                                  | INVALID_VALUE
            evidence | number=21                                                 | INVALID_VALUE
            event | event.eventId="ni:///sha-256;00?ver=CBV2.0"                  | INVALID_VALUE
            event | event.type="Event"                                           | INVALID_VALUE
            event | event.type="TransformationEvent"                             | INVALID_VALUE
            event | event.action="MOVE"                                          | INVALID_VALUE
            event | event.bizStep="Shipping"                                     | INVALID_VALUE
            event | event.disposition="In Transit"                               | INVALID_VALUE
            event | event.readPoint="the ramp"                                   | INVALID_VALUE
            event | event.bizLocation="the shop"                                 | INVALID_VALUE
            event | event.eventTime="1999-12-31T23:59:59Z"                       | INVALID_VALUE
            event | event.eventTime="2026-11-25T12:00:00.001Z"                   | INVALID_VALUE
            event | event.errorDeclaration={"declarationTime":"1999-12-31T23:59:59Z","correctiveEventIds":[]} | INVALID_VALUE
            event | event.errorDeclaration={"declarationTime":"2026-11-24T12:00:00Z","reason":"No","correctiveEventIds":[]} | INVALID_VALUE
            event | event.errorDeclaration={"declarationTime":"2026-11-24T12:00:00Z","correctiveEventIds":["that one"]} | INVALID_VALUE
            event | event.measured=[] | INVALID_VALUE
            event | event.measured=[{"type":"temperature","unit":"CEL","least":0,"greatest":0}] | INVALID_VALUE
            event | event.measured=[{"type":"Temperature","unit":"degrees","least":0,"greatest":0}] | INVALID_VALUE
            event | event.measured=[{"type":"Temperature","unit":"CEL","least":1,"greatest":0}] | INVALID_VALUE
            event | event.measured=[{"type":"Temperature","unit":"CEL","least":-1000000000001,"greatest":0}] | INVALID_VALUE
            event | event.measured=[{"type":"Temperature","unit":"CEL","least":0,"greatest":1000000000001}] | INVALID_VALUE
            ship | event.epcs=["%1$s"]                                           | WRONG_ITEMS
            ship | items.0.epcs=["%1$s"]; event.epcs=["%1$s","%3$s"]             | WRONG_ITEMS
            ship | items.0.epcs=["%1$s","%4$s"]; event.epcs=["%1$s","%4$s","%3$s"] | WRONG_ITEMS
            ship | items.0.epcs=["%1$s","%1$s"]; event.epcs=["%1$s","%1$s","%3$s"] | WRONG_ITEMS
            review | score=0                                                     | INVALID_VALUE
            review | score=6                                                     | INVALID_VALUE
            review | line=3                                                      | UNKNOWN_LINE
            answer | line=0                                                      | UNKNOWN_REVIEW
            answer | line=2                                                      | UNKNOWN_REVIEW
            offer | offer.ledger="clearmarket:other:market"                      | TERMS_WRONG_LEDGER
            offer | offer.gtin="09521234543214"                                  | INVALID_VALUE
            offer | offer.validFrom="1999-12-31T23:59:59Z"                       | INVALID_VALUE
            offer | offer.validUntil="+10000-01-01T00:00:00Z"                    | INVALID_VALUE
            offer | offer.discountBps=10001                                      | INVALID_VALUE
            offer | offer.uses=0                                                 | INVALID_VALUE
            offer | offer.perUse=501                                             | INVALID_VALUE
            handOver | handOver.ledger="clearmarket:other:market"                | TERMS_WRONG_LEDGER
            handOver | handOver.at="1999-12-31T23:59:59Z"                        | INVALID_VALUE
            handOver | handOver.nonce="1111111111111111111111111111111111111111111111111111111111111111" | BAD_PARTY_SIGNATURE
            handOver | handOver.to="%5$s" | WRONG_PARTY
            handOver | handOver.from="%6$s" | WRONG_PARTY
            handOver | handOver.epcs=[]                                          | INVALID_VALUE
            accept | part.amount="1"; part.lines=[1]                             | INVALID_VALUE
            newcomer | address="0x0000000000000000000000000000000000000000"      | BAD_ADDRESS_SIGNATURE
            """.formatted(
            epc(1), epc(2), epc(3), "https://id.gs1.org/01/09521234543220/21/4", BUYER.id(), SECOND_MERCHANT.id());

    private record Asked(Bazaar bazaar, Command command, Person by) {}

    @Test
    void a_value_out_of_bounds_is_refused_for_what_it_is() {
        for (String line : LINES.lines().toList()) {
            String[] columns = line.split("\\|", -1);
            Asked sound = asked(columns[0].strip());
            Command changed = changed(sound.command(), columns[1]);
            sound.bazaar().refuses(RefusalCode.valueOf(columns[2].strip()), changed, sound.by());
            sound.bazaar().does(sound.command(), sound.by());
        }
    }

    @Test
    void an_order_has_at_most_fifty_lines_a_consignment_and_twenty_consignments() {
        Bazaar bazaar = Bazaar.opened();
        TermsBuilder long51 = TermsBuilder.valid();
        long51.lines = IntStream.rangeClosed(1, 51)
                .mapToObj(i -> TermsBuilder.line(i, 1, 1, 0, TermsBuilder.RATE))
                .toList();
        long51.orderTotal = 51;
        long51.total = Amount.of(51 * TermsBuilder.RATE);
        bazaar.refuses(RefusalCode.INVALID_VALUE, bazaar.order(long51), BUYER);
        TermsBuilder[] many =
                IntStream.rangeClosed(1, 21).mapToObj(BrokenTerms::numbered).toArray(TermsBuilder[]::new);
        bazaar.refuses(RefusalCode.INVALID_VALUE, bazaar.order(many), BUYER);
    }

    private static Asked asked(String name) {
        Bazaar bazaar = Bazaar.opened();
        Person newcomer = Person.of("PlatformMSP", io.clearmarket.chaincode.api.Role.BUYER);
        return switch (name) {
            case "order" -> new Asked(bazaar, bazaar.order(), BUYER);
            case "market" -> new Asked(bazaar, new Command.ApproveMarket(bazaar.id(), Bazaar.config(2)), AUDIT);
            case "deposit" -> new Asked(bazaar, bazaar.placed().deposit(), STRANGER);
            case "case" ->
                new Asked(
                        bazaar.placed(),
                        new Command.OpenCase(bazaar.id(), ID, 1, Command.CaseKind.QUESTION, Digest.ZERO, Bazaar.HOUR),
                        BUYER);
            case "evidence" ->
                new Asked(bazaar.disputed(), new Command.SubmitEvidence(bazaar.id(), ID, 1, Digest.ZERO), MERCHANT);
            case "event" ->
                new Asked(
                        bazaar,
                        new Command.RecordEvent(bazaar.id(), bazaar.event("inspecting", List.of(epc(1)))),
                        MERCHANT);
            case "ship" -> new Asked(bazaar, bazaar.funded().ship(), MERCHANT);
            case "review" -> {
                bazaar.delivered().does(bazaar.accept(Command.Part.ALL), BUYER);
                yield new Asked(bazaar, new Command.RecordReview(bazaar.id(), ID, 1, 5, Digest.ZERO), BUYER);
            }
            case "answer" -> {
                bazaar.delivered().does(bazaar.accept(Command.Part.ALL), BUYER);
                bazaar.does(new Command.RecordReview(bazaar.id(), ID, 1, 5, Digest.ZERO), BUYER);
                yield new Asked(bazaar, new Command.AnswerReview(bazaar.id(), ID, 1, Digest.ZERO), MERCHANT);
            }
            case "offer" ->
                new Asked(bazaar, new Command.PublishOffer(bazaar.id(), SaleOfferBuilder.valid()), MERCHANT);
            case "handOver" -> new Asked(bazaar.delivered(), handOver(bazaar), BUYER);
            case "accept" -> new Asked(bazaar.funded(), bazaar.accept(Command.Part.ALL), BUYER);
            case "newcomer" -> new Asked(bazaar, bazaar.registration(newcomer), newcomer);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Command handOver(Bazaar bazaar) {
        HandOver handOver =
                new HandOver(Bazaar.LEDGER, List.of(epc(1)), BUYER.id(), MERCHANT.id(), bazaar.now, Digest.ZERO);
        return new Command.RecordHandOver(bazaar.id(), handOver, MERCHANT.sign(handOver.canonicalBytes()));
    }

    /** The command with other values; of an order those of its first consignment's terms. */
    private static Command changed(Command command, String changes) {
        JsonNode json = Json.MAPPER.readTree(CanonicalJson.bytes(command));
        JsonNode from = command instanceof Command.PlaceOrder
                ? json.path("consignments").path(0).path("terms")
                : json;
        for (String change : changes.split("; ", -1)) {
            int equals = change.indexOf('=');
            set(from, change.substring(0, equals).strip(), Json.MAPPER.readTree(change.substring(equals + 1)));
        }
        return Json.MAPPER.treeToValue(json, command.getClass());
    }

    private static void set(JsonNode root, String path, JsonNode value) {
        int dot = path.lastIndexOf('.');
        JsonNode parent = root;
        for (String step : dot < 0 ? new String[0] : path.substring(0, dot).split("\\.", -1)) {
            parent = parent instanceof ArrayNode array ? array.path(Integer.parseInt(step)) : parent.path(step);
        }
        ((ObjectNode) parent).set(path.substring(dot + 1), value);
    }
}
