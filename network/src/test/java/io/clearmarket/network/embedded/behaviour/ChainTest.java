package io.clearmarket.network.embedded.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.identity.Identity;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ProcessedTransaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an auditor recomputes from qscc's blocks, with a second implementation of the hashes. */
class ChainTest {
    private static final String NEWEST = "18446744073709551615";

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new);

    private final Contract rig = NETWORK.client("PlatformMSP", "user").contract("rig");
    private final Contract qscc = NETWORK.client("PlatformMSP", "user").contract("qscc");

    @Test
    void blocks_are_chained_by_hash_and_signed_by_the_orderer() throws Exception {
        for (int i = 0; i < 3; i++) {
            rig.submitTransaction("put", "chain" + i, "x");
        }
        BlockchainInfo info = BlockchainInfo.parseFrom(qscc.evaluateTransaction("GetChainInfo", "market"));
        ByteString previous = ByteString.EMPTY;
        for (long number = 0; number < info.getHeight(); number++) {
            Block block =
                    Block.parseFrom(qscc.evaluateTransaction("GetBlockByNumber", "market", Long.toString(number)));
            assertThat(block.getHeader().getPreviousHash()).isEqualTo(previous);
            assertThat(block.getHeader().getDataHash())
                    .isEqualTo(sha256(block.getData().getDataList()));
            assertThat(block.getMetadata().getMetadataCount()).isEqualTo(5);
            requireOrderersSignature(block);
            previous = sha256(List.of(der(block.getHeader())));
        }
        assertThat(info.getCurrentBlockHash()).isEqualTo(previous);
    }

    @Test
    void the_newest_block_and_a_transaction_are_found_by_number_hash_and_id() throws Exception {
        SubmittedTransaction submitted = rig.newProposal("put")
                .addArguments("found", "1")
                .build()
                .endorse()
                .submitAsync();
        long number = submitted.getStatus().getBlockNumber();
        Block newest = Block.parseFrom(qscc.evaluateTransaction("GetBlockByNumber", "market", NEWEST));

        assertThat(newest.getHeader().getNumber()).isEqualTo(number);
        byte[] hash = sha256(List.of(der(newest.getHeader()))).toByteArray();
        assertThat(qscc.evaluateTransaction("GetBlockByHash", "market".getBytes(UTF_8), hash))
                .isEqualTo(newest.toByteArray());
        ProcessedTransaction found = ProcessedTransaction.parseFrom(
                qscc.evaluateTransaction("GetTransactionByID", "market", submitted.getTransactionId()));
        assertThat(found.getValidationCode()).isEqualTo(TxValidationCode.VALID_VALUE);
    }

    @Test
    void what_is_not_there_is_said_to_be_missing() {
        assertThatThrownBy(() -> qscc.evaluateTransaction("GetBlockByNumber", "market", "999999"))
                .isInstanceOf(GatewayException.class)
                .hasMessageEndingWith(
                        "Failed to get block number 999999, error no such block number [999999] in index");
        assertThatThrownBy(() -> qscc.evaluateTransaction("GetChainInfo", "other"))
                .isInstanceOf(GatewayException.class)
                .hasMessageEndingWith("Invalid chain ID, other");
    }

    @Test
    void every_peer_computes_the_same_commit_hash() throws Exception {
        rig.submitTransaction("put", "hashed", "1");
        NETWORK.network().awaitLevel();
        long height = NETWORK.network().height("PlatformMSP");
        for (long number = 1; number < height; number++) {
            ByteString first = commitHash("PlatformMSP", number);
            assertThat(Metadata.parseFrom(first).getValue().size()).isEqualTo(32);
            assertThat(commitHash("MerchantsMSP", number)).isEqualTo(first);
            assertThat(commitHash("AuditMSP", number)).isEqualTo(first);
        }
    }

    private static ByteString commitHash(String mspId, long number) {
        return NETWORK.network()
                .ledger(mspId)
                .block(number)
                .orElseThrow()
                .getMetadata()
                .getMetadata(4);
    }

    private static void requireOrderersSignature(Block block) throws Exception {
        Metadata metadata = Metadata.parseFrom(block.getMetadata().getMetadata(0));
        if (block.getHeader().getNumber() == 0) {
            assertThat(metadata.getSignaturesList()).isEmpty();
            return;
        }
        MetadataSignature signature = metadata.getSignatures(0);
        ByteString signed =
                metadata.getValue().concat(signature.getSignatureHeader()).concat(der(block.getHeader()));
        Identity orderer = Identity.fromSerialized(SignatureHeader.parseFrom(signature.getSignatureHeader())
                .getCreator()
                .toByteArray());
        assertThat(orderer.mspId()).isEqualTo("OrdererMSP");
        assertThat(orderer.verify(signed.toByteArray(), signature.getSignature().toByteArray()))
                .isTrue();
    }

    private static ByteString der(BlockHeader header) throws Exception {
        DERSequence sequence = new DERSequence(new ASN1Encodable[] {
            new ASN1Integer(new BigInteger(Long.toUnsignedString(header.getNumber()))),
            new DEROctetString(header.getPreviousHash().toByteArray()),
            new DEROctetString(header.getDataHash().toByteArray())
        });
        return ByteString.copyFrom(sequence.getEncoded());
    }

    private static ByteString sha256(List<ByteString> parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        parts.forEach(part -> digest.update(part.asReadOnlyByteBuffer()));
        return ByteString.copyFrom(digest.digest());
    }
}
