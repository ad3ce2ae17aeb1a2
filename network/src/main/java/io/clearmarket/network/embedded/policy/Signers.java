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
     * Those who really signed, each once, in order. Unknown identities and bad signatures are dropped silently; a signer
     * who was counted is not verified again, so that repeating a signature costs a peer nothing.
     */
    public static List<MspIdentity> of(List<SignedData> signatures, MspManager msps) {
        List<MspIdentity> signers = new ArrayList<>(signatures.size());
        Set<String> seen = new HashSet<>();
        for (SignedData signed : signatures) {
            try {
                MspIdentity signer = msps.deserialize(signed.identity());
                String who = signer.mspId() + signer.id();
                if (!seen.contains(who)
                        && signer.verify(
                                signed.data().toByteArray(), signed.signature().toByteArray())) {
                    seen.add(who);
                    signers.add(signer);
                }
            } catch (MspException unknownSigner) {
                // counts as no signature at all
            }
        }
        return signers;
    }
}
