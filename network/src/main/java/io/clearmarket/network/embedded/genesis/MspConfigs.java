package io.clearmarket.network.embedded.genesis;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.identity.Pem;
import java.security.cert.X509Certificate;
import org.hyperledger.fabric.protos.msp.FabricCryptoConfig;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;
import org.jspecify.annotations.Nullable;

/** The MSP of an organisation with one authority. */
final class MspConfigs {
    private MspConfigs() {}

    static FabricMSPConfig of(String mspId, X509Certificate certificate, @Nullable X509Certificate tlsAuthority) {
        ByteString authority = ByteString.copyFromUtf8(Pem.encode(certificate));
        FabricMSPConfig.Builder config = FabricMSPConfig.newBuilder()
                .setName(mspId)
                .addRootCerts(authority)
                .setCryptoConfig(FabricCryptoConfig.newBuilder()
                        .setSignatureHashFamily("SHA2")
                        .setIdentityIdentifierHashFunction("SHA256"))
                .setFabricNodeOus(FabricNodeOUs.newBuilder()
                        .setEnable(true)
                        .setClientOuIdentifier(unit("client", authority))
                        .setPeerOuIdentifier(unit("peer", authority))
                        .setAdminOuIdentifier(unit("admin", authority))
                        .setOrdererOuIdentifier(unit("orderer", authority)));
        if (tlsAuthority != null) {
            config.addTlsRootCerts(ByteString.copyFromUtf8(Pem.encode(tlsAuthority)));
        }
        return config.build();
    }

    private static FabricOUIdentifier unit(String name, ByteString authority) {
        return FabricOUIdentifier.newBuilder()
                .setCertificate(authority)
                .setOrganizationalUnitIdentifier(name)
                .build();
    }
}
