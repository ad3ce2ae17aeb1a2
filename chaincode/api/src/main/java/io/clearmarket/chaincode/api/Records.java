package io.clearmarket.chaincode.api;

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
     * @param accreditedBy organisations whose operators said it is a carrier or arbiter
     */
    public record Party(
            PartyId id,
            String mspId,
            Role role,
            String certificate,
            String publicKey,
            EthAddress address,
            SortedSet<String> accreditedBy) {
        public Party {
            accreditedBy = Collections.unmodifiableSortedSet(new TreeSet<>(accreditedBy));
        }

        /** True if it may act in its role. */
        public boolean isAccredited() {
            return !role.needsAccreditation() || accreditedBy.size() >= 2;
        }
    }

    /** An order: who bought and the consignments it consists of. */
    public record Order(OrderId id, PartyId buyer, List<ConsignmentId> consignments, Instant placedAt) {
        public Order {
            consignments = List.copyOf(consignments);
        }
    }

    /** One organisation's approval of a market configuration. */
    public record Approval(int version, String mspId, Digest config) {}

    /** An item: who has it, and which open consignment it is in, if any. */
    public record Item(
            String epc, PartyId custodian, @Nullable ConsignmentId consignmentId, Instant since) {}

    /** An EPCIS event with who recorded it. */
    public record Recorded(EpcisRecord event, PartyId by, String mspId, Instant recordedAt) {}

    /** A verified review. */
    public record Review(
            ConsignmentId consignmentId,
            int line,
            PartyId buyer,
            PartyId merchant,
            int score,
            Digest text,
            Instant at) {}

    /** A command that took effect: its content's SHA-256 and the event it caused. */
    public record Receipt(CommandId commandId, PartyId by, Digest content, String event) {}
}
