package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.gateway.chain.TokenKey;
import io.clearmarket.gateway.config.PropertyRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How money is settled.
 *
 * @param settlement the loop
 * @param attesters those that are asked: each in a process of its own ({@code url} and {@code address}) or with its key in this one
 */
@ConfigurationProperties("clearmarket")
public record SettlementProperties(
        @DefaultValue Loop settlement, @DefaultValue List<AttesterProperties> attesters) {

    /**
     * The loop.
     *
     * @param identity name of the managed identity that brings evidence to the ledger; any member of an organisation may
     * @param interval pause between two rounds
     * @param payoutInterval shortest time between two batches, so that each pays many
     * @param batchSize most entitlements in one transaction
     * @param validity how long an entitlement can be settled; less than the attesters allow
     * @param standbyAfter how long the required attester must have been silent until its standby is announced in its place
     */
    public record Loop(
            @DefaultValue("settlement") String identity,
            @DefaultValue("400ms") Duration interval,
            @DefaultValue("1s") Duration payoutInterval,
            @DefaultValue("50") int batchSize,
            @DefaultValue("30m") Duration validity,
            @DefaultValue("1h") Duration standbyAfter) {
        public Loop {
            PropertyRules.requirePositive("clearmarket.settlement.interval", interval);
            PropertyRules.requirePositive("clearmarket.settlement.validity", validity);
            if (batchSize < 1) {
                throw new IllegalArgumentException(
                        "clearmarket.settlement.batch-size is " + batchSize + "; it takes one at least");
            }
        }
    }

    /**
     * An attester.
     *
     * @param mspId its organisation, whose peer it asks
     * @param url of the door of its own process, such as {@code http://127.0.0.1:7801}; absent: it runs in this one, by what follows {@code timeout}
     * @param address of the key at that door, as the market's configuration names it
     * @param timeout how long its process may take for an answer
     * @param key file with its secp256k1 private key: Web3 Secret Storage, or plain hexadecimal
     * @param passphrase file whose first line opens it; absent for a plain one
     * @param token where the key is if it is in no file
     * @param rpcUrl its own node of the settlement chain; absent: the gateway's
     * @param longestValidity of entitlements that it signs; to let a standby take over, the standby's and its fellows' must be the market's delay longer
     * @param limitPerHour most that it lets out of escrow an hour, per asset, in minor units
     */
    public record AttesterProperties(
            String mspId,
            @Nullable URI url,
            @Nullable String address,
            @DefaultValue("10s") Duration timeout,
            @Nullable Path key,
            @Nullable Path passphrase,
            @Nullable TokenKey token,
            @Nullable URI rpcUrl,
            @DefaultValue("2h") Duration longestValidity,
            @DefaultValue("1000000000000000") String limitPerHour) {
        public AttesterProperties {
            PropertyRules.requireWeb("the url of " + mspId + "'s attester (clearmarket.attesters)", url);
            PropertyRules.requireWeb("the rpc-url of " + mspId + "'s attester (clearmarket.attesters)", rpcUrl);
            PropertyRules.requirePositive("the timeout of " + mspId + "'s attester (clearmarket.attesters)", timeout);
        }

        /** The limit as an amount. */
        Amount limit() {
            return Amount.parse(limitPerHour);
        }
    }
}
