package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.MarketConfig.Attester;
import io.clearmarket.chaincode.api.Records.UsedEvidence;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether a fact about the settlement chain is attested as the market demands, and not yet used. */
final class EvidenceCheck {

    private EvidenceCheck() {}

    /** Refuses, or returns the mark that this log has been used. */
    static Outcome.Write<UsedEvidence> check(Evidence evidence, Evidence.Kind kind, Subject subject) {
        Evidence.Seen seen = evidence.seen();
        Refuse.unless(
                seen.kind() == kind,
                RefusalCode.EVIDENCE_WRONG_KIND,
                () -> "the evidence is of a " + seen.kind() + "; the command needs a " + kind);
        requireSound(evidence);
        requireThisEscrow(seen, subject);
        MarketConfig market = Market.inForce(subject.view());
        requireQuorum(evidence, market);
        var key = Keys.evidence(seen);
        Refuse.unless(
                subject.view().find(key) == null,
                RefusalCode.EVIDENCE_USED,
                () -> "log " + seen.logIndex() + " of transaction " + seen.transaction()
                        + " has been recorded already");
        return new Outcome.Write<>(key, new UsedEvidence(subject.consignment().id()));
    }

    /** What the EIP-712 types can't hold is no fact. */
    private static void requireSound(Evidence evidence) {
        Evidence.Seen seen = evidence.seen();
        if (seen.logIndex() < 0 || seen.blockNumber() < 0) {
            throw new InvalidValue(
                    "seen", "log " + seen.logIndex() + " of block " + seen.blockNumber(), "numbers from 0 on");
        }
        Bounds.require(seen.blockTime(), "blockTime");
        if (evidence.signatures().size() > Limits.SIGNATURES) {
            throw new InvalidValue(
                    "signatures", evidence.signatures().size() + " signatures", "at most " + Limits.SIGNATURES);
        }
    }

    private static void requireThisEscrow(Evidence.Seen seen, Subject subject) {
        Terms.EscrowTerms escrow = subject.terms().escrow();
        Refuse.unless(
                seen.chainId() == escrow.chainId() && seen.contract().equals(escrow.contract()),
                RefusalCode.EVIDENCE_WRONG_CONTRACT,
                () -> "the evidence is of contract " + seen.contract() + " on chain " + seen.chainId()
                        + "; the terms name " + escrow.contract() + " on chain " + escrow.chainId());
        Refuse.unless(
                seen.escrowId().equals(subject.consignment().escrowId()),
                RefusalCode.EVIDENCE_WRONG_ESCROW,
                () -> "the evidence is of escrow " + seen.escrowId() + "; the consignment's is "
                        + subject.consignment().escrowId());
    }

    private static void requireQuorum(Evidence evidence, MarketConfig market) {
        Map<EthAddress, Attester> known =
                market.attesters().stream().collect(Collectors.toMap(Attester::address, Function.identity()));
        byte[] digest = EscrowTypes.seenDigest(market.ledger(), evidence.seen());
        // counted by organisation: the required attester and its standby are one
        Set<String> organisations = new HashSet<>();
        for (String signature : evidence.signatures()) {
            EthAddress signer = signer(digest, signature);
            Attester attester = Refuse.ifAbsent(
                    known.get(signer),
                    RefusalCode.EVIDENCE_UNKNOWN_ATTESTER,
                    () -> "a signature is by " + signer + ", which is no attester of the market, or over another fact");
            organisations.add(attester.mspId());
        }
        Refuse.unless(
                organisations.contains(market.requiredMsp()),
                RefusalCode.EVIDENCE_REQUIRED_ATTESTER_MISSING,
                () -> "no signature is by the attester of " + market.requiredMsp());
        Refuse.unless(
                organisations.size() >= market.quorum(),
                RefusalCode.EVIDENCE_QUORUM_MISSING,
                () -> "attesters of " + organisations.size() + " organisations signed; the market needs "
                        + market.quorum());
    }

    private static EthAddress signer(byte[] digest, String signature) {
        try {
            if (!signature.startsWith("0x")) {
                throw new IllegalArgumentException("a signature starts with 0x");
            }
            return Secp256k1Key.recover(digest, HexFormat.of().parseHex(signature, 2, signature.length()));
        } catch (IllegalArgumentException e) {
            throw Refuse.because(
                    RefusalCode.EVIDENCE_UNKNOWN_ATTESTER, "a signature belongs to nobody: " + e.getMessage());
        }
    }
}
