package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.HexFormat;
import java.util.List;

/** A batch with a quorum's signatures, in ascending order of the signers' addresses as the contract wants them. */
public record SignedBatch(EntitlementBatch batch, List<String> signatures) {
    /** Nothing was signed. */
    public static final SignedBatch NONE =
            new SignedBatch(new EntitlementBatch(new Eip712.Domain("", "", 0, EthAddress.ZERO), List.of()), List.of());

    public SignedBatch {
        signatures = List.copyOf(signatures);
    }

    /** The signatures, r||s||v each. */
    public List<byte[]> signatureBytes() {
        return signatures.stream()
                .map(signature -> HexFormat.of().parseHex(signature, 2, signature.length()))
                .toList();
    }

    /** What was signed. */
    public Digest digest() {
        return Digest.of(EscrowTypes.batchDigest(batch.domain(), batch.entitlements()));
    }

    public boolean isEmpty() {
        return batch.items().isEmpty();
    }
}
