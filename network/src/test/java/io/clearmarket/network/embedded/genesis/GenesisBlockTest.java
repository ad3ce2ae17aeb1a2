package io.clearmarket.network.embedded.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.genesis.ChannelConfig.Batch;
import io.clearmarket.network.embedded.ledger.BlockHashes;
import io.clearmarket.network.embedded.ledger.TestChannel;
import io.clearmarket.network.embedded.msp.ConfigBlocks;
import io.clearmarket.wallet.identity.Pem;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.hyperledger.fabric.protos.orderer.etcdraft.ConfigMetadata;
import org.hyperledger.fabric.protos.orderer.etcdraft.Consenter;
import org.hyperledger.fabric.protos.peer.AnchorPeer;
import org.hyperledger.fabric.protos.peer.AnchorPeers;
import org.junit.jupiter.api.Test;

/** Fabric-protocol 6.2. */
class GenesisBlockTest {
    private final Block block = new TestChannel().genesis;
    private final ConfigGroup channel = ConfigBlocks.config(block).getChannelGroup();

    private ConfigGroup orderer() {
        return channel.getGroupsOrThrow("Orderer");
    }

    @Test
    void it_begins_the_chain_and_nobody_signed_it() throws Exception {
        assertThat(block.getHeader().getNumber()).isZero();
        assertThat(block.getHeader().getPreviousHash()).isEmpty();
        assertThat(block.getHeader().getDataHash())
                .isEqualTo(ByteString.copyFrom(BlockHashes.dataHash(block.getData())));
        Metadata signatures = Metadata.parseFrom(block.getMetadata().getMetadata(0));
        assertThat(signatures.getSignaturesCount()).isZero();
        assertThat(OrdererBlockMetadata.parseFrom(signatures.getValue()).hasLastConfig())
                .isTrue();
        Envelope envelope = Envelope.parseFrom(block.getData().getData(0));
        assertThat(envelope.getSignature()).isEmpty();
        assertThat(Payload.parseFrom(envelope.getPayload()).hasHeader()).isTrue();
        assertThat(ConfigBlocks.channel(block)).isEqualTo("market");
    }

    @Test
    void the_tree_has_its_groups_values_and_policies() {
        assertThat(channel.getValuesMap())
                .containsOnlyKeys("HashingAlgorithm", "BlockDataHashingStructure", "Capabilities");
        ConfigGroup application = channel.getGroupsOrThrow("Application");
        assertThat(application.getGroupsMap()).containsOnlyKeys("PlatformMSP", "MerchantsMSP", "AuditMSP");
        assertThat(application.getPoliciesMap())
                .containsOnlyKeys("Readers", "Writers", "Admins", "Endorsement", "LifecycleEndorsement");
        assertThat(application.getGroupsOrThrow("AuditMSP").getPoliciesMap())
                .containsOnlyKeys("Readers", "Writers", "Admins", "Endorsement");
        assertThat(orderer().getValuesMap())
                .containsOnlyKeys("ConsensusType", "BatchSize", "BatchTimeout", "ChannelRestrictions", "Capabilities");
        assertThat(orderer().getPoliciesMap()).containsOnlyKeys("Readers", "Writers", "Admins", "BlockValidation");
        assertThat(orderer().getGroupsOrThrow("OrdererMSP").getValuesMap()).containsOnlyKeys("MSP", "Endpoints");
    }

    @Test
    void every_element_is_changed_by_admins_only() {
        List<String> modPolicies = new ArrayList<>();
        collect(channel, modPolicies);
        assertThat(modPolicies).isNotEmpty().containsOnly("Admins");
    }

    private static void collect(ConfigGroup group, List<String> modPolicies) {
        modPolicies.add(group.getModPolicy());
        group.getValuesMap().values().forEach(value -> modPolicies.add(value.getModPolicy()));
        group.getPoliciesMap().values().forEach(policy -> modPolicies.add(policy.getModPolicy()));
        group.getGroupsMap().values().forEach(child -> collect(child, modPolicies));
    }

    @Test
    void batch_rules_are_in_go_notation() throws Exception {
        assertThat(BatchTimeout.parseFrom(
                                orderer().getValuesOrThrow("BatchTimeout").getValue())
                        .getTimeout())
                .isEqualTo("100ms");
        BatchSize size =
                BatchSize.parseFrom(orderer().getValuesOrThrow("BatchSize").getValue());
        assertThat(size.getMaxMessageCount()).isEqualTo(10);
        assertThat(size.getPreferredMaxBytes()).isEqualTo(512 * 1024);
    }

    @Test
    void nodes_that_talk_to_each_other_are_named_with_their_tls_roots() throws Exception {
        TestChannel channel = new TestChannel();
        ChannelConfig plain = channel.config();
        X509Certificate tls = channel.ordererCa.certificate();
        ChannelConfig.Organization first = new ChannelConfig.Organization(
                "PlatformMSP", channel.platformCa.certificate(), tls, List.of("peer0.platform:7051"));
        ConfigGroup tree = ConfigTree.of(new ChannelConfig(
                "market",
                List.of(first),
                plain.orderer(),
                List.of(new ChannelConfig.OrdererNode("orderer0:7050", tls)),
                plain.batch()));

        ConfigGroup platform = tree.getGroupsOrThrow("Application").getGroupsOrThrow("PlatformMSP");
        AnchorPeers anchors =
                AnchorPeers.parseFrom(platform.getValuesOrThrow("AnchorPeers").getValue());
        assertThat(anchors.getAnchorPeersList())
                .containsExactly(AnchorPeer.newBuilder()
                        .setHost("peer0.platform")
                        .setPort(7051)
                        .build());
        MSPConfig msp = MSPConfig.parseFrom(platform.getValuesOrThrow("MSP").getValue());
        assertThat(FabricMSPConfig.parseFrom(msp.getConfig()).getTlsRootCertsList())
                .containsExactly(ByteString.copyFromUtf8(Pem.encode(tls)));
        ConsensusType consensus = ConsensusType.parseFrom(tree.getGroupsOrThrow("Orderer")
                .getValuesOrThrow("ConsensusType")
                .getValue());
        Consenter consenter = ConfigMetadata.parseFrom(consensus.getMetadata()).getConsenters(0);
        assertThat(consenter.getHost()).isEqualTo("orderer0");
        assertThat(consenter.getServerTlsCert()).isEqualTo(ByteString.copyFromUtf8(Pem.encode(tls)));
        assertThatThrownBy(() -> ChannelConfig.OrdererNode.alone("orderer0")).hasMessageContaining("host:port");
    }

    @Test
    void two_foundings_differ() {
        assertThat(new TestChannel().genesis.getHeader()).isNotEqualTo(block.getHeader());
    }

    @Test
    void impossible_configurations_are_refused() {
        ChannelConfig good = new TestChannel().config();
        assertThatThrownBy(() ->
                        new ChannelConfig("Market", good.applications(), good.orderer(), good.orderers(), good.batch()))
                .hasMessageContaining("not a channel name");
        assertThatThrownBy(() -> new ChannelConfig("market", List.of(), good.orderer(), good.orderers(), good.batch()))
                .hasMessageContaining("needs an organisation");
        assertThatThrownBy(() -> new Batch(Duration.ZERO, 1, 1, 1)).hasMessageContaining("positive timeout");
        assertThatThrownBy(() -> new Batch(Duration.ofSeconds(1), 1, 2, 1)).hasMessageContaining("absolute bytes");
    }
}
