package io.clearmarket.gateway.ownership;

import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.p256.P256;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether a taker's word is one that the ledger will take: found out before its owner is asked. */
@Component
class WordCheck {
    private static final Duration CLOCK = Duration.ofDays(1);

    private final ReadModel readModel;
    private final HeldItems items;

    WordCheck(ReadModel readModel, HeldItems items) {
        this.readModel = readModel;
        this.items = items;
    }

    /** Refuses unless the word is this taker's, on this transfer's item from its owner, and the taker is known to the ledger. */
    void require(Transfer.Word word, Transfer transfer) {
        if (word.party().equals(transfer.owner())) {
            throw OwnershipProblem.conflict(
                    "OWN_TRANSFER", "the owner can't take their own item", "open the link on the taker's device");
        }
        HandOver handOver = word.handOver();
        require(handOver.ledger().equals(items.ledger()), "ledger", handOver.ledger(), items.ledger());
        require(handOver.epcs().equals(List.of(transfer.epc().uri())), "epcs", handOver.epcs(), transfer.epc());
        require(handOver.from().equals(transfer.owner()), "from", handOver.from(), "the transfer's owner");
        require(handOver.to().equals(word.party()), "to", handOver.to(), word.party());
        Instant now = Instant.now();
        require(
                handOver.at().isAfter(now.minus(CLOCK)) && handOver.at().isBefore(now.plus(CLOCK)),
                "at",
                handOver.at(),
                "the time of signing");
        if (!isSigned(word, taker(word))) {
            throw OwnershipProblem.conflict(
                    "BAD_PARTY_SIGNATURE",
                    "the signature is not that of party " + word.party() + " over the hand-over",
                    "sign the hand-over's RFC 8785 bytes with the party's key: base64 of DER");
        }
    }

    private Records.Party taker(Transfer.Word word) {
        return readModel
                .party(word.party())
                .orElseThrow(() -> OwnershipProblem.conflict(
                        "NOT_REGISTERED",
                        "party " + word.party() + " is not registered on the ledger",
                        "registerParty first, signed by the party's own key"));
    }

    private static void require(boolean right, String member, Object found, Object expected) {
        if (!right) {
            throw OwnershipProblem.invalid(
                    "handOver." + member + " is " + found, "handOver." + member + ": " + expected);
        }
    }

    private static boolean isSigned(Transfer.Word word, Records.Party party) {
        try {
            byte[] key = Base64.getDecoder().decode(party.publicKey());
            byte[] signature = Base64.getDecoder().decode(word.signature());
            return P256.verify(Keys.p256(key), word.handOver().canonicalBytes(), signature);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
