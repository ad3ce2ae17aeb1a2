package io.clearmarket.network.embedded.genesis;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.clearmarket.network.embedded.genesis.ChannelConfig.OrdererNode;
import io.clearmarket.network.embedded.genesis.ChannelConfig.Organization;
import io.clearmarket.network.embedded.policy.SignaturePolicyParser;
import io.clearmarket.wallet.identity.Pem;
import java.security.cert.X509Certificate;
import org.hyperledger.fabric.protos.common.BlockDataHashingStructure;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.Capability;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.HashingAlgorithm;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy.Rule;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.common.Policy;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ChannelRestrictions;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.hyperledger.fabric.protos.orderer.etcdraft.ConfigMetadata;
import org.hyperledger.fabric.protos.orderer.etcdraft.Consenter;
import org.hyperledger.fabric.protos.orderer.etcdraft.Options;
import org.hyperledger.fabric.protos.peer.AnchorPeer;
import org.hyperledger.fabric.protos.peer.AnchorPeers;

/** The configuration tree of fabric-protocol 6.2. */
public final class ConfigTree {
    private static final String ADMINS = "Admins";

    private ConfigTree() {}

    static ConfigGroup of(ChannelConfig config) {
        ConfigGroup.Builder channel = group();
        value(
                channel,
                "HashingAlgorithm",
                HashingAlgorithm.newBuilder().setName("SHA256").build());
        // the whole unsigned range: a tree so wide that the data hash is flat
        value(
                channel,
                "BlockDataHashingStructure",
                BlockDataHashingStructure.newBuilder().setWidth(-1).build());
        value(channel, "Capabilities", capability("V2_0"));
        readersWritersAdmins(channel);
        channel.putGroups("Application", application(config));
        channel.putGroups("Orderer", orderer(config));
        return channel.build();
    }

    private static ConfigGroup application(ChannelConfig config) {
        ConfigGroup.Builder application = group();
        value(application, "Capabilities", capability("V2_5"));
        readersWritersAdmins(application);
        policy(application, "Endorsement", meta(Rule.MAJORITY, "Endorsement"));
        policy(application, "LifecycleEndorsement", meta(Rule.MAJORITY, "Endorsement"));
        for (Organization organization : config.applications()) {
            application.putGroups(organization.mspId(), applicationOrganization(organization));
        }
        return application.build();
    }

    /** An organisation's group below Application. */
    public static ConfigGroup applicationOrganization(Organization organization) {
        String id = organization.mspId();
        ConfigGroup.Builder group = group();
        value(group, "MSP", msp(organization));
        if (!organization.anchorPeers().isEmpty()) {
            value(group, "AnchorPeers", anchors(organization));
        }
        policy(group, "Readers", signature("OR('%s.admin','%s.peer','%s.client')".formatted(id, id, id)));
        policy(group, "Writers", signature("OR('%s.admin','%s.client')".formatted(id, id)));
        policy(group, ADMINS, signature("OR('%s.admin')".formatted(id)));
        policy(group, "Endorsement", signature("OR('%s.peer')".formatted(id)));
        return group.build();
    }

    private static ConfigGroup orderer(ChannelConfig config) {
        ConfigGroup.Builder orderer = group();
        ChannelConfig.Batch batch = config.batch();
        value(orderer, "ConsensusType", consensus(config));
        value(
                orderer,
                "BatchSize",
                BatchSize.newBuilder()
                        .setMaxMessageCount(batch.maxMessages())
                        .setAbsoluteMaxBytes(batch.absoluteBytes())
                        .setPreferredMaxBytes(batch.preferredBytes())
                        .build());
        value(
                orderer,
                "BatchTimeout",
                BatchTimeout.newBuilder()
                        .setTimeout(GoDuration.format(batch.timeout()))
                        .build());
        value(orderer, "ChannelRestrictions", ChannelRestrictions.getDefaultInstance());
        value(orderer, "Capabilities", capability("V2_0"));
        readersWritersAdmins(orderer);
        policy(orderer, "BlockValidation", meta(Rule.ANY, "Writers"));
        orderer.putGroups(config.orderer().mspId(), ordererOrganization(config));
        return orderer.build();
    }

