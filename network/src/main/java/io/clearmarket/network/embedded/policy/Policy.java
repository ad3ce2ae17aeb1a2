package io.clearmarket.network.embedded.policy;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.msp.MspIdentity;
import java.util.List;
import java.util.Optional;

/** A rule about signatures. */
public interface Policy {
    /**
     * One signature over some bytes.
     *
     * @param data the signed bytes
     * @param identity {@code SerializedIdentity} bytes of the signer
     * @param signature ASN.1 DER
     */
    record SignedData(ByteString data, ByteString identity, ByteString signature) {}

    /**
     * Empty if satisfied, else Fabric's text of why not, such as {@code implicit policy evaluation failed - 0 sub-policies
     * were satisfied, but this policy requires 1 of the 'Writers' sub-policies to be satisfied}. Signatures that are bad,
     * of unknown signers or second ones of a signer do not count.
     */
    Optional<String> evaluate(List<SignedData> signatures);

    /** The same for signers whose signatures were verified before: each once, in the order in which they signed. */
    Optional<String> evaluateSigners(List<MspIdentity> signers);
}
