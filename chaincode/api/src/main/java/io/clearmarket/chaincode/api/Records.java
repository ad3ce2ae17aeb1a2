package io.clearmarket.chaincode.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The smaller records of the world state; the consignment has a file of its own. Values are their RFC 8785 JSON. */
public final class Records {
    private Records() {}

    /**
     * A party, known by its certificate's key.
     *
     * @param certificate PEM of the certificate it registered with
     * @param publicKey base64 of the SubjectPublicKeyInfo DER
     * @param address its EVM address, the zero address if it has none
     * @param accreditedBy organisations whose operators said that it is what it registered as
     * @param schema the form of the record, see {@link Schema}; 2 since merchants need accreditation
     * @param grandfathered true of a merchant that registered before that: the organisations that approved the chaincode which asks for
     *     accreditation let it sell on
     * @param suspendedBy organisations whose operators said that it may enter no new order
     * @param change what it announced and has not come about yet
     * @param successor the party that took its place, with another key, in everything new
     * @param predecessor the party whose place it took
     */
    public record Party(
            PartyId id,
            String mspId,
            Role role,
            String certificate,
            String publicKey,
            EthAddress address,
            SortedSet<String> accreditedBy,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
            SortedSet<String> suspendedBy,

            @Nullable Change change,
            @Nullable PartyId successor,
            @Nullable PartyId predecessor,
            @Nullable Boolean grandfathered,
            @Nullable Integer schema) {
        private static final int CURRENT = 2;

        public Party {
            if (Schema.of("party", schema, CURRENT) == 1 && role == Role.MERCHANT) {
                grandfathered = true;
            }
            schema = CURRENT;
            accreditedBy = Collections.unmodifiableSortedSet(new TreeSet<>(accreditedBy));
            suspendedBy = suspendedBy == null
                    ? Collections.emptySortedSet()
                    : Collections.unmodifiableSortedSet(new TreeSet<>(suspendedBy));
        }

        /** As somebody registers: nobody has said anything of the party, nothing has changed. */
        public static Party registered(
                PartyId id, String mspId, Role role, String certificate, String publicKey, EthAddress address) {
            return new Party(
                    id,
                    mspId,
                    role,
                    certificate,
                    publicKey,
                    address,
                    Collections.emptySortedSet(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    CURRENT);
        }

        @Override
        public SortedSet<String> suspendedBy() {
            return suspendedBy == null ? Collections.emptySortedSet() : suspendedBy;
        }

        /** True if two organisations said that it may enter no new order. */
        @JsonIgnore
        public boolean isSuspended() {
            return suspendedBy().size() >= 2;
        }

        /** True if it may act in its role. */
        @JsonIgnore
        public boolean isAccredited() {
            return !role.needsAccreditation() || Boolean.TRUE.equals(grandfathered) || accreditedBy.size() >= 2;
        }
    }

    /**
     * What a party announced: one of address and successor.
     *
     * @param address where its money goes then
     * @param successor who takes its place then
     * @param from the end of the waiting period
     */
    public record Change(
            @Nullable EthAddress address, @Nullable PartyId successor, Instant from) {}

    /** An order: who bought and the consignments it consists of. */
    public record Order(OrderId id, PartyId buyer, List<ConsignmentId> consignments, Instant placedAt) {
        public Order {
            consignments = List.copyOf(consignments);
        }
    }

    /** One organisation's approval of a market configuration. */
    public record Approval(int version, String mspId, Digest config) {}

    /**
     * An item and who has it.
     *
     * @param consignmentId the consignment it was last shipped in, if any; free for another once that one is closed
     */
    public record Item(
            String epc, PartyId custodian, @Nullable ConsignmentId consignmentId, Instant since) {}

    /** An EPCIS event with who recorded it. */
    public record Recorded(EpcisRecord event, PartyId by, String mspId, Instant recordedAt) {}

    /**
     * A verified review: of a line that its buyer accepted.
     *
     * @param score 1 to 5
     * @param text commitment to the buyer's words
     * @param answer commitment to the merchant's words; absent until answered
     * @param answeredAt absent until answered
     */
    public record Review(
            ConsignmentId consignmentId,
            int line,
            PartyId buyer,
            PartyId merchant,
            int score,
            Digest text,
            Instant at,
            @Nullable Digest answer,
            @Nullable Instant answeredAt) {}

    /**
     * A question or complaint of one side and the other's answer, as hashes.
     *
     * @param answerBy when an answer was asked for
     * @param answer absent until answered
     * @param answeredAt to be compared with {@code answerBy}
     */
    public record Case(
            ConsignmentId consignmentId,
            int number,
            Command.CaseKind kind,
            PartyId by,
            Digest text,
            Instant at,
            Instant answerBy,
            @Nullable Digest answer,
            @Nullable Instant answeredAt) {}

    /**
     * A document that a side laid before the arbiter.
     *
     * @param number the party's own, 1 to {@link Limits#EXHIBITS}
     * @param document SHA-256 of the document
     */
    public record Exhibit(ConsignmentId consignmentId, PartyId by, int number, Digest document, Instant at) {}

    /**
     * A command that took effect.
     *
     * @param content SHA-256 of name, a zero byte and the command's RFC 8785 bytes
     * @param event the JSON of the {@link DomainEvent} that it caused
     */
    public record Receipt(CommandId commandId, PartyId by, Digest content, String event) {}

    /** A custody hand-over that both sides signed. */
    public record HandedOver(HandOver handOver, PartyId recordedBy, Instant recordedAt) {}

    /**
     * A measuring device, known by its key.
     *
     * @param id SHA-256 of its public key, see {@link DeviceKey}
     * @param publicKey base64 of the SubjectPublicKeyInfo DER
     * @param revokedAt what it signed from then on does not count
     */
    public record Device(
            Digest id,
            PartyId owner,
            String publicKey,
            Instant registeredAt,
            @Nullable Calibration calibration,
            @Nullable Instant revokedAt) {}

    /**
     * That a device measures right.
     *
     * @param certificate SHA-256 of the laboratory's certificate
     */
    public record Calibration(Digest certificate, Instant from, Instant until) {}

    /** Batches of readings, each signed by its device, under one RFC 6962 root. */
    public record Readings(
            Digest root, PartyId by, int batches, long readings, Instant from, Instant until, Instant recordedAt) {}

    /** A log of the settlement chain that has been recorded for this consignment. */
    public record UsedEvidence(ConsignmentId consignmentId) {}

    /** Whose line made this use of an offer. */
    public record OfferUse(ConsignmentId consignmentId, int line) {}

    /** Says all by being there: the entry of an index. */
    public record Mark() {}
}
