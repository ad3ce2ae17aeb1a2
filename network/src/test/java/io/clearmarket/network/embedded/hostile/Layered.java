package io.clearmarket.network.embedded.hostile;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.util.List;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.gateway.EvaluateRequest;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/**
 * A door's good message, any layer of which can be exchanged.
 *
 * @param signed where what is signed is in it; empty if nothing is
 * @param signature where the signature is
 */
record Layered(
        RawDoor door,
        ByteString message,
        List<List<Integer>> paths,
        List<Integer> signed,
        List<Integer> signature,
        SigningIdentity user) {

    static Layered of(RawDoor door, byte[] message, SigningIdentity user) {
        List<Integer> outer = switch (door.method()) {
            case "gateway.Gateway/Evaluate", "gateway.Gateway/Endorse" ->
                List.of(EvaluateRequest.PROPOSED_TRANSACTION_FIELD_NUMBER);
            case "gateway.Gateway/Submit" -> List.of(SubmitRequest.PREPARED_TRANSACTION_FIELD_NUMBER);
            default -> List.of();
        };
        boolean plain = door.node() == RawDoor.Node.PEER_FOR_CHAINCODE;
        return new Layered(
                door,
                ByteString.copyFrom(message),
                Layers.of(message),
                // the same two numbers in every signed message of Fabric
                plain ? List.of() : and(outer, Envelope.PAYLOAD_FIELD_NUMBER),
                plain ? List.of() : and(outer, SignedProposal.SIGNATURE_FIELD_NUMBER),
                user);
    }

    private static List<Integer> and(List<Integer> outer, int last) {
        return outer.isEmpty() ? List.of(last) : List.of(outer.getFirst(), last);
    }

    int layers() {
        return paths.size();
    }

    ByteString content(int layer) {
        return Layers.at(message, paths.get(layer));
    }

    /** The message with other content in a layer, and signed anew if the layer is beneath the signature. */
    byte[] with(int layer, ByteString content) {
        List<Integer> path = paths.get(layer);
        ByteString changed = Layers.replaced(message, path, content);
        boolean beneath = !signed.isEmpty()
                && path.size() >= signed.size()
                && path.subList(0, signed.size()).equals(signed);
        if (beneath) {
            byte[] bytes = Layers.at(changed, signed).toByteArray();
            changed = Layers.replaced(changed, signature, ByteString.copyFrom(user.sign(bytes)));
        }
        return changed.toByteArray();
    }
}
