package io.clearmarket.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the gateway as a whole; a module's own settings are beside that module.
 *
 * @param dataDir where the gateway keeps its own files, its embedded database among them
 * @param networkFile addresses and TLS roots of the organisations' peers, as the network wrote it
 * @param mspId the organisation that runs this gateway
 * @param ledger the ledger's name, to which signatures are bound
 * @param channel the Fabric channel
 * @param chaincode the chaincode's name on that channel
 * @param readerMsp MSP folder of the identity that reads blocks and evaluates queries; in development it is
 *     made where it is absent
 * @param development true where the gateway may issue identities and tokens by itself
 * @param demonstration true where one operator holds every key, which every page and answer then says
 * @param identities MSP folder of each identity that the gateway manages, by name
 * @param enrolment folder of the development CA that enrols new parties, by role in lower case; in development the network's
 *     own CAs where it is empty
 * @param commitWait how long a blocking call waits for a commit before it answers "unknown"
 * @param endorsedAtOnce how many proposals are endorsed at a time; the next wait for their turn
 */
@ConfigurationProperties("clearmarket")
public record GatewayProperties(
        @DefaultValue(".clearmarket/gateway") Path dataDir,
        @Nullable Path networkFile,
        @DefaultValue("PlatformMSP") String mspId,
        @DefaultValue("clearmarket:dev:market") String ledger,
        @DefaultValue("market") String channel,
        @DefaultValue("market") String chaincode,
        @Nullable Path readerMsp,
        @DefaultValue("false") boolean development,
        @DefaultValue("false") boolean demonstration,
        @DefaultValue Map<String, ManagedIdentityProperties> identities,
        @DefaultValue Map<String, Path> enrolment,
        @DefaultValue("20s") Duration commitWait,
        @DefaultValue("32") int endorsedAtOnce) {
    public GatewayProperties {
        PropertyRules.requireNotNegative("clearmarket.commit-wait", commitWait);
        if (endorsedAtOnce < 1) {
            throw new IllegalArgumentException(
                    "clearmarket.endorsed-at-once is " + endorsedAtOnce + "; it takes one at least");
        }
    }

    /**
     * A managed identity's files.
     *
     * @param mspId its organisation
     * @param msp its MSP folder
     * @param ethKey file with its secp256k1 private key in hexadecimal; absent for a party without money
     */
    public record ManagedIdentityProperties(
            String mspId, Path msp, @Nullable Path ethKey) {}
}
