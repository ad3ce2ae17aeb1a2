package io.clearmarket.network.embedded.configtx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.clearmarket.network.embedded.genesis.ChannelConfig;
import io.clearmarket.network.embedded.genesis.ConfigTree;
import io.clearmarket.network.embedded.genesis.GoDuration;
import io.clearmarket.network.embedded.genesis.HostAndPort;
import io.clearmarket.wallet.identity.Pem;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.hyperledger.fabric.protos.orderer.etcdraft.ConfigMetadata;
import org.hyperledger.fabric.protos.orderer.etcdraft.Consenter;

/** Usual changes of a channel's configuration, each from a channel group to the changed one. Versions are left to {@link ConfigDelta}. */
public final class ConfigEdits {
    private static final String APPLICATION = "Application";
    private static final String ORDERER = "Orderer";
    private static final String MSP = "MSP";
    private static final String CONSENSUS = "ConsensusType";

    private ConfigEdits() {}

    /** Other rules for cutting blocks. */
    public static UnaryOperator<ConfigGroup> batch(ChannelConfig.Batch batch) {
        return in(
                ORDERER,
                orderer -> with(
                        with(
                                orderer,
                                "BatchSize",
                                BatchSize.newBuilder()
                                        .setMaxMessageCount(batch.maxMessages())
                                        .setAbsoluteMaxBytes(batch.absoluteBytes())
                                        .setPreferredMaxBytes(batch.preferredBytes())
                                        .build()),
                        "BatchTimeout",
                        BatchTimeout.newBuilder()
                                .setTimeout(GoDuration.format(batch.timeout()))
                                .build()));
    }

    /** One organisation more; its peers and users are members from then on. */
    public static UnaryOperator<ConfigGroup> addOrganization(ChannelConfig.Organization organization) {
        return in(
                APPLICATION,
                application -> application.toBuilder()
                        .putGroups(organization.mspId(), ConfigTree.applicationOrganization(organization))
                        .build());
    }

    /** One organisation less. */
    public static UnaryOperator<ConfigGroup> removeOrganization(String mspId) {
        return in(
                APPLICATION,
                application -> application.toBuilder().removeGroups(mspId).build());
    }

    /**
     * What an organisation's authorities have revoked, in place of what was said before.
     *
     * @param lists PEM or DER
     */
    public static UnaryOperator<ConfigGroup> revocations(String mspId, List<ByteString> lists) {
        return msp(
                mspId,
                msp -> msp.toBuilder()
                        .clearRevocationList()
                        .addAllRevocationList(lists)
                        .build());
    }

    /** Any change of an application organisation's MSP: other roots, administrators, roles. */
    public static UnaryOperator<ConfigGroup> msp(String mspId, UnaryOperator<FabricMSPConfig> change) {
        return in(
                APPLICATION,
                application -> group(application, mspId, organization -> {
                    try {
                        MSPConfig config = MSPConfig.parseFrom(
                                organization.getValuesOrThrow(MSP).getValue());
                        FabricMSPConfig changed = change.apply(FabricMSPConfig.parseFrom(config.getConfig()));
                        return with(
                                organization,
                                MSP,
                                config.toBuilder()
                                        .setConfig(changed.toByteString())
                                        .build());
                    } catch (InvalidProtocolBufferException e) {
                        throw new IllegalArgumentException("the channel's MSP of " + mspId + " cannot be read", e);
                    }
                }));
    }

    /**
     * Another TLS certificate of one of a raft cluster's orderers, at both ends of its connections. The cluster knows its
     * members by them and takes a change of one at a time.
     *
     * @param address {@code host:port} of the consenter
     */
    public static UnaryOperator<ConfigGroup> consenterTls(String address, X509Certificate certificate) {
        ByteString pem = ByteString.copyFromUtf8(Pem.encode(certificate));
        return in(ORDERER, orderer -> {
            try {
                ConsensusType consensus = ConsensusType.parseFrom(
                        orderer.getValuesOrThrow(CONSENSUS).getValue());
                ConfigMetadata.Builder raft = ConfigMetadata.parseFrom(consensus.getMetadata()).toBuilder();
                int index = consenter(raft, HostAndPort.of(address))
                        .orElseThrow(() -> new IllegalArgumentException("the channel has no consenter " + address));
                raft.setConsenters(
                        index,
                        raft.getConsenters(index).toBuilder()
                                .setServerTlsCert(pem)
                                .setClientTlsCert(pem));
                return with(
                        orderer,
                        CONSENSUS,
                        consensus.toBuilder()
                                .setMetadata(raft.build().toByteString())
                                .build());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalArgumentException("the channel's consenters cannot be read", e);
            }
        });
    }

    private static OptionalInt consenter(ConfigMetadata.Builder raft, HostAndPort address) {
        return IntStream.range(0, raft.getConsentersCount())
                .filter(i -> {
                    Consenter consenter = raft.getConsenters(i);
                    return consenter.getHost().equals(address.host()) && consenter.getPort() == address.port();
                })
                .findFirst();
    }

    private static UnaryOperator<ConfigGroup> in(String name, UnaryOperator<ConfigGroup> change) {
        return channel -> group(channel, name, change);
    }

    private static ConfigGroup group(ConfigGroup parent, String name, UnaryOperator<ConfigGroup> change) {
        ConfigGroup child = parent.getGroupsMap().get(name);
        if (child == null) {
            throw new IllegalArgumentException("the channel's configuration has no " + name);
        }
        return parent.toBuilder().putGroups(name, change.apply(child)).build();
    }

    private static ConfigGroup with(ConfigGroup group, String name, MessageLite value) {
        ConfigValue changed = group.getValuesOrThrow(name).toBuilder()
                .setValue(value.toByteString())
                .build();
        return group.toBuilder().putValues(name, changed).build();
    }
}
