package io.clearmarket.gateway.fabric;

import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.wallet.identity.MspFolder;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects to the network that the configuration names. */
@Configuration(proxyBeanMethods = false)
class FabricConfiguration {

    @Bean(destroyMethod = "close")
    Peers peers(GatewayProperties properties) {
        Path file = properties.networkFile();
        if (file == null) {
            throw new IllegalStateException(
                    "clearmarket.network-file is not set: it names the network.json of the Fabric network to use");
        }
        return new Peers(
                file, properties.channel(), MspFolder.read(properties.mspId(), readerFolder(properties, file)));
    }

    @Bean
    LedgerClient ledgerClient(Peers peers, GatewayProperties properties) {
        return new FabricLedgerClient(peers, properties.mspId(), properties.channel(), properties.chaincode());
    }

    @Bean
    BlockStream blockStream(Peers peers, GatewayProperties properties) {
        return new FabricBlockStream(peers, properties.chaincode(), Clock.systemUTC());
    }

    private static Path readerFolder(GatewayProperties properties, Path networkFile) {
        Path configured = properties.readerMsp();
        if (configured != null) {
            return configured;
        }
        String reader =
                NetworkFile.read(networkFile).organization(properties.mspId()).reader();
        if (reader == null) {
            throw new IllegalStateException(
                    "clearmarket.reader-msp is not set and " + networkFile + " names no reader");
        }
        return networkFile.resolveSibling(reader);
    }
}
