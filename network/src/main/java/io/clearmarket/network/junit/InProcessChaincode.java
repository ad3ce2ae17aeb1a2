package io.clearmarket.network.junit;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;
import org.hyperledger.fabric.shim.Chaincode;

/**
 * A chaincode that an embedded network runs in this process, with the unmodified shim but without a connection.
 * {@link ChaincodeHost} is the form with servers that peers dial.
 *
 * @param config for {@code NetworkConfig.Builder.chaincode}
 * @param factory called once per peer's stream
 */
public record InProcessChaincode(ChaincodeConfig config, Supplier<? extends Chaincode> factory) {
    /** @param peers MSP ids, or {@code <MSP id>/peer1} for others than an organisation's first */
    public static InProcessChaincode of(
            String name, String version, String policy, List<String> peers, Supplier<? extends Chaincode> factory) {
        return new InProcessChaincode(
                new ChaincodeConfig(
                        name,
                        version,
                        policy,
                        // a configuration names each peer's server; nobody dials these
                        peers.stream()
                                .collect(Collectors.toMap(
                                        Function.identity(),
                                        peer -> "in-process/" + name + "/" + version + "/" + peer))),
                factory);
    }

    /** Has a network run it, which has or will have it in its configuration. */
    public void runIn(EmbeddedNetwork network) {
        String packageId = config.packageId();
        network.host(config, () -> service(factory.get(), packageId));
    }

    /** A chaincode as Fabric's {@code Chaincode} service, for one stream. */
    public static ChaincodeGrpc.AsyncService service(Chaincode chaincode, String packageId) {
        return new HostedChaincode(chaincode, packageId);
    }
}
