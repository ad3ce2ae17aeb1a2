package io.clearmarket.network.conformance;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.configtx.ConfigEdits;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.embedded.policy.SignaturePolicyParser;
import io.clearmarket.network.fabric.FabricConfig;
import io.clearmarket.network.fabric.FabricNetwork;
import io.clearmarket.network.fabric.lifecycle.ChaincodePackage;
import io.clearmarket.network.fabric.lifecycle.ChaincodeTerms;
import io.clearmarket.wallet.ca.DevelopmentCa;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.CollectionPolicyConfig;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;

/** Fabric's own nodes behind the suite's face, as processes or in containers. */
final class FabricUnderTest implements NetworkUnderTest {
    private final FabricNetwork network;
    /** Of each chaincode by name; a new definition keeps the package, so the servers that run go on to serve. */
    private final Map<String, ChaincodePackage> packages = new ConcurrentHashMap<>();

    private FabricUnderTest(FabricNetwork network) {
        this.network = network;
    }

    static FabricUnderTest start(NetworkPlan plan, Function<FabricConfig, FabricNetwork> starter) {
        NetworkPlan.Batch batch = plan.batch();
        FabricUnderTest started = new FabricUnderTest(starter.apply(FabricConfig.in(plan.directory())
                .withChannels(List.of(NetworkPlan.CHANNEL, NetworkPlan.OTHER_CHANNEL))
                .withOrganizations(NetworkPlan.MSP_IDS)
                .withNodes(1, plan.orderers())
                .withExecuteTimeout(plan.executeTimeout())
                .withBatch(new NetworkConfig.Batch(
                        batch.timeout(), batch.maxMessages(), batch.preferredBytes(), batch.absoluteBytes()))));
        try {
            plan.chaincodes().forEach(started::deploy);
            return started;
        } catch (RuntimeException | Error failure) {
            started.close();
            throw failure;
        }
    }

    private void deploy(ChaincodeUnderTest chaincode) {
        ChaincodePackage archive = packages.computeIfAbsent(
                chaincode.name(), name -> ChaincodePackage.of(name, chaincode.version(), "conformance"));
        Map<String, Integer> ports = new LinkedHashMap<>();
        chaincode.ports().forEach((mspId, port) -> ports.put("peer0." + mspId, port));
        ChaincodeTerms terms = new ChaincodeTerms(
                chaincode.name(),
                chaincode.version(),
                chaincode.policy(),
                collections(chaincode.collections()),
                chaincode.initRequired());
        for (String channel : network.config().channels()) {
            network.deploy(channel, archive, terms, ports);
        }
    }

    private static CollectionConfigPackage collections(List<ChaincodeUnderTest.Collection> collections) {
        CollectionConfigPackage.Builder all = CollectionConfigPackage.newBuilder();
        for (ChaincodeUnderTest.Collection collection : collections) {
            StaticCollectionConfig.Builder config = StaticCollectionConfig.newBuilder()
                    .setName(collection.name())
                    .setMemberOrgsPolicy(CollectionPolicyConfig.newBuilder()
                            .setSignaturePolicy(SignaturePolicyParser.parse(collection.memberPolicy())))
                    .setRequiredPeerCount(collection.requiredPeerCount())
                    .setMaximumPeerCount(collection.maximumPeerCount())
                    .setBlockToLive(collection.blockToLive())
                    .setMemberOnlyRead(collection.memberOnlyRead())
                    .setMemberOnlyWrite(collection.memberOnlyWrite());
            if (!collection.endorsementPolicy().isEmpty()) {
                config.setEndorsementPolicy(LifecycleNamespace.applicationPolicy(collection.endorsementPolicy()));
            }
            all.addConfig(CollectionConfig.newBuilder().setStaticCollectionConfig(config));
        }
        return all.build();
    }

    @Override
    public String version() {
        return network.version();
    }

    @Override
    public Organization organization(String mspId) {
        io.clearmarket.network.embedded.Organization organization = network.organization(mspId);
        return new Organization(mspId, organization.peerAddress(), organization.tlsCaCertificate(), network.ca(mspId));
    }

    @Override
    public DevelopmentCa ordererCa() {
        return network.ca(NetworkConfig.ORDERER_MSP);
    }

    @Override
    public String ordererAddress() {
        return network.ordererAddress();
    }

    @Override
    public String packageId(String chaincode, String mspId) {
        return Objects.requireNonNull(packages.get(chaincode), () -> "no chaincode " + chaincode)
                .id();
    }

    @Override
    public void redeploy(ChaincodeUnderTest chaincode) {
        deploy(chaincode);
    }

    @Override
    public void stopPeer(String mspId) {
        network.stopPeer(mspId);
    }

    @Override
    public void startPeer(String mspId) {
        network.startPeer(mspId);
    }

    @Override
    public void stopOrderer() {
        network.stopOrderers();
    }

    @Override
    public void stopOrderers(int number) {
        network.stopOrderers(number);
    }

    @Override
    public void revoke(String mspId, X509Certificate certificate) {
        ByteString list = ByteString.copyFrom(network.ca(mspId).revocationList(List.of(certificate)));
        network.update(NetworkPlan.CHANNEL, ConfigEdits.revocations(mspId, List.of(list)), List.of(mspId));
    }

    @Override
    public void startOrderer() {
        network.startOrderers();
    }

    @Override
    public void close() {
        network.close();
    }
}
