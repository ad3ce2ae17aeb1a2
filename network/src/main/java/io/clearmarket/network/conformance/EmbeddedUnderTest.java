package io.clearmarket.network.conformance;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.configtx.ConfigEdits;
import io.clearmarket.wallet.ca.DevelopmentCa;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** An embedded network behind the suite's face. */
final class EmbeddedUnderTest implements NetworkUnderTest {
    private final EmbeddedNetwork network;

    EmbeddedUnderTest(EmbeddedNetwork network) {
        this.network = network;
    }

    @Override
    public String version() {
        return "embedded";
    }

    @Override
    public Organization organization(String mspId) {
        io.clearmarket.network.embedded.Organization organization = network.organization(mspId);
        return new Organization(mspId, organization.peerAddress(), organization.tlsCaCertificate(), ca(mspId));
    }

    @Override
    public DevelopmentCa ordererCa() {
        return ca(NetworkConfig.ORDERER_MSP);
    }

    private DevelopmentCa ca(String mspId) {
        Path organizations = network.config().dataDirectory().resolve("organizations");
        return DevelopmentCa.load(organizations.resolve(mspId).resolve("ca"));
    }

    @Override
    public String ordererAddress() {
        return network.ordererAddress();
    }

    @Override
    public String packageId(String chaincode, String mspId) {
        return network.config().chaincodes().stream()
                .filter(config -> config.name().equals(chaincode))
                .findFirst()
                .map(ChaincodeConfig::packageId)
                .orElseThrow(() -> new IllegalArgumentException("no chaincode " + chaincode));
    }

    @Override
    public void stopPeer(String mspId) {
        network.faults().stopPeer(mspId);
    }

    @Override
    public void startPeer(String mspId) {
        network.faults().startPeer(mspId);
    }

    @Override
    public void stopOrderer() {
        network.faults().stopOrderer();
    }

    @Override
    public void startOrderer() {
        network.faults().startOrderer();
    }

    @Override
    public void redeploy(ChaincodeUnderTest chaincode) {
        for (String channel : List.of(NetworkPlan.CHANNEL, NetworkPlan.OTHER_CHANNEL)) {
            network.deploy(channel, EmbeddedProvider.config(chaincode));
        }
    }

    @Override
    public void revoke(String mspId, X509Certificate certificate) {
        ByteString list = ByteString.copyFrom(ca(mspId).revocationList(List.of(certificate)));
        network.update(NetworkPlan.CHANNEL, ConfigEdits.revocations(mspId, List.of(list)), List.of(mspId));
    }

    @Override
    public void close() {
        network.close();
    }
}
