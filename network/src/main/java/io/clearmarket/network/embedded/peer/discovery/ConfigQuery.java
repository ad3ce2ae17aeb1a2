package io.clearmarket.network.embedded.peer.discovery;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.discovery.ConfigResult;
import org.hyperledger.fabric.protos.discovery.Endpoint;
import org.hyperledger.fabric.protos.discovery.Endpoints;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;

/** A channel's organisations and orderers, out of its configuration. */
final class ConfigQuery {
    private static final String FREE_PORT = ":0";

    private ConfigQuery() {}

    /**
     * The organisations and where the orderers are.
     *
     * @param ordererAddress where the orderer listens, if the configuration left it a free port
     * @throws InvalidProtocolBufferException if the configuration is not readable
     */
    static ConfigResult answer(Config config, String ordererAddress) throws InvalidProtocolBufferException {
        ConfigResult.Builder result = ConfigResult.newBuilder();
        var groups = config.getChannelGroup().getGroupsMap();
        for (String part : List.of("Orderer", "Application")) {
            ConfigGroup group = groups.getOrDefault(part, ConfigGroup.getDefaultInstance());
            for (ConfigGroup organization : group.getGroupsMap().values()) {
                FabricMSPConfig msp = msp(organization);
                result.putMsps(msp.getName(), msp);
                if (part.equals("Orderer")) {
                    result.putOrderers(msp.getName(), endpoints(organization, ordererAddress));
                }
            }
        }
        return result.build();
    }

    private static FabricMSPConfig msp(ConfigGroup organization) throws InvalidProtocolBufferException {
        MSPConfig config =
                MSPConfig.parseFrom(organization.getValuesOrThrow("MSP").getValue());
        return FabricMSPConfig.parseFrom(config.getConfig());
    }

    private static Endpoints endpoints(ConfigGroup organization, String ordererAddress)
            throws InvalidProtocolBufferException {
        Endpoints.Builder endpoints = Endpoints.newBuilder();
        if (organization.containsValues("Endpoints")) {
            OrdererAddresses addresses = OrdererAddresses.parseFrom(
                    organization.getValuesOrThrow("Endpoints").getValue());
            for (String address : addresses.getAddressesList()) {
                endpoint(address.endsWith(FREE_PORT) ? ordererAddress : address).ifPresent(endpoints::addEndpoint);
            }
        }
        return endpoints.build();
    }

    /** Empty if it is no address: a configuration may hold any text. */
    private static Optional<Endpoint> endpoint(String address) {
        int colon = address.lastIndexOf(':');
        try {
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(Endpoint.newBuilder()
                            .setHost(address.substring(0, colon))
                            .setPort(Integer.parseInt(address.substring(colon + 1)))
                            .build());
        } catch (NumberFormatException noPort) {
            return Optional.empty();
        }
    }
}
