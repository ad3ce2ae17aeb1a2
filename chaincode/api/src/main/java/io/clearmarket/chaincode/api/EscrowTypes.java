package io.clearmarket.chaincode.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eip712.StructType;
import io.clearmarket.wallet.eip712.Value;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Keccak;
import java.util.List;
import java.util.Locale;

/**
 * What both ledgers hash alike (EIP-712): the escrow's terms and id, the attester set, entitlements, and the facts that
 * attesters sign for this ledger. The contract computes the same from the same types.
 */
public final class EscrowTypes {
    private static final StructType TERMS = StructType.parse("EscrowTerms(bytes32 termsHash,address payer,"
            + "address merchant,address feeReceiver,address referrer,address asset,uint120 total,uint48 payBy,"
            + "uint48 stopDate,uint16 feeBps,uint16 referralBps,bytes32 attesters,bytes32 salt)");
    private static final StructType ATTESTER_SET = StructType.parse(
            "AttesterSet(address[] members,address required,address standby,uint48 standbyDelay,uint8 threshold)");
    private static final String ENTITLEMENT_MEMBERS = "Entitlement(bytes32 escrowId,bytes32 ledgerId,bytes32 decision,"
            + "uint120 merchantGross,uint120 payerAmount,uint48 validUntil)";
    private static final StructType ENTITLEMENT = StructType.parse(ENTITLEMENT_MEMBERS);
    private static final StructType BATCH =
            StructType.parse("EntitlementBatch(Entitlement[] entitlements)" + ENTITLEMENT_MEMBERS);
    private static final StructType SEEN = StructType.parse("Seen(bytes32 ledgerId,bytes32 escrowId,string kind,"
            + "uint120 deposited,uint120 gross,uint120 payer,bytes32 transactionHash,uint64 logIndex,uint64 blockNumber,"
            + "bytes32 blockHash,uint64 blockTime)");

    private EscrowTypes() {}

    /**
     * What the ledger decided about one escrow so far; amounts are cumulative.
     *
     * @param decision the number of the newest decision, see {@link #decisionId}
     * @param validUntil the last second in which it can be settled, Unix time
     */
    public record Entitlement(
            Digest escrowId, Digest ledgerId, Digest decision, Amount gross, Amount payer, long validUntil) {}

    /** Keccak-256 of the ledger's name, such as {@code clearmarket:dev:market}. */
    public static Digest ledgerId(String ledger) {
        return Digest.of(Keccak.hash256(ledger.getBytes(UTF_8)));
    }

    /** A decision's number as 32 bytes, big-endian. */
    public static Digest decisionId(int number) {
        return new Digest(String.format(Locale.ROOT, "%064x", number));
    }

    /** hashStruct of the contract's {@code AttesterSet} for this configuration. */
    public static Digest attesterSetHash(MarketConfig config) {
        List<MarketConfig.Attester> required = config.requiredAttesters();
        if (required.isEmpty()) {
            throw new InvalidValue("requiredMsp", config.requiredMsp(), "an organisation that has an attester");
        }
        EthAddress standby = required.size() > 1 ? required.get(1).address() : EthAddress.ZERO;
        return Digest.of(ATTESTER_SET.hash(
                Value.array(config.otherAttesters().stream()
                        .map(attester -> Value.address(attester.address()))
                        .toList()),
                Value.address(required.getFirst().address()),
                Value.address(standby),
                Value.uint(config.standbyDelay()),
                Value.uint(config.quorum())));
    }

    /** hashStruct of the contract's {@code EscrowTerms}. */
    public static Digest escrowTermsHash(Terms terms) {
        Terms.EscrowTerms escrow = terms.escrow();
        return Digest.of(TERMS.hash(
                Value.bytes32(terms.hash().bytes()),
                Value.address(escrow.payer()),
                Value.address(escrow.merchant()),
                Value.address(escrow.feeReceiver()),
                Value.address(escrow.referrer()),
                Value.address(terms.asset().token()),
                Value.uint(terms.total().units()),
                Value.uint(terms.payBy().getEpochSecond()),
                Value.uint(terms.stopDate().getEpochSecond()),
                Value.uint(terms.feeBps()),
                Value.uint(terms.referralBps()),
                Value.bytes32(escrow.attesters().bytes()),
                Value.bytes32(escrow.salt().bytes())));
    }

    /** The escrow's id on the settlement chain: Keccak-256 of abi.encode(chain id, contract, terms hash). */
    public static Digest escrowId(Terms terms) {
        return Digest.of(Keccak.hash256(
                Value.uint(terms.escrow().chainId()).encoded(),
                Value.address(terms.escrow().contract()).encoded(),
                escrowTermsHash(terms).bytes()));
    }

    /** The domain of what the escrow contract verifies. */
    public static Eip712.Domain escrowDomain(long chainId, EthAddress contract) {
        return new Eip712.Domain("Clearmarket Escrow", "1", chainId, contract);
    }

    /** What a quorum signs so that the contract pays one entitlement. */
    public static byte[] entitlementDigest(Eip712.Domain domain, Entitlement entitlement) {
        return Eip712.digest(domain, hash(entitlement));
    }

    /** What a quorum signs once so that the contract pays a list of entitlements. */
    public static byte[] batchDigest(Eip712.Domain domain, List<Entitlement> entitlements) {
        return Eip712.digest(
                domain,
                BATCH.hash(Value.array(entitlements.stream()
                        .map(entitlement -> Value.struct(hash(entitlement)))
                        .toList())));
    }

    /** What attesters sign about a log that they saw; the ledger's name keeps it from counting on another ledger. */
    public static byte[] seenDigest(String ledger, Evidence.Seen seen) {
        return Eip712.digest(
                new Eip712.Domain("Clearmarket Evidence", "1", seen.chainId(), seen.contract()),
                SEEN.hash(
                        Value.bytes32(ledgerId(ledger).bytes()),
                        Value.bytes32(seen.escrowId().bytes()),
                        Value.string(seen.kind().name()),
                        Value.uint(seen.deposited().units()),
                        Value.uint(seen.gross().units()),
                        Value.uint(seen.payer().units()),
                        Value.bytes32(seen.transaction().bytes()),
                        Value.uint(seen.logIndex()),
                        Value.uint(seen.blockNumber()),
                        Value.bytes32(seen.blockHash().bytes()),
                        Value.uint(seen.blockTime().getEpochSecond())));
    }

    private static byte[] hash(Entitlement entitlement) {
        return ENTITLEMENT.hash(
                Value.bytes32(entitlement.escrowId().bytes()),
                Value.bytes32(entitlement.ledgerId().bytes()),
                Value.bytes32(entitlement.decision().bytes()),
                Value.uint(entitlement.gross().units()),
                Value.uint(entitlement.payer().units()),
                Value.uint(entitlement.validUntil()));
    }
}
