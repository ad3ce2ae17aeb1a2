package io.clearmarket.network;

import io.clearmarket.network.fabric.FabricNetwork;
import io.clearmarket.network.fabric.lifecycle.ChaincodePackage;
import io.clearmarket.network.fabric.lifecycle.ChaincodeTerms;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;

/** Fabric's own nodes. A package stands for a jar's content. */
record FabricChaincodeNetwork(FabricNetwork network) implements ChaincodeNetwork {
    @Override
    public Path dataDirectory() {
        return network.config().dataDirectory();
    }

    @Override
    public Collection<String> peers() {
        return network.peerIds();
    }

    private static ChaincodePackage packageOf(ChaincodeRecord chaincode, Path jar) {
        return ChaincodePackage.of(chaincode.name(), chaincode.version(), ChaincodePackage.hashOf(jar));
    }

    @Override
    public String packageId(ChaincodeRecord chaincode, Path jar) {
        return packageOf(chaincode, jar).id();
    }

    @Override
    public Optional<RunningChaincode> host(ChaincodeRecord wanted, Supplier<ChaincodeGrpc.AsyncService> chaincode) {
        return Optional.empty();
    }

    @Override
    public void agree(ChaincodeRecord chaincode, Path jar) {
        network.deploy(
                network.config().channel(),
                packageOf(chaincode, jar),
                ChaincodeTerms.of(chaincode.name(), chaincode.version(), chaincode.policy()),
                chaincode.ports());
    }

    @Override
    public void describe(NetworkFile.Chaincode chaincode) {
        NetworkFile.write(
                network.config().dataDirectory(),
                network.config().channel(),
                network.config().mspIds().stream().map(network::organization).toList(),
                network.ordererAddress(),
                chaincode);
    }
}
