package io.clearmarket.network.embedded.peer.endorser;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** What Jazzer calls: a proposal's layers, one within the other. Found is whatever the parser throws beside what it says. */
public final class ProposalFuzzTarget {
    private ProposalFuzzTarget() {}

    /** Called with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        SignedProposal signed = SignedProposal.newBuilder()
                .setProposalBytes(ByteString.copyFrom(input))
                .build();
        try {
            UnpackedProposal.of(signed);
        } catch (UnpackedProposal.Malformed refused) {
            // as it says
        }
    }
}
