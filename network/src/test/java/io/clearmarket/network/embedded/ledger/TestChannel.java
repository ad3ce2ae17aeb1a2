package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.genesis.ChaincodeAgreement;
import io.clearmarket.network.embedded.genesis.ChannelConfig;
import io.clearmarket.network.embedded.genesis.DefinitionTransaction;
import io.clearmarket.network.embedded.genesis.GenesisBlock;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** A channel of three organisations with real certificates, and an orderer that cuts the blocks a test asks for. */
public final class TestChannel {
    public static final String NAME = "market";
    public static final String CHAINCODE = "market";
    public static final String POLICY = "AND('AuditMSP.peer', OR('PlatformMSP.peer','MerchantsMSP.peer'))";
    public static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    public final DevelopmentCa platformCa = DevelopmentCa.create("PlatformMSP", "ca.platform");
    public final DevelopmentCa merchantsCa = DevelopmentCa.create("MerchantsMSP", "ca.merchants");
    public final DevelopmentCa auditCa = DevelopmentCa.create("AuditMSP", "ca.audit");
    public final DevelopmentCa ordererCa = DevelopmentCa.create("OrdererMSP", "ca.orderer");

    public final SigningIdentity client = member(platformCa, "client", NodeOu.CLIENT);
    public final SigningIdentity admin = member(platformCa, "admin", NodeOu.ADMIN);
    public final SigningIdentity platformPeer = member(platformCa, "peer0", NodeOu.PEER);
    public final SigningIdentity merchantsPeer = member(merchantsCa, "peer0", NodeOu.PEER);
    public final SigningIdentity auditPeer = member(auditCa, "peer0", NodeOu.PEER);
    public final SigningIdentity orderer = member(ordererCa, "orderer0", NodeOu.ORDERER);

    public final Block genesis = GenesisBlock.build(config(), NOW);

    public ChannelConfig config() {
        return new ChannelConfig(
                NAME,
                List.of(organization(platformCa), organization(merchantsCa), organization(auditCa)),
                organization(ordererCa),
                List.of(ChannelConfig.OrdererNode.alone("127.0.0.1:7050")),
                new ChannelConfig.Batch(Duration.ofMillis(100), 10, 512 * 1024, 10 * 1024 * 1024));
    }

    private static ChannelConfig.Organization organization(DevelopmentCa ca) {
        return new ChannelConfig.Organization(ca.mspId(), ca.certificate());
    }

    public static SigningIdentity member(DevelopmentCa ca, String name, NodeOu role) {
        return SigningIdentity.of(ca.issue(CertificateRequest.of(name, role)));
    }

    /** Orders the transactions into the ledger's next block and commits it. */
    public List<TxValidationCode> commit(PeerLedger ledger, Envelope... transactions) {
        return ledger.commit(block(ledger, transactions)).codes();
    }

    /** The ledger's next block, as the orderer delivers it. */
    public Block block(PeerLedger ledger, Envelope... transactions) {
        return block(
                ledger, Arrays.stream(transactions).map(Envelope::toByteString).toList());
    }

    public Block block(PeerLedger ledger, List<ByteString> envelopes) {
        BlockData data = BlockData.newBuilder().addAllData(envelopes).build();
        BlockHeader header = BlockHeader.newBuilder()
                .setNumber(ledger.height())
                .setPreviousHash(ByteString.copyFrom(ledger.currentHash()))
                .setDataHash(ByteString.copyFrom(BlockHashes.dataHash(data)))
                .build();
        ByteString signatures =
                BlockSignatures.sign(header, 0, orderer, new byte[24]).toByteString();
        return Block.newBuilder()
                .setHeader(header)
                .setData(data)
                .setMetadata(BlockMetadata.newBuilder()
                        .addMetadata(signatures)
                        .addMetadata(ByteString.EMPTY)
                        .addMetadata(ByteString.EMPTY)
                        .addMetadata(ByteString.EMPTY))
                .build();
    }

    /** The transaction that defines a chaincode, endorsed by every organisation's peer. */
    public Envelope definition(PeerLedger ledger, String chaincode, long sequence, String policy) {
        return definition(ledger, chaincode, sequence, policy, platformPeer, merchantsPeer, auditPeer);
    }

    /** The same, endorsed by these peers only. */
    public Envelope definition(
            PeerLedger ledger, String chaincode, long sequence, String policy, SigningIdentity... endorsers) {
        ChaincodeAgreement agreement = new ChaincodeAgreement(chaincode, "1.0", sequence, policy);
        return DefinitionTransaction.build(ledger, agreement, admin, List.of(endorsers), NOW);
    }

    /** A transaction whose effects the test simulates; endorsed as the chaincode's policy wants. */
    public TestTransaction transaction(PeerLedger ledger, Steps steps) throws Simulator.Refused {
        try (Simulator simulator = ledger.simulate("id")) {
            steps.run(simulator);
            return new TestTransaction(this, simulator.results());
        }
    }

    /** What a chaincode does with the state. */
    public interface Steps {
        void run(Simulator simulator) throws Simulator.Refused;
    }

    /** Puts of the test chaincode, nothing else. */
    public TestTransaction puts(PeerLedger ledger, Map<String, String> values) throws Simulator.Refused {
        return transaction(ledger, simulator -> {
            for (Map.Entry<String, String> entry : values.entrySet()) {
                simulator.putState(CHAINCODE, entry.getKey(), ByteString.copyFromUtf8(entry.getValue()));
            }
        });
    }
}
