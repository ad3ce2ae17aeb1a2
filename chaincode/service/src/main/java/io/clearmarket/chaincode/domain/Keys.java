package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.SaleOffer;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.moves.Timer;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.CanonicalJson;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The keys of every kind of record: the one place that knows how an id is split into parts. */
public final class Keys {
    private Keys() {}

    /** The configuration in force. */
    public static Key<MarketConfig> market() {
        return key(RecordKind.MARKET, MarketConfig.class, "current");
    }

    public static Key<Records.Approval> approval(int version, String mspId) {
        return key(RecordKind.APPROVAL, Records.Approval.class, Integer.toString(version), mspId);
    }

    public static Key<Records.Party> party(PartyId id) {
        return key(RecordKind.PARTY, Records.Party.class, id.value());
    }

    public static Key<Records.Order> order(OrderId id) {
        return key(RecordKind.ORDER, Records.Order.class, id.value());
    }

    public static Key<SignedTerms> terms(ConsignmentId id) {
        return key(RecordKind.TERMS, SignedTerms.class, id.value());
    }

    public static Key<Consignment> consignment(ConsignmentId id) {
        return key(RecordKind.CONSIGNMENT, Consignment.class, id.value());
    }

    public static Key<Records.Item> item(String epc) {
        return key(RecordKind.ITEM, Records.Item.class, epc);
    }

    public static Key<Records.Recorded> event(String eventId) {
        return key(RecordKind.EVENT, Records.Recorded.class, eventId);
    }

    /** That an event is in error; the same declaration counts once. */
    public static Key<Records.Recorded> declaration(String eventId, EpcisRecord.ErrorDeclaration declaration) {
        String digest = Digest.sha256(CanonicalJson.bytes(declaration)).hex();
        return key(RecordKind.DECLARATION, Records.Recorded.class, eventId, digest);
    }

    /** Finds an item's events. */
    public static Key<Records.Mark> itemEvent(String epc, String eventId) {
        return key(RecordKind.ITEMEVENT, Records.Mark.class, epc, eventId);
    }

    /** Finds a party's orders. */
    public static Key<Records.Mark> partyOrder(PartyId party, OrderId order) {
        return key(RecordKind.PARTYORDER, Records.Mark.class, party.value(), order.value());
    }

    /** Finds what falls due on a day, in UTC. */
    public static Key<Records.Mark> due(Timer timer, Instant at, ConsignmentId id) {
        String day = LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
        return key(RecordKind.DUE, Records.Mark.class, timer.member(), day, id.value());
    }

    /** Finds the disputes that came before an arbiter. */
    public static Key<Records.Mark> arbiterDispute(PartyId arbiter, ConsignmentId id) {
        return key(RecordKind.ARBITERDISPUTE, Records.Mark.class, arbiter.value(), id.value());
    }

    /** Finds what a referrer has a share in. */
    public static Key<Records.Mark> referral(EthAddress referrer, ConsignmentId id) {
        return key(RecordKind.REFERRAL, Records.Mark.class, referrer.toString(), id.value());
    }

    /** Finds what stands in a state. */
    public static Key<Records.Mark> inState(Consignment.State state, ConsignmentId id) {
        return key(RecordKind.STATE, Records.Mark.class, state.name(), id.value());
    }

    public static Key<Records.Review> review(ConsignmentId id, int line) {
        return key(RecordKind.REVIEW, Records.Review.class, id.value(), Integer.toString(line));
    }

    public static Key<Records.Case> caseOf(ConsignmentId id, int number) {
        return key(RecordKind.CASE, Records.Case.class, id.value(), Integer.toString(number));
    }

    public static Key<Records.Exhibit> exhibit(ConsignmentId id, PartyId by, int number) {
        return key(RecordKind.EXHIBIT, Records.Exhibit.class, id.value(), by.value(), Integer.toString(number));
    }

    public static Key<SaleOffer> offer(Digest hash) {
        return key(RecordKind.OFFER, SaleOffer.class, hash.hex());
    }

    /** A use of an offer counts once. */
    public static Key<Records.OfferUse> offerUse(Digest hash, int use) {
        return key(RecordKind.OFFERUSE, Records.OfferUse.class, hash.hex(), Integer.toString(use));
    }

    public static Key<Records.Receipt> receipt(PartyId party, CommandId command) {
        return key(RecordKind.RECEIPT, Records.Receipt.class, party.value(), command.value());
    }

    /** A log of the settlement chain counts once. */
    public static Key<Records.UsedEvidence> evidence(Evidence.Seen seen) {
        return key(
                RecordKind.EVIDENCE,
                Records.UsedEvidence.class,
                Long.toString(seen.chainId()),
                seen.transaction().hex(),
                Long.toString(seen.logIndex()));
    }

    /** A hand-over counts once; the digest is of what both sides signed. */
    public static Key<Records.HandedOver> handOver(Digest signed) {
        return key(RecordKind.HANDOVER, Records.HandedOver.class, signed.hex());
    }

    public static Key<Records.Mark> eventError(String eventId) {
        return key(RecordKind.EVENTERROR, Records.Mark.class, eventId);
    }

    public static Key<Records.Device> device(Digest id) {
        return key(RecordKind.DEVICE, Records.Device.class, id.hex());
    }

    public static Key<Records.Readings> readings(Digest root) {
        return key(RecordKind.READINGS, Records.Readings.class, root.hex());
    }

    private static <T> Key<T> key(RecordKind kind, Class<T> type, String... id) {
        return new Key<>(kind, List.of(id), type);
    }
}