    private static ConfigGroup ordererOrganization(ChannelConfig config) {
        String id = config.orderer().mspId();
        ConfigGroup.Builder group = group();
        value(group, "MSP", msp(config.orderer()));
        value(
                group,
                "Endpoints",
                OrdererAddresses.newBuilder()
                        .addAllAddresses(config.orderers().stream()
                                .map(OrdererNode::endpoint)
                                .toList())
                        .build());
        policy(group, "Readers", signature("OR('%s.member')".formatted(id)));
        policy(group, "Writers", signature("OR('%s.member')".formatted(id)));
        policy(group, ADMINS, signature("OR('%s.admin')".formatted(id)));
        return group.build();
    }

    private static ConsensusType consensus(ChannelConfig config) {
        ConfigMetadata.Builder raft = ConfigMetadata.newBuilder()
                .setOptions(Options.newBuilder()
                        .setTickInterval("500ms")
                        .setElectionTick(10)
                        .setHeartbeatTick(1)
                        .setMaxInflightBlocks(5)
                        .setSnapshotIntervalSize(16 << 20));
        config.orderers().forEach(orderer -> raft.addConsenters(consenter(orderer)));
        return ConsensusType.newBuilder()
                .setType("etcdraft")
                .setMetadata(raft.build().toByteString())
                .build();
    }

    private static Consenter consenter(OrdererNode orderer) {
        HostAndPort address = HostAndPort.of(orderer.endpoint());
        Consenter.Builder consenter =
                Consenter.newBuilder().setHost(address.host()).setPort(address.port());
        X509Certificate certificate = orderer.tlsCertificate();
        if (certificate != null) {
            ByteString pem = ByteString.copyFromUtf8(Pem.encode(certificate));
            consenter.setServerTlsCert(pem).setClientTlsCert(pem);
        }
        return consenter.build();
    }

    private static AnchorPeers anchors(Organization organization) {
        AnchorPeers.Builder anchors = AnchorPeers.newBuilder();
        for (String endpoint : organization.anchorPeers()) {
            HostAndPort address = HostAndPort.of(endpoint);
            anchors.addAnchorPeers(
                    AnchorPeer.newBuilder().setHost(address.host()).setPort(address.port()));
        }
        return anchors.build();
    }

    private static MSPConfig msp(Organization organization) {
        return MSPConfig.newBuilder()
                .setType(0)
                .setConfig(organization.msp().toByteString())
                .build();
    }

    private static void readersWritersAdmins(ConfigGroup.Builder group) {
        policy(group, "Readers", meta(Rule.ANY, "Readers"));
        policy(group, "Writers", meta(Rule.ANY, "Writers"));
        policy(group, ADMINS, meta(Rule.MAJORITY, ADMINS));
    }

    private static ConfigGroup.Builder group() {
        return ConfigGroup.newBuilder().setModPolicy(ADMINS);
    }

    private static void value(ConfigGroup.Builder group, String name, MessageLite value) {
        group.putValues(
                name,
                ConfigValue.newBuilder()
                        .setModPolicy(ADMINS)
                        .setValue(value.toByteString())
                        .build());
    }

    private static void policy(ConfigGroup.Builder group, String name, Policy policy) {
        group.putPolicies(
                name,
                ConfigPolicy.newBuilder().setModPolicy(ADMINS).setPolicy(policy).build());
    }

    private static Policy meta(Rule rule, String name) {
        return Policy.newBuilder()
                .setType(Policy.PolicyType.IMPLICIT_META_VALUE)
                .setValue(ImplicitMetaPolicy.newBuilder()
                        .setRule(rule)
                        .setSubPolicy(name)
                        .build()
                        .toByteString())
                .build();
    }

    private static Policy signature(String text) {
        return Policy.newBuilder()
                .setType(Policy.PolicyType.SIGNATURE_VALUE)
                .setValue(SignaturePolicyParser.parse(text).toByteString())
                .build();
    }

    private static Capabilities capability(String name) {
        return Capabilities.newBuilder()
                .putCapabilities(name, Capability.getDefaultInstance())
                .build();
    }
}
