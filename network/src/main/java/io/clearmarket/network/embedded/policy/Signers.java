package io.clearmarket.network.embedded.policy;

import io.clearmarket.network.embedded.msp.MspException;
import io.clearmarket.network.embedded.msp.MspIdentity;
import io.clearmarket.network.embedded.msp.MspManager;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns signatures into signers (fabric-protocol 5.2, step 1). */
public final class Signers {
    private Signers() {}

    /**
     * Those who really signed, each once, in order. Unknown identities and bad signatures are dropped silently; who comes
     * twice is looked at once, as in Fabric, so a bad first signature is not repaired by a good second one.
     */
    public static List<MspIdentity> of(List<SignedData> signatures, MspManager msps) {
        List<MspIdentity> signers = new ArrayList<>(signatures.size());
        Set<String> seen = new HashSet<>();
        for (SignedData signed : signatures) {
            try {
                MspIdentity signer = msps.deserialize(signed.identity());
                if (seen.add(signer.id())
                        && signer.verify(
                                signed.data().toByteArray(), signed.signature().toByteArray())) {
                    signers.add(signer);
                }
            } catch (MspException unknownSigner) {
                // counts as no signature at all
            }
        }
        return signers;
    }
}
