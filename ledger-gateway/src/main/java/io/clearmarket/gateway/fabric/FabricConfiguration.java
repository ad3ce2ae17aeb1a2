package io.clearmarket.gateway.fabric;

import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.config.NetworkFile;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects to the network that the configuration names. */
@Configuration(proxyBeanMethods = false)
class FabricConfiguration {

    /** This gateway's own: it reads blocks, and signs what the gateway itself says. */
    @Bean
    SigningIdentity gatewayIdentity(GatewayProperties properties) {
        return reader(properties, networkFile(properties));
    }

    @Bean(destroyMethod = "close")
    Peers peers(GatewayProperties properties, SigningIdentity gatewayIdentity) {
        return new Peers(networkFile(properties), properties.channel(), gatewayIdentity);
    }

    private static Path networkFile(GatewayProperties properties) {
        Path file = properties.networkFile();
        if (file == null) {
            throw new IllegalStateException(
                    "clearmarket.network-file is not set: it names the network.json of the Fabric network to use");
        }
        return file;
    }

    @Bean
    LedgerClient ledgerClient(Peers peers, GatewayProperties properties) {
        return new FabricLedgerClient(
                peers,
                properties.mspId(),
                properties.channel(),
                properties.chaincode(),
                new EndorsementPlaces(properties.endorsedAtOnce(), Peers.ENDORSEMENT));
    }

    @Bean
    BlockStream blockStream(Peers peers, GatewayProperties properties) {
        return new FabricBlockStream(peers, properties.chaincode(), Clock.systemUTC());
    }

    /** The configured identity; in development one that is made once, with the network's own CA. */
    private static SigningIdentity reader(GatewayProperties properties, Path networkFile) {
        String mspId = properties.mspId();
        Path configured = properties.readerMsp();
        if (configured != null) {
            return MspFolder.read(mspId, configured);
        }
        String ca = NetworkFile.read(networkFile).organization(mspId).caDirectory();
        if (!properties.development() || ca == null) {
            throw new IllegalStateException(
                    "clearmarket.reader-msp is not set: it names the MSP folder of a client identity of " + mspId);
        }
        return MspFolder.read(mspId, DevelopmentReader.folder(networkFile.resolveSibling(ca), "gateway-reader"));
    }
}
