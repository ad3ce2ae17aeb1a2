package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/** The orderer's signature over a block (fabric-protocol 2.6): value, then signature header, then the header's DER. */
public final class BlockSignatures {
    private BlockSignatures() {}

    /**
     * Metadata entry 0 of a block.
     *
     * @param lastConfig number of the block whose configuration applies
     * @param nonce 24 random bytes
     */
    public static Metadata sign(BlockHeader header, long lastConfig, SigningIdentity orderer, byte[] nonce) {
        ByteString value = OrdererBlockMetadata.newBuilder()
                .setLastConfig(LastConfig.newBuilder().setIndex(lastConfig))
                .build()
                .toByteString();
        ByteString signatureHeader = SignatureHeader.newBuilder()
                .setCreator(orderer.serialized())
                .setNonce(ByteString.copyFrom(nonce))
                .build()
                .toByteString();
        ByteString signature =
                orderer.sign(input(value, signatureHeader, header).toByteArray());
        return Metadata.newBuilder()
                .setValue(value)
                .addSignatures(MetadataSignature.newBuilder()
                        .setSignatureHeader(signatureHeader)
                        .setSignature(signature))
                .build();
    }

    /**
     * The signatures on a block, to be judged by {@code /Channel/Orderer/BlockValidation}.
     *
     * @throws IllegalArgumentException if metadata entry 0 is missing or malformed
     */
    public static List<SignedData> signedData(Block block) {
        if (block.getMetadata().getMetadataCount() <= BlockMetadataIndex.SIGNATURES_VALUE) {
            throw new IllegalArgumentException("block " + block.getHeader().getNumber() + " has no signature metadata");
        }
        try {
            Metadata metadata =
                    Metadata.parseFrom(block.getMetadata().getMetadata(BlockMetadataIndex.SIGNATURES_VALUE));
            List<SignedData> signatures = new ArrayList<>();
            for (MetadataSignature signature : metadata.getSignaturesList()) {
                signatures.add(new SignedData(
                        input(metadata.getValue(), signature.getSignatureHeader(), block.getHeader()),
                        SignatureHeader.parseFrom(signature.getSignatureHeader())
                                .getCreator(),
                        signature.getSignature()));
            }
            return signatures;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "unreadable signatures of block " + block.getHeader().getNumber() + ": " + e.getMessage(), e);
        }
    }

    private static ByteString input(ByteString value, ByteString signatureHeader, BlockHeader header) {
        return value.concat(signatureHeader).concat(ByteString.copyFrom(BlockHashes.headerDer(header)));
    }
}
