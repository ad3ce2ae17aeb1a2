package io.clearmarket.wallet.fabric;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.ShownText;
import io.clearmarket.wallet.identity.Identity;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.peer.Endorsement;

/** The endorsers of an answer. */
final class Endorsements {
    private Endorsements() {}

    /** The endorsers in order; refused if there is none or a signature over (answer || endorser) is not theirs. */
    static List<Identity> verified(List<Endorsement> endorsements, ByteString answer) {
        if (endorsements.isEmpty()) {
            throw new RefusedToSign("nobody endorsed the transaction");
        }
        List<Identity> endorsers = new ArrayList<>();
        for (Endorsement endorsement : endorsements) {
            Identity endorser = TransactionHeader.creator(endorsement.getEndorser());
            byte[] signed = answer.concat(endorsement.getEndorser()).toByteArray();
            if (!endorser.verify(signed, endorsement.getSignature().toByteArray())) {
                throw new RefusedToSign(
                        "the endorsement of " + ShownText.of(endorser.mspId()) + " is not signed by its endorser");
            }
            endorsers.add(endorser);
        }
        return List.copyOf(endorsers);
    }
}
